"""Shores almost the same: narrow channels, slivers, vertices by the thousand, all in a while."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.spatial import ConvexHull, Delaunay

from shekara.errors import GeometryError
from shekara.median.divide import divide
from shekara.median.trace.delaunay import neighbours, triangulate
from shekara.median.trace.plane_triangles import plane_triangles, triangles_of_geos

# A degree of latitude at the equator (WGS 84), and a millimetre in degrees.
DEGREE_M = 110_574.3
MM = 1e-3 / DEGREE_M


def shores(**owners: shapely.Geometry) -> gpd.GeoDataFrame:
    """A table of one shape per owner."""
    return gpd.GeoDataFrame({"o": list(owners)}, geometry=list(owners.values()), crs="EPSG:4326")


def wavy(above: float, count: int = 21) -> np.ndarray:
    """A shore of 22 km that winds, raised by some degrees."""
    x = np.linspace(0, 0.2, count)
    return np.stack([x, 0.005 * np.sin(50 * x) + above], axis=1)


@pytest.mark.parametrize("gap_mm", [1, 100, 10_000])
def test_two_parallel_shores_are_halved_however_near_they_lie(gap_mm: int) -> None:
    # Expectation: closed form; shores along the parallel have their line half-way in latitude.
    gap = gap_mm * MM
    south, north = (shapely.LineString([(0, y), (0.2, y)]) for y in (0, gap))
    result = divide(shores(A=south, B=north), by="o", reach_m=5_000)
    assert not len(result.doubtful)
    assert len(result.lines) == 1
    xy = shapely.get_coordinates(result.lines.geometry)
    beside = xy[(xy[:, 0] >= 0) & (xy[:, 0] <= 0.2)]
    assert len(beside) >= 2
    assert np.abs(beside[:, 1] - gap / 2).max() < 0.01 * gap
    # Longitude runs once from end to end, without going back.
    assert (np.diff(xy[:, 0]) >= 0).all() or (np.diff(xy[:, 0]) <= 0).all()


@pytest.mark.parametrize("gap_mm", [1, 1_000])
def test_a_winding_channel_of_a_millimetre_keeps_its_line_inside(gap_mm: int) -> None:
    # Expectation: by geometry; the line lies between both shores all along, within 0.1 mm.
    gap = gap_mm * MM
    south, north = wavy(0), wavy(gap)
    result = divide(
        shores(A=shapely.LineString(south), B=shapely.LineString(north)), by="o", reach_m=5_000
    )
    assert not len(result.doubtful)
    assert len(result.lines) == 1
    xy = shapely.get_coordinates(result.lines.geometry)
    beside = xy[(xy[:, 0] > 0) & (xy[:, 0] < 0.2)]
    low = np.interp(beside[:, 0], *south.T)
    assert (beside[:, 1] > low - 0.1 * MM).all()
    assert (beside[:, 1] < low + gap + 0.1 * MM).all()
    # Each corner of the channel has its turning points: the line bends wherever the shores do.
    assert len(beside) >= len(south) - 2


def test_a_channel_like_a_needle_narrows_to_a_millimetre() -> None:
    # Expectation: closed form; between two straight shores the line is in the middle at the ends.
    south = shapely.LineString([(0, 0), (0.2, 0)])
    north = shapely.LineString([(0, 0.01), (0.2, MM)])
    result = divide(shores(A=south, B=north), by="o", reach_m=5_000)
    assert not len(result.doubtful)
    assert len(result.lines) == 1
    line = result.lines.geometry.iloc[0]
    assert line.intersects(shapely.LineString([(0.19999, 0), (0.19999, 2 * MM)])) or (
        line.distance(shapely.Point(0.2, MM / 2)) < MM
    )


def test_borders_with_slivers_leave_the_open_water_alone() -> None:
    # Expectation: by symmetry; off a straight coast the line runs out square to the coast from the
    # border, whatever slivers of centimetres the border on land has.
    y = np.linspace(-0.05, 0, 4)
    half = np.array([30.0, 5.0, 80.0, 10.0]) * MM / 2
    west = shapely.Polygon([(-0.1, -0.05), *zip(-half, y, strict=True), (-0.1, 0)])
    east = shapely.Polygon([(0.1, -0.05), *zip(half, y, strict=True), (0.1, 0)])
    result = divide(shores(A=west, B=east), by="o", reach_m=8_000)
    for lat in (0.001, 0.03, 0.06):
        across = shapely.LineString([(-1, lat), (1, lat)])
        cut = shapely.get_coordinates(result.lines.geometry.intersection(across))
        assert len(cut) == 1
        assert abs(cut[0, 0]) < 1e-9
    assert (result.doubtful.lat < 0).all()


def test_thousands_of_vertices_at_one_place_are_one() -> None:
    # Expectation: the result without the copies.
    once = shores(
        A=shapely.LineString([(0, 0), (1, 0)]), B=shapely.LineString([(0, 0.3), (1, 0.4)])
    )
    often = once.copy()
    often["geometry"] = [
        shapely.LineString(np.repeat(shapely.get_coordinates(g), 2_000, axis=0))
        for g in once.geometry
    ]
    lines = [divide(t, by="o", reach_m=50_000).lines.geometry.iloc[0] for t in (once, often)]
    assert lines[0].equals_exact(lines[1], 1e-12)


def test_shores_that_part_by_rounding_alone_are_refused_by_place() -> None:
    # Expectation: the requirement; a message that names owners, place and way out.
    a, b = wavy(0), wavy(1e-12)
    with pytest.raises(GeometryError, match=r"A and B cross or touch near .* same decimals"):
        divide(shores(A=shapely.LineString(a), B=shapely.LineString(b)), by="o")


def test_triangles_are_those_of_another_triangulator() -> None:
    # Expectation: Qhull's triangles and neighbours of points in general position.
    xy = np.random.default_rng(8).uniform(-0.01, 0.01, (400, 2))
    other = Delaunay(xy)
    mine = plane_triangles(xy)
    assert {tuple(sorted(t)) for t in mine.tolist()} == {
        tuple(sorted(t)) for t in other.simplices.tolist()
    }
    across = neighbours(mine)
    pairs = {frozenset((n, m)) for n, row in enumerate(across.tolist()) for m in row if m >= 0}
    assert all(len(set(mine[list(p)].ravel().tolist())) == 4 for p in pairs)
    assert (across < 0).sum() == (other.neighbors < 0).sum()
    assert [plane_triangles(xy[:n]).shape for n in range(4)] == [(0, 3), (0, 3), (0, 3), (1, 3)]


def test_both_triangulators_find_the_same() -> None:
    # Expectation: GEOS and startinpy agree on points in general position, ten of them twice.
    xy = np.random.default_rng(9).uniform(-0.01, 0.01, (300, 2))
    ways = (plane_triangles(np.vstack([xy, xy[:10]])), triangles_of_geos(xy))
    first, second = ({tuple(sorted(t)) for t in way.tolist()} for way in ways)
    assert first == second


def test_triangles_around_the_globe_are_the_faces_of_its_hull() -> None:
    # Expectation: Qhull's convex hull of points in general position; centres at equal angles.
    u = np.random.default_rng(3).normal(size=(300, 3))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    mesh = triangulate(u)
    assert {tuple(sorted(t)) for t in mesh.corners.tolist()} == {
        tuple(sorted(t)) for t in ConvexHull(u).simplices.tolist()
    }
    assert (mesh.across >= 0).all()
    angles = np.arccos(np.einsum("nck,nk->nc", u[mesh.corners], mesh.centre))
    assert np.abs(angles - mesh.radius[:, None]).max() < 1e-7


def test_sites_a_metre_apart_are_told_apart_though_others_surround_the_globe() -> None:
    # Expectation: Qhull's triangles of the same places in their own plane, scaled to metres. (A
    # convex hull of all sites is flatter there than doubles tell: a metre rises 2e-14 of a radius.)
    rng = np.random.default_rng(8)
    xy = rng.uniform(-20, 20, (400, 2))
    near = np.column_stack([np.ones(400), xy / 6.4e6])
    around = rng.normal(size=(200, 3))
    u = np.concatenate([near, around[np.linalg.norm(around[:, 1:], axis=1) > 0.3]])
    mesh = triangulate(u / np.linalg.norm(u, axis=1, keepdims=True))
    plane = Delaunay(xy)
    drawn = {tuple(sorted(t)) for t in mesh.corners.tolist()}
    expected = {
        tuple(sorted(t))
        for t, beside in zip(plane.simplices.tolist(), plane.neighbors, strict=True)
        if (beside >= 0).all() and np.abs(xy[t]).max() < 12
    }
    assert len(expected) > 200
    assert expected <= drawn


def test_a_polygon_that_stands_twice_counts_once() -> None:
    # Expectation: the same line as with the polygon once; where two owners have one polygon, a
    # message that names the one without shore.
    square, other = shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)
    once = shores(A=square, B=other)
    twice = gpd.GeoDataFrame(
        {"o": ["A", "A", "B"]}, geometry=[square, shapely.reverse(square), other], crs=4326
    )
    lines = [
        divide(table, by="o", reach_m=80_000).lines.geometry.iloc[0] for table in (once, twice)
    ]
    assert lines[0].equals_exact(lines[1], 1e-12)
    with pytest.raises(GeometryError, match="every edge of A, B is shared"):
        divide(shores(A=square, B=square, C=other), by="o")
