"""Icons of an installed package: one outline for page and sheet, and the licence of the drawing."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from fontTools.pens.areaPen import AreaPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from shekara import scene, site
from shekara.atlas.icons import glyph
from shekara.errors import AtlasError
from shekara.scene.icons import marker_path, outline
from tests.support.atlases import sound

STYLE = '\n[style]\nby = "name"\nicon = "mdi7.anchor"\ncolor = "#005b99"\n'
CLASSES = '[[style.class]]\nvalue = "T1"\nicon = "mdi7.airplane"\nsize = 20\n'


def drawn(folder: Path, style: str) -> Path:
    path = sound(folder) / "layers" / "towns.toml"
    text = path.read_text(encoding="utf-8").replace("\n[[claim]]", f"{style}\n[[claim]]", 1)
    path.write_text(text, encoding="utf-8")
    return folder


def test_an_outline_fills_its_box_and_has_the_area_of_the_glyph() -> None:
    """The area of the font's own outline, by fontTools, scaled to a box of side 1."""
    path = marker_path(outline("mdi7.airplane"))
    box = path.get_extents()
    assert max(box.width, box.height) == pytest.approx(1, abs=0.002)
    assert (box.x0 + box.x1, box.y0 + box.y1) == pytest.approx((0, 0), abs=0.002)
    where = glyph("mdi7.airplane")
    with TTFont(where.font) as font:
        glyphs = font.getGlyphSet()
        name = font.getBestCmap()[ord(where.character)]
        pen = AreaPen(glyphs)
        glyphs[name].draw(pen)
        points, _, _ = font["glyf"][name].getCoordinates(font["glyf"])
        side = max(max(line) - min(line) for line in zip(*points, strict=True))
    rings = [np.asarray(ring, dtype=float).T for ring in path.to_polygons(closed_only=True)]
    area = sum(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) for x, y in rings) / 2
    assert abs(area) == pytest.approx(abs(pen.value) / side**2, rel=0.02)
    assert re.fullmatch(r"[MLQCZ\d .-]+", outline("mdi7.airplane"))


def test_layers_and_classes_have_icons_that_a_sheet_leaves_alone(tmp_path: Path) -> None:
    folder = drawn(tmp_path, STYLE + CLASSES)
    resolved = scene.resolve(site.load(folder), "all", "en")
    styles = {feature.name: feature.style for feature in resolved.layers[-1].features}
    assert styles["T0"].marker == outline("mdi7.anchor")
    assert styles["T1"].marker == outline("mdi7.airplane")
    assert (styles["T0"].width, styles["T1"].size) == (0, 20)
    assert "marker" in styles["T0"].fixed
    credit = next(c for c in resolved.credits if c.name == "Material Design Icons 7")
    assert credit.license == "Apache-2.0"


@pytest.mark.parametrize(
    ("icon", "way"),
    [
        ("anchor", "mdi7.anchor"),
        ("mdi7.anchr", "mdi7.anchor"),
        ("mdi7.__font_file__", "is no icon"),
        ("nobody.anchor", "not installed: there is mdi7"),
    ],
)
def test_an_icon_that_nobody_has_is_told(tmp_path: Path, icon: str, way: str) -> None:
    with pytest.raises(AtlasError, match=way):
        site.load(drawn(tmp_path, STYLE.replace("mdi7.anchor", icon)))
