"""Zones of the sea: areas by closed forms, places by brute force with PROJ, articles of UNCLOS."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
import shapely.affinity
from pyproj import Geod
from typer.testing import CliRunner

from shekara.cli import app
from shekara.errors import GeometryError, UsageError
from shekara.median import Breadths, Zones, zones

GEOD = Geod(ellps="WGS84")
MILE = 1852.0
NORTH = [(0, 1), (0, 2), (3, 2), (3, 1), (2.2, 1), (2.15, 1.3), (2.05, 1.3), (2.0, 1)]
GULF = [
    ("A", "main", shapely.Polygon([(0, 0), (3, 0), (3, -1), (0, -1)])),
    ("B", "main", shapely.Polygon(NORTH)),
    ("A", "isle", shapely.box(1, 0.75, 1.05, 0.8)),
]
CLOSING = [("B", "mouth", shapely.LineString([(2, 1), (2.2, 1)]))]


def table(rows: list[tuple[str, str, Any]]) -> gpd.GeoDataFrame:
    names = {"owner": [r[0] for r in rows], "name": [r[1] for r in rows]}
    return gpd.GeoDataFrame(names, geometry=[r[2] for r in rows], crs=4326)


@pytest.fixture(scope="module")
def gulf() -> Zones:
    """Two owners face to face, an isle of A without effect, a bay of B that is closed."""
    return zones(
        table(GULF), by="owner", effect={"isle": "none"}, baselines=table(CLOSING),
        breadths=Breadths(economic_m=40 * MILE),
    )  # fmt: skip


def shape_of(result: Zones, owner: str, zone: str) -> Any:
    rows = result.zones[(result.zones.owner == owner) & (result.zones.zone == zone)]
    assert len(rows) == 1, (owner, zone)
    return rows.geometry.iloc[0]


def between(a: Any, b: Any, count: int) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = GEOD.npts(a[0], a[1], b[0], b[1], count)
    return points


def dense(shape: Any) -> np.ndarray:
    """Points on the geodesic edges of a shape, by PROJ, a kilometre apart."""
    rings = [shapely.get_coordinates(shape.exterior if shape.geom_type == "Polygon" else shape)]
    out = []
    for ring in rings:
        for a, b in pairwise(ring):
            out += [tuple(a), *between(a, b, int(GEOD.inv(*a, *b)[2] // 1000) + 1)]
    return np.array(out)


def within_m2(islet: Any, d: float) -> float:
    """Area within d of a small islet: a geodesic circle (by PROJ) and a strip along its shore."""
    around = GEOD.geometry_area_perimeter(shapely.orient_polygons(islet))
    middle = islet.centroid
    many = np.ones(5000)
    azimuth = np.linspace(0, 360, 5001)[:-1]
    x, y, _ = GEOD.fwd(middle.x * many, middle.y * many, azimuth, d * many)
    return float(abs(GEOD.polygon_area_perimeter(x, y)[0]) + around[1] * d)


def areas_of(result: Zones, owner: str) -> dict[str, float]:
    rows = result.zones[result.zones.owner == owner]
    return dict(zip(rows.zone, rows.area_m2, strict=True))


def belts_m2(islet: Any, *miles: float) -> list[float]:
    areas = [within_m2(islet, m * MILE) for m in miles]
    return [areas[0], *(area - areas[0] for area in areas[1:])]


def test_an_islet_has_the_area_of_circles() -> None:
    # Expectation: the area within d of a square of side s is that of a geodesic circle (by PROJ)
    # and 4 s d; with chords within 0.1 m the zones miss a hundred-thousandth of it at most.
    islet = shapely.box(10, -30.0001, 10.0001, -30)
    result = zones(table([("A", "islet", islet)]), by="owner", tolerance_m=0.1)
    expected = dict(
        zip(
            ["territorial sea", "contiguous zone", "exclusive economic zone"],
            belts_m2(islet, 12, 24, 200), strict=True,
        )
    )  # fmt: skip
    assert areas_of(result, "A") == pytest.approx(expected, rel=2e-5)


def test_shores_all_around_the_globe_are_charted_at_once() -> None:
    # Expectation: islets on the axes of the globe, one near each pole, lie too far apart to meet;
    # each has the area of its circles, also where 180 degrees or a pole lies within.
    places = [(0, 0), (90, 0), (179.9999, 0), (-90, 0), (45, 89.5), (-135, -89.5)]
    islets = [shapely.box(x, y, x + 0.0001, y + 0.0001) for x, y in places]
    named = [(f"{n}", "islet", islet) for n, islet in enumerate(islets)]
    result = zones(table(named), by="owner", breadths=Breadths(contiguous_m=None))
    for owner, _, islet in named:
        belts = belts_m2(islet, 12, 200)
        expected = {"territorial sea": belts[0], "exclusive economic zone": belts[1]}
        assert areas_of(result, owner) == pytest.approx(expected, rel=2e-4), owner
    assert result.zones.is_valid.all()
    assert not len(result.overlaps)
    north = shape_of(result, "4", "exclusive economic zone")
    assert north.contains(shapely.Point(-100, 89.99))
    assert north.bounds[::2] == (-180, 180)


def test_land_may_leap_over_180_degrees() -> None:
    # Expectation: two islands astride 180 degrees, one whose edges leap from 180 to -180 and one
    # cut there, are the same land: the same zones, no land anywhere between.
    leap = shapely.Polygon([(179.9, 1), (-179.9, 1), (-179.9, 1.1), (179.9, 1.1)])
    cut = shapely.MultiPolygon([shapely.box(179.9, 1, 180, 1.1), shapely.box(-180, 1, -179.9, 1.1)])
    areas = [areas_of(zones(table([("A", "isle", isle)]), by="owner"), "A") for isle in (leap, cut)]
    assert areas[0] == pytest.approx(areas[1], rel=1e-9)


def test_every_place_lies_in_the_zone_that_distances_tell(gulf: Zones) -> None:
    # Expectation: by distances to points a kilometre apart on all shores (PROJ). The isle counts
    # up to 12 M only, and behind its belt the mainland decides.
    lines = {
        "A": dense(GULF[0][2]), "isle": dense(GULF[2][2]),
        "B": np.concatenate([dense(GULF[1][2]), dense(CLOSING[0][2])]),
    }  # fmt: skip
    solid = shapely.union_all([row[2] for row in GULF])
    inner = shapely.Polygon([(2, 1), (2.2, 1), (2.15, 1.3), (2.05, 1.3)])
    seen = set()
    for x in np.linspace(-0.63, 3.6, 19):
        for y in np.linspace(-1.4, 2.43, 18):
            here = shapely.Point(x, y)
            if solid.distance(here) < 0.01 or inner.distance(here) < 0.01:
                continue
            far = {
                k: float(GEOD.inv(x * np.ones(len(p)), y * np.ones(len(p)), *p.T)[2].min())
                for k, p in lines.items()
            }
            near = {"A": min(far["A"], far["isle"]), "B": far["B"]}
            every = sorted([*near.values(), far["A"]])
            if any(abs(d - limit * MILE) < 200 for d in every for limit in (12, 24, 40)):
                continue
            if abs(near["A"] - near["B"]) < 200 or abs(far["A"] - far["B"]) < 200:
                continue
            if min(near.values()) <= 12 * MILE:
                expected = {("A" if near["A"] < near["B"] else "B", "territorial sea")}
            else:
                owner = "A" if far["A"] < far["B"] else "B"
                away = min(far["A"], far["B"])
                expected = {(owner, "exclusive economic zone")} if away < 40 * MILE else set()
                expected |= {(owner, "contiguous zone")} if away < 24 * MILE else set()
            inside = gulf.zones[gulf.zones.contains(here)]
            assert set(zip(inside.owner, inside.zone, strict=True)) == expected, (x, y)
            seen |= expected
    assert len(seen) == 6


def test_waters_behind_a_closing_line_are_internal(gulf: Zones) -> None:
    # Expectation: the area of the four corners of the bay, by PROJ.
    ring = shapely.Polygon([(2, 1), (2.2, 1), (2.15, 1.3), (2.05, 1.3)])
    row = gulf.zones[gulf.zones.zone == "internal waters"]
    assert row.owner.tolist() == ["B"]
    assert row.area_m2.iloc[0] == pytest.approx(GEOD.geometry_area_perimeter(ring)[0], rel=1e-7)


def test_every_arc_is_as_far_from_its_base_point_as_it_says(gulf: Zones) -> None:
    # Expectation: both ends of an arc about a vertex lie at the distance from it, by PROJ.
    arcs = gulf.arcs[gulf.arcs.base_kind == "vertex"]
    assert len(arcs) > 8
    for arc in arcs.itertuples():
        for x, y in ((arc.from_lon, arc.from_lat), (arc.to_lon, arc.to_lat)):
            far = GEOD.inv(arc.base_lon, arc.base_lat, x, y)[2]
            assert far == pytest.approx(arc.distance_m, abs=1e-3)
    assert set(gulf.arcs.owner) == {"A", "B"}


def test_claims_overlap_where_both_reach(gulf: Zones) -> None:
    # Expectation: between two coasts 60 M apart only claims to 40 M overlap; the isle, 12 M off
    # the other coast, overlaps with its territorial sea.
    names = set(gulf.overlaps.zone)
    assert names == {"territorial sea", "exclusive economic zone"}
    mid = shapely.Point(0.3, 0.5)
    (economic,) = gulf.overlaps[gulf.overlaps.zone == "exclusive economic zone"].geometry
    assert economic.contains(mid)


@pytest.mark.parametrize(("depth", "expected"), [(0.08, 1), (0.07, 0)])
def test_a_bay_holds_the_semicircle_on_its_mouth(depth: float, expected: int) -> None:
    # Expectation: UNCLOS article 10(2): w·h ≥ π w²/8, that is h ≥ 0.3927 w; w is 0.19 degrees.
    coast = [(0, 0), (0.4, 0), (0.4, -depth), (0.59, -depth), (0.59, 0), (1, 0), (1, -1), (0, -1)]
    result = zones(table([("A", "main", shapely.Polygon(coast))]), by="owner")
    assert len(result.bays) == expected
    if expected:
        bay = result.bays.iloc[0]
        water = shapely.box(0.4, -depth, 0.59, 0)
        assert bay.area_m2 == pytest.approx(GEOD.geometry_area_perimeter(water)[0], rel=1e-6)
        assert bay.length_m == pytest.approx(GEOD.inv(0.4, 0, 0.59, 0)[2], abs=1e-6)
        assert bay.ratio == pytest.approx(bay.area_m2 / (np.pi * bay.length_m**2 / 8), rel=1e-9)


def bay_with_isle(isle: tuple[float, float], owner: str = "A") -> gpd.GeoDataFrame:
    """A rectangular bay, 0.19 degrees wide and 0.07 deep, with an isle across its mouth."""
    coast = [(0, 0), (0.4, 0), (0.4, -0.07), (0.59, -0.07), (0.59, 0), (1, 0), (1, -1), (0, -1)]
    parts = [("A", "main", shapely.Polygon(coast))]
    parts.append((owner, "isle", shapely.box(isle[0], -0.01, isle[1], 0.01)))
    return table(parts)


@pytest.mark.parametrize(
    ("isle", "owner", "expected"),
    [((0.48, 0.5), "A", 1), ((0.48, 0.49), "A", 0), ((0.48, 0.5), "B", 0)],
    ids=["an isle of 0.02", "too short an isle", "an isle of another owner"],
)
def test_an_isle_in_the_mouth_leaves_the_semicircle_the_sum_of_the_mouths(
    isle: tuple[float, float], owner: str, expected: int
) -> None:
    # Expectation: UNCLOS article 10(3): the diameter is what the isle of width i leaves of the
    # mouth w: w·h ≥ π (w - i)²/8. Of 0.0133 behind it the whole mouth would take 0.0142, an isle
    # of 0.02 leaves 0.0113; of 0.0120 behind it one of 0.01 leaves 0.0127.
    shores = bay_with_isle(isle, owner)
    depth = -0.07 if expected or owner == "B" else -0.063
    shores.geometry = shapely.transform(
        shores.geometry.to_numpy(), lambda xy: np.where(xy == -0.07, depth, xy)
    )
    result = zones(shores, by="owner", breadths=Breadths(contiguous_m=None, economic_m=None))
    assert len(result.bays) == expected
    if expected:
        bay = result.bays.iloc[0]
        left = GEOD.inv(0.4, 0, isle[0], 0)[2] + GEOD.inv(isle[1], 0, 0.59, 0)[2]
        assert (bay.mouths, bay.mouths_m) == (2, pytest.approx(left, abs=1e-6))
        assert bay.length_m == pytest.approx(GEOD.inv(0.4, 0, 0.59, 0)[2], abs=1e-6)
        assert bay.semicircle_m2 == pytest.approx(np.pi * left**2 / 8, rel=1e-9)
        water = shapely.box(0.4, depth, 0.59, 0)
        assert bay.area_m2 == pytest.approx(GEOD.geometry_area_perimeter(water)[0], rel=1e-6)
        assert bay.geometry.geom_type == "MultiLineString"


@pytest.mark.parametrize(("miles", "expected"), [(11.99, True), (12.01, False)])
def test_a_low_tide_elevation_counts_within_the_territorial_sea(
    miles: float, expected: bool
) -> None:
    # Expectation: UNCLOS article 13: within 12 M it is a base point, beyond it has no sea.
    x, y, _ = GEOD.fwd(1.5, 0, 0, miles * MILE)
    rock = table([("A", "rock", shapely.Point(x, y))])
    result = zones(table(GULF[:1]), by="owner", low_tide=rock,
                   breadths=Breadths(contiguous_m=None, economic_m=None))  # fmt: skip
    off = GEOD.fwd(x, y, 0, 11 * MILE)[:2]
    assert shape_of(result, "A", "territorial sea").contains(shapely.Point(off)) is expected
    assert any("article 13" in text for text in result.remarks) is not expected


def test_shelf_beyond_the_economic_zone_lies_60_miles_from_the_slope() -> None:
    # Expectation: UNCLOS article 76(4)(a)(ii) and (5), by distances of PROJ from the one corner
    # that governs off the coast's south-west, and from the point at the foot of the slope.
    slope = table([("A", "foot", shapely.Point(-2.2, -3.6))])
    result = zones(table(GULF[:1]), by="owner", foot_of_slope=slope)
    shelf = shape_of(result, "A", "outer continental shelf")
    for azimuth in (200, 225, 250):
        for miles in (-20, 20, 59, 61):
            x, y, _ = GEOD.fwd(-2.2, -3.6, azimuth, miles * MILE)
            far = GEOD.inv(0, -1, x, y)[2]
            assert abs(far - 200 * MILE) > 100
            beyond = far > 200 * MILE and abs(miles) < 60
            assert shelf.contains(shapely.Point(x, y)) == beyond


def test_lines_without_land_and_half_effect_are_refused() -> None:
    # Expectation: README: a clear refusal names the way out.
    coast = table([("A", "coast", shapely.LineString([(0, 0), (1, 0)]))])
    with pytest.raises(GeometryError, match="--land"):
        zones(coast, by="owner")
    with pytest.raises(UsageError, match="half effect"):
        zones(table(GULF), by="owner", effect={"isle": "half"})
    with pytest.raises(UsageError, match="greater breadth"):
        Breadths(contiguous_m=10 * MILE)


def test_the_command_writes_zones_and_arcs(tmp_path: Path) -> None:
    # Expectation: the same figures in JSON and in the file, exit 0.
    file = tmp_path / "gulf.geojson"
    table(GULF).to_file(file)
    done = CliRunner().invoke(app, [
        "zones", str(file), "--by", "owner", "--economic", "none", "--contiguous", "none",
        "--out", str(tmp_path / "z.gpkg"), "--arcs", str(tmp_path / "a.csv"), "--json",
    ])  # fmt: skip
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)["zones"]
    back = gpd.read_file(tmp_path / "z.gpkg")
    assert [row["zone"] for row in figures] == back.zone.tolist() == ["territorial sea"] * 2
    assert [row["area_m2"] for row in figures] == pytest.approx(back.area_m2.tolist())
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("owner,limit,distance_m")


def test_an_owner_without_coast_has_no_zone() -> None:
    # Expectation: all edges of a country inside another are borders; it has no sea, the other has.
    inner = shapely.box(1, -0.6, 1.2, -0.4)
    outer = shapely.Polygon(GULF[0][2].exterior, [list(inner.exterior.coords)[::-1]])
    result = zones(table([("A", "main", outer), ("C", "inner", inner)]), by="owner",
                   breadths=Breadths(contiguous_m=None, economic_m=None))  # fmt: skip
    assert result.zones.owner.tolist() == ["A"]


def test_a_channel_of_ten_centimetres_is_divided() -> None:
    # Expectation: so narrow a channel asks for all rounds of denser sites; no place is in two
    # zones, and within 12 M (0.2 degrees) places belong to the nearer square.
    rows = [
        ("A", "a", shapely.box(0, 0, 0.5, 0.5)),
        ("B", "b", shapely.box(0.500001, 1e-5, 1, 0.55)),
    ]
    made = zones(table(rows), by="owner", breadths=Breadths(contiguous_m=None, economic_m=None))
    a, b = (shape_of(made, owner, "territorial sea") for owner in "AB")
    assert shapely.intersection(a, b).area < 1e-9
    for lon, shape in ((-0.1, a), (0.45, a), (0.55, b), (1.1, b)):
        place = shapely.Point(lon, -0.05)
        assert [zone.contains(place) for zone in (a, b)] == [shape is a, shape is b]


def test_a_belt_round_a_polar_land_leaves_the_land_out() -> None:
    # Expectation: a land that holds the pole, its coast on the parallel of 80 degrees; by PROJ's
    # ellipsoidal areas the belt is what two caps differ by, and the pole lies in no zone.
    lon = np.append(np.arange(-180.0, 180.0, 5.0), -180.0)
    coast = shapely.Polygon([*zip(lon, np.full(len(lon), -80.0), strict=True)])
    made = zones(
        table([("A", "land", coast), ("B", "isle", shapely.box(0, -60, 1, -59.5))]), by="owner",
        breadths=Breadths(contiguous_m=None, economic_m=None),
    )  # fmt: skip
    belt = shape_of(made, "A", "territorial sea")
    assert belt.is_valid
    assert not belt.contains(shapely.Point(50, -89))
    assert not belt.contains(shapely.Point(50, -81))
    assert belt.contains(shapely.Point(50, -79.95))
    assert belt.bounds[1] > -80.01
    # Straight in longitude and latitude, as files are read: within a percent of the closed form.
    degrees = belt.area
    edge = GEOD.fwd(50, -80, 0, 12 * MILE)[1]
    assert degrees == pytest.approx(360 * (edge + 80), rel=0.02)


def test_zones_go_over_the_antimeridian() -> None:
    # Expectation: longitude is only a name: two islands turned to 180 degrees have the zones that
    # they have elsewhere; shapes are valid, within 180, and do not overlap.
    west, east = shapely.box(0, 10, 0.2, 10.2), shapely.box(0.5, 10, 0.7, 10.1)
    breadths = Breadths(contiguous_m=None, economic_m=60 * MILE)
    areas = []
    for turn in (30.0, 179.7):
        turned = [
            (owner, owner, shapely.affinity.translate(shape, turn))
            for owner, shape in (("A", west), ("B", east))
        ]
        result = zones(table(turned), by="owner", breadths=breadths)
        areas.append(result.zones.area_m2.tolist())
        assert result.zones.is_valid.all()
        assert np.abs(result.zones.total_bounds[[0, 2]]).max() <= 180
    assert areas[0] == pytest.approx(areas[1], rel=1e-9)
    assert result.zones.total_bounds[0] == -180
    first, second = result.zones[result.zones.zone == "exclusive economic zone"].geometry
    assert first.intersection(second).area < 1e-9


def test_off_a_headland_that_two_owners_share_the_median_line_parts_the_water() -> None:
    # Three triangles that fill three quarters of a square about (0, 0): B has a headland in
    # common with A at (0, 1) and with C at (-1, 0), and off each a wedge whose nearest place is
    # the headland for both. Expectation: by distances along the coasts (PROJ).
    headlands = {"A": ((1, 0), (0, 1)), "B": ((0, 1), (-1, 0)), "C": ((-1, 0), (0, -1))}
    shores = table([(k, k, shapely.Polygon([(0, 0), *two])) for k, two in headlands.items()])
    result = zones(shores, by="owner", breadths=Breadths(economic_m=None)).zones
    coasts = {k: np.array(between(a, b, 400)) for k, (a, b) in headlands.items()}
    for owner, end in (("A", (1, 0)), ("C", (0, -1))):
        coasts[owner] = np.concatenate([coasts[owner], between((0, 0), end, 400)])
    seen = set()
    for angle in np.radians(np.arange(2.5, 360, 10)):
        for away in (0.65, 0.95, 1.16, 1.3):
            x, y = float(away * np.cos(angle)), float(away * np.sin(angle))
            if shapely.union_all(shores.geometry).distance(shapely.Point(x, y)) < 0.02:
                continue
            far = {
                k: float(GEOD.inv(x * np.ones(len(p)), y * np.ones(len(p)), *p.T)[2].min())
                for k, p in coasts.items()
            }
            first, second, _ = sorted(far.values())
            if second - first < 100 or any(abs(first - n * MILE) < 200 for n in (12, 24)):
                continue
            zone = "territorial sea" if first < 12 * MILE else "contiguous zone"
            expected = {(min(far, key=lambda k: far[k]), zone)} if first < 24 * MILE else set()
            inside = result[result.contains(shapely.Point(x, y))]
            assert set(zip(inside.owner, inside.zone, strict=True)) == expected, (x, y)
            seen |= expected
    assert len(seen) == 6
