"""The language of each sentence of a text: its letters first, then its small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from shekara.errors import UsageError
from shekara.texts.lexicon import LANGUAGES, tables

# Letters that only one of the languages written in Cyrillic here has; і alone proves little,
# because other alphabets have it too.
_OWN_LETTERS = re.compile("[әғқңөұүһ]", re.IGNORECASE)
_OTHER_CYRILLIC = re.compile("[їєґўђћљњџјѓќ]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…]+[»”\"')\]]*\s+(?=[\"«“(]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])|\n")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")


@dataclass(frozen=True)
class Sentence:
    """A sentence: where it stands, in which paragraph, in which languages it may be written."""

    start: int
    end: int
    paragraph: int
    langs: tuple[str, ...]
    lang: str


def languages(text: str) -> tuple[str, ...]:
    """The languages in which a text may be written: one where there is proof, () for another one.

    >>> languages("1,234")
    ('kk', 'ru', 'en')
    """
    if _OTHER_CYRILLIC.search(text):
        return ()
    if _OWN_LETTERS.search(text):
        return ("kk",)
    words = Counter(word.lower() for word in _WORD.findall(text))
    shared = tables()["shared"]
    scores = {
        lang: sum(words[word] for word in set(own) - set(shared.get(lang, ())))
        for lang, own in tables()["function"].items()
    }
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic >= latin and cyrillic:
        if re.search("і", text, re.IGNORECASE):
            scores["ru"] = 0
            scores["kk"] += 1
        if scores["kk"] == scores["ru"]:
            return ("kk", "ru")
        return ("kk",) if scores["kk"] > scores["ru"] else ("ru",)
    if latin and scores["en"]:
        return ("en",)
    return LANGUAGES


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of the paragraphs: parted by blank lines; without any, each line is one."""
    body = text.strip()
    breaks = _BLANK_LINE if _BLANK_LINE.search(body) else re.compile(r"\n\s*")
    place = len(text) - len(text.lstrip())
    for gap in breaks.finditer(text, place):
        if gap.start() > place:
            yield place, gap.start()
        place = gap.end()
    if text[place:].strip():
        yield place, len(text)


def _spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    place = first
    for gap in _SENTENCE_END.finditer(text, first, last):
        yield place, gap.end()
        place = gap.end()
    if place < last:
        yield place, last


def sentences(text: str, lang: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of a text in order, each with its language.

    A sentence that does not tell its language takes that of its paragraph, then that of the text,
    where these agree with its letters.

    Raises:
        UsageError: `lang` is none of kk, ru, en.
    """
    if lang is not None and lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise UsageError(f"lang = {lang!r}: texts are read in {known}; choose one, or leave it out")
    whole = languages(text)
    found = []
    for number, (first, last) in enumerate(_paragraphs(text), start=1):
        around = languages(text[first:last])
        for start, end in _spans(text, first, last):
            own = languages(text[start:end]) if lang is None else (lang,)
            for wider in (around, whole):
                if len(own) > 1 and len(wider) == 1 and wider[0] in own:
                    own = wider
            found.append(Sentence(start, end, number, own, own[0] if len(own) == 1 else ""))
    return tuple(found)
