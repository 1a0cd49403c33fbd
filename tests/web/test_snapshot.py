"""The small picture of a map, for the first page and for who passes a link on."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import shapely
from PIL import Image

from shekara import web
from shekara.scene.model import Style
from tests.support import web_scenes


def test_a_small_picture_of_the_map_speaks_its_language() -> None:
    english, russian = (web.picture(web_scenes.lake(lang)) for lang in ("en", "ru"))
    assert english.startswith(b"RIFF")
    assert english != russian
    assert max(map(len, (english, russian))) < 20_000


def test_a_ring_too_small_for_the_picture_leaves_it_whole() -> None:
    """A closed line of a few metres: simplified, it is a line to its own start."""
    lake = web_scenes.lake("en")
    layer = next(layer for layer in lake.layers if layer.kind == "line")
    ring = [(32, -1), (32.00001, -1), (32.00001, -1.00001), (32, -1)]
    lines = [shapely.LineString(ring), shapely.MultiLineString([ring, [(31, -1), (33, -2)]])]
    shapes = tuple(
        replace(layer.features[0], id=f"ring-{n}", geometry=line) for n, line in enumerate(lines)
    )
    layers = tuple(replace(x, features=shapes) if x is layer else x for x in lake.layers)
    assert web.picture(replace(lake, layers=layers)).startswith(b"RIFF")


def test_pictures_of_all_languages_are_those_of_each_alone() -> None:
    """Also where one of them shows something else."""
    lake = web_scenes.lake("en")
    fewer = replace(web_scenes.lake("kk"), layers=lake.layers[:1])
    scenes = [lake, replace(lake, atlas_title="x"), fewer, web_scenes.lake("ru")]
    assert web.pictures(scenes) == [web.picture(scene) for scene in scenes]


@pytest.mark.parametrize("size", [(480, 320), (1200, 630)])
def test_a_wide_picture_of_a_tall_map_has_land_to_both_its_sides(size: tuple[int, int]) -> None:
    """Land from 0 to 60 degrees east, and a map that is 2 degrees wide and 12 high."""
    lake = web_scenes.lake("en")
    ground = next(layer for layer in lake.layers if layer.basemap and layer.kind == "polygon")
    land = replace(
        ground.features[0],
        geometry=shapely.box(0, -40, 60, 40),
        style=Style(fill="#ccddaa", fill_opacity=1.0),
        label="",
    )
    scene = replace(
        lake, extent=(31.0, -6.0, 33.0, 6.0), layers=(replace(ground, features=(land,)),)
    )
    picture = Image.open(io.BytesIO(web.picture(scene, size, "png"))).convert("RGB")
    corners = [picture.getpixel((x, y)) for x in (2, size[0] - 3) for y in (2, size[1] - 3)]
    assert corners == [pytest.approx((0xCC, 0xDD, 0xAA), abs=6)] * 4
