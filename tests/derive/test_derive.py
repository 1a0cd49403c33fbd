"""Recipes of an atlas that the test makes: other places, small packages, known numbers."""

from __future__ import annotations

import hashlib
import io
import json
import math
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from shekara.derive import METHODS, Sources, default_cache, derive, to_frame, write
from shekara.derive.discs import disc, discs_of_area
from shekara.derive.geojson import to_geojson_text
from shekara.derive.shared import segments, shared_line
from shekara.derive.tables import attributes
from shekara.derive.topojson import read_topojson
from shekara.errors import InputError
from shekara.measuring import WGS84, area_m2, length_m


class Made:
    """An atlas folder and a cache, written line by line."""

    def __init__(self, folder: Path):
        self.atlas = folder / "atlas"
        self.cache = folder / "cache"
        (self.atlas / "layers").mkdir(parents=True)
        self.lock = ["registry,package,sha512"]

    def layer(self, name: str, derive_text: str) -> None:
        path = self.atlas / "layers" / f"{name}.toml"
        path.write_text(f'title = "{name}"\n[derive]\n{derive_text}\n', encoding="utf-8")

    def table(self, name: str, *lines: str) -> None:
        path = self.atlas / "layers" / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def package(self, reference: str, files: dict[str, Any], stem: str | None = None) -> Path:
        """Put an npm archive into the cache and its digest into the lock table."""
        path = self.cache / "npm" / f"{stem or reference}.tgz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(path, "w:gz") as tar:
            for name, content in files.items():
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                info = tarfile.TarInfo(f"package/{name}")
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        self.lock.append(f"npm,{reference},{hashlib.sha512(path.read_bytes()).hexdigest()}")
        self.table("packages", *self.lock)
        return path

    def features(self, name: str) -> dict[str, Any]:
        found = json.loads(derive(self.atlas, name, self.cache))
        return {feature["properties"]["id"]: feature for feature in found["features"]}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


def square(west: float, south: float, size: float = 1.0) -> list[list[list[float]]]:
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def areas_file(**areas: list[list[list[float]]]) -> bytes:
    """A GeoJSON text with one feature on a line and the code at its end."""
    lines = [
        '{"type":"Feature","geometry":'
        + json.dumps({"type": "Polygon", "coordinates": rings})
        + f',"properties":{{"A3":"{code}"}}}}'
        for code, rings in areas.items()
    ]
    text = '{"type":"FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}"
    return text.encode()


# --- the writer ---


def test_text_is_one_feature_a_line_with_short_numbers_and_no_empty_values() -> None:
    frame = to_frame(
        [
            {"id": "a", "year": 1997, "name": "Ә", "geometry": shapely.Point(1.10000004, -0.0)},
            {"id": "b", "year": None, "name": "", "area": 2.5, "geometry": None},
        ]
    )
    assert to_geojson_text(frame) == (
        '{"type":"FeatureCollection","features":[\n'
        '{"type":"Feature","properties":{"id":"a","year":1997,"name":"Ә"},'
        '"geometry":{"type":"Point","coordinates":[1.1,0]}},\n'
        '{"type":"Feature","properties":{"id":"b","area":2.5},"geometry":null}\n'
        "]}\n"
    )


