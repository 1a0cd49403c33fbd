"""Division never fails whole: necks of land, half the globe, lone vertices, what stays unproved."""

from __future__ import annotations

from dataclasses import replace as replaced
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.errors import GeometryError, UsageError
from shekara.median import divide, limit
from shekara.median import divide as divide_function
from shekara.median.ellipsoid import Plane, globe
from shekara.median.partition.sectors import gap_remarks
from shekara.median.shores.datum import on_wgs84, second_decimals
from shekara.median.shores.edges import bend_edges
from shekara.median.shores.reading import read_shores
from shekara.median.shores.sites import place_sites
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.solve.nearest import Finders
from shekara.median.tables.files import write_table
from shekara.median.trace import proof as proof_module
from shekara.median.trace import trace as trace_module
from shekara.median.trace.weighted_network import meeting_places
from tests.median.lakes import fault

pytestmark = pytest.mark.long

GEOD = Geod(ellps="WGS84")


def shores(parts: list[tuple[str, Any]]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"state": [name for name, _ in parts]}, geometry=[shape for _, shape in parts], crs=4326
    )


def neck() -> gpd.GeoDataFrame:
    """A peninsula of Q hangs on S by a neck with a land terminus on either side."""
    west, east = (0.0, 0.0), (0.61, -0.17)
    return shores([
        ("Q", shapely.LineString([west, (0.05, 0.1)])),
        ("Q", shapely.LineString([(0.74, -0.13), east])),
        ("S", shapely.LineString([(-0.08, 0.08), west])),
        ("S", shapely.LineString([east, (0.8, -0.47)])),
    ])  # fmt: skip


def dense(table: gpd.GeoDataFrame, owner: str) -> np.ndarray:
    """Points every few metres along an owner's shores, by PROJ."""
    edges = [
        edge
        for shape in table.geometry[table.state == owner]
        for edge in pairwise(shapely.get_coordinates(shape).tolist())
    ]
    steps = [GEOD.npts(a, b, c, d, 4000, initial_idx=0, terminus_idx=0) for (a, b), (c, d) in edges]
    return np.array([point for step in steps for point in step])


def distance_m(points: np.ndarray, lon: float, lat: float) -> float:
    """The least distance to points, by PROJ."""
    n = np.ones(len(points))
    return float(GEOD.inv(n * lon, n * lat, points[:, 0], points[:, 1])[2].min())


def test_a_line_between_two_termini_over_a_neck() -> None:
    # Expectation: lines come, nothing is doubtful, and each vertex is as far from both owners to
    # what dense sampling of the shores by PROJ resolves (steps of 9 m at 1 km and more: 1 cm).
    table = neck()
    result = divide(table, by="state", strict=True)
    assert len(result.doubtful) == 0
    xy = shapely.get_coordinates(result.lines.geometry.iloc[0])
    checked, along = 0, {owner: dense(table, owner) for owner in "QS"}
    for lon, lat in xy[:: max(1, len(xy) // 40)]:
        q, s = (distance_m(along[owner], lon, lat) for owner in "QS")
        if min(q, s) > 1000:
            checked += 1
            assert abs(q - s) < 0.02
    assert checked > 10


def test_a_ring_of_one_place_on_its_own_border_adds_nothing() -> None:
    # Expectation: country polygons of small scales keep rings that shrank to one vertex; such a
    # ring where its country's own coast meets the neighbour's changes neither line nor length.
    # A point of one owner on another's shore is still refused.
    west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    shrunk = shapely.MultiPolygon([west, shapely.Polygon([(1, 1)] * 4)])
    lengths = [
        divide(shores([("A", shape), ("B", east)]), by="state", reach_m=2e5).lines.length_m.sum()
        for shape in (west, shrunk)
    ]
    assert lengths[0] == pytest.approx(lengths[1], rel=1e-12)
    with pytest.raises(GeometryError, match="belongs to A and B"):
        divide(shores([("A", shapely.Point(2, 1)), ("B", east)]), by="state")


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (shapely.LineString([(0, 0), (1, 0), (1, 1)]), "belongs to A and B \\(2 such edges"),
        (shapely.box(0, 0, 1, 1), "every edge is shared"),
    ],
)
def test_one_shore_of_two_owners_is_one_message(shape: Any, words: str) -> None:
    # Expectation: the same line or polygon given to two owners is refused, by its place.
    with pytest.raises(GeometryError, match=words):
        divide(shores([("A", shape), ("B", shapely.reverse(shape))]), by="state")


