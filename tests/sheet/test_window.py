"""Where the boxes of a map stand: upon what says least, and the window moves to make room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry import LineString

from shekara.scene.model import Feature, Projection, Scene, SceneClaim, Style
from shekara.sheet.map.frame import fit
from shekara.sheet.map.samples import samples
from shekara.sheet.paper.paper import Box
from shekara.sheet.window import place_insets
from tests.support.scene_parts import layer
from tests.support.sheet_scenes import scene

PLATE = Projection("+proj=eqc +datum=WGS84 +units=m", "", "", False, False)
PAGE = Box(0, 0, 200, 100)


def shown(*features: Feature, kind: str = "polygon", claim: str = "") -> Scene:
    """A scene of one layer over ten degrees, on a page of twenty by ten."""
    plain = replace(scene("en"), extent=(0.0, 0.0, 10.0, 10.0), projection=PLATE)
    claims: tuple[SceneClaim, ...] = ()
    if claim:
        claims = tuple(replace(item, layer=claim, features=()) for item in plain.claims[:1])
    return replace(plain, layers=(layer("x", kind, list(features)),), claims=claims)  # type: ignore[arg-type]


def area(name: str, west: float, south: float, east: float, north: float) -> Feature:
    return Feature(name, shapely.box(west, south, east, north), name, Style(fill="#aabbcc"))


def weight_within(item: Scene, *sides: float) -> float:
    """The share of a scene's weights that lies within sides, degrees."""
    xy, weight = samples(item, fit(item.projection, item.extent, PAGE))
    degree = 111_319.49  # of plate carrée on WGS 84, m
    west, south, east, north = (side * degree for side in sides)
    x, y = xy.T
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return float(weight[inside].sum() / weight.sum())


def test_the_rim_of_an_area_weighs_as_much_as_what_it_holds() -> None:
    """A corner of a square has a sixteenth of its inside, and an eighth of its rim."""
    item = shown(area("a", 1, 1, 9, 9))
    corner = weight_within(item, 0.9, 0.9, 2.99, 2.99)
    assert 0.9 * (1 / 32 + 1 / 16) - 0.02 < corner < 0.9 * (1 / 32 + 1 / 16) + 0.03


def test_the_ends_of_a_flow_weigh_as_much_as_its_way() -> None:
    flow = Feature("f", LineString([(1, 5), (9, 5)]), "f", Style(arrow=True))
    assert weight_within(shown(flow, kind="line"), 0.9, 4.9, 1.1, 5.1) > 0.9 * 0.25
    road = replace(flow, style=Style())
    assert weight_within(shown(road, kind="line"), 0.9, 4.9, 1.1, 5.1) < 0.9 * 0.1


def test_layers_of_which_claims_speak_weigh_three_times_as_much() -> None:
    item = shown(area("a", 0, 0, 4, 10), claim="x")
    both = replace(item, layers=(*item.layers, layer("y", "polygon", [area("b", 6, 0, 10, 10)])))
    subject, other = weight_within(both, 0, 0, 4, 10), weight_within(both, 6, 0, 10, 10)
    assert 2.2 < subject / other < 3.2  # the ground weighs a little everywhere


def test_the_window_moves_so_that_a_box_hides_nothing() -> None:
    """A square extent on a page twice as long: a box of half the length stands beside it."""
    item = shown(area("a", 0.2, 0.2, 9.8, 9.8))
    weighed = samples(item, fit(PLATE, item.extent, PAGE))
    spot = place_insets(item, PAGE, [(1, 80.0, 60.0)], weighed, 2.0)
    assert spot is not None
    assert spot.hidden == 0
    assert fit(PLATE, item.extent, PAGE).mm_per_m == spot.map_frame.mm_per_m
    (box,) = spot.boxes
    x, _ = spot.map_frame.to_mm(np.array([0.0, 1.113e6]), np.array([0.0, 0.0]))
    assert box.right <= x[0] or box.x >= x[1]