def test_rings_follow_the_right_hand_rule_however_they_came() -> None:
    clockwise = shapely.Polygon(
        [(0, 0), (0, 9), (9, 9), (9, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]]
    )
    text = to_geojson_text(to_frame([{"id": "a", "geometry": clockwise}]))
    shell, hole = json.loads(text)["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(shell).is_ccw
    assert not shapely.LinearRing(hole).is_ccw


def test_rounding_that_folds_a_polygon_leaves_a_valid_one() -> None:
    # the neck at x = 1 is 0.0002 wide and closes at three decimals
    hourglass = shapely.Polygon([(0, 0), (1, 0.4999), (2, 0), (2, 1), (1, 0.5001), (0, 1)])
    text = to_geojson_text(to_frame([{"id": "a", "geometry": hourglass}]), decimals=3)
    assert shapely.from_geojson(json.dumps(json.loads(text)["features"][0]["geometry"])).is_valid


@pytest.mark.parametrize("decimals", [-1, 8])
def test_more_decimals_than_a_source_can_have_are_refused(decimals: int) -> None:
    with pytest.raises(ValueError, match="0 to 7"):
        to_geojson_text(to_frame([{"id": "a", "geometry": None}]), decimals)


# --- tables ---


def test_a_column_is_numbers_only_when_every_filled_cell_is_one() -> None:
    rows = [
        {
            "id": "1",
            "year": "1997",
            "span": "1963-1965",
            "km": "2.50",
            "name": "4",
            "year_text": "7",
        },
        {"id": "2", "year": "", "span": "1970", "km": "3", "name": "5", "year_text": "8"},
    ]
    assert attributes(rows) == [
        {"id": "1", "year": 1997, "span": "1963-1965", "km": 2.5, "name": "4", "year_text": "7"},
        {"id": "2", "year": None, "span": "1970", "km": 3, "name": "5", "year_text": "8"},
    ]


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (("id,lon", "a,1"), "column 'lat' is missing"),
        (("id,lon,lat", "a,1"), "line 2 has not as many cells"),
        (("id,lon,lat", "a,1,2,3"), "line 2 has not as many cells"),
        (("id,lon,lat", "a,46°13',47"), "no decimal degrees"),
        (("id,lon,lat", "a,51,151"), "right way round"),
    ],
)
def test_a_broken_table_is_refused_by_name(
    made: Made, lines: tuple[str, ...], complaint: str
) -> None:
    made.table("places", *lines)
    made.layer("places", 'method = "points"\nfrom = ["layers/places.csv"]')
    with pytest.raises(InputError, match=complaint) as error:
        derive(made.atlas, "places", made.cache)
    assert "layers/places.csv" in str(error.value)


def test_points_without_a_place_keep_their_attributes(made: Made) -> None:
    made.table("pads", "id,lon,lat,count,name_en", "one,-80.6,28.6,7,One", "two,,,3,")
    made.table("years", "id,pad,year,count", "one-1,one,1969,4", "two-1,two,1970,3")
    made.layer(
        "pads",
        'method = "parts"\n[[derive.part]]\nmethod = "points"\nfrom = ["layers/pads.csv"]\n'
        'where = { id = "two" }\n[[derive.part]]\nmethod = "records"\n'
        'from = ["layers/years.csv"]\nat = "pad"\nplaces = "layers/pads.csv"\n'
        'properties = { kind = "year" }',
    )
    found = made.features("pads")
    assert list(found) == ["two", "one-1", "two-1"]
    assert found["two"]["geometry"] is None
    assert found["two"]["properties"]["count"] == 3
    assert found["one-1"]["geometry"]["coordinates"] == [-80.6, 28.6]
    assert found["one-1"]["properties"]["kind"] == "year"
    assert found["one-1"]["properties"]["name_en"] == "One"  # of its place
    assert found["two-1"]["geometry"] is None


# --- recipes ---


def test_every_method_is_named_in_the_error_about_an_unknown_one(made: Made) -> None:
    made.layer("x", 'method = "disks"')
    with pytest.raises(InputError, match="did you mean 'discs'"):
        derive(made.atlas, "x", made.cache)
    made.layer("y", 'method = "qqqq"')
    with pytest.raises(InputError) as error:
        derive(made.atlas, "y", made.cache)
    assert all(name in str(error.value) for name in METHODS)


@pytest.mark.parametrize(
    ("recipe", "complaint"),
    [
        ('method = "points"\nfrom = ["layers/p.csv"]\nwher = {}', "did you mean 'where'"),
        ('method = "points"', "derive.from: is missing; add it"),
        (
            'method = "points"\nfrom = ["layers/p.csv"]\nwhere = "all"',
            "derive.where = 'all'.*is no table",
        ),
        ('method = "points"\nfrom = ["layers/none.csv"]', "there is no such table"),
        (
            'method = "points"\nfrom = ["layers/p.csv"]\ndecimals = 8',
            "derive.decimals = 8.*less than or equal to 7",
        ),
        ('method = "points"\nfrom = ["layers/twice.csv"]', "two features with id 'a'"),
        ('method = "parts"', "derive.part: is missing"),
        ('method = "routes"\nfrom = ["layers/r.csv", "layers/p.csv"]', "town 'z' is not in"),
        ('method = "coordinate_table"\nfrom = ["layers/c.csv"]\nline = "turn"', "c: .*60 or more"),
    ],
)
def test_a_recipe_that_cannot_be_followed_says_where(
    made: Made, recipe: str, complaint: str
) -> None:
    made.table("p", "id,lon,lat", "a,1,2")
    made.table("twice", "id,lon,lat", "a,1,2", "a,3,4")
    made.table("r", "id,towns", "way,a; z")
    made.table("c", "id,kind,latitude,longitude", "c,turn,10°61',10°00'")
    made.layer("x", recipe)
    with pytest.raises(InputError, match=complaint) as error:
        derive(made.atlas, "x", made.cache)
    assert "layers/" in str(error.value)


