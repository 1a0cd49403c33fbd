"""Mutated atlases: either every fault is told in one line, or everything can be built."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shekara import claims, report, scene, site, web
from shekara.errors import AtlasError
from shekara.i18n import Translator
from tests.fuzz.odd import TOML_VALUES, VALUES, thorough
from tests.support.atlases import claim, feature, line, point, polygon, sound, write_layer

MORE = """
[field.people]
title = { en = "People" }
unit = "km2"
digits = 1
[style]
by = "kind"
size_by = "people"
size = 9
label = "name"
color = "#112233"
[[style.class]]
value = "a"
title = "A"
color = "#445566"
[time]
from = "since"
"""
CHART = """
projection = { name = "albers", parallels = [50, 51], meridian = 10 }
notes = ["a note"]
[[panel]]
kind = "bars"
title = "Chart"
layer = "full"
x = "name"
y = "people"
reference = [{ value = 3, title = "line" }]
"""


@cache
def corpus() -> dict[str, str]:
    """The files of an atlas that has a little of everything, by their path in it."""
    with tempfile.TemporaryDirectory() as folder:
        atlas = sound(Path(folder, "atlas"))
        places = [
            feature(
                point(10.1 + n / 9, 50.2), id=f"p{n}", name=f"P{n}", people=n, kind="a", since=9
            )
            for n in range(3)
        ]
        both = [line([[10, 50], [10.5, 50.5]]), polygon([[10, 50], [11, 50], [11, 51], [10, 50]])]
        mixed = [feature(shape, id=f"m{n}", kind="b") for n, shape in enumerate(both)]
        arithmetic = (
            "arithmetic = { expression = 'a / b', values = { a = 3.80, b = 2 }, about = 2 }"
        )
        write_layer(atlas, "full", places, MORE + claim("sum", arithmetic))
        write_layer(
            atlas, "mixed", mixed, claim("in", 'within = { layer = "land" }', "cannot tell")
        )
        index = atlas / "maps" / "index.toml"
        index.write_text('title = { en = "All" }\nlanguages = ["en", "ru"]\norder = ["all"]\n')
        path = atlas / "maps" / "all.toml"
        text = path.read_text().replace('"land", ', '"land", "full", "mixed", ')
        path.write_text(text + CHART)
        files = sorted(path for path in atlas.rglob("*") if path.is_file())
        return {path.relative_to(atlas).as_posix(): path.read_text() for path in files}


def told_in_one_line_each(error: AtlasError) -> None:
    assert error.problems
    assert all(problem.rule for problem in error.problems)
    assert all("\n" not in str(problem) for problem in error.problems)


def answered(files: dict[str, str]) -> None:
    """Load an atlas; build all but the paper of it where nothing is said against it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).parent.mkdir(exist_ok=True)
            Path(folder, name).write_text(text, encoding="utf-8", errors="replace")
        try:
            atlas = site.load(folder)
        except AtlasError as error:
            told_in_one_line_each(error)
            return
        verdicts = claims.check_all(atlas)
        by_id = {verdict.claim.id: verdict for verdict in verdicts}
        for name in atlas.maps:
            web.page([scene.resolve(atlas, name, lang, by_id) for lang in atlas.languages])
        report.html(atlas, verdicts, atlas.languages, maps=list(atlas.maps), base="")
        report.json_text(atlas, verdicts)
        report.csv_text(atlas, verdicts, Translator(atlas.languages[0]))
        report.junit_text(atlas, verdicts)
        report.claim_review_text(atlas, verdicts, Translator(atlas.languages[0]), base="")


@st.composite
def damaged_toml(draw: st.DrawFn) -> dict[str, str]:
    """Files of the corpus with up to three lines changed, dropped, doubled or swapped."""
    files: dict[str, str] = {}
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from([name for name in corpus() if name.endswith(".toml")]))
        lines = files.get(name, corpus()[name]).splitlines()
        number = draw(st.integers(0, max(len(lines) - 1, 0)))
        how = draw(st.sampled_from(["value", "value", "drop", "twice", "swap", "letters"]))
        if how == "value" and "=" in lines[number]:
            lines[number] = lines[number].split("=")[0] + "= " + draw(TOML_VALUES)
        elif how == "drop":
            del lines[number]
        elif how == "twice":
            lines.insert(number, lines[number])
        elif how == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[number], lines[other] = lines[other], lines[number]
        else:
            at = draw(st.integers(0, len(lines[number])))
            put = draw(st.text(max_size=3))
            lines[number] = lines[number][:at] + put + lines[number][at + 1 :]
        files[name] = "\n".join(lines) or " "
    return files


@thorough(25)
@given(damaged_toml())
def test_toml(files: dict[str, str]) -> None:
    answered({**corpus(), **files})


def mutated(value: Any, draw: st.DrawFn, depth: int = 0) -> Any:
    """JSON with one part of it replaced, left out or put in."""
    if isinstance(value, dict) and value and (depth < 2 or draw(st.booleans())):
        key = draw(st.sampled_from(sorted(value)))
        how = draw(st.sampled_from(["in", "in", "in", "drop", "new"]))
        if how == "drop":
            return {k: v for k, v in value.items() if k != key}
        if how == "new":
            return {**value, draw(st.text(max_size=5)): draw(VALUES)}
        return {**value, key: mutated(value[key], draw, depth + 1)}
    if isinstance(value, list) and value and draw(st.booleans()):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], mutated(value[at], draw, depth + 1), *value[at + 1 :]]
    return draw(VALUES)


@st.composite
def damaged_geojson(draw: st.DrawFn) -> dict[str, str]:
    """GeoJSON of the corpus with up to three parts of other content."""
    files: dict[str, str] = {}
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from([name for name in corpus() if name.endswith(".geojson")]))
        before = json.loads(files.get(name, corpus()[name]))
        files[name] = json.dumps(mutated(before, draw))
    return files


@thorough(25)
@given(damaged_geojson())
def test_geojson(files: dict[str, str]) -> None:
    answered({**corpus(), **files})
