"""Areas of many rings at once against Karney's own program (geographiclib), edge by edge.

Its areas are good to about a hundred-thousandth of a square metre for each edge of such rings,
which is allowed beside a part in 10⁹: rings of a few metres would else test the reference.
"""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from geographiclib.polygonarea import PolygonArea
from numpy.typing import NDArray
from pyproj import Geod

from shekara import measuring
from shekara.measuring import area_m2
from shekara.measuring.files import measure_file

Floats = NDArray[np.float64]
WGS84 = Geod(ellps="WGS84")
ROUNDING_M2 = 1e-4  # of the reference, for each edge
LATITUDES = (0, 5, 30, 45, 60, 75, 85, 89, 89.9, -45, -89.5, 90, -90)
RADII_KM = (0.05, 1, 10, 50, 300, 1000, 3000)


def ring(lon: float, lat: float, radius_km: float, vertices: int) -> Floats:
    """A ragged ring round a position, always the same."""
    random = np.random.default_rng(vertices)
    away = radius_km * 1000 * random.uniform(0.5, 1.0, vertices)
    turn = np.linspace(0, 360, vertices, endpoint=False)
    x, y, _ = WGS84.fwd(np.full(vertices, lon), np.full(vertices, lat), turn, away)
    points = np.column_stack([x, y])
    return np.vstack([points, points[:1]])


def reference_m2(points: Floats, ellipsoid: Geodesic = Geodesic.WGS84) -> float:
    area = PolygonArea(ellipsoid)
    for lon, lat in points[:-1]:
        area.AddPoint(lat, lon)
    return float(abs(area.Compute()[2]))


def relative(found: Floats, rings: list[Floats]) -> Floats:
    """How far areas lie from the reference, beyond its own rounding, as a part of them."""
    wanted = np.array([reference_m2(points) for points in rings])
    slack = np.array([ROUNDING_M2 * len(points) for points in rings])
    parts: Floats = np.maximum(0.0, np.abs(found - wanted) - slack) / wanted
    return parts


def test_areas_are_karneys_at_any_latitude_and_size_over_180_and_round_poles() -> None:
    places = itertools.product((0.0, 50.0, 180.0, -179.99), LATITUDES, RADII_KM, (4, 12))
    rings = [ring(lon, lat, radius, count) for lon, lat, radius, count in places]
    found = measuring.area_m2([shapely.Polygon(points) for points in rings])
    assert relative(found, rings).max() <= 1e-9


@pytest.mark.parametrize("width", [1e-5, 1e-3, 0.1, 0.249, 0.251, 1.9, 2.1, 9.9, 10.1, 60.0, 170.0])
def test_areas_are_karneys_for_edges_of_any_length(width: float) -> None:
    """Around the lengths at which one rule hands over to the next."""
    rings = []
    for lat, shape in itertools.product((-60.0, 1.0, 40.0, 70.0), (1.0, 0.01)):
        north = min(89.0, lat + min(width, 40.0) * shape)
        box = [(10, lat), (10 + width, lat), (10 + width, north), (10, north), (10, lat)]
        rings.append(np.array(box, dtype=float))
    found = measuring.area_m2([shapely.Polygon(points) for points in rings])
    assert relative(found, rings).max() <= 1e-9


def test_holes_and_parts_are_added_up_for_each_geometry() -> None:
    shell, hole, other = ring(20, 50, 90, 30), ring(20, 50, 30, 12), ring(-70, -20, 5, 9)
    inner, far = shapely.Polygon(shell, [hole]), shapely.Polygon(other[::-1])
    empty, line = shapely.Polygon(), shapely.LineString([(0, 0), (1, 1)])
    both = shapely.MultiPolygon([inner, far])
    mixed = shapely.GeometryCollection([far, line])
    a, b, c = (reference_m2(points) for points in (shell, hole, other))
    found = measuring.area_m2([both, empty, line, inner, mixed])
    assert found == pytest.approx([a - b + c, 0.0, 0.0, a - b, c], rel=1e-9)


def test_areas_are_on_the_ellipsoid_that_is_asked_for() -> None:
    """Bessel's, and a sphere: 4πR²/8 for an octant."""
    bessel = Geod(ellps="bessel")
    points = ring(13, 52, 40, 20)
    wanted = reference_m2(points, Geodesic(bessel.a, bessel.f))
    assert measuring.area_m2([shapely.Polygon(points)], bessel)[0] == pytest.approx(
        wanted, rel=1e-9
    )
    sphere = Geod(a=6_371_000, b=6_371_000)
    octant = shapely.Polygon([(0, 0), (90, 0), (0, 90)])
    found = measuring.area_m2([octant], sphere)[0]
    assert found == pytest.approx(math.pi * 6_371_000**2 / 2, rel=1e-12)