def test_what_is_not_proved_is_marked_and_refused_when_strict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Expectation: turning points shifted by 30 m are found doubtful by about that much, told with
    # place and owners in points, lines and their own table; strict names them; else nothing fails.
    table = shores([
        ("A", shapely.LineString([(0, 0), (0.3, 0.1), (0.6, 0)])),
        ("B", shapely.LineString([(0, 1), (0.3, 0.8), (0.6, 1)])),
    ])  # fmt: skip
    sea = shapely.box(0.1, 0.1, 0.5, 0.8)
    prove = proof_module.prove_curves

    def shifted(*args: Any) -> Any:
        rows, curves = prove(*args)
        at = len(curves.lat) // 2
        lat = curves.lat.copy()
        lat[at] += 30 / 111_000
        return rows, replaced(curves, lat=lat)

    assert len(divide(table, by="state", sea=sea).doubtful) == 0
    monkeypatch.setattr(trace_module, "LOOKS", 2)
    monkeypatch.setattr(trace_module, "prove_curves", shifted)
    result = divide(table, by="state", sea=sea)
    assert len(result.doubtful) == 1
    row = result.doubtful.iloc[0]
    assert (row.owner_a, row.owner_b) == ("A", "B")
    assert 15 < row.size_m < 65
    assert "doubtful between A and B" in result.lines.doubtful.iloc[0]
    with pytest.raises(GeometryError, match="doubtful between A and B near 0"):
        divide(table, by="state", sea=sea, strict=True)


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ([shapely.Point(0, 0), shapely.Point(180, 0)], "no place within"),
        ([shapely.Point(0, 90), shapely.Point(0, -90)], "no place within"),
        (
            [shapely.LineString([(0, -80), (0, 80)]), shapely.LineString([(9, -80), (9, 80)])],
            "quarter of the way round",
        ),
        ([shapely.Point(0, 0), shapely.Point(float("nan"), 1)], "finite"),
        ([shapely.Point(0, 0), shapely.LineString([(1, 0), (float("inf"), 1)])], "finite"),
    ],
)  # fmt: skip
def test_half_a_globe_is_one_message(pair: list[Any], words: str) -> None:
    # Expectation: antipodal owners, edges over half the globe and NaN have one message each.
    with pytest.raises(GeometryError, match=words):
        divide(shores(list(zip("AB", pair, strict=True))), by="state")


def test_polar_sectors_are_valid_with_their_seam_on_180() -> None:
    # Expectation: all north of 70°, 20° x 360° = 7200 square degrees of the plate carrée, tiled by
    # valid polygons that overlap nowhere, the pole in that of A, whose points are nearer.
    table = shores([
        ("A", shapely.Point(-20, 86)), ("A", shapely.Point(-140, 79)),
        ("A", shapely.Point(100, 79)), ("B", shapely.Point(160, 80)),
    ])  # fmt: skip
    sea = shapely.Polygon([(x, 70.0) for x in np.arange(0, 360, 2.0)])
    result = divide(
        table, by="state", sea=gpd.GeoSeries([sea], crs=4326).to_crs(3413), edges="geodesic"
    )
    assert result.sectors is not None
    a, b = result.sectors.geometry
    assert a.is_valid
    assert b.is_valid
    assert a.bounds == pytest.approx((-180, 70, 180, 90), abs=1e-6)
    assert shapely.intersection(a, b).area < 1e-9
    assert a.area + b.area == pytest.approx(7200, abs=0.5)


