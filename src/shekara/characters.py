"""Characters that may stand in a file: what an atlas says, without what no file can carry."""

from __future__ import annotations

import re

# Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets); lone surrogates have no UTF-8.
# What QGIS and Google Earth would take for the beginning of markup, or of an expression.
_BEGINNINGS = re.compile(r"<(?=[A-Za-z/!?])|\[(?=%)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
