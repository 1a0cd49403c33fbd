"""Signs that scripts and typists write in several ways, made one: a sign for a sign."""

from __future__ import annotations

import re

_APOSTROPHES = "’‘ʼʻ`´ʹ"
# Arabic-Indic, extended Arabic-Indic and full-width digits with their separators and percent sign.
_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")
_SIGNS = {"٫": ".", "٬": ",", "٪": "%", "％": "%", "．": ".", "،": ";", "؛": ";", "؟": "?"}

_PLAIN = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | {sign: str(value) for digits in _DIGITS for value, sign in enumerate(digits)}
    | _SIGNS
)
# Arabic "and", "in", "for", "so" stand glued to the digits that follow them.
_PREFIX = re.compile("(?<!\\w)[وبلف](?=[0-9])")


def plain(text: str) -> str:
    """A text in which each of these signs is the ordinary one; every place keeps its number.

    >>> plain("d’habitants, ١٢٫٥٪")
    "d'habitants, 12.5%"
    """
    return _PREFIX.sub(" ", text.translate(_PLAIN))
