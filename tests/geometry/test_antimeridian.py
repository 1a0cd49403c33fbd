"""Rings over 180° and round poles: areas against geographiclib's routine and closed forms."""

from __future__ import annotations

from math import atanh, radians, sin, sqrt

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from shekara.geometry.antimeridian import Course, jumps, read
from shekara.geometry.folding import fold, fold_line, with_crossings
from shekara.geometry.longitudes import unroll, wrap

WGS84 = Geod(ellps="WGS84")
EARTH_KM2 = 510_065_621.7  # surface of the ellipsoid of WGS 84


def ring_area_km2(polygon: shapely.Polygon) -> float:
    """Karney's area of a ring as it stands: independent of any cutting."""
    return abs(float(WGS84.polygon_area_perimeter(*polygon.exterior.coords.xy)[0])) / 1e6


def area_km2(geometry: shapely.Geometry) -> float:
    return sum(ring_area_km2(part) for part in shapely.get_parts(geometry))


def zone_km2(south: float, north: float) -> float:
    """Closed form: the area between two parallels (Snyder 1987, equations 3-12 and 3-11)."""
    e = sqrt(WGS84.es)

    def authalic(lat: float) -> float:
        s = sin(radians(lat))
        return (1 - e * e) * (s / (1 - e * e * s * s) + atanh(e * s) / e)

    return float(np.pi * WGS84.a**2 * (authalic(north) - authalic(south)) / 1e6)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.Polygon([(west, south), (east, south), (east, north), (west, north)])


# Every uncut ring over 180° has the area that Karney's routine gives the ring itself.
@pytest.mark.parametrize(
    "ring",
    [
        box(179, -1, -179, 1),
        box(179, -1, -179, 1).reverse(),
        box(170, 50, -175, 70),
        shapely.Polygon([(178, 60), (-170, 62), (-175, 70), (179, 66), (-179, 64)]),
        shapely.Polygon([(-150, 78), (-30, 78), (50, 80), (170, 78)]),
        shapely.Polygon([(-150, -70), (170, -78), (50, -70), (-30, -72)]),
        # winds round the pole and over 180° back and forth
        shapely.Polygon([(175, 80), (-175, 78), (178, 75), (-170, 72), (-60, 70), (60, 70)]),
        shapely.Polygon([(175, -80), (-175, -78), (178, -75), (-170, -72), (-60, -70), (60, -70)]),
    ],
)
def test_a_cut_ring_keeps_its_area(ring: shapely.Polygon) -> None:
    reading = read(ring, WGS84)
    assert reading.geometry.is_valid
    assert np.abs(shapely.get_coordinates(reading.geometry)[:, 0]).max() <= 180
    assert area_km2(reading.geometry) == pytest.approx(ring_area_km2(ring), rel=1e-9)


def test_a_ring_past_180_is_the_ring_written_with_a_jump() -> None:
    past, jumping = box(179.6, -17, 180.4, -16.4), box(179.6, -17, -179.6, -16.4)
    assert read(past).courses == {Course.OVER}
    assert read(past).geometry.equals(read(jumping).geometry)
    assert sorted(part.bounds for part in shapely.get_parts(read(past).geometry)) == [
        pytest.approx((-180, -17, -179.6, -16.4)),
        pytest.approx((179.6, -17, 180, -16.4)),
    ]


def test_a_cap_holds_its_pole_and_nothing_else() -> None:
    cap = read(shapely.Polygon([(-150, 78), (-30, 78), (50, 78), (170, 78)]))
    assert cap.courses == {Course.ROUND_A_POLE}
    assert cap.geometry.covers(shapely.Point(0, 89.9))
    assert not cap.geometry.covers(shapely.Point(0, 70))
    south = read(shapely.Polygon([(-150, -70), (170, -70), (50, -70), (-30, -70)])).geometry
    assert south.covers(shapely.Point(100, -89))
    assert not south.covers(shapely.Point(100, 0))


# RFC 7946, section 3.1.6: counterclockwise. The same four corners the other way are narrow.
def test_wide_frames_are_told_by_their_order() -> None:
    wide, nearly = box(-100, 40, 100, 70), box(-179, -89, 179, 89)
    assert read(wide).courses == read(nearly).courses == {Course.WIDE}
    assert read(wide).geometry.equals(wide)
    assert read(box(179, 60, -179, 61)).courses == {Course.OVER}
    # wound the wrong way, a narrow box stays narrow: 358° by 1° is no frame
    assert read(box(179, 60, -179, 61).reverse()).courses == {Course.OVER}
    # a shapefile winds shells clockwise
    assert read(wide.reverse(), clockwise=True).courses == {Course.WIDE}


