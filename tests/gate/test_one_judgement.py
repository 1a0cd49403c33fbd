"""Faulty GeoJSON is judged alike by `shekara measure` and by an atlas that has it for a layer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shekara import gate
from shekara.atlas.geojson import read as read_for_atlas
from shekara.errors import InputError, Problem

SQUARE = [[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]


def area(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def line(*positions: Any) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": list(positions)}


def point(*numbers: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(numbers)}


# Faulty second features, and words that both must say of them.
FAULTY = {
    "a ring that is not closed": (area(SQUARE[:-1]), "ring that is not closed"),
    "a ring of three positions": (area([[10, 50], [11, 50], [10, 50]]), "fewer than four"),
    "texts for numbers": (area([["10", "50"], ["11", "50"], ["11", "51"]]), "no coordinates of a"),
    "too few lists": ({"type": "Polygon", "coordinates": [10, 50]}, "no coordinates of a Polygon"),
    "a line of one position": (line([10, 50]), "line of one position"),
    "a position of one number": (point(10), "no coordinates of a Point"),
    "no number": (line([10, 50], [float("nan"), 51]), "no number"),
    "an unknown kind": ({"type": "Curve", "coordinates": [[1, 2]]}, "no geometry of GeoJSON"),
    "latitude first": (point(50, 100), "write longitude first"),
    "beyond the pole": (line([10, 89], [10, -91]), "outside the globe"),
    "no coordinates at all": ({"type": "Point"}, "no coordinates of a Point"),
    "a list for a geometry": ([10, 50], "no geometry of GeoJSON"),
    "a crossing ring": (area([SQUARE[0], SQUARE[2], SQUARE[1], *SQUARE[3:]]), "self-intersection"),
    "a hole outside": (area(SQUARE, [[20, 50], [21, 50], [21, 51], [20, 50]]), "hole lies outside"),
}
# Sound ones, as odd as they look: nothing is said, or only that they were brought within ±180°.
SOUND = {
    "heights in a part of it": line([10, 50, 5], [11, 50], [11, 51, 7]),
    "four numbers": line([10, 50, 5, 1], [11, 50, 6, 2]),
    "an empty hole": area(SQUARE, []),
    "a turn too far": point(190, 5),
    "over 180°": area([[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]),
    "nothing": None,
}


def written(folder: Path, *geometries: Any, **members: Any) -> Path:
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in geometries]
    path = folder / "layer.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
    return path


def problems_of_an_atlas(path: Path) -> list[Problem]:
    problems: list[Problem] = []
    read_for_atlas(path, "geo/layer.geojson", problems)
    return problems


@pytest.mark.parametrize("kind", FAULTY)
def test_a_faulty_feature_is_left_out_by_both(tmp_path: Path, kind: str) -> None:
    shape, words = FAULTY[kind]
    path = written(tmp_path, area(SQUARE), shape)
    (features,) = gate.read(path, strict=True)
    assert list(features.left_out) == [1]
    assert words in features.left_out[1]
    (problem,) = problems_of_an_atlas(path)
    assert problem.key.startswith("features[1].geometry")
    assert words in f"{problem.rule}; {problem.remedy}"
    assert problem.remedy


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_feature_is_taken_by_both(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, area(SQUARE), SOUND[kind])
    (features,) = gate.read(path, strict=True)
    assert not features.left_out
    problems: list[Problem] = []
    taken = read_for_atlas(path, "geo/layer.geojson", problems)
    assert problems == []
    assert np.array_equal(features.shapes()[0], taken.geometry)


def test_a_point_beyond_180_is_brought_back_and_said(tmp_path: Path) -> None:
    (features,) = gate.read(written(tmp_path, point(190, 5)))
    assert (features.shapes()[0][0].x, features.shapes()[0][0].y) == (-170, 5)
    assert ["turns are taken off" in str(remark) for remark in features.remarks] == [True]


# An unknown system, and one in another file, were once read as longitude and latitude.
@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "nonsense"}},
        {"type": "link", "properties": {"href": "https://example.org/here.prj"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32643"}},
        "EPSG:32643",
    ],
    ids=["unknown", "link", "metres", "text"],
)
def test_another_system_is_never_taken_for_degrees(tmp_path: Path, crs: Any) -> None:
    path = written(tmp_path, area(SQUARE), crs=crs)
    with pytest.raises(InputError, match=r"reference system|degrees in"):
        gate.read(path)
    assert [problem.key for problem in problems_of_an_atlas(path)] == ["crs"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'{"type": "FeatureCollection", "features": [', "is no JSON"),
        (b'{"type": "FeatureCollection", "features": {}}', "is no list"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Point"}]}', "is no Feature"),
        ("{'type': 1}".replace("'", '"').replace("1", '"Feature", "ä": 1').encode("latin-1"),
         "is not in utf-8"),
    ],
    ids=["cut off", "no list", "no feature", "another encoding"],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_by_both(tmp_path: Path, text: bytes, words: str) -> None:
    path = tmp_path / "layer.geojson"
    path.write_bytes(text)
    with pytest.raises(InputError, match=words):
        gate.read(path)
    assert words in problems_of_an_atlas(path)[0].rule


def test_half_letters_are_read_and_named_by_the_atlas_alone(tmp_path: Path) -> None:
    path = written(tmp_path, area(SQUARE))
    path.write_text(path.read_text().replace("{}", '{"name": "\\ud83d half"}'))
    assert gate.read(path)[0].names == ("\ufffd half",)
    assert "half a letter" in problems_of_an_atlas(path)[0].rule