def test_a_cap_cut_into_short_edges_has_the_area_of_its_zone() -> None:
    """Snyder's zone from 80° to the pole; a polygon of 36,000 edges lies 1e-8 of it inside."""
    lon = np.linspace(-180, 180, 36_001)
    cap = np.column_stack([lon, np.full(len(lon), 80.0)])
    es = WGS84.es
    e = math.sqrt(es)

    def zone(sine: float) -> float:
        return WGS84.b**2 / 2 * (sine / (1 - es * sine**2) + math.atanh(e * sine) / e)

    wanted = 2 * math.pi * (zone(1.0) - zone(math.sin(math.radians(80))))
    from shekara.measuring.areas import ring_areas_m2

    found = ring_areas_m2(cap, np.array([0, len(cap)]), WGS84)[0]
    assert found == pytest.approx(wanted, rel=2e-8)


def test_nothing_has_no_area() -> None:
    assert list(measuring.area_m2([])) == []
    assert list(measuring.area_m2([shapely.Point(1, 2), shapely.MultiPolygon()])) == [0.0, 0.0]


WHOLE_M2 = 510_065_621_724_088.4  # 2πa²(1 + (1 − e²)/e · artanh e), of WGS 84


@pytest.mark.parametrize("step", [100.0, 10.0, 0.2])  # PROJ's routines, nodes, the series
@pytest.mark.parametrize("width", [170.0, 182.0, 200.0, 300.0, 359.0])
def test_a_lune_has_its_share_of_the_globe_be_it_more_than_half(width: float, step: float) -> None:
    lune = shapely.box(-width / 2, -90, width / 2, 90)
    for shape in (lune, shapely.reverse(lune)):
        drawn = shapely.segmentize(shape, step)
        assert area_m2([drawn])[0] == pytest.approx(WHOLE_M2 * width / 360, rel=1e-9)


def test_all_but_a_hole_is_the_globe_less_the_hole() -> None:
    hole = shapely.box(20, 30, 40, 50)
    world = shapely.segmentize(shapely.box(-180, -90, 180, 90), 10)
    rest = area_m2([shapely.difference(world, hole)])[0]
    assert rest == pytest.approx(WHOLE_M2 - area_m2([hole])[0], rel=1e-12)


def test_half_globes_side_by_side_make_one(tmp_path: Path) -> None:
    halves = shapely.MultiPolygon([shapely.box(-180, -90, 0, 90), shapely.box(0, -90, 180, 90)])
    path = tmp_path / "halves.geojson"
    path.write_text(shapely.to_geojson(halves))
    ((row,),) = (record["features"] for record in measure_file(path))
    assert row["area_m2"] == pytest.approx(WHOLE_M2, rel=1e-9)


def along_geodesics(ring: list[tuple[float, float]], count: int) -> shapely.Polygon:
    """The ring with positions on its geodesics."""
    points: list[tuple[float, float]] = []
    for (west, south), (east, north) in itertools.pairwise(ring):
        points += [(west, south), *WGS84.npts(west, south, east, north, count)]
    return shapely.Polygon([*points, ring[0]])


# Positions on its geodesics leave a ring what it is; the series of short edges knows one side only.
@pytest.mark.parametrize("ring", [
    [(-170, -10), (0, -10), (170, -10), (170, 10), (0, 10), (-170, 10), (-170, -10)],
    [(-150, -30), (0, -30), (150, -30), (150, 30), (0, 30), (-150, 30), (-150, -30)],
    [(-150, -60), (0, -60), (150, -60), (150, 70), (0, 70), (-150, 70), (-150, -60)],
    [(-100, -5), (70, -5), (70, 60), (-100, 60), (-100, -5)],
    [(-170, 40), (-50, -40), (60, 30), (170, 40), (60, 80), (-50, 80), (-170, 40)],
])  # fmt: skip
def test_positions_on_its_geodesics_leave_a_ring_as_it_is(ring: list[tuple[float, float]]) -> None:
    for way in (ring, ring[::-1]):
        few, many = area_m2([shapely.Polygon(way), along_geodesics(way, 2000)])
        assert few == pytest.approx(many, rel=1e-7)


# Round a pole: 0, 120, 240 and back, with positions on the geodesics.
@pytest.mark.parametrize("lat", [-60.0, -20.0, 20.0, 60.0])
def test_so_it_is_round_a_pole(lat: float) -> None:
    ring = [(0.0, lat), (120.0, lat), (-120.0, lat), (0.0, lat)]
    few, many = area_m2([shapely.Polygon(ring), along_geodesics(ring, 2000)])
    assert few == pytest.approx(many, rel=1e-7)