def test_a_layer_without_recipe_or_file_is_said_so(made: Made) -> None:
    (made.atlas / "layers" / "plain.toml").write_text('title = "plain"\n', encoding="utf-8")
    with pytest.raises(InputError, match="stays as it is"):
        derive(made.atlas, "plain", made.cache)
    with pytest.raises(InputError, match="no such layer"):
        derive(made.atlas, "none", made.cache)


# --- writing ---


def test_write_makes_compares_and_reports(made: Made) -> None:
    made.table("p", "id,lon,lat", "a,1,2")
    made.layer("p", 'method = "points"\nfrom = ["layers/p.csv"]')
    (made.atlas / "layers" / "plain.toml").write_text('title = "plain"\n', encoding="utf-8")
    said: list[tuple[str, str]] = []

    def report(name: str, state: str) -> None:
        said.append((name, state))

    assert write(made.atlas, cache=made.cache, check=True, report=report) == ["p"]
    assert not (made.atlas / "geo").exists()
    assert write(made.atlas, cache=made.cache, report=report) == ["p"]
    assert write(made.atlas, ["p"], made.cache, report=report) == []
    path = made.atlas / "geo" / "p.geojson"
    path.write_text("old", encoding="utf-8")
    assert write(made.atlas, ["p"], made.cache, check=True, report=report) == ["p"]
    assert path.read_text(encoding="utf-8") == "old"
    assert said == [("p", "new"), ("p", "new"), ("p", "same"), ("p", "changed")]
    assert [one.name for one in (made.atlas / "geo").iterdir()] == ["p.geojson"]


def test_a_recipe_that_fails_leaves_the_old_file(made: Made) -> None:
    made.layer("p", 'method = "points"\nfrom = ["layers/none.csv"]')
    (made.atlas / "geo").mkdir()
    (made.atlas / "geo" / "p.geojson").write_text("old", encoding="utf-8")
    with pytest.raises(InputError):
        write(made.atlas, ["p"], made.cache)
    assert (made.atlas / "geo" / "p.geojson").read_text(encoding="utf-8") == "old"


# --- packages ---


def test_an_archive_is_read_only_when_its_digest_is_the_pinned_one(made: Made) -> None:
    path = made.package("@some/thing@1.0.0", {"a.json": {"a": 1}}, "some-thing@1.0.0")
    sources = Sources(made.atlas, made.cache)
    assert json.loads(sources.read_npm("@some/thing@1.0.0", "a.json")) == {"a": 1}
    with pytest.raises(InputError, match=r"no file b\.json"):
        sources.read_npm("@some/thing@1.0.0", "b.json")
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(InputError, match="delete the file"):
        sources.read_npm("@some/thing@1.0.0", "a.json")


def test_a_package_that_is_not_pinned_is_not_fetched(made: Made) -> None:
    made.table("packages", *made.lock)
    with pytest.raises(InputError, match=r"layers/packages\.csv: no line"):
        Sources(made.atlas, made.cache).fetch_npm("thing@1.0.0")


def test_without_npm_the_way_out_is_a_file_to_put_there(
    made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made.package("thing@1.0.0", {}).unlink()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=r"install Node\.js") as error:
        Sources(made.atlas, made.cache).fetch_npm("thing@1.0.0")
    assert str(made.cache / "npm" / "thing@1.0.0.tgz") in str(error.value)


def test_what_npm_says_when_it_fails_is_passed_on(
    made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made.package("thing@1.0.0", {}).unlink()
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no such version' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="no such version"):
        Sources(made.atlas, made.cache).fetch_npm("thing@1.0.0")
    assert list((made.cache / "npm").iterdir()) == []


def test_a_python_package_is_asked_for_in_its_version(made: Made) -> None:
    sources = Sources(made.atlas, made.cache)
    sources.require_python(f"shapely@{shapely.__version__}")
    with pytest.raises(InputError, match=r"pip install 'shapely==0\.1'"):
        sources.require_python("shapely@0.1")
    with pytest.raises(InputError, match="not installed was found"):
        sources.require_python("no-such-package@1.0")


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEKARA_CACHE", "somewhere")
    assert default_cache() == Path("somewhere")
    monkeypatch.setenv("SHEKARA_CACHE", "off")  # what builds remember, not what recipes need
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "cachehome")
    assert default_cache() == Path("cachehome") / "shekara"
    monkeypatch.delenv("SHEKARA_CACHE")
    assert default_cache() == Path("cachehome") / "shekara"
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_cache().parts[-3:] == ("Library", "Caches", "shekara")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "local")
    assert default_cache() == Path("local") / "shekara"


