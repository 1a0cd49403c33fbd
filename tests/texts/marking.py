"""Scores of the reader on texts with an answer key: ``python -m tests.texts.marking [--show]``."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from shekara.texts import Candidate, candidates

FOLDER = Path(__file__).parent / "prose"
TEXTS = sorted(FOLDER.glob("*.txt"))


@dataclass(frozen=True)
class Answer:
    """One number of a text as its key has it."""

    phrase: str
    start: int
    end: int
    value: str
    high: str
    units: tuple[str, ...]
    relation: str
    kind: str


@dataclass
class Marks:
    """Counts of one text."""

    total: int = 0
    right: int = 0
    related: int = 0
    kinds: int = 0
    kinds_right: int = 0
    high: int = 0
    wrong_high: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """The counts in one line."""
        return (
            f"{name}: value and unit {self.right}/{self.total}, "
            f"relation {self.related}/{self.total}, kind {self.kinds_right}/{self.kinds}; "
            f"high {self.high}, of them wrong "
            f"{len(self.wrong_high)}; not in the key {len(self.extra)}"
        )


def answers(path: Path) -> Iterator[Answer]:
    """The key of a text, with the places of its phrases."""
    text, place = path.read_text(encoding="utf-8"), 0
    for line in path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
        phrase, value, high, unit, relation, kind = line.split("\t")
        start = text.index(phrase, place)
        place = start + len(phrase)
        yield Answer(phrase, start, place, value, high, tuple(unit.split("|")), relation, kind)


def _same(read: object, written: str) -> bool:
    if read is None or not written:
        return read is None and not written
    if isinstance(read, str):
        return read == written
    try:
        return isinstance(read, (int, float)) and math.isclose(read, float(written), rel_tol=2e-5)
    except ValueError:
        return False


def _right(read: Candidate, answer: Answer) -> bool:
    same = _same(read.value, answer.value) and _same(read.value_high, answer.high)
    return same and read.unit in answer.units


def marks(path: Path) -> Marks:
    """The marks of the reader on one text; the language is not told to it."""
    result = Marks()
    text = path.read_text(encoding="utf-8")
    readings = candidates(text)
    key = list(answers(path))
    for answer in key:
        near = [read for read in readings if read.start < answer.end and answer.start < read.end]
        right = [read for read in near if _right(read, answer)]
        related = [read for read in right if read.relation == answer.relation]
        result.total += 1
        result.right += bool(right)
        result.related += bool(related)
        if answer.kind:
            result.kinds += 1
            result.kinds_right += any(read.kind == answer.kind for read in right)
        kind_missed = answer.kind and not any(read.kind == answer.kind for read in right)
        if not related or kind_missed:
            shown = [(r.text, r.value, r.value_high, r.unit, r.relation, r.kind) for r in near]
            result.misses.append(f"{answer.phrase!r} -> {shown}")
        result.wrong_high += [
            f"{read.text!r} -> {read.value} {read.unit}"
            for read in near
            if read.confidence == "high" and not right
        ]
    result.high = sum(read.confidence == "high" for read in readings)
    result.extra = [
        f"{read.text!r} -> {read.value} {read.unit} {read.confidence}"
        for read in readings
        if not any(read.start < answer.end and answer.start < read.end for answer in key)
    ]
    return result


if __name__ == "__main__":
    for text_path in TEXTS:
        score = marks(text_path)
        print(score.line(text_path.stem))  # noqa: T201
        if "--show" in sys.argv:
            for miss in [
                *score.misses,
                *(f"HIGH {wrong}" for wrong in score.wrong_high),
                *(f"EXTRA {extra}" for extra in score.extra),
            ]:
                print("   ", miss)  # noqa: T201
