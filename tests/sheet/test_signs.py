"""Which areas are named beside themselves."""

from __future__ import annotations

from dataclasses import replace

from shapely.geometry import Polygon, box

from shekara.scene.model import Feature, Projection, Style
from shekara.sheet.labels.sight import in_mm
from shekara.sheet.labels.signs import is_sign
from shekara.sheet.map.drawn import Drawn, features_on_page
from shekara.sheet.map.frame import fit
from shekara.sheet.paper.paper import Box
from tests.support.scene_parts import layer
from tests.support.sheet_scenes import scene

LAND, HATCHED = Style(fill="#f4efe4"), Style(fill="#ffffff")


def drawn(name: str, area: Polygon, *, basemap: bool) -> tuple[Polygon, Drawn]:
    style = LAND if basemap else HATCHED
    feature = Feature(name, area, name, style, label=name)
    return area, Drawn(layer(name, "polygon", [feature], basemap=basemap), feature, area, style)


def test_a_small_island_is_named_in_the_sea() -> None:
    isle, far = (
        drawn("isle", box(0, 0, 10, 10), basemap=True),
        drawn("far", box(40, 0, 90, 50), basemap=True),
    )
    assert is_sign(isle[0], isle[1], [isle, far])


def test_the_edge_of_a_state_at_the_neatline_is_no_island() -> None:
    """A window of 20 by 10 degrees shows two degrees of a state: its name is not put in the sea."""
    plate = Projection("+proj=eqc +datum=WGS84 +units=m", "", "", False, False)
    frame = fit(plate, (0.0, 0.0, 20.0, 10.0), Box(0, 0, 100, 50))
    state, isle = box(-30, 2, 2, 6), box(8, 2, 10, 4)
    features = [
        Feature(name, area, name, LAND, label=name)
        for name, area in (("state", state), ("isle", isle))
    ]
    ground = layer("ground", "polygon", features, basemap=True)
    seen = features_on_page(replace(scene("en"), layers=(ground,)), frame, {})
    on_paper = in_mm(seen, frame)
    assert [is_sign(shape, item, on_paper) for shape, item in on_paper] == [False, True]


def test_a_corner_of_a_state_beside_a_disputed_area_is_no_island() -> None:
    # The area is cut out of its neighbours, so that no other area of the ground adjoins.
    corner = drawn("corner", box(0, 0, 10, 10), basemap=True)
    disputed = drawn("disputed", box(10, 0, 30, 30), basemap=False)
    assert not is_sign(corner[0], corner[1], [corner, disputed])