def test_half_effect_of_an_enclave_is_refused_by_place() -> None:
    # Expectation: an island amid foreign water has no second line; half is refused, not full.
    table = gpd.GeoDataFrame(
        {"state": ["N", "N", "S", "S"], "id": ["coast", "reef", "coast", "isle"]},
        geometry=[
            shapely.LineString([(0, 1), (2, 1)]), shapely.LineString([(0.6, 0.8), (1.4, 0.8)]),
            shapely.LineString([(0, -1), (2, -1)]), shapely.Point(1, 0.9),
        ], crs=4326,
    )  # fmt: skip
    sea = shapely.box(0.01, -0.99, 1.99, 0.99)
    with pytest.raises(GeometryError, match="half effect has no meaning near 1"):
        divide(table, by="state", sea=sea, effect={"isle": "half"})


def test_a_limit_ends_where_it_enters_land() -> None:
    # Expectation: two neighbours on one coast: the border is no baseline, no part of a limit lies
    # on land, and in the middle of a straight coast the limit lies 12 M off it.
    land = shores([
        ("W", shapely.box(9, 40, 10, 41)), ("E", shapely.box(10, 40, 11, 41)),
    ])  # fmt: skip
    limits = limit(land, 12 * 1852.0, by="state")
    assert sorted(limits.owner) == ["E", "W"]
    whole = shapely.union_all(list(land.geometry))
    for shape in limits.geometry:
        assert shapely.intersection(shape, shapely.buffer(whole, -1e-6)).length == 0
    west = limits.geometry[limits.owner == "W"].iloc[0]
    top = shapely.intersection(west, shapely.LineString([(9.5, 41), (9.5, 42)]))
    # The coast is a geodesic: 0.75 of the way up its bulge at the middle, 41.0018 by PROJ.
    lon, lat = GEOD.npts(9, 41, 10, 41, 1)[0]
    assert GEOD.inv(lon, lat, top.x, top.y)[2] == pytest.approx(12 * 1852, abs=1.0)


def test_edges_of_three_kinds() -> None:
    # Expectation: half-way along an edge from 60° N to 60° N over 60° of longitude: on the parallel
    # for lonlat and loxodrome, the geodesic by PROJ well to the north of it; unknown kinds refused.
    edge = shores([("A", shapely.LineString([(0, 60), (60, 60)]))])
    earth = globe()
    for kind in ("lonlat", "loxodrome"):
        xy = shapely.get_coordinates(bend_edges(edge, kind, earth).geometry.iloc[0])
        assert np.abs(xy[:, 1] - 60).max() < 1e-12
        assert len(xy) > 100
    # From the equator to 60° N, 60° E: half-way up the loxodrome the isometric latitude is
    # q = atanh(sin φ) - e·atanh(e·sin φ), in longitude as in a Mercator chart of PROJ.
    slope = shores([("A", shapely.LineString([(0, 0), (60, 60)]))])
    xy = shapely.get_coordinates(bend_edges(slope, "loxodrome", earth).geometry.iloc[0])
    chart = gpd.GeoSeries(shapely.points(xy), crs=4326).to_crs(
        "+proj=merc +ellps=WGS84 +datum=WGS84"
    )
    ratio = chart.y.to_numpy()[1:] / chart.x.to_numpy()[1:]
    assert np.ptp(ratio) < 1e-8 * ratio.mean()
    with pytest.raises(UsageError, match="geodesic, loxodrome or lonlat"):
        divide(edge, by="state", edges="straight")


def test_long_edges_are_warned_of() -> None:
    # Expectation: at 49° N an edge of 10° parts by about 12 km from the parallel, and it is said.
    table = shores([
        ("A", shapely.LineString([(0, 49), (10, 49)])), ("B", shapely.Point(5, 51)),
    ])  # fmt: skip
    sea = shapely.box(4, 49.5, 6, 50.5)
    [remark] = [r for r in divide(table, by="state", sea=sea).remarks if r.startswith("shores")]
    lon, lat = GEOD.npts(0, 49, 10, 49, 1)[0]
    apart = GEOD.inv(lon, lat, 5, 49)[2]
    assert f"{apart:.3g} m" in remark


