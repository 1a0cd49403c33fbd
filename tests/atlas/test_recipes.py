"""The bundled layers: what is committed is what their recipes make, and measures what it should.

The packages that the recipes name are fetched into the cache when they are not there yet.
"""

from __future__ import annotations

import csv
import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from shekara.derive import Sources, default_cache, derivable, derive
from shekara.measuring import WGS84, area_m2, length_m

ROOT = Path(__file__).resolve().parents[2]
LAYERS = derivable(ROOT)
ASKED = {
    "countries", "border", "border-regions", "ranges", "baikonur", "caspian-sea",
    "caspian-treaty", "pipelines", "silk-road", "cities",
}  # fmt: skip


class Feature:
    """A feature of a committed layer."""

    def __init__(self, feature: dict[str, Any]):
        self.properties = feature["properties"]
        geometry = feature["geometry"]
        self.geometry: Any = geometry and shapely.from_geojson(json.dumps(geometry))

    def __getitem__(self, key: str) -> Any:
        return self.properties[key]

    @property
    def area_km2(self) -> float:
        return float(area_m2([self.geometry])[0]) / 1e6

    @property
    def length_km(self) -> float:
        return float(length_m([self.geometry])[0]) / 1e3


def read(layer: str) -> dict[str, Feature]:
    text = (ROOT / "geo" / f"{layer}.geojson").read_text(encoding="utf-8")
    return {f["properties"]["id"]: Feature(f) for f in json.loads(text)["features"]}


def recipe(layer: str) -> dict[str, Any]:
    text = (ROOT / "layers" / f"{layer}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@pytest.fixture(scope="module")
def cache() -> Path:
    """The cache with every npm package of the lock table in it."""
    sources = Sources(ROOT, default_cache())
    for row in sources.table("layers/packages.csv"):
        sources.fetch_npm(row["package"])
    return sources.cache


def test_every_layer_of_the_atlas_says_how_it_is_made() -> None:
    assert set(LAYERS) >= ASKED
    assert {path.stem for path in (ROOT / "geo").glob("*.geojson")} >= set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_committed_is_what_the_recipe_makes(layer: str, cache: Path) -> None:
    committed = (ROOT / "geo" / f"{layer}.geojson").read_text(encoding="utf-8")
    made = derive(ROOT, layer, cache)
    if made == committed:
        return
    # Another PROJ or GEOS may differ in the last digit; nothing else may.
    old, new = (json.loads(text)["features"] for text in (committed, made))
    assert [f["properties"] for f in new] == [f["properties"] for f in old]
    for was, now in zip(old, new, strict=True):
        if was["geometry"] is None:
            assert now["geometry"] is None
            continue
        one, other = (shapely.from_geojson(json.dumps(f["geometry"])) for f in (was, now))
        assert one.equals_exact(other, tolerance=1.01e-7), was["properties"]["id"]


def test_files_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "geo").glob("*.geojson")}
    assert max(sizes.values()) < 3_000_000
    assert sum(sizes.values()) < 12_000_000


@pytest.mark.parametrize("layer", LAYERS)
def test_every_feature_is_valid_and_has_three_names(layer: str) -> None:
    for key, feature in read(layer).items():
        if feature.geometry is not None:
            assert feature.geometry.is_valid, key
        names = [feature.properties.get(f"name_{lang}") for lang in ("kk", "ru", "en")]
        assert all(names) or not any(names), key


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_states_titles_sources_and_quality(layer: str) -> None:
    values = recipe(layer)
    for key in ("title", "about"):
        assert set(values[key]) == {"kk", "ru", "en"}
        assert len(set(values[key].values())) == 3
    records = tomllib.loads((ROOT / "maps" / "sources.toml").read_text(encoding="utf-8"))
    for source in values["source"]:
        record = records[source] if isinstance(source, str) else source
        assert record["license"]
        assert record.get("title") or record["name"]
    assert values["quality"]["precision"]
    schematic = layer in {
        "ranges", "pipelines", "silk-road", "silk-corridor", "baikonur", "trade", "partners",
    }  # fmt: skip
    assert (values["quality"]["precision"] == "schematic") == schematic
    for field in values.get("field", {}).values():
        assert set(field["title"]) == {"kk", "ru", "en"}


def test_kazakhstan_with_its_leased_land_has_the_published_area() -> None:
    # Natural Earth 1:10m: 2,714,278.9 km² and the lease of 6,504.1 km²
    assert read("countries")["KAZ"].area_km2 == pytest.approx(2_714_278.9 + 6_504.1, rel=1e-4)