# --- borders and areas ---

# Two squares in TopoJSON 1.0: arc 0 is the common side, arcs 1 and 2 the rest, quantised by 0.5.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [
        [[2, 0], [0, 2]],
        [[2, 2], [-2, 0], [0, -2], [2, 0]],
        [[2, 0], [2, 0], [0, 2], [-2, 0]],
        [[9, 9], [1, 0], [0, 1], [-1, -1]],
    ],
    "objects": {
        "lands": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "1", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                {
                    "type": "MultiPolygon",
                    "id": "2",
                    "properties": {"name": "East"},
                    "arcs": [[[2, -1]], [[3]]],
                },
                {"type": "Point", "coordinates": [0, 0], "properties": {"name": "Dot"}},
            ],
        }
    },
}


def test_topojson_arcs_are_unquantised_joined_and_reversed() -> None:
    found = read_topojson(json.dumps(TOPOLOGY).encode(), "lands")
    west, east = found[0][1], found[1][1]
    assert west.equals(shapely.box(10, 20, 11, 21))
    assert shapely.get_parts(east)[0].equals(shapely.box(11, 20, 12, 21))
    with pytest.raises(InputError, match="there are: lands"):
        read_topojson(json.dumps(TOPOLOGY).encode(), "seas")


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        (  # the spherical packages' way of an island on both sides of 180°
            [[170, -20], [-170, -20], [-170, -10], [170, -10], [170, -20]],
            [shapely.box(170, -20, 180, -10), shapely.box(-180, -20, -170, -10)],
        ),
        (  # a land round the south pole, in four edges along one parallel
            [[-90, -70], [0, -70], [90, -70], [180, -70], [-90, -70]],
            [shapely.box(-180, -90, 180, -70)],
        ),
    ],
)
def test_topojson_rings_over_180_are_cut_there(
    ring: list[list[int]], expected: list[shapely.Polygon]
) -> None:
    area = {"type": "Polygon", "arcs": [[0]]}
    topology = {"arcs": [ring], "objects": {"lands": {"geometries": [area]}}}
    ((_, cut),) = read_topojson(json.dumps(topology).encode(), "lands")
    assert np.abs(shapely.get_coordinates(cut)[:, 0]).max() <= 180
    assert cut.equals(shapely.union_all(expected))


def test_countries_are_dissolved_named_and_taken_apart(made: Made) -> None:
    made.package("lands@1.0.0", {"lands.json": TOPOLOGY})
    made.table("names", "iso3,numeric,name_en,rank", "EST,2,East land,3", "WST,,West land,")
    recipe = (
        'method = "topojson_countries"\nfrom = ["npm:lands@1.0.0", "layers/names.csv"]\n'
        'file = "lands.json"\nobject = "lands"\n'
    )
    made.layer("one", recipe + 'into = { West = "EST" }')
    whole = made.features("one")
    assert list(whole) == ["EST"]
    ring = whole["EST"]["geometry"]["coordinates"][0][0]
    assert shapely.Polygon(ring).equals(shapely.box(10, 20, 12, 21))
    made.layer(
        "two",
        recipe + 'into = { West = "WST" }\nonly = ["EST"]\nsmallest_km2 = 5000\n[[derive.apart]]\n'
        'of = "WST"\ncontaining = [10.5, 20.5]\nproperties = { id = "claimed", kind = "disputed" }',
    )
    apart = made.features("two")
    assert list(apart) == ["EST", "claimed"]
    assert apart["EST"]["geometry"]["type"] == "Polygon"  # the small part is gone
    assert apart["EST"]["properties"] == {
        "id": "EST",
        "iso3": "EST",
        "name_en": "East land",
        "rank": 3,
        "kind": "country",
    }
    assert apart["claimed"]["properties"]["kind"] == "disputed"
    for bad, complaint in (
        ('into = { Wst = "WST" }', "'Wst' is not in the package"),
        ('only = ["XXX"]', "XXX is not in the table"),
        ('only = ["WST"]', "WST is not in the package"),
    ):
        made.layer("bad", recipe + bad)
        with pytest.raises(InputError, match=complaint):
            derive(made.atlas, "bad", made.cache)


