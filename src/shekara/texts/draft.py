"""Drafts of [[claim]] tables made of the candidates of a text, for an author to complete."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from shekara.texts.candidate import Candidate, Kind, Value
from shekara.texts.tables import factor, kind_of

# What a unit becomes in an atlas: the key of its kind. Other lengths and areas are converted.
_KEYS = {
    "km": "length_km",
    "m": "length_m",
    "M": "length_M",
    "km2": "area_km2",
    "m2": "area_m2",
    "ha": "area_ha",
    "percent": "share_percent",
    "count": "count",
}
_BECOMES = {"mi": "km", "mi2": "km2", "acre": "ha", "verst": "km", "ly": "km"}
_ELSE = {"length": "m", "area": "m2"}
# Control characters: TOML forbids them in comments, a terminal may obey them.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_HEAD = """\
# Drafts of claims, one for each number of the text. A claim belongs into layers/NAME.toml of the
# layer that it speaks of: delete what is no claim, move the rest, say it in your own words, and
# complete what is marked "fill in". "cannot tell" is the verdict until it has been measured; take
# "draft = true" away when the claim is complete: a draft is not checked.
"""
_FILL = {
    "length": "which features are meant (where = {{ ... }}), when not the whole layer",
    "area": "which features are meant (where = {{ ... }}), when not the whole layer",
    "share": 'of what: of = "LAYER" and measure = "area", or field = "FIELD"',
    "distance": "the layer to which the distance is meant",
    "count": "what is counted: the layer, and where = {{ ... }}, when not all of it",
    "money": "the field that holds the {unit}, and for which year and whose figure",
    "population": "the field that holds the number of people, and for which year",
    "date": "the document that gives the date",
    "year": "the document that gives the year",
    "duration": "the document that gives beginning and end",
    "plain": "what the number counts or measures: the field, or another kind of claim",
}


def _string(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    whole = float(value).is_integer()
    return str(int(value)) if whole and abs(value) < 1e15 else repr(float(value))


def _atlas_unit(candidate: Candidate) -> str:
    """The unit in which an atlas states what a candidate measures."""
    if candidate.kind == "distance":
        return "km"
    if candidate.unit in _BECOMES:
        return _BECOMES[candidate.unit]
    known = candidate.unit in _KEYS or candidate.kind not in _ELSE
    return candidate.unit if known else _ELSE[candidate.kind]


def _converted(value: Value, candidate: Candidate) -> float:
    becomes = _atlas_unit(candidate)
    if becomes == candidate.unit:
        return float(value)
    # Twelve digits: the product of two decimal numbers without the dust of binary ones.
    return float(f"{float(value) * factor(candidate.unit) / factor(becomes):.12g}")


def _relation(candidate: Candidate, value: Value) -> str:
    """The relation as an atlas writes it; a bare measure holds to within its last digit."""
    low = _number(_converted(value, candidate))
    if candidate.value_high is not None:
        return f"between = [{low}, {_number(_converted(candidate.value_high, candidate))}]"
    if candidate.kind == "count" and candidate.relation == "equals":
        return f"equals = {low}"
    if candidate.relation not in ("equals", "about"):
        return f"{candidate.relation} = {low}"
    exact = candidate.relation == "equals" or "±" in candidate.text
    if not exact or candidate.rounding is None:
        return f"about = {low}"
    return f"about = {low}, tolerance = {_number(_converted(candidate.rounding, candidate))}"


def _kind(candidate: Candidate, value: Value) -> str:
    """The line with the kind of the claim."""
    if candidate.kind in ("date", "year", "duration"):
        return 'documented = { by = "fill in" }'
    relation = _relation(candidate, value)
    becomes = _atlas_unit(candidate)
    if candidate.kind == "distance":
        return f'distance_km = {{ to = "fill_in", {relation} }}'
    key = _KEYS.get(becomes) if candidate.kind in ("length", "area", "share", "count") else None
    if key:
        return f"{key} = {{ {relation} }}"
    unit = f', unit = "{becomes}"' if becomes else ""
    return f'value = {{ field = "fill_in", {relation}{unit} }}'


def _said(value: Value, high: Value | None, unit: str) -> str:
    ends = [_number(end) if not isinstance(end, str) else end for end in (value, high) if end]
    return " to ".join(ends) + (f" {unit}" if unit else "")


def _readings(candidate: Candidate) -> list[str]:
    """Every reading of an ambiguous number as a comment, the likelier first."""
    units = candidate.reading_units or (candidate.unit,) * len(candidate.readings)
    lines = []
    for reading, unit in zip(candidate.readings, units, strict=True):
        kind = cast(Kind, kind_of(unit)) if unit and candidate.reading_units else candidate.kind
        meant = replace(candidate, unit=unit, kind=kind, value_high=None, rounding=None)
        lines.append(f"# {_kind(meant, reading)}")
    return lines


def table(candidate: Candidate, name: str, *, placed: bool = False) -> str:
    """A draft of a [[claim]] table under a name; `placed` puts paragraph and sentence into `at`.

    Without it they stand in `text`, which asks nothing of the atlas: `at` needs its [text].
    """
    says = _string(_CONTROL.sub(" ", candidate.sentence or candidate.text))
    if candidate.lang:
        says = f"{{ {candidate.lang} = {says} }}"
    place = f"line {candidate.line}, column {candidate.column}"
    shown = _CONTROL.sub(" ", " ".join(candidate.text.split()))
    lines = [
        f"# {place}; confidence {candidate.confidence}: {shown}",
        "[[claim]]",
        f'id = "{name}"',
        "draft = true",
        f"says = {says}",
        f"at = {{ paragraph = {candidate.paragraph}, sentence = {candidate.number} }}"
        if placed
        else f'text = "paragraph {candidate.paragraph}"',
    ]
    if candidate.note:
        lines.insert(1, f"# Look: {_CONTROL.sub(' ', candidate.note)}")
    fill = _FILL.get(candidate.kind, _FILL["plain"]).format(unit=candidate.unit)
    if not candidate.understood and candidate.value is not None:
        lines.append("# fill in: the language of the sentence is not known; does it say more than")
        lines.append("# the number, such as more, less, about, or a million? Then change the draft")
        lines.append(f"# {_kind(candidate, candidate.value)}")
    elif candidate.value is not None and not candidate.reading_units:
        if candidate.kind in ("date", "year", "duration"):
            said = _said(candidate.value, candidate.value_high, candidate.unit)
            lines.append(f"# the text says {said}")
        lines.append(f"{_kind(candidate, candidate.value)}  # fill in: {fill}")
    else:
        lines.append("# fill in: choose the reading that the text means, delete the others")
        lines += _readings(candidate)
        lines += ["# no reading fits: write the number"] if not candidate.readings else []
    return "\n".join([*lines, 'verdict = "cannot tell"']) + "\n"


def drafts(candidates: Iterable[Candidate]) -> str:
    """TOML with one [[claim]] table for each candidate, and comments on what is to be filled in.

    A number with several readings gets each of them as a comment, none as a claim. Where the text
    has no word of comparison, a measure is claimed to within half a unit of its last digit.
    """
    numbers: Counter[str] = Counter()
    tables = []
    for candidate in candidates:
        stem = f"p{candidate.paragraph}-{candidate.kind}"
        numbers[stem] += 1
        tables.append(table(candidate, f"{stem}-{numbers[stem]}"))
    return "\n".join([_HEAD, *tables])
