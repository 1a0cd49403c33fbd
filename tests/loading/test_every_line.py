"""Each line of each bundled file dropped, each key misspelt, each value of another type in turn.

The suite tries each kind of line once. All of them, in some minutes of two processes:

    SHEKARA_EVERY_LINE=1 pytest -n 2 tests/loading/test_every_line.py
"""

from __future__ import annotations

import importlib
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from shekara.atlas import bundled
from shekara.atlas.files import IndexFile, LayerFile, MapFile
from shekara.atlas.printed import Printed
from shekara.atlas.source import written_out
from shekara.atlas.tables import read_sources, valid
from shekara.claims import KINDS
from shekara.errors import Problem
from shekara.i18n import known_language

loading = importlib.import_module("shekara.atlas.load")
FOLDER = bundled()
FILES = sorted([*(FOLDER / "layers").glob("*.toml"), *(FOLDER / "maps").glob("*.toml")])
FILES = [path for path in FILES if path.name != "sources.toml"]
SOURCES = read_sources(FOLDER, [])
WHOLE = bool(os.environ.get("SHEKARA_EVERY_LINE"))  # else each kind of line once
KEY = re.compile(r"(?P<before>^|[{,]\s*)(?P<key>[A-Za-z_]+)(?P<after>\s*=\s)")


def model_of(path: Path) -> type[BaseModel]:
    if path.parent.name == "layers":
        return LayerFile
    return IndexFile if path.name == "index.toml" else MapFile


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").splitlines())


@cache
def claims_of(path: Path) -> tuple[int, ...]:
    """Of each line the number of its claim in the file; -1 where it belongs to none."""
    numbers, number, inside = [], -1, False
    for line in lines_of(path):
        if line.startswith("[[claim]]"):
            number, inside = number + 1, True
        elif line.startswith("[") and not line.startswith(("[claim.", "[[claim.")):
            inside = False
        numbers.append(number if inside else -1)
    return tuple(numbers)


def faults(path: Path, text: str) -> list[Problem] | None:
    """What is said of a file with this text; None where it is no TOML."""
    try:
        data = tomllib.loads(text, parse_float=Printed)
    except tomllib.TOMLDecodeError:
        return None
    problems: list[Problem] = []
    label, model = f"{path.parent.name}/{path.name}", model_of(path)
    if model is LayerFile:
        data = written_out(data, SOURCES)
    file = valid(data, label, model, problems)
    if isinstance(file, LayerFile):
        list(loading.bound(path.stem, label, file.claim, KINDS, problems))
    return problems


def different(every: bool = WHOLE) -> list[tuple[Path, int, str]]:
    """Lines of all files, each key once under each heading: file, number of the line, heading."""
    seen: set[tuple[str, ...]] = set()
    every_line = []
    for path in FILES:
        heading = ""
        for number, line in enumerate(lines_of(path)):
            if line.startswith("["):
                heading = re.sub(r"(?<=\[field\.).*", "", line)
            keys = tuple(match["key"] for match in KEY.finditer(line))
            what = (path.parent.name, heading, *keys[:3])
            if line.strip() and (every or what not in seen):
                seen.add(what)
                every_line.append((path, number, heading))
    return every_line


LINES = different()
PER_FILE = [path for path in FILES if any(path == other for other, _, _ in LINES)]
each_file = pytest.mark.parametrize(
    "file", PER_FILE, ids=lambda path: f"{path.parent.name}-{path.stem}"
)


def lines(file: Path, step: int = 1) -> Iterator[tuple[int, str]]:
    """The lines of one file that are tried: number and text."""
    for path, number, _ in LINES[::step]:
        if path == file:
            yield number, lines_of(path)[number]


def texts(path: Path, number: int, changed: str | None) -> str:
    """The file with one line changed or dropped, without claims that do not touch that one.

    A claim is judged by itself, and a dropped heading gives its lines to the claim before.
    """
    claims = claims_of(path)
    kept = {-1, claims[number] - 1, claims[number]} if claims[number] >= 0 else {-1, 0, max(claims)}
    tried = [line for at, line in enumerate(lines_of(path)) if at != number and claims[at] in kept]
    if changed is not None:
        tried.insert(sum(claims[at] in kept for at in range(number)), changed)
    return "\n".join(tried)


