"""What lies beyond the land of an atlas is no sea."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature, Projection, Style
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.map.frame import MapFrame, fit
from shekara.sheet.map.known import known, middles
from shekara.sheet.map.projected import on_page
from shekara.sheet.paper.paper import Box
from tests.support.scene_parts import layer

PLATE = Projection("+proj=eqc +datum=WGS84 +units=m", "", "", False, False)
EXTENT = (10.0, 50.0, 30.0, 60.0)
DEGREE = 111_319.49  # of plate carrée on WGS 84, m


def frame() -> MapFrame:
    """An upright page: 20 degrees wide, 45 to 65 degrees high."""
    return fit(PLATE, EXTENT, Box(0, 0, 100, 100))


def ground(
    west: float, south: float, east: float, north: float, gap: BaseGeometry | None = None
) -> list[Drawn]:
    area = shapely.box(west, south, east, north).difference(gap or shapely.Polygon())
    land = Feature("a", area, "a", Style(fill="#f4efe4"))
    item = layer("states", "polygon", [land], basemap=True)
    return [Drawn(item, land, on_page(area, frame()), land.style)]


def degrees(shape: BaseGeometry) -> list[float]:
    return [round(side / DEGREE, 1) for side in shape.bounds]


def whole() -> list[float]:
    left, bottom, right, top = frame().bounds
    return [round(side / DEGREE, 1) for side in (left, bottom, right, top)]


def test_what_lies_beyond_the_end_of_the_land_is_no_sea() -> None:
    """Land to 48 degrees on a page that goes on to the south: the sea ends there."""
    assert whole()[1] < 48
    assert degrees(known(ground(-20, 48, 60, 75), frame())) == [
        whole()[0],
        48.0,
        whole()[2],
        whole()[3],
    ]


def test_land_beyond_the_page_or_within_the_extent_hides_nothing() -> None:
    """Land that goes on beyond the page; an island; the whole Earth without its poles."""
    for sides in ((-20, 30, 60, 75), (15, 52, 25, 58), (-180, -55.9, 180, 83.6)):
        assert degrees(known(ground(*sides), frame())) == whole()


def test_a_gap_between_lands_beyond_the_extent_is_no_sea() -> None:
    """South of the extent, which ends at 50 degrees: land that is lacking, or an arm of sea."""
    gap = shapely.box(15, 46, 20, 48)
    (left, bottom, right, top), metres = frame().bounds, DEGREE**2
    page = (right - left) * (top - bottom) / metres
    lacking = known(ground(-20, 30, 60, 75, gap), frame())
    assert round(lacking.area / metres) == round(page - 5 * 2)
    assert not lacking.contains(shapely.Point(17 * DEGREE, 47 * DEGREE))
    arm = gap.union(shapely.box(16, 47, 18, 55))
    assert degrees(known(ground(-20, 30, 60, 75, arm), frame())) == whole()
    assert known(ground(-20, 30, 60, 75, arm), frame()).area / metres > page - 0.1
    around_the_earth = known(ground(-180, -80, 180, 84, gap), frame())
    assert around_the_earth.contains(shapely.Point(17 * DEGREE, 47 * DEGREE))


def test_without_land_there_is_nothing_to_know() -> None:
    assert degrees(known([], frame())) == whole()


def test_a_corner_of_a_page_is_no_side() -> None:
    """In the north of a conic page meridians lie close: its corner is west of all the land."""
    cone = Projection("+proj=aea +lat_1=52 +lat_2=64 +lon_0=20 +datum=WGS84", "", "", True, False)
    map_frame = fit(cone, (8.0, 54.0, 32.0, 66.0), Box(0, 0, 150, 100))
    corner, side = map_frame.lonlat_box[0], middles(map_frame)[0]
    land = (corner + side) / 2
    assert corner < land < side
    everything = known([], map_frame)
    assert known(ground(land, 30, 60, 79), map_frame).equals(everything)
