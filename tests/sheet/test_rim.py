"""Points on the rim of a sheet: at ±180° and at the poles, where a clip would lose them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from shekara.i18n.translator import Translator
from shekara.scene.projection import choose
from shekara.sheet.map.frame import fit
from shekara.sheet.map.projected import on_page, points_of
from shekara.sheet.paper.paper import Box

ENGLISH = Translator("en")
WORLD = (-180.0, -90.0, 180.0, 90.0)


@pytest.mark.parametrize(
    ("extent", "places"),
    [
        (WORLD, [(180, 0), (-180, 20), (0, 90), (0, -90), (0, 0)]),
        ((-180.0, 80.0, 180.0, 90.0), [(0, 90), (180, 85), (-180, 83), (20, 84)]),
        ((-180.0, -90.0, 180.0, -60.0), [(0, -90), (90, -90), (180, -85), (-180, -83)]),
        ((170.0, -10.0, -170.0, 10.0), [(180, 0), (-180, 1), (175, 0)]),
    ],
)
def test_all_points_are_on_the_sheet(
    extent: tuple[float, float, float, float], places: list[tuple[float, float]]
) -> None:
    map_frame = fit(choose(extent, None, ENGLISH), extent, Box(0, 0, 180, 120))
    for place in places:
        assert len(points_of(on_page(shapely.Point(place), map_frame))) == 1, place
    assert len(points_of(on_page(shapely.MultiPoint(places), map_frame))) == len(places)


def test_points_elsewhere_are_not() -> None:
    extent = (10.0, 40.0, 20.0, 50.0)
    map_frame = fit(choose(extent, None, ENGLISH), extent, Box(0, 0, 180, 120))
    for place in [(-170, 45), (15, -45), (60, 45), (15, 80)]:
        assert on_page(shapely.Point(place), map_frame).is_empty, place


# A cut along 180° is no line on the sheet; a border along 180° of one side only is.
def test_outlines_leave_out_seams_only() -> None:
    extent = (170.0, 60.0, -170.0, 72.0)
    map_frame = fit(choose(extent, None, ENGLISH), extent, Box(0, 0, 180, 120))
    east, west = shapely.box(175, 65, 180, 68), shapely.box(-180, 65, -175, 68)
    x, y = map_frame.forward(np.array([180.0, 180.0]), np.array([65.5, 67.5]))
    along_180 = shapely.LineString(np.column_stack([x, y])).buffer(100.0)
    both = on_page(shapely.MultiPolygon([east, west]), map_frame, outline=True)
    assert not both.intersects(along_180)
    assert on_page(east, map_frame, outline=True).intersects(along_180)
