"""The reader of a text: every number of it, once, in order, with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from shekara.texts.candidate import Candidate
from shekara.texts.dates import Reading, century_at, day_at, ignored, years_at
from shekara.texts.fraction import fraction_at
from shekara.texts.interval import joined
from shekara.texts.language import Sentence, sentences
from shekara.texts.lexicon import Lexicon, lexicon
from shekara.texts.quantity import quantity_at

# Characters of the sentence that are kept on either side of a number.
_CONTEXT = 240
_START = re.compile(r"[0-9½¼¾⅓⅔]|(?<!\w)[^\W\d_]")


def _readings(text: str, span: Sentence, skip: list[tuple[int, int]]) -> Iterator[Reading]:
    words = lexicon(span.langs)
    place = first = span.start
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
    match = re.compile(r"[0-9]+(?:[.,'’][0-9]+)*|[^\W\d_]\w*").match(text, start)
    return match.end() if match else start + 1


def _reading_at(text: str, start: int, first: int, words: Lexicon) -> Reading | None:
    digit = text[start].isdigit()
    if digit and start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return None
    if digit and re.compile(rf"(?<!\w)(?:{words.label})\s\Z", re.I).search(
        text, max(first, start - 16), start
    ):
        return None
    return (
        century_at(text, start, words)
        or day_at(text, start, words)
        or (years_at(text, start, words) if digit else None)
        or fraction_at(text, start, words)
        or quantity_at(text, start, first, words)
    )


def _around(text: str, span: Sentence, reading: Reading) -> str:
    """The sentence around a number on one line, not more than a few lines of a book of it."""
    first = max(span.start, reading.start - _CONTEXT)
    return " ".join(text[first : min(span.end, reading.end + _CONTEXT)].split())


def candidates(text: str, lang: str | None = None) -> tuple[Candidate, ...]:
    """The numbers, shares, sums, dates and centuries of a text in their order.

    Args:
        text: a text in kk, ru or en, or in several of them.
        lang: kk, ru or en where the language is known; else each sentence tells its own.

    Raises:
        UsageError: `lang` is another code.

    >>> [(c.value, c.unit, c.relation) for c in candidates("about 2.7 million km²", "en")]
    [(2700000.0, 'km2', 'about')]
    """
    skip = sorted(ignored(text))
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    found = []
    for span in sentences(text, lang):
        readings = list(_readings(text, span, skip))
        for reading in joined(text, span.start, readings, lexicon(span.langs)):
            line = bisect_right(lines, reading.start)
            found.append(
                Candidate(
                    text=text[reading.start : reading.end],
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
                    note=reading.note,
                    sentence=_around(text, span, reading),
                )
            )
    return tuple(found)
