"""What lies under a map: sea round land of its own, else paper, on page and small picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from shekara import site, web
from shekara.scene import resolve
from tests.support.atlases import SQUARE, feature, polygon, write_layer, write_map


@pytest.mark.parametrize(("land", "ground"), [(True, "sea"), (False, "paper")])
def test_a_country_is_an_island_only_where_land_is_drawn(
    tmp_path: Path, land: bool, ground: str
) -> None:
    style = f'\n[style]\ncolor = "#ffffff"\nbasemap = {str(land).lower()}\n'
    write_layer(tmp_path, "country", [feature(polygon(SQUARE), id="c", name="C")], style)
    write_map(tmp_path, "all", ["country"], [8, 48, 13, 53])
    scene = resolve(site.load(tmp_path), "all", "en")
    assert f'class="stage on-{ground}"' in web.page([scene])
    red, _, blue = Image.open(BytesIO(web.picture(scene))).convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert (blue > red) == land  # water is blue, paper is not