# geodesic lengths that somebody else measured on the same packages, in km
BORDER = {
    "ne-110m": 4730.2,
    "ne-50m": 5458.8,
    "ne-10m": 6661.4,
    "osm-10km": 5840.3,
    "osm-5km": 6368.7,
    "osm-1km": 7119.1,
    "osm-100m": 7527.6,
    "osm-10m": 7590.5,
    "osm-full": 7799.5,
}


def test_the_border_has_one_line_for_each_source_and_resolution() -> None:
    border = read("border")
    assert set(border) == set(BORDER)
    for key, km in BORDER.items():
        assert border[key].length_km == pytest.approx(km, rel=1e-3), key
        assert {"source", "scale", "resolution_m", "year"} <= set(border[key].properties)
    assert border["osm-full"].geometry.geom_type == "LineString"
    assert shapely.get_num_coordinates(border["osm-full"].geometry) == 20694
    assert border["osm-10m"]["pieces"] == 156


def test_twelve_and_seven_regions_touch_the_border() -> None:
    # as in 1998: 12 regions of Russia, 7 of Kazakhstan; shared lengths are the border's
    regions = read("border-regions").values()
    sides = [region["side"] for region in regions]
    assert (sides.count("RUS"), sides.count("KAZ")) == (12, 7)
    for side in ("RUS", "KAZ"):
        total = sum(region["shared_km"] for region in regions if region["side"] == side)
        assert total == pytest.approx(BORDER["ne-10m"], rel=1e-3)


def test_ranges_are_discs_of_their_documented_areas() -> None:
    ranges = read("ranges")
    drawn = [one for one in ranges.values() if one["kind"] == "range"]
    assert len(drawn) == 4
    for one in ranges.values():
        if one["kind"] in ("range", "area") and one.geometry is not None:
            assert one.area_km2 == pytest.approx(one["area_km2"], rel=1e-6), one["id"]
    assert sum(one["area_km2"] for one in drawn) == pytest.approx(104492, abs=1)
    dated = {(one.properties.get("of"), one["area_km2"]) for one in ranges.values()
             if one["kind"] == "area"}  # fmt: skip
    assert ("sary-shagan", 69853.16) in dated
    assert (None, 110000) in dated


def test_discs_stand_at_the_documented_places() -> None:
    ranges = read("ranges")
    for one in ranges.values():
        if one["kind"] == "place":
            assert shapely.contains(ranges[one["of"]].geometry, one.geometry), one["id"]
    centre = ranges["sary-shagan"].geometry.centroid
    assert WGS84.inv(72.867, 46.383, centre.x, centre.y)[2] < 1000


def test_the_lease_and_the_launches() -> None:
    baikonur = read("baikonur")
    assert baikonur["lease"].area_km2 == pytest.approx(6504.1, rel=1e-4)
    assert baikonur["lease"]["precision"] == "schematic"
    for kind in ("pad", "launches"):
        rows = [one for one in baikonur.values() if one["kind"] == kind]
        assert sum(one["launches"] for one in rows) == 134
        assert sum(one["failures"] for one in rows) == 5
    pads = {key: one for key, one in baikonur.items() if one["kind"] == "pad"}
    for key, pad in pads.items():
        years = [o for o in baikonur.values() if o["kind"] == "launches" and o["pad"] == key]
        assert sum(one["launches"] for one in years) == pad["launches"], key
        assert sum(one["failures"] for one in years) == pad["failures"], key
        assert (pad.geometry is None) == (pad["position"] == "none"), key
        assert len({one["year"] for one in years}) == len(years)
    assert sum(pad.geometry is not None for pad in pads.values()) == 3


def test_the_sea_and_its_shore() -> None:
    sea = read("caspian-sea")
    water = sea["sea"]
    assert water.area_km2 == pytest.approx(379_838, rel=1e-4)
    assert not shapely.contains(water.geometry, shapely.Point(53.4, 41.4))  # the eastern bay
    shore = [one for one in sea.values() if one["kind"] == "shore"]
    mainland = [one for one in shore if one["of"] == "mainland"]
    assert sorted(one["owner"] for one in mainland) == ["AZE", "IRN", "KAZ", "RUS", "TKM"]
    assert sum(one.length_km for one in shore) == pytest.approx(water.length_km, rel=1e-9)
    # the same vertices: laid together the pieces are the boundary of the sea, point for point
    edges = sorted(_edges(water.geometry))
    assert sorted(edge for one in shore for edge in _edges(one.geometry)) == edges
    islands = [one for one in sea.values() if one["kind"] == "island"]
    assert len(islands) == 61
    assert {one["owner_by"] for one in islands} == {"covered", "nearest"}