def test_one_object_is_found_by_its_name(made: Made) -> None:
    made.package("lands@1.0.0", {"lands.json": TOPOLOGY})
    recipe = (
        'method = "topojson_object"\nfrom = ["npm:lands@1.0.0"]\nfile = "lands.json"\n'
        'object = "lands"\nproperties = { id = "lease" }\n'
    )
    made.layer("west", recipe + 'name = "West"')
    ring = made.features("west")["lease"]["geometry"]["coordinates"][0]
    assert shapely.Polygon(ring).equals(shapely.box(10, 20, 11, 21))
    made.layer("none", recipe + 'name = "North"')
    with pytest.raises(InputError, match="0 objects have this name"):
        derive(made.atlas, "none", made.cache)


def test_two_squares_share_a_degree_of_meridian(made: Made) -> None:
    made.package("t@1.0.0", {"t.json": TOPOLOGY})
    made.package("g@1.0.0", {"g.json": areas_file(A=square(0, 0), B=square(1, 0), C=square(5, 5))})
    made.layer(
        "line",
        'method = "parts"\n[[derive.part]]\nmethod = "shared_border"\nfrom = ["npm:t@1.0.0"]\n'
        'file = "t.json"\nobject = "lands"\nsides = ["1", "2"]\nproperties = { id = "t" }\n'
        '[[derive.part]]\nmethod = "shared_border"\nfrom = ["npm:g@1.0.0"]\nfile = "g.json"\n'
        'key = "A3"\nsides = ["A", "B"]\nproperties = { id = "g" }',
    )
    found = made.features("line")
    assert found["t"]["geometry"] == {"type": "LineString", "coordinates": [[11, 20], [11, 21]]}
    assert found["g"]["geometry"] == {"type": "LineString", "coordinates": [[1, 0], [1, 1]]}
    # a degree of meridian from the equator is 110,574.4 m on WGS 84 (Karney's GeodSolve)
    line = shapely.LineString(found["g"]["geometry"]["coordinates"])
    assert length_m([line])[0] == pytest.approx(110574.4, abs=0.1)
    made.layer(
        "none",
        'method = "shared_border"\nfrom = ["npm:g@1.0.0"]\nfile = "g.json"\nkey = "A3"\n'
        'sides = ["A", "C"]',
    )
    with pytest.raises(InputError, match="no segment in common"):
        derive(made.atlas, "none", made.cache)
    made.layer(
        "who",
        'method = "shared_border"\nfrom = ["npm:g@1.0.0"]\nfile = "g.json"\nkey = "A3"\n'
        'sides = ["A", "Z"]',
    )
    with pytest.raises(InputError, match="no area with A3 = 'Z'"):
        derive(made.atlas, "who", made.cache)


def test_pieces_of_a_border_come_in_one_order_whatever_the_sides() -> None:
    left = shapely.union_all([shapely.box(0, 0, 1, 1), shapely.box(0, 3, 1, 4)])
    right = shapely.union_all([shapely.box(1, 3, 2, 4), shapely.box(1, 0, 2, 1)])
    line = shared_line(segments([left]), segments([right]))
    assert line is not None
    assert [list(part.coords) for part in shapely.get_parts(line)] == [
        [(1.0, 0.0), (1.0, 1.0)],
        [(1.0, 3.0), (1.0, 4.0)],
    ]
    assert shared_line(segments([right]), segments([left])).equals_exact(line)  # type: ignore[union-attr]


