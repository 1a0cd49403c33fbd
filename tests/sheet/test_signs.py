"""Which areas are named beside themselves."""

from __future__ import annotations

from shapely.geometry import Polygon, box

from shekara.scene.model import Feature, Style
from shekara.sheet.labels.signs import is_sign
from shekara.sheet.map.drawn import Drawn
from tests.support.scene_parts import layer

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


def test_a_corner_of_a_state_beside_a_disputed_area_is_no_island() -> None:
    # The area is cut out of its neighbours, so that no other area of the ground adjoins.
    corner = drawn("corner", box(0, 0, 10, 10), basemap=True)
    disputed = drawn("disputed", box(10, 0, 30, 30), basemap=False)
    assert not is_sign(corner[0], corner[1], [corner, disputed])
