"""How features are drawn: classes, circles by area, widths by value, round values, dashes."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import PathCollection

from shekara import sheet, site
from shekara.atlas.files import ValueLook
from shekara.errors import AtlasError
from shekara.scene import Style, resolve
from shekara.scene.legend import round_values
from shekara.scene.looks import DASHES, DEFAULT_COLOURS, looks
from shekara.sheet.paper.text import HaloText
from shekara.sheet.plan import plan
from shekara.web.payload import structure
from shekara.web.shapes import Outlines, Shapes
from tests.support import lake_atlas
from tests.support.atlases import feature, point, write_layer, write_map


@pytest.fixture(scope="module")
def styles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Style]:
    atlas = site.load(lake_atlas.write(Path(tmp_path_factory.mktemp("looks") / "atlas")))
    scene = resolve(atlas, "all", "en")
    return {f.id: f.style for layer in scene.layers for f in layer.features}


def test_a_circles_area_is_proportional_to_its_value(styles: dict[str, Style]) -> None:
    # 20 points across for 100; a quarter of the value has half the diameter.
    assert styles["towns/a"].size == 20.0
    assert styles["towns/b"].size == 10.0
    assert styles["towns/c"].size == 4.0
    assert styles["towns/d"].size == 3.0  # nothing is still to be seen


def test_a_flows_width_is_proportional_to_its_value(styles: dict[str, Style]) -> None:
    widths = [styles[f"roads/{name}"].width for name in ("wide", "narrow", "track")]
    assert widths == [8.0, 2.0, 0.5]  # 0.02 points could not be seen: the thinnest is 0.5


def test_classes_change_what_they_name_and_keep_the_rest(styles: dict[str, Style]) -> None:
    assert (styles["towns/a"].color, styles["towns/a"].marker) == ("#0000aa", "circle")
    assert (styles["towns/b"].color, styles["towns/b"].marker) == ("#aa0000", "square")
    assert styles["towns/d"].color == "#112233"


def test_points_are_filled_areas_are_glazed_lines_are_empty(styles: dict[str, Style]) -> None:
    assert (styles["towns/a"].fill, styles["towns/a"].fill_opacity) == ("#0000aa", 1.0)
    assert (styles["lakes/lake"].fill, styles["lakes/lake"].fill_opacity) == ("#0072b2", 0.25)
    assert styles["roads/wide"].fill is None


def test_dashes_have_names(styles: dict[str, Style]) -> None:
    assert styles["roads/wide"].dash == (6.0, 3.0)
    assert DASHES["solid"] == ()
    assert len(set(DASHES.values())) == 4


@pytest.mark.parametrize(
    ("largest", "values"),
    [
        (61, [50, 20, 5]),
        (100, [100, 50, 10]),
        (800, [500, 200, 50]),
        (2.4, [2, 1, 0.2]),
        (0.7, [0.5, 0.2, 0.05]),
        (1_900_000, [1e6, 5e5, 1e5]),
    ],
)
def test_the_values_of_a_legend_are_round(largest: float, values: list[float]) -> None:
    assert [math.isclose(a, b) for a, b in zip(round_values(largest), values, strict=True)] == (
        [True] * 3
    )


def test_a_layer_without_colour_takes_the_next_safe_one(tmp_path: Path) -> None:
    atlas = site.load(lake_atlas.write(tmp_path / "atlas"))
    layer = atlas.layers["towns-2"]
    colors = [looks(layer, ValueLook(), "point", place, [0]).base.color for place in (0, 1, 7)]
    assert colors == ["#0072b2", "#e69f00", DEFAULT_COLOURS[0]]


def test_an_author_chooses_size_and_place_of_names(tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    towns = [feature(point(10 + i / 10, 50.5), name=f"T{i}") for i in range(2)]
    style = '[style]\nlabel = "name"\nlabel_size = 14\nlabel_place = ["below left", "above"]\n'
    write_layer(folder, "towns", towns, style)
    write_map(folder, "all", ["towns"], [9.5, 50, 10.7, 51])
    scene = resolve(site.load(folder), "all", "en")
    first = scene.layers[0].features[0]
    assert (first.label_size, first.label_places) == (14.0, ((-1, -1), (0, 1)))
    # On paper: the name has that size, and stands below and left of its sign.
    figure = sheet.figure(scene, size="100x100mm", frame=False)
    figure.canvas.draw()
    name = next(text for text in figure.findobj(HaloText) if text.get_text() == "T0")
    assert name.get_fontsize() == 14.0
    signs = next(item for item in figure.findobj(PathCollection))
    x, y = signs.get_offset_transform().transform(np.asarray(signs.get_offsets())[0])
    box = name.get_window_extent()
    assert box.x1 < x
    assert (box.y0 + box.y1) / 2 < y
    # On the page: the same wish, as data.
    row = structure([scene], Shapes(Outlines(scene)))["layers"][0]["features"][0]
    assert (row["z"], row["w"]) == (14.0, [[-1, -1], [0, 1]])


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("label_size = 4", "style.label_size = 4.*6.5"),
        ('label_place = "north"', "style.label_place = 'north'.*'above right'"),
    ],
)
def test_a_wrong_size_or_place_of_names_is_told(tmp_path: Path, style: str, message: str) -> None:
    write_layer(tmp_path, "towns", [feature(point(10, 50))], f"[style]\n{style}\n")
    with pytest.raises(AtlasError, match=message):
        site.load(tmp_path)


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (
            'fonts = ["own.ttf"]',
            r"index.toml: fonts\[0\] = 'own.ttf': there is no file maps/own.ttf",
        ),
        ('fonts = ["../own.ttf"]', r"fonts\[0\] = '../own.ttf'"),
        ('fonts = ["own.woff"]', r"fonts\[0\] = 'own.woff'"),
    ],
)
def test_fonts_of_an_atlas_lie_in_it(tmp_path: Path, index: str, message: str) -> None:
    write_layer(tmp_path, "towns", [feature(point(10, 50))])
    path = tmp_path / "maps" / "index.toml"
    path.write_text(f'title = "Towns"\n{index}\n', encoding="utf-8")
    with pytest.raises(AtlasError, match=message):
        site.load(tmp_path)


@pytest.mark.parametrize(
    ("written", "size", "upright"),
    [
        ('orientation = "portrait"', "A5", True),
        ('orientation = "landscape"', "A5", False),
        ('orientation = "landscape"', "A5 portrait", True),  # who asks for a paper decides
    ],
)
def test_a_map_says_how_its_sheet_lies(
    tmp_path: Path, written: str, size: str, upright: bool
) -> None:
    write_layer(tmp_path, "towns", [feature(point(10, 50))])
    write_map(tmp_path, "all", ["towns"], [9, 49, 11, 51], more=f"[sheet]\n{written}\n")
    page = plan(resolve(site.load(tmp_path), "all", "en"), size, frame=True).page
    assert (page.width, page.height) == ((148, 210) if upright else (210, 148))  # ISO 216