def test_regions_touch_in_a_line_in_a_point_or_not(made: Made) -> None:
    def region(code: str, west: float, south: float) -> dict[str, Any]:
        geometry = {"type": "Polygon", "coordinates": square(west, south)}
        return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}

    made.package(
        "r@1.0.0",
        {
            "a.json": {"features": [region("A1", 0, 0), region("A2", 0, 1), region("A3", -1, 0)]},
            "b.json": {"features": [region("B1", 1, 0), region("B2", 1, -1), region("B3", 2, 0)]},
        },
    )
    names = ["A1,a,One", "A2,a,Two", "B1,b,Eins", "B2,b,Zwei"]
    made.table("names", "code,side,name_en", *names)
    made.layer(
        "touch",
        'method = "regions_touching"\nfrom = ["npm:r@1.0.0", "layers/names.csv"]\nkey = "code"\n'
        'files = { a = "a.json", b = "b.json" }',
    )
    found = {k: f["properties"]["shared_km"] for k, f in made.features("touch").items()}
    # A1 and B1 share a side, 110.6 km; A2 meets B1, B2 meets A1 in a corner; A3, B3 touch nothing
    assert found == {"a1": 110.6, "a2": 0, "b1": 110.6, "b2": 0}
    made.table("names", "code,side,name_en", *names[:3])
    with pytest.raises(InputError, match="'B2' has no row"):
        derive(made.atlas, "touch", made.cache)


# --- discs and routes ---


@pytest.mark.parametrize("lat", [0.0, 46.383, 75.0])
@pytest.mark.parametrize("area_km2", [10.0, 2928.25, 81200.0])
def test_a_disc_has_the_asked_area_to_a_millionth(lat: float, area_km2: float) -> None:
    polygon = discs_of_area([(60.0, lat)], area_km2 * 1e6)
    assert area_m2([polygon])[0] == pytest.approx(area_km2 * 1e6, rel=1e-8)
    # a regular 180-gon of radius r has 90 r² sin 2° in the plane; the Earth's curve adds r²/12R²
    radius = math.sqrt(area_km2 * 1e6 / (90 * math.sin(math.radians(2))))
    x, y = shapely.get_coordinates(polygon)[0]
    assert WGS84.inv(60.0, lat, x, y)[2] == pytest.approx(radius, rel=2e-4)


def test_a_disc_is_the_same_measured_with_edges_straight_in_degrees() -> None:
    polygon = discs_of_area([(72.867, 46.383)], 79007e6)
    plane = Transformer.from_crs("EPSG:4326", "+proj=laea +lat_0=46.383 +lon_0=72.867", True)
    straight = shapely.segmentize(polygon, 0.001)
    flat = shapely.transform(straight, lambda xy: np.column_stack(plane.transform(*xy.T)))
    assert flat.area == pytest.approx(79007e6, rel=1e-6)


def test_overlapping_discs_are_united_and_count_once() -> None:
    both = discs_of_area([(10.0, 50.0), (10.5, 50.0)], 5000e6)
    assert both.geom_type == "Polygon"
    assert area_m2([both])[0] == pytest.approx(5000e6, rel=1e-8)
    assert disc(10.0, 50.0, 20000.0).intersects(disc(10.5, 50.0, 20000.0))


def test_documented_areas_become_discs_with_stated_parts_apart(made: Made) -> None:
    made.table("things", "id,name_en,reference", "field,Field,field-old")
    made.table(
        "areas",
        "id,of,since,area_km2,basis",
        "field-old,field,1990,1000,stated",
        "field-new,field,2020,600,stated",
        "all,,1990,5000,stated",
    )
    made.table(
        "places",
        "id,of,lon,lat,part_km2,part_of",
        "p1,field,10,50,300,field-old",
        "p2,field,15,50,,",
        "p3,field,20,50,,",
    )
    made.layer(
        "fields",
        'method = "discs"\ndecimals = 7\nkinds = ["field", "area", "place"]\n'
        'from = ["layers/things.csv", "layers/areas.csv", "layers/places.csv"]',
    )
    found = made.features("fields")
    assert list(found) == ["field", "field-old", "field-new", "all", "p1", "p2", "p3"]
    assert found["all"]["geometry"] is None
    assert found["field"]["properties"] == {
        "id": "field", "name_en": "Field", "of": "field", "since": 1990, "area_km2": 1000,
        "basis": "stated", "kind": "field", "area_row": "field-old",
    }  # fmt: skip
    old, new = (
        shapely.from_geojson(json.dumps(found[key]["geometry"]))
        for key in ("field-old", "field-new")
    )
    # 300 stated, the remaining 700 in two discs of one radius; later no part is stated
    assert area_m2(shapely.get_parts(old)) / 1e6 == pytest.approx([300, 350, 350], rel=1e-3)
    assert area_m2([old])[0] == pytest.approx(1000e6, rel=1e-7)
    assert area_m2(shapely.get_parts(new)) / 1e6 == pytest.approx([200, 200, 200], rel=1e-3)
    made.table("areas", "id,of,area_km2", "field-old,field,200")
    with pytest.raises(InputError, match="do not add up to 200"):
        derive(made.atlas, "fields", made.cache)