@pytest.mark.parametrize("corners", [box(-180, 45, 180, 55), box(-180, 45, 180, 55).reverse()])
def test_a_band_and_the_world_keep_their_shape(corners: shapely.Polygon) -> None:
    assert read(corners).courses == {Course.WIDE}
    assert read(corners).geometry.equals(corners)
    # no edge is left that a geodesic would take the short way round
    steps = np.abs(np.diff(shapely.get_coordinates(read(corners).geometry)[:, 0]))
    assert steps.max() <= 90
    world = read(box(-180, -90, 180, 90))
    assert world.courses == {Course.WIDE}
    assert zone_km2(-90, 90) == pytest.approx(EARTH_KM2, abs=0.1)


def test_holes_follow_their_shell() -> None:
    shell = [(178, 60), (-178, 60), (-178, 66), (178, 66)]
    hole = [(-179.5, 62), (-179.5, 63), (179.5, 63), (179.5, 62)]
    reading = read(shapely.Polygon(shell, [hole]), WGS84)
    assert reading.geometry.is_valid
    outer, inner = ring_area_km2(shapely.Polygon(shell)), ring_area_km2(shapely.Polygon(hole))
    assert area_km2(reading.geometry) == pytest.approx(outer - inner, rel=1e-9)


def test_lines_are_cut_and_keep_their_length() -> None:
    line = shapely.LineString([(170, 50), (-170, 55), (175, 60)])
    cut = read(line, WGS84).geometry
    assert shapely.get_num_geometries(cut) == 3
    assert WGS84.geometry_length(cut) == pytest.approx(WGS84.geometry_length(line), rel=1e-12)
    assert read(shapely.LineString([(359, 0), (361, 0)])).geometry.bounds == (-1, 0, 1, 0)


def test_what_is_within_180_stays_itself() -> None:
    plain = box(10, 50, 11, 51)
    assert read(plain).geometry.equals_exact(plain)
    assert not read(plain).courses
    flags = jumps(np.array([plain, box(179, 0, -179, 1), shapely.Point(200, 0)], dtype=object))
    assert flags.tolist() == [False, True, True]


def test_longitudes_of_one_place() -> None:
    assert wrap([-180, 180, 181, 539, -541]).tolist() == [180, 180, -179, 179, 179]
    assert unroll([179, -179, 178]).tolist() == [179, 181, 178]
    assert read(shapely.Point(200, 5)).geometry.equals(shapely.Point(-160, 5))
    assert fold(shapely.LineString([(0, 0), (1, 1)])).equals(shapely.LineString([(0, 0), (1, 1)]))


# A star around a centre anywhere, turned over 180° or not: one area.
@given(
    lon=st.floats(-180, 180),
    lat=st.floats(-60, 60),
    radii=st.lists(st.floats(0.5, 8), min_size=5, max_size=12),
)
def test_any_star_keeps_its_area(lon: float, lat: float, radii: list[float]) -> None:
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    x = lon + np.array(radii) * np.cos(angles)
    y = lat + np.array(radii) * np.sin(angles)
    wrapped = shapely.Polygon(np.column_stack([wrap(x), y]))
    free = shapely.Polygon(np.column_stack([x - 360 * np.round(lon / 360), y]))
    assert area_km2(read(wrapped, WGS84).geometry) == pytest.approx(ring_area_km2(free), rel=1e-8)


# Expectations by hand: cut where the line runs over 180°, whole where it touches or follows it.
@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("170 0, 190 0", "(170 0, 180 0), (-180 0, -170 0)"),
        ("170 0, 180 5, 170 9", "(170 0, 180 5, 170 9)"),
        ("170 0, 180 5, 180 9, 190 9", "(170 0, 180 5, 180 9), (-180 9, -170 9)"),
        ("180 5, 180 9, 190 9", "(-180 5, -180 9, -170 9)"),
        ("170 0, 180 0, 180 5, 190 0", "(170 0, 180 0, 180 5), (-180 5, -170 0)"),
        ("-170 0, -190 0, -190 4, -170 4",
         "(-170 0, -180 0), (180 0, 170 0, 170 4, 180 4), (-180 4, -170 4)"),
        ("170 0, 178 4, 178 0, 170 4, 190 4",
         "(170 0, 178 4, 178 0, 170 4, 180 4), (-180 4, -170 4)"),
        ("900 0, 901 0", "(-180 0, -179 0)"),
    ],
)  # fmt: skip
def test_a_line_is_cut_at_180_and_nowhere_else(line: str, cut: str) -> None:
    xy = with_crossings(shapely.get_coordinates(shapely.from_wkt(f"LINESTRING ({line})")), None)
    folded = [shapely.get_coordinates(part).tolist() for part in shapely.get_parts(fold_line(xy))]
    due = shapely.get_parts(shapely.from_wkt(f"MULTILINESTRING ({cut})"))
    assert folded == [shapely.get_coordinates(part).tolist() for part in due]
