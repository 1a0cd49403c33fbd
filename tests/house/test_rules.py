"""Small rules that many rooms share: attributes that match, the way out of a wrong name."""

from __future__ import annotations

import pytest

from shekara.spelling import closest, way_out
from shekara.where import matches


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, True),
        ({"kind": "pad"}, True),
        ({"kind": ["silo", "pad"]}, True),
        ({"kind": ["silo"]}, False),
        ({"kind": "pad", "year": 1958}, False),
        ({"missing": "x"}, False),
        ({"missing": []}, False),
    ],
)
def test_every_key_must_match(where: dict[str, str | int | list[str]], expected: bool) -> None:
    assert matches({"kind": "pad", "year": 1957}, where) is expected  # type: ignore[arg-type]


def test_the_nearest_name_else_all_of_them() -> None:
    assert way_out("raod", ["town", "road"]) == "did you mean 'road'?"
    assert way_out("lake", ["town", "road"]) == "there are: road, town"
    assert way_out("lake", []) == "there are none"
    assert closest("raod", ["town", "road"], likeness=0.9) is None
