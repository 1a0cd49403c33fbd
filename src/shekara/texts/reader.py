"""The reader of a text: every number of it, once, in order, with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from shekara.texts.candidate import Candidate, Kind
from shekara.texts.dates import IGNORED, day_at, links, the
from shekara.texts.doubt import doubted, unread
from shekara.texts.interval import joined
from shekara.texts.language import Sentence, sentences
from shekara.texts.lexicon import Lexicon, lexicon
from shekara.texts.plain import plain
from shekara.texts.quantity import quantity_at
from shekara.texts.reading import Reading
from shekara.texts.relation import Lead, combined, equality, fillers, lead_at
from shekara.texts.share import as_multiple, half_more_at, multiple_at, ratio_at, share_at
from shekara.texts.tables import kind_of, locales
from shekara.texts.unspaced import placed, spaced, unspaced_language
from shekara.texts.years import century_at, dated, decade_at, years_at

# A sentence is kept whole up to this many characters; of a longer one (a text without full stops)
# what stands around the number.
_LONGEST, _CONTEXT = 5000, 1000
_START = re.compile(
    r"[0-9½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞%‰<>=≤≥⩽⩾~≈∼±'’]|\.(?=[0-9])|[-−](?=[0-9])|(?<!\w)[^\W\d_]|\p{Sc}".replace(
        r"\p{Sc}", "[$€£¥₸₽₹₴₾₪₩₺₿₡₭¢]"
    )
)
_SKIPPED = re.compile(r"[0-9]+(?:[.,'’][0-9]+)*|[^\W\d_]\w*")


def _readings(
    text: str, span: Sentence, skip: list[tuple[int, int]], words: Lexicon
) -> Iterator[Reading]:
    place = first = span.start
    text = text[: span.end]
    while match := _START.search(text, place, span.end):
        start = match.start()
        ahead = bisect_right(skip, (start, len(text) + 1)) - 1
        if ahead >= 0 and start < skip[ahead][1]:
            place = skip[ahead][1]
            continue
        reading = _reading_at(text, start, first, words)
        place = reading.end if reading else _next(text, start)
        if reading:
            first = reading.end
            yield reading


def _next(text: str, start: int) -> int:
    """Where to go on after a place that is no number: after its word or all of its digits."""
    match = _SKIPPED.match(text, start)
    return match.end() if match else start + 1


def _reading_at(text: str, start: int, first: int, words: Lexicon) -> Reading | None:
    """The reading that begins at a place, with the comparison that leads it."""
    ahead = text[start - 1 : start]
    if ahead == "^":
        return None  # a power of the number before it
    if text[start].isdigit() and (
        ahead.isalnum() or ahead == "_" or _is_label(text, start, first, words)
    ):
        return None
    if text[start] in "-−":
        reading = None if ahead.isalnum() else _value_at(text, start + 1, first, False, words)
        if reading and reading.kind == "share" and reading.start > start:
            return replace(reading, start=start, value=-float(str(reading.value)))
        return reading
    if timed := _time_at(text, start, words):
        return timed
    if named := _ordinals_at(text, start, words) or _unit_first(text, start, first, words):
        return named
    if lead := lead_at(text, start, first, words):
        for begin in fillers(text, lead.end, words):
            reading = _led(text, begin, lead, first, words) if begin < len(text) else None
            if reading:
                return reading
        if not text[start].isalnum():
            return None
    return _with_equality(text, _value_at(text, start, first, False, words), words)


def _unit_first(text: str, start: int, first: int, words: Lexicon) -> Reading | None:
    """A number after its unit at the begin of a text: "percent of 10"."""
    named = words.units_before.at(text, start) if not text[:start].strip() else None
    if named is None or named.end + 1 >= len(text):
        return None
    reading = quantity_at(text, named.end + 1, first, words, led=True)
    if reading is None or not reading.bare:
        return None
    note = "the unit stands before the number"
    kind = cast(Kind, kind_of(named.meaning))
    unit = named.meaning
    return replace(reading, start=start, unit=unit, kind=kind, confidence="low", note=note)


def _is_label(text: str, start: int, first: int, words: Lexicon) -> bool:
    """Whether a word before digits says that they number a part of a text: "Table 3"."""
    pattern = rf"(?<!\w){words.patterns['label']}\s\Z"
    return (
        re.compile(pattern, re.IGNORECASE).search(text, max(first, start - 16), start) is not None
    )


def _time_at(text: str, start: int, words: Lexicon) -> Reading | None:
    """A century, a day, a decade or a year."""
    return (
        century_at(text, start, words)
        or day_at(text, start, words)
        or decade_at(text, start, words)
        or years_at(text, start, words)
    )


def _value_at(text: str, start: int, first: int, led: bool, words: Lexicon) -> Reading | None:
    """A multiple, a quantity or a share."""
    multiple = multiple_at(text, start, words)
    if multiple:
        return multiple
    if more := half_more_at(text, start, words):
        return more
    if ratio := ratio_at(text, start, first, words):
        return ratio
    share = share_at(text, start, led, words)
    quantity = quantity_at(text, start, first, words, led)
    if share and (quantity is None or share.end >= quantity.end):
        return share
    return as_multiple(text, quantity, words) if quantity else None


def _led(text: str, begin: int, lead: Lead, first: int, words: Lexicon) -> Reading | None:
    """The number after a comparison, with it."""
    timed = _time_at(text, begin, words)
    if timed:
        about = lead.relation == "about"
        return replace(
            timed,
            start=lead.start if about else timed.start,
            relation="about" if about and timed.relation == "equals" else timed.relation,
        )
    start = begin + 1 if text[begin] in "-−" and text[begin + 1 : begin + 2].isdigit() else begin
    reading = _value_at(text, start, begin if start > begin else first, True, words)
    reading = reading or _ordinal(text, begin, words)
    if reading is None or reading.kind in ("year", "date"):
        return reading
    if reading.bare and _may_be_a_year(text, reading):
        note = "a year to compare with, or a number"
        year = int(float(reading.value or 0))
        return replace(reading, value=year, kind="year", unit="year", confidence="low", note=note)
    relation, note = combined(lead, reading.relation)
    relation, end = equality(text, reading.end, relation, words)
    result = replace(reading, start=lead.start, end=end, relation=relation)
    for doubt in (lead.note, note):
        result = result.doubted(doubt, 1) if doubt else result
    return result


def _may_be_a_year(text: str, reading: Reading) -> bool:
    """Whether a number without anything that it counts is written as a year: "more than 1990"."""
    written = text[reading.start : reading.end]
    return re.fullmatch(r"(?:1[5-9]|20)[0-9]{2}", written) is not None


def _with_equality(text: str, reading: Reading | None, words: Lexicon) -> Reading | None:
    if reading is None or reading.relation == "equals":
        return reading
    relation, end = equality(text, reading.end, reading.relation, words)
    return replace(reading, relation=relation, end=end)


def _ordinal(text: str, place: int, words: Lexicon) -> Reading | None:
    """An ordinal after a comparison: "higher than the tenth"."""
    match = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?").match(text, place)
    value = words.ordinals.value(match.group()) if match else None
    if match is None or value is None:
        return None
    return Reading(place, match.end(), "plain", float(value), "", "low", note="an ordinal number")


def _ordinals_at(text: str, place: int, words: Lexicon) -> Reading | None:
    """An interval of ordinals: "between the tenth and the fifteenth"."""
    forms = "|".join(sorted(map(re.escape, words.ordinals.forms), key=len, reverse=True))
    opens = "|".join(rule["open"] for rule in words.intervals if rule.get("open"))
    if not forms or not opens or not re.compile(rf"(?:{opens})\s").match(text, place):
        return None
    match = re.compile(
        rf"(?:{opens})\s+{the(words)}(?P<a>{forms}){links(words)}{the(words)}(?P<b>{forms})(?!\w)",
        re.IGNORECASE,
    ).match(text, place)
    if match is None:
        return None
    low, high = (words.ordinals.value(match[name]) or 0.0 for name in ("a", "b"))
    if low >= high:
        return None
    note = "ordinal numbers"
    return Reading(*match.span(), "plain", low, "", "low", high, "between", note=note)


def _around(text: str, span: Sentence, reading: Reading) -> str:
    """The sentence around a number on one line, whole where people write it."""
    if span.end - span.start <= _LONGEST:
        return " ".join(text[span.start : span.end].split())
    first = max(span.start, reading.start - _CONTEXT)
    return " ".join(text[first : min(span.end, reading.end + _CONTEXT)].split())


def _sentence(
    text: str,
    span: Sentence,
    skip: list[tuple[int, int]],
    before: list[Reading],
    words: Lexicon,
) -> list[Reading]:
    """The readings of a sentence; `before` are those of its paragraph, the nearest last."""
    readings = joined(text, span.start, list(_readings(text, span, skip, words)), words)
    result = []
    for place, reading in enumerate(readings):
        if reading.decade:
            around = [*reversed(readings[:place]), *readings[place + 1 :], *reversed(before)]
            result.append(dated(reading, around))
        else:
            result.append(reading)
    return doubted(text, span.start, span.end, result, words)


def candidates(text: str, lang: str | None = None) -> tuple[Candidate, ...]:
    """The numbers, shares, sums, dates and centuries of a text in their order.

    Parameters
    ----------
    text
        A text in the languages that have a file in number_words/, or in several of them.
    lang
        The code of the language where it is known; else each sentence tells its own.

    Raises
    ------
    UsageError
        `lang` is another code.

    >>> [(c.value, c.unit, c.relation) for c in candidates("about 2.7 million km²", "en")]
    [(2700000.0, 'km2', 'about')]
    """
    if lang_of := unspaced_language(text):
        copy = spaced(plain(text), lang_of)
        return placed(_candidates(copy.text, lang), text, copy.places)
    return _candidates(text, lang)


def _candidates(text: str, lang: str | None) -> tuple[Candidate, ...]:
    written, text = text, plain(text)
    skip = sorted(match.span() for match in IGNORED.finditer(text))
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    result: list[Candidate] = []
    before: list[Reading] = []
    paragraph = number = 0
    for span in sentences(text, lang):
        if span.paragraph != paragraph:
            before, paragraph, number = [], span.paragraph, 0
        number += bool(text[span.start : span.end].strip())
        words = lexicon(span.langs, locales(span.langs, text))
        readings = _sentence(text, span, skip, before, words)
        readings = readings if span.langs else [unread(each) for each in readings]
        before += readings
        for reading in readings:
            line = bisect_right(lines, reading.start)
            result.append(
                Candidate(
                    text=written[reading.start : reading.end],
                    start=reading.start,
                    end=reading.end,
                    line=line,
                    column=reading.start - lines[line - 1] + 1,
                    paragraph=span.paragraph,
                    value=reading.value,
                    value_high=reading.high,
                    unit=reading.unit,
                    relation=reading.relation,
                    kind=reading.kind,
                    lang=span.lang,
                    confidence=reading.confidence,
                    rounding=reading.rounding,
                    readings=reading.readings,
                    reading_units=reading.reading_units,
                    note=reading.note,
                    sentence=_around(written, span, reading),
                    number=number,
                    understood=bool(span.langs),
                )
            )
    return tuple(result)
