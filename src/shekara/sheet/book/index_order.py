"""The order of names in an index: each language's alphabet by CLDR, other letters after it."""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from shekara.sheet.book.east_asian import RARE, place_of

APOSTROPHES = "'’ʼ"
# What a sign in a name counts as: digits stand before letters, foreign letters after them.
DIGIT, LETTER, FOREIGN = range(3)


@lru_cache(maxsize=1)
def alphabets() -> Mapping[str, str]:
    """The alphabet of every language that CLDR gives one, by its code.

    Letters are parted by spaces; those that count as one stand together (ЕЁ in Russian), one that
    is written with several signs stands in braces ({CH} in Czech).
    """
    text = files(__package__).joinpath("alphabets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=8)
def ranks(lang: str) -> Mapping[str, int]:
    """The place of every letter in a language's alphabet; that of English for unknown languages."""
    known = alphabets()
    letters = known.get(lang) or known.get(lang.split("-")[0]) or known["en"]
    places: dict[str, int] = {}
    for place, group in enumerate(letters.split()):
        for letter in [group.strip("{}")] if group.startswith("{") else group:
            places[letter] = place
    return places


def first_letter(name: str, lang: str) -> str:
    """The letter under which a name stands in an index.

    It is "#" for digits and signs, and "…" for rare characters.

    >>> first_letter("Ёлка", "ru")
    'Е'
    """
    places = ranks(lang)
    for letter in _letters(name, places):
        if letter == " ":
            continue
        east = place_of(letter, lang)
        if east is not None:
            return east[0]
        if letter not in places:
            return letter if letter.isalpha() else "#"
        return next(other for other, place in places.items() if place == places[letter])
    return "#"


def order(name: str, lang: str) -> tuple[object, ...]:
    """A key that sorts names as an index of this language does, marks and case last.

    >>> sorted(["Ящик", "Әуе", "Алма", "Құм", "Кен"], key=lambda name: order(name, "kk"))
    ['Алма', 'Әуе', 'Кен', 'Құм', 'Ящик']
    """
    places = ranks(lang)
    words: list[list[tuple[int, ...]]] = [[]]
    for letter in _letters(name, places):
        if letter == " ":
            words.append([])
        elif (east := place_of(letter, lang)) is not None:
            first, number = east
            known = (LETTER, places[first]) if first in places else (FOREIGN, _foreign(first))
            words[-1].append((*known, number))
        elif letter in places:
            words[-1].append((LETTER, places[letter]))
        else:
            words[-1].append((FOREIGN if letter.isalpha() else DIGIT, ord(letter)))
    return tuple(tuple(word) for word in words if word), name


def _foreign(heading: str) -> int:
    """The place of a heading among foreign letters: by code points, rare characters after all."""
    return sys.maxunicode + 1 if heading == RARE else ord(heading)


def _letters(name: str, places: Mapping[str, int]) -> Iterator[str]:
    """Letters as the alphabet writes them, digits, foreign letters without marks, else spaces."""
    text = unicodedata.normalize("NFC", name)
    longest = max(map(len, places))
    start = 0
    while start < len(text):
        for length in range(longest, 0, -1):
            letter = _known(text[start : start + length], places)
            if letter:
                yield letter
                break
        else:
            length, char = 1, text[start]
            if place_of(char, "") is not None:
                yield char
            elif char.isalnum():
                yield _bare(char, places)
            elif char not in APOSTROPHES:
                yield " "
        start += length


def _known(signs: str, places: Mapping[str, int]) -> str:
    """The letter of the alphabet that these signs are; "" where they are none.

    Where an alphabet has İ, its small form is i (Turkish).
    """
    candidates = (signs, "İ" if signs == "i" else signs, signs.upper())
    return next((letter for letter in candidates if letter in places), "")


def _bare(char: str, places: Mapping[str, int]) -> str:
    """A letter without accents, strokes and hooks, if that is a letter of the alphabet.

    >>> _bare("ø", {"O": 1})
    'O'
    """
    capital = char.upper() if len(char.upper()) == 1 else char
    plain = unicodedata.normalize("NFD", capital)[0]
    whole = unicodedata.name(plain, "").split(" WITH ")[0]
    try:
        unstruck = unicodedata.lookup(whole)
    except KeyError:
        unstruck = plain
    return next((letter for letter in (plain, unstruck) if letter in places), plain)
