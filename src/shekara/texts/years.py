"""Years, decades and centuries of a text, with their eras."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from shekara.texts.candidate import Relation
from shekara.texts.dates import DASH
from shekara.texts.lexicon import NEVER, Lexicon
from shekara.texts.numeral import ROMAN, roman
from shekara.texts.reading import Reading

_YEAR = r"(?P<y>[12][0-9]{3})(?![0-9])"


def _or_nothing(pattern: str) -> str:
    return "" if pattern == NEVER else f"(?:{pattern})?"


@lru_cache(maxsize=16)
def _centuries(words: Lexicon) -> tuple[re.Pattern[str], ...]:
    dates = words.dates
    suffix = rf"(?:\s*-?{dates['ordinal_suffix']}|-)"
    mark = _or_nothing(dates["roman_suffix"])
    number = rf"(?:(?P<r>{ROMAN}){mark}(?!\w)|(?P<n>[1-9][0-9]?)(?P<o>{suffix})?)"
    until = rf"(?:{DASH}(?:(?P<r2>{ROMAN}){mark}(?!\w)|(?P<n2>[1-9][0-9]?)(?:{suffix})?))?"
    before = rf"(?:(?P<bc>{dates['before_era_before']})\s*)?(?:{dates['era_before']}\s*)?"
    after = rf"(?:\s*(?P<bc2>{dates['before_era']})|\s*{dates['of_era']})?"
    word = r"(?P<w>[^\W\d_]+(?:[\s-][^\W\d_]+)?)"
    return (
        re.compile(rf"{before}{number}{until}\s*(?P<c>{dates['century']})(?!\w){after}"),
        re.compile(rf"{before}{word}\s+{dates['century']}(?!\w){after}", re.IGNORECASE),
        re.compile(
            rf"(?i:{dates['century_before']})\s+(?:(?P<r>{ROMAN})|(?P<n>[1-9][0-9]?))(?!\w)"
            rf"(?:{DASH}(?P<r2>{ROMAN})(?!\w))?{after}"
        ),
    )


def century_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """The century at a place, in Roman numerals or as an ordinal: «XXI ғасыр», "20th century"."""
    numbered, worded, led = _centuries(words)
    if match := led.match(text, place):
        ordinal = roman(match["r"]) if match["r"] else int(match["n"])
        top = roman(match["r2"]) if match["r2"] else None
        return None if ordinal is None else _century(match, ordinal, top)
    if match := numbered.match(text, place):
        low = roman(match["r"]) if match["r"] else int(match["n"])
        high = roman(match["r2"]) if match["r2"] else int(match["n2"]) if match["n2"] else None
        if low is None:
            return None
        century = _century(match, low, high)
        if match["n"] and match["o"] is None and not match["n2"]:
            if not match["c"].endswith("."):
                return None  # a number of centuries: a duration
            century = century.doubted("an ordinal, or a number of centuries")
        return _with_decade(text, century, words)
    match = worded.match(text, place)
    for name in (match["w"], match["w"].split()[0]) if match else ():
        value = words.ordinals.value(" ".join(name.lower().split()))
        if match and value is not None and (name == match["w"]):
            return _with_decade(text, _century(match, int(value), None), words)
    return None


def _century(match: re.Match[str], low: int, high: int | None) -> Reading:
    before = bool(match.groupdict().get("bc") or match["bc2"])
    sign = -1 if before else 1
    first, last = 100 * low - 99, 100 * (high or low)
    years = f"the years {first} to {last}"
    if before:
        years = f"the years {100 * low} to {100 * (high or low) - 99} before our era"
    relation: Relation = "between" if high else "equals"
    value, top = sign * low, sign * high if high else None
    return Reading(*match.span(), "date", value, "century", "high", top, relation, note=years)


@lru_cache(maxsize=16)
def _decades(words: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    dates = words.dates
    decade = rf"{dates['decade']}(?!\w)"
    ahead = dates["before_decade"]
    mark = r"['’]?"
    if ahead == NEVER:
        two = rf"{mark}(?P<t>[1-9]0){decade}"
    else:
        two = rf"{ahead}{mark}(?P<t>[1-9]0){decade}|['’](?P<t2>[1-9]0){decade}"
    names = "|".join(
        re.escape(form) for form in sorted(dates.decade_words.forms, key=len, reverse=True)
    )
    article = "" if ahead == NEVER else ahead
    named_before = rf"{dates['decade_before']}\s+{mark}"
    return (
        re.compile(
            rf"(?P<y>[12][0-9]{{2}}0){decade}|{named_before}(?P<y2>[12][0-9]{{2}}0)(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(rf"{two}|{named_before}(?P<t3>[1-9]0)(?!\w)", re.IGNORECASE),
        re.compile(rf"{article}(?P<w>{names or NEVER})\w*(?!\w)", re.IGNORECASE),
    )


def _two_digits(text: str, place: int, words: Lexicon) -> tuple[int, int] | None:
    """A decade of two digits or in a word, and its end."""
    _, two, named = _decades(words)
    if match := two.match(text, place):
        return int(next(value for value in match.groups() if value)), match.end()
    if match := named.match(text, place):
        value = words.dates.decade_words.value(match["w"])
        return (int(value), match.end()) if value is not None else None
    return None


def _with_decade(text: str, century: Reading, words: Lexicon) -> Reading:
    """A century with the decade that follows it: «XX ғасырдың 80-жылдары»."""
    begin = re.compile(r"\s+").match(text, century.end)
    decade = _two_digits(text, begin.end(), words) if begin else None
    if decade is None or century.high is not None or words.dates["before_decade"] != NEVER:
        return century
    return _decade_of(century, decade[0], century.start, decade[1])


def _decade_of(century: Reading, tens: int, start: int, end: int) -> Reading:
    low = 100 * (int(float(century.value or 0)) - 1) + tens
    return Reading(start, end, "year", low, "year", "high", low + 9, "between")


def decade_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """The decade at a place: 1990s, the 80s, «80-е годы XIX века»."""
    long, _, _ = _decades(words)
    if match := long.match(text, place):
        low = int(match["y"] or match["y2"])
        return Reading(*match.span(), "year", low, "year", "high", low + 9, "between")
    decade = _two_digits(text, place, words)
    if decade is None:
        return None
    tens, end = decade
    last = re.compile(rf"\s+{words.dates['last_century']}(?!\w)", re.IGNORECASE).match(text, end)
    if last:
        note = "the last century taken as the 20th"
        low = 1900 + tens
        return Reading(
            place, last.end(), "year", low, "year", "medium", low + 9, "between", note=note
        )
    link = re.compile(rf"\s+{_or_nothing(words.dates['decade_of'])}\s*").match(text, end)
    century = century_at(text, link.end(), words) if link else None
    if century and century.high is None and century.unit == "century":
        return _decade_of(century, tens, place, century.end)
    return Reading(
        place, end, "year", tens, "year", "low", tens + 9, "between", decade=True,
    )  # fmt: skip


def century_of(reading: Reading) -> int | None:
    """The century in which a year, a date or a century of a text lies; None for other readings."""
    value = reading.value
    if reading.decade or value is None:
        return None
    if reading.unit == "century":
        return int(float(value)) if float(value) > 0 else None
    if reading.kind == "date" and re.match(r"[0-9]{4}", str(value)):
        return (int(str(value)[:4]) - 1) // 100 + 1
    if reading.kind == "year" and isinstance(value, (int, float)) and value > 0:
        return (int(value) - 1) // 100 + 1 if value % 100 else int(value) // 100 + 1
    return None


def dated(decade: Reading, around: Sequence[Reading]) -> Reading:
    """A decade of two digits in the century of the readings around it, the nearest first."""
    tens = int(float(decade.value or 0))
    for reading in around:
        century = century_of(reading)
        if century is not None:
            low = 100 * (century - 1) + tens
            note = f"the century is that of {reading.value} in the text"
            if reading.unit != "century" and low - int(float(str(reading.value)[:4])) > 50:
                # "the 80s" beside 2020 are those that are nearer: over, not to come.
                low, note = low - 100, f"the decade nearest to {reading.value} in the text"
                return replace(
                    decade, value=low, high=low + 9, readings=(low, low + 100), note=note,
                    decade=False,
                )  # fmt: skip
            return replace(
                decade, value=low, high=low + 9, confidence="medium", note=note, decade=False
            )
    low = 1900 + tens
    note = "which century? The text does not say; the 20th is the likelier"
    return replace(
        decade, value=low, high=low + 9, readings=(low, low - 100), note=note, decade=False
    )


@lru_cache(maxsize=16)
def _years(words: Lexicon) -> tuple[re.Pattern[str], ...]:
    dates = words.dates
    mark = rf"\s*{dates['year']}(?!\w)"
    bc = rf"\s*{dates['before_era']}(?!\w)"
    any_year = r"(?P<y>[1-9][0-9]{0,3})(?![0-9])"
    return (
        re.compile(rf"{_YEAR}[-–/—](?P<z>[0-9]{{4}}|[0-9]{{2}})(?![0-9])(?:{mark})?"),
        re.compile(rf"{any_year}(?:{DASH}(?P<z>[1-9][0-9]{{0,3}}))?(?:{mark})?(?P<bc>{bc})"),
        re.compile(rf"(?P<bc>{dates['before_era_before']})\s*{any_year}(?:{mark})?"),
        re.compile(rf"{dates['era_before']}\s*{any_year}"),
        re.compile(rf"{any_year}(?:{mark})?\s*{dates['of_era']}(?!\w)"),
        re.compile(rf"{_YEAR}(?:-{dates['case_suffix']}(?!\w))?{mark}"),
        re.compile(rf"(?P<y>[1-9][0-9]{{2}})(?![0-9])\s*{dates['year_strict']}(?!\w)"),
        re.compile(
            rf"{dates['year_prefix']}(?P<y>[1-9][0-9]{{1,3}})(?![0-9])(?P<bc>{bc})?", re.IGNORECASE
        ),
        re.compile(
            rf"(?P<y>1[0-9]{{3}}|20[0-9]{{2}})(?:-{dates['year_suffix']}|{dates['year_case']})(?!\w)"
        ),
    )


def years_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """The year at a place, or the years of an interval, where it is named as such."""
    interval, *others = _years(words)
    if match := interval.match(text, place):
        low, end = int(match["y"]), match["z"]
        high = int(end) if len(end) == 4 else low // 100 * 100 + int(end)
        if low < high < 2200:
            return Reading(*match.span(), "year", low, "year", "high", high, "between")
    for pattern in others:
        match = pattern.match(text, place)
        if match is None:
            continue
        parts = match.groupdict()
        sign = -1 if parts.get("bc") else 1
        low = sign * int(parts["y"])
        if parts.get("z"):
            top = sign * int(parts["z"])
            if low < top:
                return Reading(*match.span(), "year", low, "year", "high", top, "between")
            return None
        last = pattern is others[-1]
        return Reading(*match.span(), "year", low, "year", "medium" if last else "high")
    return None
