"""The order of names in an index: each language's alphabet, other letters after it."""

from __future__ import annotations

import unicodedata

ALPHABETS = {
    "kk": "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
    "ru": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
}
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _ranks(lang: str) -> dict[str, int]:
    letters = ALPHABETS.get(lang, LATIN)
    others = [alphabet for alphabet in (LATIN, ALPHABETS["kk"]) if alphabet[0] != letters[0]]
    letters = letters + "".join(others)
    return {letter: place for place, letter in enumerate(letters)}


RANKS = {lang: _ranks(lang) for lang in ("kk", "ru", "en")}


def first_letter(name: str, lang: str) -> str:
    """The letter under which a name stands in an index; "#" for digits and signs."""
    for char in _letters(name, lang):
        return char if char.isalpha() else "#"
    return "#"


def order(name: str, lang: str) -> tuple[object, ...]:
    """A key that sorts names as an index of this language does, marks and case last.

    Example:
        >>> sorted(["Ящик", "Әуе", "Алма", "Құм", "Кен"], key=lambda name: order(name, "kk"))
        ['Алма', 'Әуе', 'Кен', 'Құм', 'Ящик']
    """
    ranks = RANKS.get(lang, RANKS["en"])
    words = "".join(_letters(name, lang)).split()
    keys = tuple(
        tuple(
            (1, ranks[char]) if char in ranks else (0 if char.isdigit() else 2, ord(char))
            for char in word
        )
        for word in words
    )
    return keys, name


def _letters(name: str, lang: str) -> list[str]:
    """Capitals that the alphabet knows; accents go where it does not; punctuation is a space."""
    ranks = RANKS.get(lang, RANKS["en"])
    result = []
    for char in unicodedata.normalize("NFC", name).upper():
        if char in ranks or char.isdigit():
            result.append(char)
        elif char.isalpha():
            bare = unicodedata.normalize("NFD", char)[0]
            result.append(bare if bare in ranks else char)
        elif char not in "'’ʼ" and result:
            result.append(" ")
    return result
