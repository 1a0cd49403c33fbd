"""Characters: those that may stand in a file, which way they run, which stand by themselves."""

from __future__ import annotations

import re
import unicodedata

# Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets); lone surrogates have no UTF-8.
# What QGIS and Google Earth would take for the beginning of markup, or of an expression.
_BEGINNINGS = re.compile(r"<(?=[A-Za-z/!?])|\[(?=%)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Without a sign, but they change what is beside them: letters that join or not, direction.
INVISIBLE = "\u200c\u200d\u200e\u200f\u061c"
RIGHT_TO_LEFT = frozenset({"R", "AL"})  # bidirectional classes of letters (Unicode, annex 9)
# Scripts whose letters neither join nor change beside each other, by the names of their characters.
SEPARABLE = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "GEORGIAN", "ETHIOPIC", "CHEROKEE"}
    | {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "BOPOMOFO", "HANGUL"}
    | {"MODIFIER", "FULLWIDTH", "HALFWIDTH", "FEMININE", "MASCULINE"}
)


def clean(text: str) -> str:
    """The text with U+FFFD for every character that XML or UTF-8 cannot carry."""
    return _FORBIDDEN.sub("\ufffd", text)


def inert(text: str) -> str:
    """The text for programs that read HTML or expressions in it: a space keeps both from beginning.

    QGIS computes ``[% … %]`` in legends (an expression may open files) and shows descriptions as
    HTML, as Google Earth does; neither has a way to say that a text is none.

    >>> inert("5 < 6, [%env('HOME')%] <img src=x>")
    "5 < 6, [ %env('HOME')%] < img src=x>"
    """
    return _BEGINNINGS.sub(r"\g<0> ", text)


def cleaned(value: object) -> object:
    """The same for every text in a JSON value."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return value


def one_line(text: str) -> str:
    """The text as it is printed: one line, no control characters, no marks that change nothing."""
    kept = (" " if char in "\n\r\t\v\f\u2028\u2029" else char for char in text)
    also = f"\u00a0\u202f{INVISIBLE}"
    return "".join(char for char in kept if char.isprintable() or char in also)


def runs_right_to_left(text: str) -> bool:
    """Whether a text has a letter that runs from right to left.

    >>> runs_right_to_left("1 : 500 \u05e7\u05f4\u05de"), runs_right_to_left("35\u00b0 E")
    (True, False)
    """
    return any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text)


def begins_right_to_left(text: str) -> bool:
    """Whether a line of text as a whole runs so: by its first letter or mark (annex 9, P2).

    >>> begins_right_to_left("1 \u05e7\u05de km"), begins_right_to_left("km \u05e7\u05de")
    (True, False)
    """
    classes = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in classes if kind in {"L", *RIGHT_TO_LEFT}), "L") != "L"


def foreign(text: str) -> bool:
    """Whether a text is in letters that do not run from right to left; figures alone are not.

    >>> foreign("35\u00b0 E"), foreign("1 : 500")
    (True, False)
    """
    return any(char.isalpha() for char in text) and not runs_right_to_left(text)


def separable(text: str) -> bool:
    """Whether the letters of a text may stand apart or follow a curve one by one.

    Letters that join (Arabic, Devanagari), run from right to left or carry marks may not.

    >>> separable("Орал"), separable("حلب"), separable("น่าน")
    (True, False, False)
    """
    return not any(
        (char.isalpha() and unicodedata.name(char, "").split(" ")[0] not in SEPARABLE)
        or unicodedata.category(char).startswith("M")
        for char in text
    )  # fmt: skip
