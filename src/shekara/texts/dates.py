"""Days and months of a text and their spans, in the grammar that the languages share.

The names of months are those of CLDR; the order of day, month and year is the text's own.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from shekara.texts.candidate import Confidence
from shekara.texts.lexicon import NEVER, Lexicon
from shekara.texts.reading import Reading

DASH = r"\s*[-–—‑]\s*"


def links(words: Lexicon) -> str:
    """A pattern for what joins the two ends of a span: a dash or a word."""
    joined = "|".join(rule["link"] for rule in words.intervals if rule.get("link"))
    return rf"(?:{DASH}|\s+(?:{joined or NEVER})\s+)"


def the(words: Lexicon) -> str:
    """A pattern for the article that may stand before an end of a span."""
    articles = "|".join(map(re.escape, words.lists.get("the", ()))) or NEVER
    return rf"(?:(?:{articles})\s+)?"


def opening(words: Lexicon) -> str:
    """A pattern for the word that may open a span."""
    opens = "|".join(rule["open"] for rule in words.intervals if rule.get("open"))
    return rf"(?:(?<!\w)(?:{opens or NEVER})\s+{the(words)}){{0,1}}"


def closing(words: Lexicon) -> str:
    """A pattern for the word that may close a span."""
    closes = "|".join(rule["close"] for rule in words.intervals if rule.get("close"))
    return rf"(?:\s+(?:{closes or NEVER})(?!\w))?"


@lru_cache(maxsize=16)
def _grammar(words: Lexicon) -> tuple[re.Pattern[str], ...]:
    dates = words.dates
    year, mark = r"(?P<y>[12][0-9]{3})(?![0-9])", rf"\s*{dates['year']}(?!\w)"
    ending = rf"(?:{dates['day_ending']}(?!\w))?"
    day = rf"(?P<d>[0-3]?[0-9])(?![0-9]){ending}"
    second = rf"(?P<d2>[0-3]?[0-9])(?![0-9]){ending}"
    of = rf"\s*{dates['month_link']}?"
    of = r"\s*" if dates["month_link"] == NEVER else of
    month, month2 = rf"(?P<m>{dates.month})(?!\w)", rf"(?P<m2>{dates.month})(?!\w)"
    link = dates["year_link"]
    year_after = rf"(?:,?\s*|\s+{link}\s+){year}"
    to, opens, closes = links(words), opening(words), closing(words)
    templates = (
        # Spans first: they are the longest.
        rf"{year}{mark}\s*{day}{to}{second}\s*{month}{closes}",
        rf"{year}{mark}\s*{month}{to}{month2}{closes}",
        rf"{opens}{day}{to}{second}{of}{month}(?:{year_after}(?:{mark})?)?",
        rf"{opens}{month}\s+{day}{to}{second},\s*{year}",
        rf"{opens}{month}{to}{month2}{year_after}(?:{mark})?",
        r"(?P<y>[12][0-9]{3})-(?P<mm>[01][0-9])-(?P<d>[0-3][0-9])(?![0-9-])",
        r"(?P<d>[0-3]?[0-9])\.(?P<mm>[01]?[0-9])\.(?P<y>[12][0-9]{3})(?![0-9])",
        r"(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])/(?P<y>[12][0-9]{3})(?![0-9])",
        rf"{year}{mark}\s*{day}{of}{month}",
        rf"{year}{mark}\s*{month}\s*{day}",
        rf"{year}{mark}\s*{month}",
        rf"{day}{of}{month}{year_after}(?:{mark})?",
        rf"{month}\s+{day},\s*{year}",
        rf"{month}(?:,?\s+|\s+{link}\s+){year}(?:{mark})?",
        rf"{day}{of}{month}",
        rf"{month}\s+{day}(?!\s?[.,]?[0-9])" if dates["month_first"] != NEVER else NEVER,
    )
    return tuple(re.compile(template, re.IGNORECASE) for template in templates)


def _month(name: str, words: Lexicon) -> int:
    for pattern, month in words.dates.months:
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return month
    raise KeyError(name)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _slashed(parts: dict[str, str | None], span: tuple[int, int]) -> Reading | None:
    """07/06/1998: the day or the month first."""
    first, second, year = (int(parts[name] or 0) for name in ("a", "b", "y"))
    days = (_iso(year, second, first), _iso(year, first, second))
    meant = tuple(sorted({day for day in days if day}))
    if len(meant) == 1:
        return Reading(*span, "date", meant[0], "", "high")
    note = "day and month, or month and day: the text does not say which"
    return Reading(*span, "date", None, "", "low", readings=meant, note=note) if meant else None


def _span(parts: dict[str, str | None], place: tuple[int, int], words: Lexicon) -> Reading | None:
    """Two days of one month, or two months of one year."""
    year = parts.get("y")
    if parts.get("m2"):
        months = [_month(parts[name] or "", words) for name in ("m", "m2")]
        low, high = (f"{year}-{month:02d}" for month in months)
    else:
        month = _month(parts["m"] or "", words)
        days = [int(parts[name] or 0) for name in ("d", "d2")]
        if year:
            ends = [_iso(int(year), month, day) for day in days]
            if None in ends:
                return None
            low, high = (str(end) for end in ends)
        else:
            if not all(1 <= day <= 31 for day in days):
                return None
            low, high = (f"--{month:02d}-{day:02d}" for day in days)
    if low >= high:
        return None
    note = "" if year else "the year is not said"
    confidence: Confidence = "high" if year else "medium"
    return Reading(
        *place,
        "date",
        low,
        "",
        confidence,
        high=high,
        relation="between",
        note=note,
    )


def _date(match: re.Match[str], words: Lexicon) -> Reading | None:
    parts = match.groupdict()
    span = match.span()
    if "a" in parts:
        return _slashed(parts, span)
    name = parts.get("m")
    if name and words.dates.capital and name[0].isascii() and name[0].islower():
        return None  # "may" and "march" are no months
    if parts.get("d2") or parts.get("m2"):
        return _span(parts, span, words)
    year = parts.get("y")
    month = int(parts["mm"] or 0) if parts.get("mm") else _month(name or "", words)
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
    """The date at a place: a day, a month of a year, or a span of days or months."""
    for template in _grammar(words):
        match = template.match(text, place)
        reading = _date(match, words) if match else None
        if reading:
            return reading
    return None


def bare_year(text: str, start: int, end: int, value: float, counted: bool, words: Lexicon) -> bool:
    """Whether four digits with no unit are a year by the word before them or their brackets."""
    if end - start != 4 or not text[start:end].isdigit() or not 1000 <= value <= 2199:
        return False
    before = text[max(0, start - 14) : start]
    noted = re.search(r"\([^()]{2,60}[,;]\s*\Z", text[max(0, start - 64) : start])
    closed = text[end : end + 1] in (")", ";", ",")
    bracketed = bool(noted and closed) or (
        text[start - 1 : start] == "(" and text[end : end + 1] in tuple(");,–-")
    )
    ahead = re.search(rf"(?<!\w){words.dates['year_before']}\s+\Z", before, re.IGNORECASE)
    weak = re.search(rf"(?<!\w){words.dates['not_year']}\s+\Z", before, re.IGNORECASE)
    return bracketed or bool(ahead and not (weak and counted))


IGNORED = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]+|\bdoi:\S+|\b10\.[0-9]{4,}/\S+"
    r"|(?<![0-9\w])/\s?[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3})*\s?/(?![0-9])"  # /3/
    r"|\+[0-9]{1,3}(?:[ -]?\(?[0-9]{2,4}\)?){3,5}(?![0-9])"  # a telephone number
    r"|\[\s?[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3})*\s?(?:,\s?(?:p|с|б)\.\s?[0-9]+)?\]"  # [3]
    r"|\(\s?(?:[1-9]|[1-9][0-9])\s?\)"  # (3)
    r"|(?m:^[ \t]*[0-9]{1,2}[.)](?=\s))"  # 1. in a list
    r"|(?:№|§|\bNo\.)\s?[0-9]+(?:[-/][0-9]+)*"
    r"|[0-9]{1,3}\s?°\s?[0-9]{1,2}(?:[.,][0-9]+)?\s?['′’][0-9.,\s]*(?:[\"″”]|'')?"  # 46°13'
    r"|(?<![0-9.])[01]?[0-9](?:\.[0-5][0-9])?\s?[ap]\.?m\b\.?"  # 6pm
    r"|(?<![0-9])1\s?:\s?[0-9]{1,3}(?:[ \u00a0\u202f\u2009.,]?[0-9]{3})+(?![0-9])"  # 1:10 000 000
    r"|(?<![0-9])1\s?:\s?(?:[0-9]{3,}|[0-9]+\s?(?:m|М|M|mln|million|Mio|млн|миллион\w*))\b"
    r"|(?<![0-9])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]\.?m\b)?(?![0-9:])"  # 12:30
    r"|(?<![0-9-])\+?[0-9]{1,15}(?:-[0-9]{1,15}){2,}(?:/[0-9]+)?(?![0-9])"
    r"(?<![0-9]{4}-[0-9]{2}-[0-9]{2})",
    re.IGNORECASE,
)
"""Places whose digits are no numbers of the text: notes, links, times, positions, scales."""
