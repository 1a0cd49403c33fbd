"""Phrases of a language, with the endings that its words may take, found at a place of a text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from shekara.texts.plain import plain


@dataclass(frozen=True)
class Morphology:
    """How the words of a language take endings: patterns of its file, none by default.

    `drop` is what falls off a base form, `voiced` the letters that a final one may become.
    """

    ending: str = ""
    drop: str = ""
    voiced: tuple[tuple[str, str], ...] = ()
    short: str = ""  # endings of a name of three letters, but for its last
    shortest: int = 3  # letters of a word that takes endings

    def stem(self, word: str) -> tuple[str, str]:
        """The part of a word that stays, and the pattern of what may follow it."""
        if len(word) < self.shortest or not word.isalpha() or not self.ending:
            return word, ""
        if self.drop:
            short = re.sub(self.drop, "", word)
            return (short if len(short) >= 3 else word), self.ending
        changed = dict(self.voiced)
        if changed:
            last = changed.get(word[-1], re.escape(word[-1]))
            return word[:-1], last + self.ending
        return word, self.ending


class Hit(NamedTuple):
    """A phrase that stands at a place: what it means, where it ends, whether that is sure."""

    meaning: str
    end: int
    sure: bool
    phrase: str

    @property
    def closes(self) -> bool:
        """Whether the phrase counts only where a clause ends or a dimension follows."""
        return self.phrase.endswith("|")


@dataclass(frozen=True)
class Phrase:
    """A phrase and its meaning; without a morphology it is a sign, read in its own case."""

    meaning: str
    text: str
    morphology: Morphology | None = None
    sure: bool = True
    glued: bool = False  # whether digits may follow at once

    @cached_property
    def _parts(self) -> list[tuple[str, str]]:
        exact = self.text.startswith("=") and len(self.text) > 1
        words = plain(self.text).removeprefix("=").removesuffix("|").split()
        parts = []
        for word in words:
            if not exact and word.endswith(".") and len(word) > 1:
                parts.append((word[:-1], r"(?:\.|(?!\w))"))
            elif exact or self.morphology is None:
                parts.append((word, ""))
            else:
                parts.append(self.morphology.stem(word))
        return parts

    @property
    def key(self) -> str:
        """The letters with which every form of the phrase begins, in lower case."""
        return self._parts[0][0].lower()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of all forms of the phrase."""
        words = [re.escape(stem) + rest for stem, rest in self._parts]
        gaps = [r"\s*" if r"\." in rest else r"[\s\u00a0-]+" for _, rest in self._parts[:-1]]
        whole = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=True))
        stem, rest = self._parts[-1]
        ends_in_letter = (stem[-1].isalnum() and not rest.startswith(r"(?:\.")) and stem[-1] != "."
        tail = r"(?!\w)" if ends_in_letter else ""
        tail = r"(?![^\W\d])" if self.glued else tail
        return re.compile(whole + tail, 0 if self.morphology is None else re.IGNORECASE)


def choices(phrase: str) -> list[str]:
    """Every phrase that one with choices stands for: "less/fewer than" is two.

    >>> choices("less/fewer than")
    ['less than', 'fewer than']
    """
    if not re.search(r"[^\W\d_]/[^\W\d_]", phrase):
        return [phrase]
    exact = "=" if phrase.startswith("=") else ""
    words = [word.split("/") for word in phrase.removeprefix("=").split()]
    return [exact + " ".join(picked) for picked in itertools.product(*words)]


class Phrases:
    """Phrases with their meanings, found by the letters with which they begin."""

    def __init__(self, entries: Iterable[Phrase]):
        self._by_key: dict[str, list[tuple[int, Phrase]]] = {}
        for rank, entry in enumerate(dict.fromkeys(entries)):
            self._by_key.setdefault(entry.key, []).append((rank, entry))
        self._lengths = sorted({len(key) for key in self._by_key})

    @property
    def keys(self) -> list[str]:
        """The letters with which the phrases begin."""
        return list(self._by_key)

    def at(self, text: str, place: int) -> Hit | None:
        """The longest phrase that begins at a place."""
        hits = self.all_at(text, place)
        return hits[0] if hits else None

    def all_at(self, text: str, place: int) -> list[Hit]:
        """Every meaning that begins at a place, the longest first, the sure before the others."""
        longest: dict[str, tuple[Hit, int]] = {}
        for length in self._lengths:
            for rank, entry in self._by_key.get(text[place : place + length].lower(), ()):
                match = entry.pattern.match(text, place)
                if match and match.end() > place:
                    hit = Hit(entry.meaning, match.end(), entry.sure, entry.text)
                    known = longest.get(entry.meaning)
                    if known is None or hit.end > known[0].end:
                        longest[entry.meaning] = hit, rank
        ranked = sorted(
            longest.values(), key=lambda pair: (-pair[0].end, not pair[0].sure, pair[1])
        )
        return [hit for hit, _ in ranked]


@dataclass(frozen=True)
class Values:
    """Words with values: numerals, parts, ordinals; some take the endings of number words."""

    forms: Mapping[str, float]
    fixed: frozenset[str] = frozenset()
    ending: str = ""
    compound: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return id(self)

    @cached_property
    def of_several_words(self) -> re.Pattern[str]:
        """The forms that a space or a hyphen parts: quatre-vingt-dix, "soixante et onze"."""
        forms = [form for form in self.forms if not form.isalpha()]
        ordered = sorted(map(re.escape, forms), key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(ordered) or '(?!)'})(?!\w)", re.IGNORECASE)

    def value(self, word: str) -> float | None:
        """The value of a word in any case of letters, with its endings; None where it has none."""
        return _value(self, word.lower())


@lru_cache(maxsize=20000)
def _value(table: Values, word: str) -> float | None:
    if word in table.forms:
        return table.forms[word]
    if table.ending:
        for cut in range(len(word) - 1, 1, -1):
            stem = word[:cut]
            if stem in table.forms and stem not in table.fixed:
                return table.forms[stem] if re.fullmatch(table.ending, word[cut:]) else None
    return None