def _edges(geometry: Any) -> list[tuple[tuple[float, float], ...]]:
    parts = shapely.get_parts(geometry.boundary) if geometry.area else [geometry]
    points = [list(map(tuple, shapely.get_coordinates(part).tolist())) for part in parts]
    return [tuple(sorted(edge)) for run in points for edge in pairwise(run)]


def test_shore_pieces_end_where_land_borders_reach_the_sea() -> None:
    sea = read("caspian-sea")
    ends = {
        frozenset(one["owner"].split()): one.geometry
        for one in sea.values()
        if one["kind"] == "terminus"
    }
    assert len(ends) == 5
    for states, point in ends.items():
        for state in states:
            line = sea[f"shore-{state.lower()}"].geometry
            assert point.coords[0] in (line.coords[0], line.coords[-1])
    # border point 162 of the demarcation agreement of 2017
    point = ends[frozenset({"KAZ", "TKM"})]
    assert WGS84.inv(52.446222, 41.761917, point.x, point.y)[2] < 500


def test_the_treaty_line_goes_through_its_39_points() -> None:
    treaty = read("caspian-treaty")
    line = treaty["line"]
    assert line.length_km == pytest.approx(592.0, rel=1e-3)
    points = [one for one in treaty.values() if one["kind"] == "turning"]
    assert [one["number"] for one in points] == list(range(1, 40))
    assert [one.geometry.coords[0] for one in points] == list(line.geometry.coords)
    # decimal degrees published beside the printed ones
    for number, lon, lat in ((1, 49.44, 46.221667), (17, 49.353333, 45.288333),
                             (39, 49.888333, 42.56)):  # fmt: skip
        at = treaty[f"point-{number:02d}"].geometry
        assert (at.x, at.y) == pytest.approx((lon, lat), abs=1e-6)
    end = treaty["end-kz-az"].geometry
    assert (end.x, end.y) == pytest.approx((50.943333, 41.54), abs=1e-6)
    assert treaty["point-17"]["latitude"] == "45°17,3"


def test_each_pipeline_is_near_its_published_length() -> None:
    lines = read("pipelines")
    assert len(lines) == 17
    for key, line in lines.items():
        # Omsk–Pavlodar–Shymkent: the published 1,640 km are those of Pavlodar–Shymkent alone;
        # from town to town the whole has 1,817 km.
        whole = 1817 if key == "pavlodar-shymkent" else line.properties.get("mapped_km")
        published = line.properties.get("published_km") or whole
        assert line.length_km == pytest.approx(published, rel=0.15), key
        assert line["product"] in ("oil", "gas")
        assert 1960 <= line["since"] <= 2020
        assert line["since_source"]
        assert bool(line.properties.get("length_source")) == ("published_km" in line.properties)


def test_routes_follow_geodesics_to_within_a_dozen_metres() -> None:
    # sagitta between a straight edge in degrees and the geodesic: L² tan(lat) / 8R for 20 km, 60°
    for layer in ("pipelines", "silk-road"):
        for line in read(layer).values():
            if line.geometry.geom_type == "LineString":
                points = shapely.get_coordinates(line.geometry)
                _, _, steps = WGS84.inv(*points[:-1].T, *points[1:].T)
                assert np.max(steps) <= 20_001


def test_the_silk_road_joins_its_towns() -> None:
    road = read("silk-road")
    towns = {key for key, one in road.items() if one["kind"] == "town"}
    assert len(towns) == 36
    routes = [one for one in road.values() if one["kind"] == "route"]
    assert len(routes) == 7
    used = {town for one in routes for town in one["towns"].split("; ")}
    assert used == towns


def test_towns_lie_in_their_countries() -> None:
    countries = read("countries")
    for key, town in read("cities").items():
        country = countries[town["country"]].geometry
        # 0.1 degree: a generalised coast passes beside a port
        assert country.distance(town.geometry) < 0.1, key


def test_places_of_the_ranges_have_their_disc_and_their_share() -> None:
    with (ROOT / "layers" / "ranges-places.csv").open(encoding="utf-8") as file:
        places = list(csv.DictReader(file))
    ranges = read("ranges")
    for row in places:
        assert f"{row['id']}" in ranges
    parts = shapely.get_parts(ranges["929th"].geometry)
    stated = next(p for p in parts if shapely.contains(p, shapely.Point(51.9, 47.9)))
    assert area_m2([stated])[0] / 1e6 == pytest.approx(7496, rel=1e-6)
