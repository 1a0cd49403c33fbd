"""Options of the trade: weights, effects, baselines, limits, simplification, files."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.errors import GeometryError, InputError, UsageError
from shekara.median import Asked, Division, divide, limit, simplify_line
from shekara.median.commands import (
    limit_command,
    median_command,
)
from shekara.median.options import parse_distance_m, parse_effects, parse_weights
from shekara.median.tables.tables import dms

pytestmark = pytest.mark.long

GEOD = Geod(ellps="WGS84")
ISLAND = shapely.Point(1, 40.5).buffer(0.05, 3)
SEA = shapely.box(0, 40, 2, 41.5)


def coasts() -> gpd.GeoDataFrame:
    """Two opposite coasts on parallels, point by point, and an island off the southern one."""
    x = np.linspace(0, 2, 41)
    south = shapely.LineString(np.column_stack([x, np.full(41, 40.0)]))
    north = shapely.LineString(np.column_stack([x, np.full(41, 41.5)]))
    return gpd.GeoDataFrame(
        {"state": ["S", "N", "S"], "name": ["", "", "Isle"]},
        geometry=[south, north, ISLAND], crs=4326,
    )  # fmt: skip


def to(points: list[tuple[float, float]], xy: np.ndarray) -> np.ndarray:
    """Least distance from points to each place."""
    every = [GEOD.inv(np.full(len(xy), x), np.full(len(xy), y), *xy.T)[2] for x, y in points]
    least: np.ndarray = np.min(every, axis=0)
    return least


@pytest.mark.parametrize("ratio", [2.0, 1.2, 0.5])
def test_equiratio_line_of_two_points(ratio: float) -> None:
    # Expectation: a closed curve on which d1 = k d2, by PROJ, at every vertex.
    shores = gpd.GeoDataFrame(
        {"state": ["A", "B"]}, geometry=[shapely.Point(10, 45), shapely.Point(11, 45)], crs=4326
    )
    result = divide(shores, by="state", weight={"A": ratio}, reach_m=2e6)
    line = result.lines.geometry.iloc[0]
    xy = shapely.get_coordinates(line)
    assert line.is_ring
    assert np.abs(to([(10, 45)], xy) - ratio * to([(11, 45)], xy)).max() < 1e-6


def test_equiratio_finds_regions_apart() -> None:
    # Expectation: a light owner between two places of a heavy one holds a lens, checked on a grid.
    places = {"H": [(10.0, 45.0), (12.0, 45.2)], "L": [(11.0, 45.1), (10.9, 44.2)]}
    shores = gpd.GeoDataFrame(
        {"state": list("HHLL")},
        geometry=[shapely.Point(p) for k in "HL" for p in places[k]], crs=4326,
    )  # fmt: skip
    result = divide(shores, by="state", weight={"H": 3.0}, sea=shapely.box(9, 43, 13, 46))
    assert result.sectors is not None
    by_owner = dict(zip(result.sectors.owner, result.sectors.geometry, strict=True))
    grid = np.meshgrid(np.linspace(9.05, 12.95, 40), np.linspace(43.1, 45.9, 40))
    x, y = (g.ravel() for g in grid)
    xy = np.column_stack([x, y])
    lead = to(places["L"], xy) - to(places["H"], xy) / 3
    sure = np.abs(lead) > 5
    assert shapely.contains_xy(by_owner["H"], *xy[sure & (lead > 0)].T).all()
    assert shapely.contains_xy(by_owner["L"], *xy[sure & (lead < 0)].T).all()
    assert len(shapely.get_parts(by_owner["L"])) == 2


@pytest.fixture(scope="module")
def effects() -> dict[str, Division]:
    return {
        e: divide(coasts(), by="state", sea=SEA, effect={"Isle": e})
        for e in ("full", "half", "none")
    }


def test_no_effect_is_as_if_the_island_were_not_there(effects: dict[str, Division]) -> None:
    # Expectation: leaving the feature out gives the same turning points.
    bare = divide(coasts().iloc[:2], by="state", sea=SEA)
    none = effects["none"]
    assert sorted(none.points.lon) == pytest.approx(sorted(bare.points.lon), abs=1e-11)
    full = divide(coasts(), by="state", sea=SEA)
    assert full.lines.length_m.tolist() == effects["full"].lines.length_m.tolist()


def test_half_effect_runs_half_way(effects: dict[str, Division]) -> None:
    # Expectation: each point of the half-effect part is as far from the full as from the none
    # line, and the sea stays whole.
    half = effects["half"]
    assert half.sectors is not None
    sea_m2 = abs(GEOD.geometry_area_perimeter(SEA)[0])
    assert half.sectors.area_m2.sum() == pytest.approx(sea_m2, rel=1e-9)
    shares = [effects[e].sectors.share.iloc[1] for e in ("none", "half", "full")]  # type: ignore[union-attr]
    assert shares[0] < shares[1] < shares[2]
    lines = {e: _metres(effects[e].lines.geometry.iloc[0]) for e in ("full", "half", "none")}
    apart = 0.0
    for f in np.linspace(0.3, 0.7, 21):
        place = lines["half"].interpolate(f, normalized=True)
        one, two = (place.distance(lines[e]) for e in ("full", "none"))
        apart = max(apart, one)
        # Chords stray 1 m from each of the three lines, the plane by a few more.
        assert one == pytest.approx(two, abs=5.0)
    assert apart > 5_000


def _metres(line: shapely.Geometry) -> shapely.LineString:
    plane = "+proj=aeqd +lat_0=40.9 +lon_0=1 +ellps=WGS84"
    flat = gpd.GeoSeries([line], crs=4326).to_crs(plane).iloc[0]
    assert isinstance(flat, shapely.LineString)
    return flat


def test_effect_without_a_sea() -> None:
    # Expectation: the half-effect line without a sea passes where that with a sea passes.
    open_water = divide(coasts(), by="state", effect={"Isle": "half"}, reach_m=120e3)
    inside = divide(coasts(), by="state", effect={"Isle": "half"}, sea=SEA)
    one, two = (_metres(r.lines.geometry.iloc[0]) for r in (open_water, inside))
    assert open_water.sectors is None
    assert max(one.distance(two.interpolate(f, normalized=True)) for f in (0.4, 0.5, 0.6)) < 2.0


def test_effects_that_cannot_be_meant() -> None:
    # Expectation: an unknown island is named with a suggestion, so is an owner left bare.
    with pytest.raises(UsageError, match="did you mean 'Isle'"):
        divide(coasts(), by="state", effect={"Isel": "none"})
    with pytest.raises(UsageError, match="none, half or full"):
        divide(coasts(), by="state", effect={"Isle": 0.3})
    with pytest.raises(GeometryError, match="full effect"):
        divide(coasts(), by="state", effect={"1": "none"})


def test_a_baseline_moves_the_line() -> None:
    # Expectation: a closing line across a bay governs, as if the coast ran there.
    bay = shapely.LineString([(0, 40), (0.5, 40), (0.6, 39.5), (1.4, 39.5), (1.5, 40), (2, 40)])
    north = coasts().geometry.iloc[1]
    shores = gpd.GeoDataFrame({"state": ["S", "N"]}, geometry=[bay, north], crs=4326)
    closing = gpd.GeoDataFrame(
        {"state": ["S"]}, geometry=[shapely.LineString([(0.5, 40), (1.5, 40)])], crs=4326
    )
    sea = shapely.box(0.9, 40.1, 1.1, 41.4)
    with_line = divide(shores, by="state", sea=sea, baselines=closing)
    x, y = shapely.get_coordinates(with_line.lines.geometry.iloc[0]).mean(axis=0)
    # At mid-bay the geodesic closing line passes 40° N a little to the north.
    top = GEOD.npts(0.5, 40, 1.5, 40, 1)[0][1]
    assert y == pytest.approx((top + 41.5) / 2, abs=2e-3)
    without = divide(shores, by="state", sea=sea)
    assert shapely.get_coordinates(without.lines.geometry.iloc[0])[:, 1].mean() < y - 0.01
    assert x == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("miles", [12, 15, 24, 200])
def test_limit_of_a_point_is_a_circle(miles: int) -> None:
    # Expectation: every vertex is at the distance, by PROJ, and chords stay within a metre.
    shores = gpd.GeoDataFrame(geometry=[shapely.Point(179.9, 60)], crs=4326)
    found = limit(shores, miles * 1852.0)
    xy = shapely.get_coordinates(found.geometry.iloc[0])
    off = np.abs(to([(179.9, 60)], xy) - miles * 1852.0)
    # Where a chord is cut at the antimeridian, its end lies on the chord.
    cut = np.abs(xy[:, 0]) == 180
    assert off[~cut].max() < 1e-6
    assert off[cut].max() < 1.0
    # The circumference of a geodesic circle, from its reduced length.
    azimuth = np.linspace(0, 360, 3601)
    n = np.ones(3601)
    x, y, _ = GEOD.fwd(179.9 * n, 60 * n, azimuth, miles * 1852.0 * n)
    around = GEOD.inv(x[:-1], y[:-1], x[1:], y[1:])[2].sum()
    assert found.length_m.iloc[0] == pytest.approx(around, rel=1e-4)


def test_limit_is_exact_to_the_segment() -> None:
    # Expectation: vertices are at the distance from finely cut baselines, none is nearer.
    line = shapely.LineString([(10, 45), (11, 45.3), (11.2, 46), (10.4, 46.4)])
    found = limit(gpd.GeoDataFrame(geometry=[line], crs=4326), 12 * 1852.0)
    shape = found.geometry.iloc[0]
    assert shape.is_ring
    fine = []
    for (x1, y1), (x2, y2) in pairwise(line.coords):
        fine += [(x1, y1), *GEOD.npts(x1, y1, x2, y2, 2000), (x2, y2)]
    least = to(fine, shapely.get_coordinates(shape)[::10])
    # Sites 50 m apart overstate a distance of 22 km by h²/8d = 14 mm at most.
    assert least.min() > 12 * 1852.0 - 1e-3
    assert least.max() < 12 * 1852.0 + 0.015


def test_limit_of_land_and_owners() -> None:
    # Expectation: one limit per owner, outside the land only.
    shores = gpd.GeoDataFrame(
        {"state": ["A", "B"]}, geometry=[shapely.box(0, 0, 1, 1), shapely.box(3, 0, 4, 1)], crs=4326
    )
    found = limit(shores, 22224.0, by="state")
    assert found.owner.tolist() == ["A", "B"]
    for row, land in zip(found.itertuples(), shores.geometry, strict=True):
        assert shapely.Polygon(row.geometry).covers(land)
    joined = limit(shores, 150e3)
    assert len(joined) == 1
    assert len(shapely.get_parts(joined.geometry.iloc[0])) == 1
    with pytest.raises(UsageError, match="distance"):
        limit(shores, -1.0)


@pytest.mark.parametrize("tolerance_m", [200.0, 2000.0])
def test_simplification_exchanges_equal_areas(tolerance_m: float) -> None:
    # Expectation: fewer vertices, ends kept, area between old and new nil, within the tolerance.
    rng = np.random.default_rng(1)
    x = np.linspace(50, 52, 300)
    y = 42 + 0.2 * np.sin(5 * x) + rng.normal(0, 0.001, 300)
    old = shapely.LineString(np.column_stack([x, y]))
    new = simplify_line(old, tolerance_m)
    assert len(new.coords) < 100
    assert (new.coords[0], new.coords[-1]) == (old.coords[0], old.coords[-1])
    ring = np.concatenate([old.coords, np.array(new.coords)[::-1]])
    assert abs(GEOD.polygon_area_perimeter(*ring.T)[0]) < 1.0
    flat = [
        gpd.GeoSeries([g], crs=4326).to_crs("+proj=aeqd +lat_0=42 +lon_0=51").iloc[0]
        for g in (old, new)
    ]
    assert shapely.hausdorff_distance(flat[0], flat[1], densify=0.05) < 1.3 * tolerance_m


def test_simplified_division() -> None:
    # Expectation: the option thins the lines and leaves the turning points.
    exact = divide(coasts(), by="state", sea=SEA)
    thin = divide(coasts(), by="state", sea=SEA, simplify_m=500.0)
    count = [len(shapely.get_coordinates(r.lines.geometry.iloc[0])) for r in (exact, thin)]
    assert count[1] < count[0] / 2
    assert len(thin.points) == len(exact.points)


@pytest.mark.parametrize(
    ("text", "metres"),
    [("12M", 22224.0), ("22.2km", 22200.0), ("500", 500.0), (" 200 M ", 370400.0), (".5km", 500.0)],
)
def test_lengths(text: str, metres: float) -> None:
    # Expectation: a capital M is the nautical mile of 1852 m.
    assert parse_distance_m(text) == pytest.approx(metres, abs=1e-9)


@pytest.mark.parametrize("text", ["", "12 miles", "M", "-3km", "1e3", "nan"])
def test_lengths_that_are_none(text: str) -> None:
    # Expectation: the error shows how a length is written.
    with pytest.raises(UsageError, match="such as 12M"):
        parse_distance_m(text)


def test_pairs() -> None:
    # Expectation: names may hold spaces and equals signs; values are checked.
    assert parse_effects(["Ile de X=half", "a=b=none"]) == {"Ile de X": 0.5, "a=b": 0.0}
    assert parse_weights(["A=2", "B=0.5"]) == {"A": 2.0, "B": 0.5}
    for bad in (["A"], ["=2"], ["A="]):
        with pytest.raises(UsageError):
            parse_weights(bad)
    with pytest.raises(UsageError, match="none, half or full"):
        parse_effects(["A=most"])
    with pytest.raises(UsageError, match="no number"):
        parse_weights(["A=two"])


def test_dms() -> None:
    # Expectation: worked by hand; rounding carries over into minutes and degrees.
    assert dms(-52.5, "EW") == "52°30'00.000\"W"
    assert dms(41.062551366627, "NS") == "41°03'45.185\"N"
    assert dms(9.9999999999, "NS") == "10°00'00.000\"N"


def test_command_writes_files(tmp_path: Path) -> None:
    # Expectation: GeoJSON and CSV that other programs read, and a summary that is JSON.
    source, sea = tmp_path / "shores.geojson", tmp_path / "sea.geojson"
    coasts().to_file(source)
    gpd.GeoDataFrame(geometry=[SEA], crs=4326).to_file(sea)
    out, points, sectors = (tmp_path / n for n in ("lines.geojson", "points.csv", "s.geojson"))
    report = median_command(
        source, by="state", sea=sea, effect=["Isle=none"], out=out, points=points, sectors=sectors
    )
    assert json.loads(json.dumps(report))["owners"] == ["N", "S"]
    with points.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == report["turning_points"] + 2
    # A terminus of the test has no next base point, an empty cell; formulas are no danger.
    assert {r["gap_m"][:1] for r in rows} <= set("0123456789") | {""}
    first = next(r for r in rows if r["kind"] == "turning point")
    lon, lat, x, y = (float(first[c]) for c in ("lon", "lat", "base1_lon", "base1_lat"))
    metres = GEOD.inv(lon, lat, x, y)[2]
    assert metres == pytest.approx(float(first["distance_m"]), abs=1e-3)
    assert float(first["distance_nmi"]) == pytest.approx(metres / 1852, abs=1e-6)
    lines = gpd.read_file(out)
    assert lines.length_m.tolist() == pytest.approx([report["lines"][0]["length_m"]])
    assert gpd.read_file(sectors).share.sum() == pytest.approx(1)
    assert {p.name for p in tmp_path.iterdir()} == {
        "shores.geojson", "sea.geojson", "lines.geojson", "points.csv", "s.geojson"
    }  # fmt: skip
    limits = limit_command(source, distance="12M", by="state", out=tmp_path / "limit.geojson")
    assert [entry["owner"] for entry in limits["limits"]] == ["N", "S"]
    assert len(gpd.read_file(tmp_path / "limit.geojson")) == 2


def test_command_errors_leave_no_file(tmp_path: Path) -> None:
    # Expectation: each bad file or option has its own clear error and nothing is written.
    source = tmp_path / "shores.geojson"
    coasts().to_file(source)
    broken = tmp_path / "broken.geojson"
    broken.write_text("{not json", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.geojson: is JSON, but neither"):
        median_command(broken, by="state")
    with pytest.raises(InputError, match="no such file"):
        median_command(tmp_path / "none.geojson", by="state")
    with pytest.raises(UsageError, match="--sea"):
        median_command(source, by="state", sectors=tmp_path / "s.geojson")
    with pytest.raises(UsageError, match="ending"):
        median_command(source, by="state", out=tmp_path / "lines.xyz")
    with pytest.raises(UsageError, match="folder"):
        median_command(source, by="state", out=tmp_path / "no" / "lines.geojson")
    one = tmp_path / "one.kml"
    with pytest.raises(UsageError, match=r"--points and --out name one file, .*one\.kml"):
        median_command(source, by="state", out=one, points=tmp_path / "." / "one.kml")
    with pytest.raises(UsageError, match="--sea-where needs --sea"):
        median_command(source, by="state", sea_where="kind='sea'")
    with pytest.raises(UsageError, match="lang: 'xx'; give one of "):
        median_command(source, by="state", asked=Asked(language="xx"))
    with pytest.raises(UsageError, match="round: 0 seconds"):
        median_command(source, by="state", asked=Asked(round_seconds=0))
    assert {p.name for p in tmp_path.iterdir()} == {"shores.geojson", "broken.geojson"}


def test_an_ellipsoid_that_nobody_knows() -> None:
    # Expectation: PROJ's list is the way out, and the name that was given is said.
    with pytest.raises(UsageError, match=r"ellipsoid: 'GRS99' is none .*WGS84"):
        divide(coasts(), by="state", ellipsoid="GRS99")
    with pytest.raises(UsageError, match="GRS99"):
        limit(coasts(), 1000.0, ellipsoid="GRS99")