def one_line(problem: Problem) -> bool:
    text = str(problem)
    return "\n" not in text and bool(problem.rule) and "NoneType" not in text


def records() -> list[list[str]]:
    """The records of the file of sources, each of other keys once: its lines, name first."""
    text = (FOLDER / "maps" / "sources.toml").read_text(encoding="utf-8")
    blocks = [block.strip().splitlines() for block in re.split(r"(?m)^(?=\[)", text)[1:]]
    lines = [[line for line in block if line and line[0] != "#"] for block in blocks]
    different = {tuple(line.split(" = ")[0] for line in block[1:]): block for block in lines}
    return lines if WHOLE else list(different.values())


def test_a_source_is_told_once_whatever_line_is_dropped_or_misspelt(tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    path = tmp_path / "maps" / "sources.toml"

    def said(lines: list[str]) -> list[str]:
        problems: list[Problem] = []
        path.write_text("\n".join(lines), encoding="utf-8")
        read_sources(tmp_path, problems)
        assert all(one_line(problem) for problem in problems)
        return [str(problem) for problem in problems]

    for block in records():
        assert said(block) == []
        for number, line in enumerate(block[1:], start=1):
            assert len(said([*block[:number], *block[number + 1 :]])) <= 1
            for key, wrong, changed in misspelt(line):
                told = said([*block[:number], changed, *block[number + 1 :]])
                if not told and known_language(wrong):
                    continue  # which texts lack a language is told of the whole atlas
                assert len(told) == 1, (wrong, told)
                assert block[0].strip("[]") in told[0]
                assert wrong in told[0], told
                assert repr(key) in told[0] or any(words in told[0] for words in OF_CLAIMS), told


@each_file
def test_a_dropped_line_is_told_once(file: Path) -> None:
    for number, line in lines(file):
        told = faults(file, texts(file, number, None))
        if told is None:
            continue  # what is left is no TOML, which is told as such
        assert len(told) <= 1, (line, [str(problem) for problem in told])
        assert all(one_line(problem) for problem in told)
        heading = re.fullmatch(r"\[+([a-z]+)\]+", line)
        if told and heading:
            assert heading[1] in str(told[0]), (line, str(told[0]))


def misspelt(line: str) -> Iterator[tuple[str, str, str]]:
    """Each key of a line, a wrong form of it, and the line with that."""
    for match in KEY.finditer(line):
        key = match["key"]
        forms = (key[0] + key, key.upper(), key + "s")
        for wrong in forms if WHOLE else [forms[len(line) % 3]]:
            yield key, wrong, line[: match.start("key")] + wrong + line[match.end("key") :]


# A claim whose kind is misspelt, or that has two: the message speaks of the claim.
OF_CLAIMS = ("exactly one key", "is no kind of claim", "is no language")


@each_file
def test_a_misspelt_key_is_told_once_and_with_the_right_one(file: Path) -> None:
    for number, line in lines(file):
        for key, wrong, changed in misspelt(line):
            told = faults(file, texts(file, number, changed))
            if not told:
                continue  # a name that the writer chooses
            said = [str(problem) for problem in told]
            assert len(told) == 1, (wrong, said)
            assert one_line(told[0])
            if "in the expression has no value" in said[0]:
                assert repr(key) in said[0]  # the writer's own name: what it is used for is told
                continue
            assert wrong in said[0], (wrong, said)
            assert repr(key) in said[0] or any(words in said[0] for words in OF_CLAIMS), said


OTHER_TYPES = ("1979-05-27", "7", "1e999", "nan", "true", '"x"', "[]", "[[1]]", "{}", "{ a = 1 }")


@each_file
def test_a_value_of_another_type_is_told_in_one_line_each(file: Path) -> None:
    for number, line in lines(file, 1 if WHOLE else 8):
        if match := re.match(r"[a-z_]+ = ", line):
            for value in OTHER_TYPES:
                told = faults(file, texts(file, number, match[0] + value))
                assert all(one_line(problem) for problem in told or [])
