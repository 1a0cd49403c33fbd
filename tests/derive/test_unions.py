"""Flows, unions and totals of an atlas that the test makes."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
import shapely

from shekara.derive import derive
from shekara.derive.flows import bowed_line
from shekara.derive.unions import Membership, compositions
from shekara.errors import InputError
from shekara.measuring import area_m2, distances_m

# Three unit squares side by side; B and C share the meridian 2, C has an islet.
SQUARES = {"A": [0.0], "B": [1.0], "C": [2.0, 5.0]}
SIZE = {5.0: 0.1}


def ring(west: float) -> list[list[float]]:
    size = SIZE.get(west, 1.0)
    return [[west, 0.0], [west + size, 0.0], [west + size, size], [west, size], [west, 0.0]]


def topology() -> dict[str, Any]:
    arcs: list[list[list[float]]] = []
    items = []
    for number, west in enumerate(SQUARES.values(), start=1):
        parts = []
        for start in west:
            parts.append([[len(arcs)]])
            arcs.append(ring(start))
        items.append(
            {"type": "MultiPolygon", "arcs": parts, "id": f"{number:03d}", "properties": {}}
        )
    return {
        "type": "Topology",
        "arcs": arcs,
        "objects": {"countries": {"type": "GeometryCollection", "geometries": items}},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "layers").mkdir()
    (tmp_path / "npm").mkdir()
    archive = tmp_path / "npm" / "squares@1.0.0.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        data = json.dumps(topology()).encode()
        info = tarfile.TarInfo("package/all.json")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    digest = hashlib.sha512(archive.read_bytes()).hexdigest()
    tables = {
        "packages": f"registry,package,sha512\nnpm,squares@1.0.0,{digest}",
        "states": "iso3,numeric,name_en\nAAA,001,Aland\nBBB,002,Bland\nCCC,003,Cland",
        "clubs": "id,name_en\nfirst,First Club\nsecond,Second Club",
        "members": (
            "union,iso3,since,until\nfirst,AAA,1990,\nfirst,BBB,1990,1994\nfirst,CCC,1993,\n"
            "second,CCC,1991,"
        ),
        "people": "iso3,year,people\nAAA,1990,5\nBBB,1990,7\nCCC,1990,11\nAAA,1991,6\nCCC,1991,12",
        "places": "id,lon,lat\neast,10,0\nwest,0,0",
        "flows": "id,from,to,value,bow_percent\nthere,west,east,3,\nback,east,west,4,0\nsum,,,7,",
    }
    for name, text in tables.items():
        (tmp_path / "layers" / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return tmp_path


def made(folder: Path, recipe: str) -> dict[str, dict[str, Any]]:
    (folder / "layers" / "it.toml").write_text(f"[derive]\n{recipe}\n", encoding="utf-8")
    found = json.loads(derive(folder, "it", folder))
    return {one["properties"]["id"]: one for one in found["features"]}


UNIONS = """method = "unions"
from = ["npm:squares@1.0.0", "layers/members.csv", "layers/clubs.csv", "layers/states.csv"]
file = "all.json"
object = "countries"
smallest_km2 = 1000"""


def test_a_flow_bows_to_its_right_by_its_share_of_the_way() -> None:
    """10° of the equator, bow 10 %: 111.32 km south of the middle, a degree and 0.67 hundredths."""
    line = bowed_line((0.0, 0.0), (10.0, 0.0), 0.1, 2)
    assert shapely.get_coordinates(line)[1] == pytest.approx([5.0, -1.00674], abs=1e-5)
    back = bowed_line((10.0, 0.0), (0.0, 0.0), 0.1, 2)
    assert shapely.get_coordinates(back)[1] == pytest.approx([5.0, 1.00674], abs=1e-5)


def test_a_flow_ends_at_its_places_and_keeps_its_bow_off_the_equator() -> None:
    line = shapely.get_coordinates(bowed_line((37.0, 55.0), (71.0, 51.0), 0.2))
    assert line[0].tolist() == [37.0, 55.0]
    assert line[-1].tolist() == [71.0, 51.0]
    straight = shapely.get_coordinates(bowed_line((37.0, 55.0), (71.0, 51.0), 0.0))
    middle = len(line) // 2
    whole = float(distances_m(line[:1], line[-1:])[0])
    away = float(distances_m(line[middle : middle + 1], straight[middle : middle + 1])[0])
    assert away == pytest.approx(0.2 * whole, rel=1e-9)


def test_flows_of_a_table_take_their_own_bow_and_totals_have_no_line(folder: Path) -> None:
    recipe = 'method = "flows"\nfrom = ["layers/flows.csv", "layers/places.csv"]\nbow_percent = 10'
    found = made(folder, recipe)
    assert min(y for _, y in found["there"]["geometry"]["coordinates"]) == pytest.approx(
        -1.00674, abs=1e-5
    )
    assert {y for _, y in found["back"]["geometry"]["coordinates"]} == {0}
    assert found["sum"]["geometry"] is None
    assert found["sum"]["properties"]["value"] == 7
    assert "bow_percent" not in found["there"]["properties"]


def test_a_flow_to_an_unknown_place_is_refused_by_name(folder: Path) -> None:
    (folder / "layers" / "flows.csv").write_text("id,from,to\nx,west,north\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"flows.csv: x: to = 'north'"):
        made(folder, 'method = "flows"\nfrom = ["layers/flows.csv", "layers/places.csv"]')


def test_members_have_their_years_and_unions_their_compositions(folder: Path) -> None:
    found = made(folder, UNIONS)
    unions = {k: v["properties"] for k, v in found.items() if v["properties"]["kind"] == "union"}
    assert {k: v["states"] for k, v in unions.items()} == {
        "first-1990": "AAA BBB",
        "first-1993": "AAA BBB CCC",
        "first-1995": "AAA CCC",
        "second-1991": "CCC",
    }
    assert (unions["first-1993"]["since"], unions["first-1993"]["until"]) == (1993, 1994)
    assert "until" not in unions["first-1995"]
    assert unions["first-1993"]["name_en"] == "First Club"
    assert found["first-bbb"]["properties"]["name_en"] == "Bland"
    assert found["first-bbb"]["properties"]["until"] == 1994


def test_a_union_is_the_land_of_its_members_without_the_borders_between(folder: Path) -> None:
    found = made(folder, UNIONS)
    whole = shapely.from_geojson(json.dumps(found["first-1993"]["geometry"]))
    squares = [shapely.polygons(ring(west)) for west in (0.0, 1.0, 2.0)]
    assert whole.geom_type == "Polygon"  # the islet is below smallest_km2
    # geodesic edges of one long side and of three short ones differ by their bulge, 4 m here
    assert area_m2([whole])[0] == pytest.approx(area_m2(squares).sum(), rel=1e-4)


@pytest.mark.parametrize(
    ("row", "complaint"),
    [("first,ZZZ,1990,", "iso3 = 'ZZZ'"), ("third,AAA,1990,", "union = 'third'")],
)
def test_an_unknown_member_or_union_is_refused(folder: Path, row: str, complaint: str) -> None:
    table = folder / "layers" / "members.csv"
    table.write_text(f"union,iso3,since,until\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        made(folder, UNIONS)


def test_nobody_belongs_before_the_first_or_after_the_last() -> None:
    rows: list[Membership] = [{"union": "u", "iso3": "A", "since": 1960, "until": 1970}]
    assert compositions(rows) == [(1960, 1970, frozenset({"A"}))]


def test_totals_add_up_where_every_member_is_known(folder: Path) -> None:
    """1990: 5 + 7 + 11 = 23; in 1991 B is missing, so only the second club has a total."""
    recipe = """method = "totals"
from = ["layers/people.csv", "layers/members.csv", "layers/clubs.csv"]
value = "people"
"""
    found = {k: v["properties"] for k, v in made(folder, recipe).items()}
    people = {name: own["people"] for name, own in found.items()}
    assert people == {"first-1990": 23, "second-1990": 11, "second-1991": 12}
    assert found["first-1990"]["members"] == 3
    assert list(made(folder, recipe + 'only = ["first"]')) == ["first-1990"]
