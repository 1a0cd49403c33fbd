"""Borders are written once and stay together; shapes keep their place through the page's coding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Feature, Scene
from shekara.web import detail, shapes, topology, window
from tests.support import web_scenes


def rings(built: topology.Topology, number: int) -> list[np.ndarray]:
    """Vertices (degrees) of all rings of a polygon, put together as the page does it."""
    found = []
    for part in built.shapes[number]:
        for ring in part:
            assert isinstance(ring, list)
            line: list[np.ndarray] = []
            for ref in ring:
                arc = built.arcs[ref] if ref >= 0 else built.arcs[~ref][::-1]
                line.append(arc[1:] if line else arc)
            found.append(np.concatenate(line) * built.quantum)
    return found


def build(given: list[BaseGeometry], tolerance: float, centre: float = 0) -> topology.Topology:
    return thinned(given, [tolerance] * len(given), centre)


def thinned(
    given: Sequence[BaseGeometry], tolerances: list[float], centre: float = 0
) -> topology.Topology:
    """A topology with the vertices that a detail keeps of it."""
    whole = topology.build(given, [False] * len(given), 1e-4, centre)
    vertices = detail.Vertices(whole.arcs, whole.uses, whole.quantum)
    kept = vertices.kept(np.array(tolerances), np.zeros(len(given), dtype=bool))
    cuts = np.cumsum(np.bincount(vertices.arc[kept], minlength=len(whole.arcs)))[:-1]
    return replace(whole, arcs=tuple(np.split(vertices.points[kept], cuts)))


def test_a_common_border_is_one_arc_used_in_both_directions() -> None:
    """Two squares: a left and a right arc, and the border between them, once."""
    squares: list[BaseGeometry] = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    built = build(squares, 0)
    assert len(built.arcs) == 3
    used = [ref for shape in built.shapes for part in shape for ring in part for ref in ring]  # type: ignore[union-attr]
    numbers = [ref if ref >= 0 else ~ref for ref in used]
    shared = next(n for n in numbers if numbers.count(n) == 2)
    assert {shared, ~shared} <= set(used)


def test_a_coverage_has_no_gaps_after_simplifying() -> None:
    """Sixteen cells with wiggly borders: their union has the area of their sum, and one ring."""
    cells = web_scenes.cells(4, 60)
    assert all(cell.is_valid for cell in cells)
    built = build(cells, 0.004)
    thin = [shapely.Polygon(rings(built, n)[0]) for n in range(len(cells))]
    before = sum(len(shapely.get_coordinates(cell)) for cell in cells)
    after = sum(len(arc) for arc in built.arcs)
    assert after < before / 3
    whole = shapely.union_all(thin)
    assert isinstance(whole, shapely.Polygon)
    assert len(whole.interiors) == 0
    assert whole.area == pytest.approx(sum(cell.area for cell in thin), rel=1e-9)


def test_a_line_stays_within_the_tolerance() -> None:
    random = np.random.default_rng(1)
    line = shapely.LineString(
        np.column_stack((np.linspace(0, 5, 800), random.normal(0, 0.02, 800)))
    )
    built = build([line], 0.03)
    thin = shapely.LineString(built.arcs[0] * built.quantum)
    assert shapely.get_num_coordinates(thin) < 400
    assert shapely.hausdorff_distance(line, thin) <= 0.03 + 2e-4


def test_a_line_along_a_border_shares_its_arcs() -> None:
    """The border drawn as a layer of its own costs nothing beside the two states."""
    west, east, border = web_scenes.WEST, web_scenes.EAST, web_scenes.BORDER
    assert len(build([west, east, border], 0).arcs) == len(build([west, east], 0).arcs)


def test_holes_and_islands_are_kept() -> None:
    """An enclave is a hole of one state and the whole of another: one arc."""
    hole = shapely.box(1, 1, 2, 2)
    built = build([shapely.box(0, 0, 3, 3).difference(hole), hole], 0)
    assert len(built.arcs) == 2
    assert [len(ring) for ring in rings(built, 0)] == [5, 5]
    assert [len(part) for part in built.shapes[0]] == [2]  # one area: its shell and its hole


def test_a_common_border_is_as_fine_as_its_finer_side() -> None:
    """A coarse background beside a fine area: the border must not part from the fine one."""
    wave = [(x / 100, 0.05 * (-1) ** x) for x in range(101)]
    fine, coarse = shapely.Polygon([*wave, (0.5, -9)]), shapely.Polygon([*wave, (0.5, 9)])
    for given, limits in (([fine, coarse], [0.01, 1.0]), ([coarse, fine], [1.0, 0.01])):
        built = thinned(given, limits)
        assert max(map(len, built.arcs)) == len(wave)


def test_an_island_smaller_than_the_detail_does_not_vanish() -> None:
    built = build([shapely.Point(10, 10).buffer(0.001)], 0.05)
    assert len(rings(built, 0)[0]) >= 4


def test_parts_beyond_the_antimeridian_are_put_beside_each_other() -> None:
    given: list[BaseGeometry] = [shapely.box(177, 0, 180, 1), shapely.box(-180, 0, -178, 1)]
    built = build(given, 0, centre=180)
    assert max(rings(built, 0)[0][:, 0]) == pytest.approx(180)
    assert min(rings(built, 1)[0][:, 0]) == pytest.approx(180)
    assert max(rings(built, 1)[0][:, 0]) == pytest.approx(182)


def test_numbers_are_coded_as_protocol_buffers_do() -> None:
    """Zigzag: 0, -1, 1, -2 become 0, 1, 2, 3; 150 zigzags to 300, written AC 02."""
    assert detail.varints(np.array([0, -1, 1, -2, 150])) == bytes([0, 1, 2, 3, 0xAC, 0x02])
    assert detail.varints(np.array([], dtype=np.int64)) == b""


def test_empty_and_mixed_geometries_are_taken() -> None:
    mixed = shapely.from_wkt(
        "GEOMETRYCOLLECTION(LINESTRING(0 0, 1 1), POLYGON((0 0, 1 0, 1 1, 0 0)), POINT(5 5))"
    )
    built = build([shapely.from_wkt("POLYGON EMPTY"), mixed], 0)
    assert built.shapes[0] == []
    line, polygon = built.shapes[1]
    assert isinstance(line[0], int)
    assert isinstance(polygon[0], list)


def test_a_bow_tie_does_not_stop_the_map() -> None:
    """A ring that crosses itself is drawn, also when the background must be cut at the frame."""
    tie = shapely.from_wkt("POLYGON((-60 0, 60 10, 60 0, -60 10, -60 0))")
    assert not window.clipped(tie, (0, 0, 10, 10)).is_empty


def scene(geometry: BaseGeometry) -> Scene:
    first = web_scenes.lake("en")
    layer = first.layers[0]
    feature = Feature("x/1", geometry, "X", layer.features[0].style, label="X")
    return replace(first, layers=(replace(layer, features=(feature,)),))


def test_a_name_stands_inside_its_shape_and_inside_the_map() -> None:
    """A shape that reaches far beyond the map, to one side, is named where it is seen."""
    found = shapes.Shapes(shapes.Outlines(scene(shapely.box(35, -40, 60, 40)))).anchors("x/1")
    assert shapely.box(30, -3.2, 36, 1).contains(shapely.MultiPoint(found))


def test_an_area_cut_at_180_degrees_has_one_name() -> None:
    """As GeoJSON has it: two parts that touch there, 358 degrees apart by their numbers."""
    halves = shapely.MultiPolygon(
        [shapely.box(178, -18, 180, -16), shapely.box(-180, -18, -179, -16)]
    )
    drawn = replace(scene(halves), extent=(176.0, -20.0, -177.0, -14.0))
    told = replace(drawn, layers=(replace(drawn.layers[0], basemap=False),))
    assert len(shapes.Shapes(shapes.Outlines(told)).anchors("x/1")) == 1


def test_small_islands_far_away_have_none() -> None:
    """An area of two degrees, and one of a twentieth of that four degrees away."""
    parts = shapely.MultiPolygon([shapely.box(30, -3, 32, -1), shapely.box(35, -1, 35.1, -0.9)])
    drawn = scene(parts)
    told = replace(drawn, layers=(replace(drawn.layers[0], basemap=False),))
    assert len(shapes.Shapes(shapes.Outlines(told)).anchors("x/1")) == 1


def test_a_part_far_away_has_its_own_name() -> None:
    """Two discs four degrees apart, a third beside the first: two names, one in each group."""
    discs = [shapely.Point(x, -1).buffer(0.1) for x in (31, 31.3, 35)]
    discs[0] = shapely.Point(31, -1).buffer(0.15)
    drawn = scene(shapely.MultiPolygon(discs))
    told = replace(drawn, layers=(replace(drawn.layers[0], basemap=False),))
    found = shapes.Shapes(shapes.Outlines(told)).anchors("x/1")
    assert found == [pytest.approx([31, -1], abs=0.02), pytest.approx([35, -1], abs=0.02)]


def test_drawn_detail_is_a_pixel_of_the_nearest_view() -> None:
    """6° on 1000 pixels, 64 times nearer: 6 / 64000 of a degree, and half of a step of half of
    that in each direction: 10.4 m and 3.7 m on a meridian."""
    told = shapes.Shapes(shapes.Outlines(web_scenes.lake("en")))
    assert told.doublings == 6  # the lake's shore has no more
    assert told.tolerance_m == pytest.approx(10.4 + 3.7, abs=0.1)


def test_points_of_a_path_follow_each_other_closely() -> None:
    """No arc jumps: every step of the lake's shore is shorter than the lake is wide."""
    shores: list[BaseGeometry] = [
        feature.geometry
        for layer in web_scenes.lake("en").layers
        for feature in layer.features
        if feature.geometry is not None and feature.geometry.area
    ]
    built = build(shores, 0)
    for arc in built.arcs:
        steps = [np.hypot(*(b - a)) * built.quantum for a, b in pairwise(arc)]
        assert max(steps) < 7
