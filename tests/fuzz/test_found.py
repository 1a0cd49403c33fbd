"""What was found before stays mended: the inputs of found.toml, each through its harness."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.test_atlas import answered, corpus
from tests.fuzz.test_inputs import calculated, measured, searched

FOUND = tomllib.loads(Path(__file__).with_name("found.toml").read_text(encoding="utf-8"))


def each(harness: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", FOUND[harness], ids=lambda case: case["found"])


@each("atlas")
def test_an_atlas_is_answered(case: dict[str, str]) -> None:
    before = corpus()[case["file"]]
    assert case["instead_of"] in before
    answered({**corpus(), case["file"]: before.replace(case["instead_of"], case["put"], 1)})


@each("measure")
@pytest.mark.parametrize("edges", ["geodesic", "straight", None])
def test_a_file_is_answered(case: dict[str, str], edges: Any) -> None:
    measured(case["text"], None, edges)


@each("arithmetic")
def test_an_expression_is_answered(case: dict[str, Any]) -> None:
    calculated(case["expression"], case["values"])


@each("texts")
def test_a_text_is_answered(case: dict[str, str]) -> None:
    searched(case["text"])