def test_a_route_is_a_geodesic_through_its_towns(made: Made) -> None:
    made.table("lines", "id,product,towns", "way,oil,a; b; c")
    made.table("towns", "id,lon,lat", "a,0,0", "b,1,0", "c,1,1")
    made.layer("way", 'method = "routes"\nfrom = ["layers/lines.csv", "layers/towns.csv"]')
    line = shapely.LineString(made.features("way")["way"]["geometry"]["coordinates"])
    # a degree of equator and one of meridian: 111,319.4908 + 110,574.4 m
    assert length_m([line])[0] == pytest.approx(221893.9, abs=0.3)
    assert line.coords[0] == (0.0, 0.0)
    assert (1.0, 0.0) in line.coords
    assert len(line.coords) == 13  # six edges of at most 20 km on each side


def test_printed_points_become_a_line_and_points(made: Made) -> None:
    made.table(
        "printed",
        "id,kind,latitude,longitude,note",
        'one,turn,"10°30\',0","20°15\',6",',
        "mark,other,10°00'N,21°00'E,beside",
        'two,turn,"11°00\',0","20°30\',0",',
    )
    recipe = (
        'method = "coordinate_table"\nfrom = ["layers/printed.csv"]\nline = "turn"\n'
        'properties = { id = "line", kind = "line" }\n'
    )
    made.layer("agreed", recipe)
    found = made.features("agreed")
    assert list(found) == ["line", "one", "mark", "two"]
    assert found["line"]["geometry"]["coordinates"] == [[20.26, 10.5], [20.5, 11]]
    assert found["one"]["properties"]["latitude"] == "10°30',0"
    assert found["mark"]["properties"]["note"] == "beside"
    made.layer("moved", recipe + 'datum = "EPSG:4284"')
    x, y = made.features("moved")["one"]["geometry"]["coordinates"]
    assert (x, y) != (20.26, 10.5)
    assert abs(x - 20.26) < 0.005
    made.layer("bad", recipe.replace('"turn"', '"turns"'))
    with pytest.raises(InputError, match="fewer than two points"):
        derive(made.atlas, "bad", made.cache)


# --- water ---


LANDS: dict[str, list[list[tuple[float, float]]]] = {
    # west, north-east, south-east; their borders reach the shore at (0, 4), (4, 2) and (0, 0)
    "WST": [[(-2, -2), (0, 0), (0, 4), (-2, 6)]],
    "NOE": [[(-2, 6), (0, 4), (4, 4), (4, 2), (6, 2), (6, 6)]],
    "SOE": [
        [(-2, -2), (6, -2), (6, 2), (4, 2), (4, 0), (0, 0)],
        [(1, 1), (1.5, 1), (1.5, 1.5), (1, 1.5)],  # an island of its own
    ],
}


def sea_package(made: Made) -> None:
    """A square sea of 4 by 4 degrees with two islands, a pond, and three lands around the sea."""
    sea = shapely.Polygon(square(0, 0, 4)[0], [square(1, 1, 0.5)[0], square(3, 3, 0.5)[0]])
    waters: list[BaseGeometry] = [
        shapely.MultiPolygon([sea, shapely.box(9, 9, 10, 10)]),
        shapely.box(-1, -1, 5, 5),  # holds the sea and more: the one to be excluded
    ]
    lines = ",\n".join(
        json.dumps(json.loads(shapely.to_geojson(water)), separators=(",", ":")) for water in waters
    )
    text = '{"type":"GeometryCollection","geometries":[\n' + lines + "\n]}"
    made.package("water@1.0.0", {"water.json": text.encode()})
    lands = ",\n".join(
        '{"type":"Feature","geometry":'
        + shapely.to_geojson(shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings]))
        + f',"properties":{{"A3":"{code}"}}}}'
        for code, rings in LANDS.items()
    )
    made.package("lands@1.0.0", {"lands.json": lands.encode()})
    made.table("islands", "id,lon,lat,name_en", "isle,1.2,1.2,Isle")


SEA = (
    'method = "waterbody"\nfrom = ["npm:water@1.0.0", "npm:lands@1.0.0", "layers/islands.csv"]\n'
    'file = "water.json"\nareas_file = "lands.json"\nkey = "A3"\ncontains = [2.5, 2.5]\n'
    'properties = { id = "sea" }\n'
)


