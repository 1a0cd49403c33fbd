"""Which numbers of a text the claims of an atlas answer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from shekara.atlas import Atlas, Claim
from shekara.atlas.files import ClaimTable
from shekara.claims import KINDS
from shekara.texts import Candidate, candidates
from shekara.texts.tables import factor, kind_of

CLOSE = 1e-9  # relative: the dust of a conversion between units
NO_STATEMENTS = ("tolerance", "tolerance_percent", "within_km", "digits")  # keys of a kind


@dataclass(frozen=True)
class Answer:
    """A number of a text, and the claims that answer it."""

    candidate: Candidate
    claims: tuple[str, ...]
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Stated:
    """What a claim says in numbers, and where in the text it says it stands."""

    id: str
    paragraph: int | None
    sentences: tuple[int, ...]
    said: tuple[Candidate, ...]  # the numbers of its own sentence
    numbers: tuple[float, ...]  # those of its kind's keys
    unit: str


def coverage(text: Iterable[Candidate], atlas: Atlas) -> tuple[Answer, ...]:
    """Every number of a text with the claims, and the drafts, that answer it.

    A claim answers a number that its sentence says (in the same kind of unit) and the keys of its
    kind hold; where these hold none of its sentence's numbers, as those of a document do, all that
    it says. Numbers of keys that no sentence says count by their unit, bare ones only where the
    claim names the place. The place that a claim names with `at`, if it does, must be the number's.
    A number that can be read in several ways is answered by any of its readings.
    """
    claims = [_of_claim(claim) for claim in atlas.claims]
    drafts = [
        _of_draft(table)
        for layer in atlas.layers.values()
        for table in layer.file.claim
        if table.draft
    ]
    return tuple(
        Answer(
            candidate,
            tuple(claim.id for claim in claims if _answers(claim, candidate)),
            tuple(draft.id for draft in drafts if _answers(draft, candidate)),
        )
        for candidate in text
    )


def _of_claim(claim: Claim) -> _Stated:
    keys = claim.asks.model_dump(exclude_none=True)
    return _stated(claim.table, tuple(_numbers(keys)), type(claim.asks).UNIT)


def _of_draft(table: ClaimTable) -> _Stated:
    kinds = table.model_extra or {}
    unit = next((KINDS[name].UNIT for name in kinds if name in KINDS), "")
    return _stated(table, tuple(_numbers(kinds)), unit)


def _stated(table: ClaimTable, numbers: tuple[float, ...], unit: str) -> _Stated:
    says = table.says.values() if isinstance(table.says, dict) else [table.says]
    said = tuple(candidate for words in says for candidate in candidates(words))
    at = table.at
    paragraph = at.paragraph if at is not None else None
    sentences = at.sentences if at is not None else ()
    return _Stated(table.id, paragraph, sentences, said, numbers, unit)


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float | Decimal):
        yield float(value)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key not in NO_STATEMENTS:
                yield from _numbers(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(part)


def _answers(claim: _Stated, candidate: Candidate) -> bool:
    if claim.paragraph is not None and claim.paragraph != candidate.paragraph:
        return False
    if claim.sentences and candidate.number not in claim.sentences:
        return False
    keyed = [other for other in claim.said if _in_keys(other, claim)]
    if any(_same(candidate, other) for other in keyed or claim.said):
        return True
    if keyed:
        return False
    placed = claim.paragraph is not None
    return any(
        _among(value, unit, claim, placed)
        for value, unit in _readings(candidate)
        if isinstance(value, float)
    )


def _in_keys(said: Candidate, claim: _Stated) -> bool:
    """Whether the keys of a claim hold a number of its own sentence."""
    return any(
        _among(value, unit, claim, True)
        for value, unit in _readings(said)
        if isinstance(value, float)
    )


def _among(value: float, unit: str, claim: _Stated, placed: bool) -> bool:
    """Whether the keys of a claim's kind hold a number, in the claim's unit or as it is written."""
    plain = placed and any(_close(value, number) for number in claim.numbers)
    if not claim.unit or not unit or kind_of(unit) != kind_of(claim.unit):
        return plain
    turned = value * factor(unit) / factor(claim.unit)
    return plain or any(_close(turned, number) for number in claim.numbers)


def _readings(candidate: Candidate) -> Iterator[tuple[float | str, str]]:
    """Every number that it may be, with its unit."""
    if candidate.value is not None:
        for value in (candidate.value, candidate.value_high):
            if value is not None:
                yield value if isinstance(value, str) else float(value), candidate.unit
    units = candidate.reading_units or (candidate.unit,) * len(candidate.readings)
    for value, unit in zip(candidate.readings, units, strict=True):
        yield value if isinstance(value, str) else float(value), unit


def _same(first: Candidate, other: Candidate) -> bool:
    """Whether two texts say the same number: of dates, whether the second is within the first."""
    return any(
        _agree(value, unit, second, second_unit)
        for value, unit in _readings(first)
        for second, second_unit in _readings(other)
    )


def _agree(value: float | str, unit: str, second: float | str, second_unit: str) -> bool:
    if isinstance(value, str) or isinstance(second, str):
        return isinstance(value, str) and isinstance(second, str) and second.startswith(value)
    if kind_of(unit) != kind_of(second_unit):
        return False
    same_sort = unit == second_unit or factor(unit) != 1 or factor(second_unit) != 1
    return same_sort and _close(value * factor(unit), second * factor(second_unit))


def _close(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=CLOSE, abs_tol=1e-12)
