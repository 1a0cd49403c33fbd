"""Dates, years and centuries of a text, in the grammar that three languages share.

The names of months are those of CLDR; the order of day, month and year is the text's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shekara.texts.candidate import Confidence, Kind, Relation, Value
from shekara.texts.lexicon import Lexicon, tables
from shekara.texts.numeral import ROMAN, ordinal, roman

_DASH = r"\s*[-–—‑]\s*"


@dataclass(frozen=True)
class Reading:
    """A number as it is being read: what is known of it before its sentence is looked at."""

    start: int
    end: int
    kind: Kind
    value: Value | None
    unit: str
    confidence: Confidence
    high: Value | None = None
    relation: Relation = "equals"
    readings: tuple[Value, ...] = ()
    note: str = ""
    mantissa: float | None = None  # the number before its magnitude
    rounding: float | None = None


@lru_cache(maxsize=16)
def _grammar(words: Lexicon) -> tuple[re.Pattern[str], ...]:
    year = r"(?P<y>[12][0-9]{3})(?![0-9])"
    day = r"(?P<d>[0-3]?[0-9])(?![0-9])(?:-?(?:st|nd|rd|th|го|е|ші|шы|і|ы)(?!\w))?(?:\s+of)?"
    month = rf"(?P<m>{words.month})(?!\w)"
    mark = rf"\s*{words.year}(?!\w)"
    templates = (
        r"(?P<y>[12][0-9]{3})-(?P<mm>[01][0-9])-(?P<d>[0-3][0-9])(?![0-9-])",
        r"(?P<d>[0-3]?[0-9])\.(?P<mm>[01]?[0-9])\.(?P<y>[12][0-9]{3})(?![0-9])",
        r"(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])/(?P<y>[12][0-9]{3})(?![0-9])",
        rf"{year}{mark}\s*{day}\s*{month}",
        rf"{year}{mark}\s*{month}",
        rf"{day}\s*{month},?\s*{year}(?:{mark})?",
        rf"{month}\s+{day},\s*{year}",
        rf"{month},?\s+{year}(?:{mark})?",
        rf"{day}\s*{month}",
        rf"{month}\s+{day}",
    )
    return tuple(re.compile(template, re.IGNORECASE) for template in templates)


def _month(name: str, words: Lexicon) -> int:
    for pattern, month in words.months.items():
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return month
    raise KeyError(name)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _date(match: re.Match[str], words: Lexicon) -> Reading | None:
    parts = match.groupdict()
    span = match.span()
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        days = (_iso(int(parts["y"]), second, first), _iso(int(parts["y"]), first, second))
        found = tuple(sorted({day for day in days if day}))
        if len(found) == 1:
            return Reading(*span, "date", found[0], "", "high")
        note = "day and month, or month and day: the text does not say which"
        return Reading(*span, "date", None, "", "low", readings=found, note=note) if found else None
    name = parts.get("m")
    if name and "en" in words.langs and name[0].isascii() and name[0].islower():
        return None  # "may" and "march" are no months
    year = parts.get("y")
    month = int(parts["mm"]) if parts.get("mm") else _month(name or "", words)
    day = parts.get("d")
    if year and day:
        value = _iso(int(year), month, int(day))
        return Reading(*span, "date", value, "", "high") if value else None
    if year:
        return Reading(*span, "date", f"{year}-{month:02d}", "", "high")
    if not 1 <= int(day or 0) <= 31:
        return None
    value = f"--{month:02d}-{int(day or 0):02d}"
    return Reading(*span, "date", value, "", "medium", note="the year is not said")


def day_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """The date at a place: a day, or a month of a year."""
    for template in _grammar(words):
        match = template.match(text, place)
        reading = _date(match, words) if match else None
        if reading:
            return reading
    return None


@lru_cache(maxsize=16)
def _centuries(words: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    suffix = rf"\s*-?{words.ordinal}|-"
    number = rf"(?:(?P<r>{ROMAN})|(?P<n>[1-9][0-9]?)(?P<o>{suffix})?)"
    until = rf"(?:{_DASH}(?P<r2>{ROMAN})|{_DASH}(?P<n2>[1-9][0-9]?)(?:{suffix})?)?"
    word = r"(?P<w>[^\W\d_]+(?:[\s-][^\W\d_]+)?)"
    return (
        re.compile(rf"{number}{until}\s*{words.century}(?!\w)"),
        re.compile(rf"{word}\s+{words.century}(?!\w)", re.IGNORECASE),
    )


def century_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """The century at a place, in Roman numerals or as an ordinal: «XXI ғасыр», "20th century"."""
    numbered, worded = _centuries(words)
    match = numbered.match(text, place)
    if match:
        low = roman(match["r"]) if match["r"] else int(match["n"])
        high = roman(match["r2"]) if match["r2"] else int(match["n2"]) if match["n2"] else None
        if low is None or (match["n"] and not match["o"]):
            return None  # a number of centuries: a duration
        return _century(*match.span(), low, high)
    match = worded.match(text, place)
    value = ordinal(match["w"], tables()["ordinal"], words.numerals) if match else None
    return _century(*match.span(), value, None) if match and value else None


def _century(start: int, end: int, low: int, high: int | None) -> Reading:
    years = f"the years {100 * low - 99} to {100 * (high or low)}"
    relation: Relation = "between" if high else "equals"
    return Reading(start, end, "date", low, "century", "high", high, relation, note=years)


@lru_cache(maxsize=16)
def _years(words: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    mark = rf"\s*{words.year}(?!\w)"
    plural = r"\s*(?:жылдары|жылдардың|жылдарда|жылдар|годы|годов|годах)(?!\w)"
    decade = rf"(?:['’]?s(?!\w)|-?{words.ordinal}(?:{mark})?(?!\w)|{plural})"
    year = r"(?P<y>[12][0-9]{3})(?![0-9])"
    return (
        re.compile(rf"(?P<y>[12][0-9]{{2}}0){decade}"),
        re.compile(rf"{year}[-–/—](?P<z>[0-9]{{4}}|[0-9]{{2}})(?![0-9])(?:{mark})?"),
        re.compile(rf"{year}(?:-{words.suffix}(?!\w))?{mark}"),
    )


def years_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """The year at a place, or the years of an interval or a decade, where it is named as such."""
    decade, interval, single = _years(words)
    if match := decade.match(text, place):
        low = int(match["y"])
        return Reading(*match.span(), "year", low, "year", "high", low + 9, "between")
    if match := interval.match(text, place):
        low, end = int(match["y"]), match["z"]
        high = int(end) if len(end) == 4 else low // 100 * 100 + int(end)
        if low < high < 2200:
            return Reading(*match.span(), "year", low, "year", "high", high, "between")
    if match := single.match(text, place):
        return Reading(*match.span(), "year", int(match["y"]), "year", "high")
    return None


def bare_year(text: str, start: int, end: int, value: float, words: Lexicon) -> bool:
    """Whether four digits with no unit are a year by the word before them or their brackets."""
    if end - start != 4 or not text[start:end].isdigit() or not 1000 <= value <= 2199:
        return False
    ahead = re.compile(rf"(?<!\w){words.year_before}\s+\Z", re.IGNORECASE)
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] in tuple(");,–-")
    return bracketed or ahead.search(text, max(0, start - 12), start) is not None


def ignored(text: str) -> Iterator[tuple[int, int]]:
    """Places whose digits are no numbers of the text: notes, links, times, positions, scales."""
    for match in _IGNORED.finditer(text):
        yield match.span()


_IGNORED = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]+|\bdoi:\S+|\b10\.[0-9]{4,}/\S+"
    r"|(?<![0-9\w])/\s?[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3})*\s?/(?![0-9])"  # /3/
    r"|\+[0-9]{1,3}(?:[ -]?\(?[0-9]{2,4}\)?){3,5}(?![0-9])"  # a telephone number
    r"|\[\s?[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3})*\s?(?:,\s?(?:p|с|б)\.\s?[0-9]+)?\]"  # [3]
    r"|\(\s?(?:[1-9]|[1-9][0-9])\s?\)"  # (3)
    r"|(?m:^[ \t]*[0-9]{1,2}[.)](?=\s))"  # 1. in a list
    r"|(?:№|§|\bNo\.)\s?[0-9]+(?:[-/][0-9]+)*"
    r"|[0-9]{1,3}\s?°\s?[0-9]{1,2}(?:[.,][0-9]+)?\s?['′’][0-9.,\s]*(?:[\"″”]|'')?"  # 46°13'
    r"|(?<![0-9])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:])"  # 12:30
    r"|(?<![0-9])1\s?:\s?[0-9]{1,3}(?:[ \u00a0\u202f\u2009.,]?[0-9]{3})+(?![0-9])"  # 1:10 000 000
    r"|(?<![0-9])1\s?:\s?[0-9]+\s?(?:m|М|M|млн)?\b"
    r"|(?<![0-9-])\+?[0-9]{1,15}(?:-[0-9]{1,15}){2,}(?![0-9])(?<![0-9]{4}-[0-9]{2}-[0-9]{2})",
    re.IGNORECASE,
)
