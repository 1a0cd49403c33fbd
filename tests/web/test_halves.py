"""Areas in files are cut at 180 degrees, holes and all, as shapely's own intersection cuts them."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from shapely.affinity import translate
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from tests.support.modules import run

LAND = shapely.box(170, -20, 190, 20)
SPIRAL = shapely.LineString([(175, -9), (186, -9), (186, 9), (174, 9), (174, 0), (184, 0)])
WAVES = Polygon(
    [(170, -8), *[(180 + 4 * (-1) ** n, -7 + n) for n in range(15)], (170, 8)]
)  # fmt: skip


def in_file(area: BaseGeometry) -> BaseGeometry:
    """The area as the page's GeoJSON has it."""
    assert isinstance(area, Polygon)
    rings = [
        [{"lng": x, "lat": y} for x, y in ring.coords] for ring in (area.exterior, *area.interiors)
    ]
    shape_of = json.dumps({"points": [], "lines": [], "polygons": [rings]})
    (geometry,) = run("giving", f"giving.geometry({shape_of}, 6)")
    return shape(geometry)


def cut(area: BaseGeometry) -> BaseGeometry:
    west = area & shapely.box(-180, -90, 180, 90)
    east = translate(area & shapely.box(180, -90, 540, 90), -360)
    return shapely.union_all([west, east])


@pytest.mark.parametrize(
    "area",
    [
        LAND - shapely.Point(180, 0).buffer(5, quad_segs=4),
        LAND - shapely.box(176, -5, 184, 5) - shapely.box(171, 10, 172, 11),
        LAND - shapely.box(181, -5, 184, 5) - shapely.box(176, -9, 182, -7),
        LAND - SPIRAL.buffer(0.5, join_style="mitre"),
        SPIRAL.buffer(0.5, join_style="mitre"),
        WAVES,
        shapely.Point(180, 0).buffer(9, quad_segs=3) - shapely.box(179, -1, 180, 1),
    ],
    ids=[
        "a lake",
        "a lake and a pond",
        "two lakes",
        "a river",
        "a winding arm",
        "waves",
        "an edge",
    ],
)
def test_an_area_over_180_degrees_is_cut_with_its_holes(area: Polygon) -> None:
    """No ring meets itself, no hole shares an edge with its shell, and nothing is lost."""
    given = in_file(area)
    assert given.is_valid
    assert shapely.get_coordinates(given)[:, 0].min() >= -180
    assert shapely.get_coordinates(given)[:, 0].max() <= 180
    assert given.symmetric_difference(cut(area)).area < 1e-4
    expected = [part for part in shapely.get_parts(cut(area)) if part.area]
    assert len(shapely.get_parts(given)) == len(expected)


def test_rings_run_as_the_standard_says() -> None:
    """RFC 7946, section 3.1.6: shells against the clock, holes with it."""
    given = in_file(LAND - shapely.box(171, 10, 172, 11) - shapely.box(176, -5, 184, 5))
    for part in shapely.get_parts(given):
        assert part.exterior.is_ccw
        assert not np.any([hole.is_ccw for hole in part.interiors])
