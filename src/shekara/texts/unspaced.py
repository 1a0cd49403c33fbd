"""Texts that part no words: a copy with spaces around the words about numbers, and its places.

Numbers in Chinese characters become digits in the copy, a last 万 or 亿 stays a word: 三百二十万 is
"320 万". Whoever reads the copy finds each of its characters in the text by its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from shekara.texts.candidate import Candidate
from shekara.texts.names import names_of_units
from shekara.texts.tables import languages, strings, units

HAN = "[\u3400-\u9fff〇]"
_RUN = re.compile(rf"{HAN}+")
_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(
    "[一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*(?:点[零一二三四五六七八九]+)?"
)
_MARKS = {"。": ". ", "，": ", ", "、": ", ", "；": "; ", "：": ": ", "！": "! ", "？": "? ",
          "（": " (", "）": ") ", "《": " «", "》": "» ", "“": " \"", "”": "\" "}  # fmt: skip
_STOP = re.compile("[。！？!?\n]+")
_GLUED = "月日号"  # what stays at its digits: 5月3日


@dataclass(frozen=True)
class Spaced:
    """A copy of a text and, for each of its characters, its place in the text."""

    text: str
    places: tuple[int, ...]


def number(numeral: str) -> str:
    """A number below ten thousand in Chinese characters as digits; "" where it is none.

    >>> number("三百二十"), number("十二点五"), number("一九九〇")
    ('320', '12.5', '1990')
    """
    whole, _, decimals = numeral.partition("点")
    fraction = "".join(str(_ONES[sign]) for sign in decimals)
    if not set(whole) & set(_POWERS):
        digits = "".join(str(_ONES[sign]) for sign in whole)
        return "" if len(digits) not in (1, 4) else digits + ("." + fraction if fraction else "")
    total, last, floor = 0, 0, 10_000
    for sign in whole:
        if sign in _ONES:
            last = _ONES[sign]
            continue
        power = _POWERS[sign]
        if power >= floor:
            return ""
        total, last, floor = total + (last or 1) * power, 0, power
    return str(total + last) + ("." + fraction if fraction else "")


@lru_cache(maxsize=4)
def _words(lang: str) -> tuple[frozenset[str], int]:
    """The words about numbers of a language, and the length of the longest."""
    texts = [*strings(languages()[lang]), *names_of_units(units(), lang)]
    known = frozenset(run for text in texts for run in _RUN.findall(text))
    return known, max(map(len, known))


def _known_at(run: str, place: int, lang: str) -> str:
    words, longest = _words(lang)
    for length in range(min(longest, len(run) - place), 0, -1):
        if run[place : place + length] in words:
            return run[place : place + length]
    return ""


def _pieces(run: str, after_digit: bool, lang: str) -> Iterator[tuple[int, int, str]]:
    """The words of a run of characters: begin, end, and how each is written in the copy."""
    place = loose = 0
    while place < len(run):
        numeral = _NUMERAL.match(run, place)
        digits = number(numeral.group()) if numeral and not (after_digit and not place) else ""
        if numeral and digits:
            follows = _known_at(run, numeral.end(), lang)
            several = len(numeral.group()) > 1
            whole = run[max(0, place - 2) : place] == "分之"
            if not (several or follows or whole) or numeral.group() == "十分":
                digits = ""
        end = numeral.end() if numeral and digits else place
        word = digits or _known_at(run, place, lang)
        if not word:
            place += 1
            continue
        end = end if digits else place + len(word)
        if loose < place:
            yield loose, place, run[loose:place]
        yield place, end, word
        place = loose = end
    if loose < place:
        yield loose, place, run[loose:place]


def unspaced_language(text: str) -> str:
    """The language of a text that parts no words; "" where it parts them."""
    if not re.search(HAN, text):
        return ""
    return next(
        (lang for lang, table in languages().items() if table["language"].get("unspaced")), ""
    )


def placed(read: Iterable[Candidate], text: str, places: tuple[int, ...]) -> tuple[Candidate, ...]:
    """What was read in a copy, with its places and its sentence in the text."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    result = []
    for each in read:
        start, end = places[each.start], places[each.end - 1] + 1
        line = bisect_right(lines, start)
        first = max((match.end() for match in _STOP.finditer(text, 0, start)), default=0)
        stop = _STOP.search(text, end)
        sentence = " ".join(text[first : stop.end() if stop else len(text)].split())
        result.append(
            replace(
                each, text=text[start:end], start=start, end=end, line=line,
                column=start - lines[line - 1] + 1, sentence=sentence,
            )
        )  # fmt: skip
    return tuple(result)


def _parted(before: str, sign: str) -> bool:
    """Whether a digit and a letter of another script stand side by side: は377, km²で."""
    letter = not before.isascii() and before.isalpha()
    follows = not sign.isascii() and sign.isalpha() and (before in "²³" or before.isdigit())
    return (letter and sign.isdigit()) or follows


def spaced(text: str, lang: str) -> Spaced:
    """The copy of a text in a language that parts no words."""
    signs: list[str] = []
    places: list[int] = []

    def write(what: str, first: int, last: int) -> None:
        signs.extend(what)
        places.extend(min(first + offset, last - 1) for offset in range(len(what)))

    place = 0
    while place < len(text):
        run = _RUN.match(text, place)
        if run is None:
            if signs and _parted(signs[-1], text[place]):
                write(" ", place, place + 1)
            write(_MARKS.get(text[place], text[place]), place, place + 1)
            place += 1
            continue
        after_digit = text[place - 1 : place].isdigit()
        for first, last, word in _pieces(run.group(), after_digit, lang):
            glued = word[0] in _GLUED and bool(signs) and signs[-1].isdigit()
            if signs and not glued and not signs[-1].isspace():
                write(" ", place + first, place + first + 1)
            write(word, place + first, place + last)
        place = run.end()
        if place < len(text) and not text[place].isspace() and text[place] not in _MARKS:
            write(" ", place, place + 1)
    return Spaced("".join(signs), tuple(places))
