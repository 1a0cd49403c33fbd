"""Shapes over 180° and round poles in an atlas: one reading for every question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from shekara import claims, site
from shekara.atlas import Atlas
from shekara.errors import AtlasError

LAYER = """
title = "Layer"
[[source]]
name = "Drawn for this test"
license = "CC0-1.0"
[quality]
precision = "mapped"
accuracy_m = 30
[style]
color = "#b3261e"
"""


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def polygon(name: str, coordinates: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": {"id": name}, "geometry": geometry}


def point(name: str, lon: float, lat: float) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": {"id": name}, "geometry": geometry}


def atlas(folder: Path, features: dict[str, list[dict[str, Any]]], asked: str = "") -> Atlas:
    for name in ("geo", "layers", "maps"):
        (folder / name).mkdir()
    for name, items in features.items():
        text = json.dumps({"type": "FeatureCollection", "features": items})
        (folder / "geo" / f"{name}.geojson").write_text(text)
        (folder / "layers" / f"{name}.toml").write_text(LAYER)
    with (folder / "layers" / f"{next(iter(features))}.toml").open("a") as file:
        file.write(asked)
    (folder / "maps" / "m.toml").write_text(
        f'title = "Map"\nlayers = {json.dumps(list(features))}\nextent = [170, -80, -170, 80]\n'
    )
    return site.load(folder)


def claim(name: str, asked: str) -> str:
    return f'[[claim]]\nid = "{name}"\nsays = "it"\n{asked}\nverdict = "holds"\n'


def verdicts(read: Atlas) -> dict[str, str]:
    return {verdict.claim.id: str(verdict.verdict) for verdict in claims.check_all(read)}


# Expectations: geographiclib gives the uncut square of 2° by 1° at 60° N 12,244.700 km².
def test_an_uncut_square_is_one_square_everywhere(tmp_path: Path) -> None:
    places = [point("greenwich", 0, 60.5), point("inside", 179.5, 60.5), point("edge", -180, 60.5)]
    asked = "".join(
        claim(name, f'within = {{ layer = "land", where = {{ id = "{name}" }} }}')
        for name in ("greenwich", "inside", "edge")
    )
    read = atlas(
        tmp_path, {"pts": places, "land": [polygon("land", box(179, 60, -179, 61))]}, asked
    )
    assert verdicts(read) == {"greenwich": "fails", "inside": "holds", "edge": "holds"}
    (land,) = read.layers["land"].geometry
    assert sorted(part.bounds[0] for part in land.geoms) == [-180, 179]
    assert ["over 180° uncut" in remark for remark in read.layers["land"].remarks] == [True]


def test_neighbours_along_180_touch(tmp_path: Path) -> None:
    districts = [polygon("w", box(175, 65, 180, 68)), polygon("e", box(-180, 65, -175, 68))]
    asked = claim("t", 'touches = { where = { id = "w" }, with_where = { id = "e" } }')
    assert verdicts(atlas(tmp_path, {"districts": districts}, asked)) == {"t": "holds"}


# Closed form: between 45° and 55° N lie 28,671,016 km², with two parallels of 51,422.7 km around.
def test_a_band_has_its_area_and_two_parallels(tmp_path: Path) -> None:
    asked = claim("area", "area_km2 = { between = [28671000, 28671032] }") + claim(
        "round", "perimeter_km = { between = [51420, 51425] }"
    )
    read = atlas(tmp_path, {"band": [polygon("band", box(-180, 45, 180, 55))]}, asked)
    found = {verdict.claim.id: verdict.measurement.interval for verdict in claims.check_all(read)}
    assert found["area"] is not None
    assert found["round"] is not None
    assert found["area"].value == pytest.approx(28_671_016.0, rel=1e-6)
    assert found["round"].value == pytest.approx(51_422.7, rel=1e-6)


def test_the_distance_over_180_is_the_short_one(tmp_path: Path) -> None:
    asked = claim("d", 'distance_km = { to = "land", about = 111.3 }')
    read = atlas(
        tmp_path,
        {"pts": [point("p", -178, 0)], "land": [polygon("l", box(178, -1, -179, 1))]},
        asked,
    )
    assert verdicts(read) == {"d": "holds"}


def test_a_point_at_the_pole_is_in_the_cap(tmp_path: Path) -> None:
    cap = [[[-150, 78], [-30, 78], [50, 78], [170, 78], [-150, 78]]]
    asked = claim("w", 'within = { layer = "cap" }')
    read = atlas(tmp_path, {"pts": [point("p", 77, 90)], "cap": [polygon("c", cap)]}, asked)
    assert verdicts(read) == {"w": "holds"}


def test_a_crossing_ring_over_180_is_refused_by_name(tmp_path: Path) -> None:
    bow = [[[179, 0], [-179, 1], [-179, 0], [179, 1], [179, 0]]]
    with pytest.raises(
        AtlasError, match=r"features\[0\]\.geometry: is not valid: self-inter.*repair it"
    ):
        atlas(tmp_path, {"bow": [polygon("b", bow)]})


@pytest.mark.parametrize(
    ("properties", "rule"),
    [
        ('{"id": "p", "name": "\\ud83d half"}', "half a letter"),
        ('{"id": "p", "accuracy_m": -5}', "no number of metres"),
        ('{"id": "p", "accuracy_m": "good"}', "no number of metres"),
    ],
)
def test_attributes_that_nothing_can_use_are_named(
    tmp_path: Path, properties: str, rule: str
) -> None:
    made = point("p", 10, 50)
    made["properties"] = json.loads(properties)
    with pytest.raises(AtlasError, match=rule):
        atlas(tmp_path, {"pts": [made]})


def test_what_is_within_180_stays_as_it_is(tmp_path: Path) -> None:
    (layer,) = atlas(tmp_path, {"land": [polygon("land", box(10, 50, 11, 51))]}).layers.values()
    assert shapely.get_coordinates(layer.geometry[0]).tolist() == box(10, 50, 11, 51)[0]
    assert layer.remarks == ()
