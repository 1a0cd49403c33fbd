"""Remarks: English sentences that also know what they say, for documents in other languages."""

from __future__ import annotations

from collections.abc import Mapping


class Word(str):
    """The key of words, in contrast to text that stands as it is (a name, say)."""

    __slots__ = ()


class Remark(str):
    """A sentence with the key of its words and the values that fill them.

    A value is text, a key of further words, or a number with its unit: ("m", 3.2).
    """

    key: str
    filling: Mapping[str, str | tuple[str, float]]

    def __new__(cls, text: str, key: str, **filling: str | tuple[str, float]) -> Remark:
        """The sentence in English, its key and what fills its words in other languages."""
        remark = super().__new__(cls, text)
        remark.key, remark.filling = key, filling
        return remark

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, str | tuple[str, float]]]:
        """What a copy is made of: tables that carry remarks are copied with them."""
        return (str(self), self.key), dict(self.filling)
