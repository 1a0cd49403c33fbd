"""Areas by a list: outlines from packages, places without one, and states without the areas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from shekara.errors import InputError
from tests.derive.test_derive import TOPOLOGY, Made, square

HEADER = "id,package,file,collection,object,lon,lat,west,south,east,north"
LANDS = "npm:lands@1.0.0,lands.json,lands"
RECIPE = (
    'method = "listed_areas"\nfrom = { table = "layers/list.csv", parts = "layers/parts.csv", '
    'packages = ["npm:lands@1.0.0"] }'
)


@pytest.fixture
def listed(tmp_path: Path) -> Made:
    """Lands of TOPOLOGY: West is 10–11° E, East 11–12° E with a triangle far away."""
    atlas = Made(tmp_path)
    atlas.package("lands@1.0.0", {"lands.json": TOPOLOGY})
    atlas.table(
        "list", "id,name_en,lon,lat", "half,Half,,", "round,Round,,", "bare,Bare,5,6", "both,Both,,"
    )
    atlas.table(
        "parts",
        HEADER,
        f"half,{LANDS},West,,,10.5,20,11,21",
        f"round,{LANDS},East,11.5,20.5,,,,",
        f"both,{LANDS},West,,,,,,",
        f"both,{LANDS},East,11.5,20.5,,,,",
    )
    atlas.layer("areas", RECIPE)
    return atlas


def test_an_area_is_the_part_in_the_box_or_the_polygon_round_the_place(listed: Made) -> None:
    areas = listed.features("areas")
    shape = {key: shapely.from_geojson(json.dumps(areas[key]["geometry"])) for key in areas}
    assert shape["half"].equals(shapely.box(10.5, 20, 11, 21))
    assert shape["round"].equals(shapely.box(11, 20, 12, 21))
    assert shape["both"].equals(shapely.box(10, 20, 12, 21))


def test_an_area_without_parts_is_its_place(listed: Made) -> None:
    bare = listed.features("areas")["bare"]
    assert bare["geometry"] == {"type": "Point", "coordinates": [5, 6]}
    assert bare["properties"] == {"id": "bare", "name_en": "Bare", "shape": "place"}


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (f"stray,{LANDS},West,,,,,,", "'stray' is not in layers/list.csv"),
        (f"half,{LANDS},Wst,,,,,,", "'Wst' is not in lands.json"),
        (f"half,{LANDS},West,50,50,,,,", "nothing is left of 'West'"),
        ("half,npm:seas@1.0.0,lands.json,lands,West,,,,,,", "is not among the packages"),
    ],
)
def test_a_part_that_leads_nowhere_is_told(listed: Made, row: str, complaint: str) -> None:
    listed.table("parts", HEADER, row)
    with pytest.raises(InputError, match=complaint):
        listed.features("areas")


def test_a_row_needs_parts_or_a_place(listed: Made) -> None:
    listed.table("list", "id,lon,lat", "half,,", "round,,", "both,,", "nowhere,,")
    with pytest.raises(InputError, match="'nowhere' has neither parts nor a place"):
        listed.features("areas")


@pytest.mark.parametrize(("sliver_km2", "polygons"), [(0, 2), (1000, 1)])
def test_states_are_drawn_without_the_areas_of_a_layer(
    listed: Made, sliver_km2: int, polygons: int
) -> None:
    """The area takes all of West but 0.05° in the west, about 580 km², and the far triangle
    of East is no sliver, for nothing cut it."""
    geo = listed.atlas / "geo"
    geo.mkdir()
    ring = square(10.05, 19.0, 2.0)[0]
    area = {"type": "Polygon", "coordinates": [[[lon, lat] for lon, lat in ring]]}
    feature = {"type": "Feature", "properties": {"id": "area"}, "geometry": area}
    place = {"type": "Point", "coordinates": [11.9, 20.9]}
    other = {"type": "Feature", "properties": {"id": "place"}, "geometry": place}
    text = json.dumps({"type": "FeatureCollection", "features": [feature, other]})
    (geo / "areas.geojson").write_text(text, encoding="utf-8")
    listed.table("names", "iso3,numeric,name_en", "ALL,2,All")
    listed.layer(
        "states",
        'method = "topojson_countries"\nfrom = ["npm:lands@1.0.0", "layers/names.csv"]\n'
        'file = "lands.json"\nobject = "lands"\ninto = { West = "ALL" }\n'
        f'without = "areas"\nsliver_km2 = {sliver_km2}',
    )
    state = shapely.from_geojson(json.dumps(listed.features("states")["ALL"]["geometry"]))
    cut = shapely.intersection(state, shapely.box(10, 20, 12.05, 21))
    assert cut.area == pytest.approx(0.05 if polygons == 2 else 0.0)
    assert shapely.intersects_xy(state, 14.8, 24.7)  # the triangle


def test_the_layer_of_areas_is_made_first(listed: Made) -> None:
    listed.table("names", "iso3,numeric,name_en", "ALL,2,All")
    listed.layer(
        "states",
        'method = "topojson_countries"\nfrom = ["npm:lands@1.0.0", "layers/names.csv"]\n'
        'file = "lands.json"\nobject = "lands"\nwithout = "areas"',
    )
    with pytest.raises(InputError, match="make that layer first"):
        listed.features("states")
