"""Divisions whole: lines, turning points and sectors, checked by brute force over every segment."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from shekara.errors import GeometryError, UsageError
from shekara.median import Division, divide

GEOD = Geod(ellps="WGS84")


def table(shapes: dict[str, list[shapely.Geometry]]) -> gpd.GeoDataFrame:
    """Shores by owner."""
    rows = [(owner, shape) for owner, many in shapes.items() for shape in many]
    return gpd.GeoDataFrame(
        {"state": [r[0] for r in rows]}, geometry=[r[1] for r in rows], crs=4326
    )


def lake() -> tuple[gpd.GeoDataFrame, shapely.Polygon]:
    """A ragged lake of three states with two islands, and its water."""
    angle = np.linspace(0, 2 * np.pi, 181)[:-1]
    ripple = 1 + 0.15 * np.sin(3 * angle) + 0.04 * np.sin(17 * angle) + 0.02 * np.cos(41 * angle)
    ring = np.column_stack([50 + 2.2 * ripple * np.cos(angle), 43 + 1.5 * ripple * np.sin(angle)])
    islands = [shapely.Point(50.4, 43.2).buffer(0.15, 3), shapely.Point(49.3, 42.7).buffer(0.1, 3)]
    closed = np.vstack([ring, ring[:1]])
    shores = table(
        {
            "A": [shapely.LineString(closed[:71]), islands[0]],
            "B": [shapely.LineString(closed[70:121]), islands[1]],
            "C": [shapely.LineString(closed[120:])],
        }
    )
    return shores, shapely.Polygon(ring, [i.exterior.coords for i in islands])


def distances(shores: gpd.GeoDataFrame, lon: float, lat: float) -> dict[str, float]:
    """Distance to every owner by brute force: each edge cut finely by PROJ, then refined."""
    out: dict[str, float] = {}
    for owner, shape in zip(shores["state"], shores.geometry, strict=True):
        parts = [shape] if shape.geom_type != "Polygon" else [shape.exterior]
        for part in parts:
            xy = shapely.get_coordinates(part)
            best = GEOD.inv(np.full(len(xy), lon), np.full(len(xy), lat), *xy.T)[2].min()
            for (x1, y1), (x2, y2) in pairwise(xy):
                course, _, length = GEOD.inv(x1, y1, x2, y2)
                low, high = 0.0, length
                for _ in range(5):
                    t = np.linspace(low, high, 21)
                    n = np.ones(21)
                    x, y, _ = GEOD.fwd(n * x1, n * y1, n * course, t)
                    d = GEOD.inv(n * lon, n * lat, x, y)[2]
                    k = int(d.argmin())
                    best = min(best, d[k])
                    if d[k] > best + 2 * (high - low):
                        break
                    low, high = t[max(k - 1, 0)], t[min(k + 1, 20)]
            out[owner] = min(out.get(owner, np.inf), best)
    return out


@pytest.fixture(scope="module")
def divided() -> tuple[gpd.GeoDataFrame, shapely.Polygon, Division]:
    shores, sea = lake()
    return shores, sea, divide(shores, by="state", sea=sea)


def test_vertices_are_equidistant_and_nothing_is_nearer(
    divided: tuple[gpd.GeoDataFrame, shapely.Polygon, Division],
) -> None:
    # Expectation: at sampled vertices both owners are as far to 1 mm and no third is nearer.
    shores, _, result = divided
    rng = np.random.default_rng(3)
    for row in result.lines.itertuples():
        xy = shapely.get_coordinates(row.geometry)
        for x, y in xy[rng.choice(len(xy), min(len(xy), 8), replace=False)]:
            found = distances(shores, x, y)
            assert abs(found[row.owner_a] - found[row.owner_b]) < 1e-3
            assert min(found.values()) > found[row.owner_a] - 1e-3


def test_sectors_tile_the_sea(
    divided: tuple[gpd.GeoDataFrame, shapely.Polygon, Division],
) -> None:
    # Expectation: by PROJ's own areas the sectors add up to the sea, and none overlap.
    _, sea, result = divided
    assert result.sectors is not None
    sea_m2 = abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(sea))[0])
    parts = [
        abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(s))[0])
        for s in result.sectors.geometry
    ]
    assert sum(parts) == pytest.approx(sea_m2, rel=1e-9)
    assert result.sectors.area_m2.tolist() == pytest.approx(parts, rel=1e-9)
    assert result.sectors.share.sum() == pytest.approx(1, rel=1e-12)
    shapes = list(result.sectors.geometry)
    for n, one in enumerate(shapes):
        for two in shapes[n + 1 :]:
            assert one.intersection(two).area == 0


def test_shared_edges_have_the_same_vertices(
    divided: tuple[gpd.GeoDataFrame, shapely.Polygon, Division],
) -> None:
    # Expectation: every vertex of a line stands in the sectors of both its owners, to the bit.
    _, _, result = divided
    assert result.sectors is not None
    corners = {
        row.owner: {tuple(c) for c in shapely.get_coordinates(row.geometry)}
        for row in result.sectors.itertuples()
    }
    for row in result.lines.itertuples():
        for point in shapely.get_coordinates(row.geometry):
            assert tuple(point) in corners[row.owner_a]
            assert tuple(point) in corners[row.owner_b]


def test_termini_junction_and_base_points(
    divided: tuple[gpd.GeoDataFrame, shapely.Polygon, Division],
) -> None:
    # Expectation: three land termini, one junction of three, base points on their owner's shore.
    shores, _, result = divided
    assert (result.points.kind == "terminus").sum() == 3
    assert (result.points.kind == "junction").sum() == 1
    assert result.points.residual_m.max() < 1e-6
    for row in result.points[result.points.kind == "turning point"].head(12).itertuples():
        own = shores[shores.state == row.base1_owner].geometry
        on = shapely.union_all([g.exterior if g.geom_type == "Polygon" else g for g in own])
        # A geodesic edge of 15 km bows away from its straight drawing by some metres.
        assert on.distance(shapely.Point(row.base1_lon, row.base1_lat)) < 1e-4
        length = GEOD.inv(row.lon, row.lat, row.base1_lon, row.base1_lat)
        assert length[2] == pytest.approx(row.distance_m, abs=1e-6)
        assert np.cos(np.radians(length[0] - row.base1_azimuth_deg)) > 1 - 1e-12


@pytest.mark.parametrize("change", ["finer", "renumbered", "reversed", "reprojected"])
def test_nothing_moves(
    divided: tuple[gpd.GeoDataFrame, shapely.Polygon, Division], change: str
) -> None:
    # Expectation: another densification, order of owners or direction moves nothing by 1 mm.
    shores, sea, result = divided
    other = shores.copy()
    spacing = None
    if change == "finer":
        spacing = 200.0
    elif change == "renumbered":
        other["state"] = other.state.map({"A": "z", "B": "m", "C": "a"})
    elif change == "reversed":
        other["geometry"] = other.geometry.reverse()
    else:
        other = other.to_crs(32639)
    again = divide(other, by="state", sea=sea, spacing_m=spacing)
    assert len(again.points) == len(result.points)
    one = np.array(sorted(zip(result.points.lon, result.points.lat, strict=True)))
    two = np.array(sorted(zip(again.points.lon, again.points.lat, strict=True)))
    # To and from UTM a coordinate itself moves by up to a tenth of a micrometre.
    assert GEOD.inv(*one.T, *two.T)[2].max() < 1e-3
    assert sorted(again.lines.length_m) == pytest.approx(sorted(result.lines.length_m), abs=0.01)


def test_chords_keep_to_the_tolerance() -> None:
    # Expectation: half-way along each chord the two distances differ by less than 2 x 1 m.
    shores, sea = lake()
    result = divide(shores, by="state", sea=sea, tolerance_m=1.0)
    coarse = divide(shores, by="state", sea=sea, tolerance_m=100.0)
    count = [len(shapely.get_coordinates(r.lines.geometry.array)) for r in (result, coarse)]
    assert count[0] > count[1]
    row = max(result.lines.itertuples(), key=lambda r: r.length_m)
    xy = shapely.get_coordinates(row.geometry)
    for (x1, y1), (x2, y2) in list(pairwise(xy))[:12]:
        found = distances(shores, (x1 + x2) / 2, (y1 + y2) / 2)
        assert abs(found[row.owner_a] - found[row.owner_b]) < 2.0


def test_across_the_antimeridian() -> None:
    # Expectation: a lake moved to 180 degrees has the same lengths and areas.
    shores, sea = lake()
    here = divide(shores, by="state", sea=sea)

    def moved(shape: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(shape, lambda c: np.column_stack([c[:, 0] + 130, c[:, 1]]))

    there = divide(shores.set_geometry(shores.geometry.map(moved)), by="state", sea=moved(sea))
    assert here.sectors is not None
    assert there.sectors is not None
    assert there.lines.length_m.tolist() == pytest.approx(here.lines.length_m.tolist(), abs=0.01)
    assert there.sectors.area_m2.tolist() == pytest.approx(here.sectors.area_m2.tolist(), rel=1e-9)
    for shape in there.sectors.geometry:
        assert -180 <= shape.bounds[0] <= shape.bounds[2] <= 180
        assert shape.is_valid


def test_over_a_pole() -> None:
    # Expectation: three states on one parallel share a polar sea in the ratio of their coasts.
    parts = {"A": (0, 120), "B": (120, 240), "C": (240, 360)}
    shores = table({
        k: [shapely.LineString([(x, 80.0) for x in np.arange(low, high + 1, 2.0)])]
        for k, (low, high) in parts.items()
    })  # fmt: skip
    sea = gpd.GeoSeries(
        [shapely.Polygon([(x, 80.0) for x in np.arange(0, 360, 2.0)])], crs=4326
    ).to_crs(3413)
    result = divide(shores, by="state", sea=sea)
    assert result.sectors is not None
    assert result.sectors.share.tolist() == pytest.approx([1 / 3] * 3, abs=1e-9)
    junction = result.points[result.points.kind == "junction"]
    assert junction.lat.tolist() == pytest.approx([90.0], abs=1e-8)


def test_neighbouring_land_polygons_share_no_shore() -> None:
    # Expectation: a straight coast with the border in the middle has the meridian as its line.
    shores = table({
        "W": [shapely.box(9, 40, 10, 41)],
        "E": [shapely.box(10, 40, 11, 41)],
    })  # fmt: skip
    sea = shapely.box(9, 41, 11, 41.3)
    result = divide(shores, by="state", sea=sea)
    xy = shapely.get_coordinates(result.lines.geometry.array)
    assert np.abs(xy[:, 0] - 10).max() < 1e-9
    open_water = divide(shores, by="state")
    xy = shapely.get_coordinates(open_water.lines.geometry.array)
    assert not ((xy[:, 1] > 40.001) & (xy[:, 1] < 40.999)).any()


def test_several_seas_and_one_without_a_line() -> None:
    # Expectation: two basins are divided together; the far one falls to the nearest owner whole.
    shores = table({"A": [shapely.Point(0, 0)], "B": [shapely.Point(2, 0)]})
    near, far = shapely.box(0.5, -0.5, 1.5, 0.5), shapely.box(5, -0.5, 6, 0.5)
    result = divide(shores, by="state", sea=gpd.GeoDataFrame(geometry=[near, far], crs=4326))
    assert result.sectors is not None
    area = [abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(s))[0]) for s in (near, far)]
    by_owner = dict(zip(result.sectors.owner, result.sectors.area_m2, strict=True))
    assert by_owner["A"] == pytest.approx(area[0] / 2, rel=1e-9)
    assert by_owner["B"] == pytest.approx(area[0] / 2 + area[1], rel=1e-9)


BOX = shapely.box(0, 0, 1, 1)
GOOD = {"A": [shapely.Point(0, 0)], "B": [shapely.Point(1, 0)]}


@pytest.mark.parametrize(
    ("shapes", "options", "error", "says"),
    [
        ({"A": [shapely.Point(0, 0)]}, {}, GeometryError, "one owner"),
        ({"A": [shapely.Point(0, 0)], "": [shapely.Point(1, 0)]}, {}, GeometryError, "without own"),
        ({"A": [shapely.Point(0, 0)], "B": [shapely.Point(0, 0)]}, {}, GeometryError, "A and B"),
        ({"A": [BOX], "B": [shapely.Point()]}, {}, GeometryError, "no geometry"),
        ({"A": [BOX], "B": [shapely.LineString([(-1, 0.5), (2, 0.5)])]}, {}, GeometryError, "cros"),
        (GOOD, {"by": "stat"}, UsageError, "did you mean 'state'"),
        (GOOD, {"tolerance_m": -1.0}, UsageError, "tolerance"),
        (GOOD, {"sea": shapely.Point(0, 0)}, UsageError, "polygon"),
        (GOOD, {"sea": BOX, "reach_m": 5.0}, UsageError, "not both"),
        (GOOD, {"sea": shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])}, GeometryError, "itself"),
        (GOOD, {"weight": {"C": 2.0}}, UsageError, "no owner 'C'"),
        ({"A": [shapely.Point(0, 0)], "B": [shapely.Point(9e5, 0)]}, {}, GeometryError, "degrees"),
    ],
)
def test_bad_input_is_a_clear_error(
    shapes: dict[str, list[shapely.Geometry]], options: dict[str, object],
    error: type[Exception], says: str,
) -> None:  # fmt: skip
    # Expectation: the error says what is wrong, never a traceback from below.
    with pytest.raises(error, match=says):
        divide(table(shapes), **{"by": "state", **options})  # type: ignore[arg-type]


def test_lines_stand_clockwise_from_the_north_however_the_shores_are_given() -> None:
    # Expectation: the rule (from land to sea, clockwise from the northernmost end on land), for
    # four owners around a square; the same whether shores are given backwards and from the last.
    ring = [(50, 43), (53, 42), (52.1, 40), (49, 40.6), (50, 43)]
    lines = [shapely.LineString(edge) for edge in pairwise(ring)]
    sea = gpd.GeoDataFrame(geometry=[shapely.Polygon(ring)], crs=4326)
    there = table({owner: [line] for owner, line in zip("ABCD", lines, strict=True)})
    back = there.iloc[::-1].assign(geometry=lambda rows: rows.geometry.reverse())
    results = [divide(shores, by="state", sea=sea) for shores in (there, back)]
    points, again = (r.points for r in results)
    land = shapely.get_coordinates(points.geometry[points.kind == "terminus"])
    assert np.allclose(land, ring[:4], atol=1e-9)
    assert points.kind.iloc[0] == "terminus"
    places = shapely.get_coordinates(points.geometry)
    assert np.allclose(places, shapely.get_coordinates(again.geometry), atol=1e-9)
    for line, same in zip(*(r.lines.geometry for r in results), strict=True):
        assert shapely.equals_exact(line, same, 1e-7)