def test_the_operation_on_the_datum_is_named() -> None:
    # Expectation: Pulkovo 1942 comes by a named operation with EPSG's accuracy, and positions are
    # printed no finer: with 1 m to 0.1" (3 m are a third of nothing finer).
    table = shores([("A", shapely.Point(50, 42)), ("B", shapely.Point(51, 42))]).set_crs(
        4284, allow_override=True
    )
    moved, shift = on_wgs84(table, "shores")
    assert shift is not None
    assert shift.name
    assert shift.accuracy_m is not None
    assert 0 < shift.accuracy_m < 20
    gap = GEOD.inv(50, 42, moved.geometry.iloc[0].x, moved.geometry.iloc[0].y)[2]
    assert 50 < gap < 200  # about 120 m between the two datums
    result = divide_function(table, by="state")
    assert result.datum[0].name == shift.name
    decimals = second_decimals(shift.accuracy_m)
    seconds = result.points.lat_dms.iloc[0].split("'")[1] if len(result.points) else '0"'
    assert len(seconds.split('"')[0].partition(".")[2]) in (decimals, 0)


@pytest.mark.parametrize("name", ["l.geojson", "l.gpkg", "l.fgb", "l.kml", "l.shp.zip"])
def test_lines_are_read_back_by_gdal(tmp_path: Path, name: str) -> None:
    # Expectation: GDAL reads each format back with the length that PROJ gives the line.
    lines = gpd.GeoDataFrame(
        {"owner_a": ["A"], "owner_b": ["B"], "length_m": [1.0], "length_nmi": [2.0]},
        geometry=[shapely.LineString([(1, 50), (2, 51), (2.5, 50.5)])], crs=4326,
    )  # fmt: skip
    write_table(lines, tmp_path / name)
    back = gpd.read_file(tmp_path / name)
    length = sum(GEOD.geometry_length(shape) for shape in back.geometry)
    assert length == pytest.approx(GEOD.geometry_length(lines.geometry.iloc[0]), abs=1e-3)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_three_weighted_owners_meet_where_the_labels_of_a_triangle_say() -> None:
    # Expectation: base points A, B, C weigh 2, 1, 1; in a triangle whose corners are held by one
    # each, distances by PROJ are as 2 : 1 : 1 at the place given, to decimetres.
    places = {"A": (13.52, 45.48), "B": (13.66, 45.55), "C": (13.70, 45.75)}
    table = shores([(name, shapely.Point(at)) for name, at in places.items()])
    earth = globe()
    read = read_shores(table, "state", earth)
    weighted = WeightedDistance(Finders(place_sites(read, 1000.0)), np.array([1.0, 0.5, 0.5]))
    corners = np.array([(13.644, 45.6505), (13.69, 45.631), (13.689, 45.666)])
    owner, _ = weighted.nearest(*corners.T)
    assert sorted(owner.tolist()) == [0, 1, 2]
    plane = Plane.at(earth.conformal(*corners.T).mean(axis=0))
    xy = plane.project(earth.conformal(*corners.T))
    lon, lat = earth.from_conformal(
        plane.lift(meeting_places(weighted, plane, xy[None], owner[None]))
    )
    far = {name: GEOD.inv(lon[0], lat[0], *at)[2] for name, at in places.items()}
    assert far["A"] == pytest.approx(2 * far["B"], abs=0.5)
    assert far["C"] == pytest.approx(far["B"], abs=0.5)


def test_sectors_that_leave_gaps_are_not_blamed_on_the_shores() -> None:
    # Expectation: by arithmetic, 3 of 4 m² is a gap, of this program's making; 4 of 4 is none.
    assert gap_remarks(4.0, 4.0) == ()
    (text,) = gap_remarks(4.0, 3.0)
    assert "fault of this program" in text


@pytest.mark.parametrize("seed", [0, 4])
def test_random_lakes_of_three_owners_are_divided_whole(seed: int) -> None:
    # Expectation: sectors tile the lake, nothing is doubtful. Lakes with weights take seconds each:
    # `python -m tests.median.lakes 0 200` tries them.
    assert fault(seed) == ""