def test_a_lake_is_the_smallest_water_around_its_point(made: Made) -> None:
    sea_package(made)
    made.table("lakes", "id,lon,lat,name_en", "pond,9.5,9.5,Pond", "sea,2.5,2.5,Sea")
    made.layer(
        "lakes",
        'method = "waterbodies"\nfrom = ["npm:water@1.0.0", "layers/lakes.csv"]\n'
        'file = "water.json"',
    )
    found = made.features("lakes")
    pond = shapely.from_geojson(json.dumps(found["pond"]["geometry"]))
    assert pond.equals(shapely.box(9, 9, 10, 10))
    assert len(found["sea"]["geometry"]["coordinates"]) == 3  # the shore and two islands


def test_tiles_of_a_water_are_joined_and_another_taken_away(made: Made) -> None:
    sea_package(made)
    made.table(
        "lakes",
        "id,lon,lat,also,excludes,minus",
        "sea,2.5,2.5,,-0.5 -0.5,",
        "both,2.5,2.5,9.5 9.5,-0.5 -0.5,",
        "rim,-0.5,-0.5,,,sea",
    )
    recipe = (
        'method = "waterbodies"\nfrom = ["npm:water@1.0.0", "layers/lakes.csv"]\n'
        'file = "water.json"'
    )
    made.layer("lakes", recipe)
    found = {
        key: shapely.from_geojson(json.dumps(feature["geometry"]))
        for key, feature in made.features("lakes").items()
    }
    # in square degrees: 16 less two islands of a quarter; with the pond; 36 less the 15.5, of
    # which the largest piece is the rim of 20
    assert [found[key].area for key in ("sea", "both", "rim")] == [15.5, 16.5, 20.0]
    for row, complaint in (
        ("dry,50,50,,,", "no water of the package"),
        ("sea,2.5,2.5,9,,", "are no points"),
        ("sea,2.5,2.5,,,rim", "no row above"),
    ):
        made.table("lakes", "id,lon,lat,also,excludes,minus", row)
        with pytest.raises(InputError, match=complaint):
            derive(made.atlas, "lakes", made.cache)


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ('borders = ["NOE WST"]', "2 waters fit"),
        ('excludes = [[-0.5, -0.5]]\nborders = ["NOE WST"]', "no one owner"),
        ('excludes = [[-0.5, -0.5]]\nborders = ["NOE XXX"]', "no area with A3 = 'XXX'"),
    ],
)
def test_a_shore_that_cannot_be_divided_says_why(made: Made, keys: str, complaint: str) -> None:
    sea_package(made)
    made.layer("sea", SEA + keys)
    with pytest.raises(InputError, match=complaint):
        derive(made.atlas, "sea", made.cache)


def test_a_shore_is_cut_where_borders_reach_it(made: Made) -> None:
    sea_package(made)
    borders = 'borders = ["NOE WST", "NOE SOE", "SOE WST"]'
    made.layer("sea", SEA + "excludes = [[-0.5, -0.5]]\n" + borders)
    found = made.features("sea")
    shore = {
        key: feature["geometry"]["coordinates"]
        for key, feature in found.items()
        if feature["properties"].get("of") == "mainland"
    }
    assert shore == {
        "shore-noe": [[4, 2], [4, 4], [0, 4]],
        "shore-soe": [[0, 0], [4, 0], [4, 2]],
        "shore-wst": [[0, 4], [0, 0]],
    }
    # the cut that was no vertex of the sea has become one of both
    assert [4, 2] in found["sea"]["geometry"]["coordinates"][0]
    gaps = [f["properties"]["gap_m"] for k, f in found.items() if k.startswith("terminus")]
    assert gaps == [0, 0, 0]


def test_an_island_goes_with_its_territory_before_the_nearest_shore(made: Made) -> None:
    sea_package(made)
    made.layer(
        "sea", SEA + 'excludes = [[-0.5, -0.5]]\nborders = ["NOE WST", "NOE SOE", "SOE WST"]'
    )
    islands = {
        feature["properties"].get("name_en", ""): (
            feature["properties"]["owner"],
            feature["properties"]["owner_by"],
        )
        for feature in made.features("sea").values()
        if feature["properties"]["kind"] == "island"
    }
    assert islands == {"Isle": ("SOE", "covered"), "": ("NOE", "nearest")}
