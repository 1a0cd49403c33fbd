"""The language of each sentence of a text: its letters first, then its small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from shekara.errors import UsageError
from shekara.texts.lexicon import lexicon
from shekara.texts.names import months, names_of_units
from shekara.texts.plain import plain
from shekara.texts.tables import TomlValue, languages, morphology, strings, units

_SCRIPTS = {
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "latin": re.compile("[a-zà-öø-ÿ]", re.IGNORECASE),
    "arabic": re.compile("[\u0621-\u064a]"),
    "han": re.compile("[\u3400-\u9fff]"),
}
# Letters of alphabets that no language here has: Cyrillic ones, kana, Hangul.
_OTHER_LETTERS = re.compile("[їєґўђћљњџјѓќ\u3040-\u30ff\uac00-\ud7af]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# No sentence ends after these with their full stop, though a name or a German noun follows.
_SHORT = (
    "av",
    "ap",
    "hab",
    "env",
    "Mio",
    "Mrd",
    "Tsd",
    "Bio",
    "St",
    "Mt",
    "Dr",
    "Prof",
    "ca",
    "bzw",
    "vgl",
)
# Nor within these, whose second word has a capital; "vitamin C. The" are two sentences.
_PAIRS = (
    "[zZ] B", "[zZ] T", "[zZ] Zt", "[uU] U", "[oO] Ä", "[uU] Ä", "i A", "i J", "v Chr", "n Chr",
    "a C", "d C",
)  # fmt: skip
# Nor after letters with full stops: "B.C.", «б.з.д.».
_SENTENCE_END = re.compile(
    "".join(rf"(?<!\b{word})" for word in _SHORT)
    + "".join(r"(?!(?<=\b{})\.\s{}\.)".format(*pair.split()) for pair in _PAIRS)
    + r"(?<!\W[^\W\d_]\.[^\W\d_])(?<!\W[^\W\d_]\.\s[^\W\d_])"
    r"[.!?…]+[»”\"')\]]*\s+(?=[\"«“„(]?[^\W\d_])|\n"
)
# From so many words on, small words are counted to tell another language.
_ENOUGH_WORDS = 6
_PROOF = 0.3  # the share of words about numbers that tells a language without small words
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")


@dataclass(frozen=True)
class Sentence:
    """A sentence: where it stands, in which paragraph, in which languages it may be written."""

    start: int
    end: int
    paragraph: int
    langs: tuple[str, ...]
    lang: str


def texts_in(text: str) -> tuple[str, ...]:
    """The languages in which a text may be written: one where there is proof, () for another one.

    >>> texts_in("1,234") == tuple(languages())
    True
    """
    if _OTHER_LETTERS.search(text):
        return ()
    tables = {lang: table["language"] for lang, table in languages().items()}
    counts = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return () if _WORD.search(text) else tuple(tables)
    possible = {lang: table for lang, table in tables.items() if table["script"] == script}
    for lang, table in possible.items():
        if "letters" in table and re.search(table["letters"], text, re.IGNORECASE | re.DOTALL):
            return (lang,)
    words = Counter(word.lower() for word in _WORD.findall(text))
    total = words.total()
    scores = {lang: _score(table, words, text) for lang, table in possible.items()}
    best = max(scores.values(), default=0)
    alike = sorted(lang for lang, score in scores.items() if score == best)
    if best < 0:
        return tuple(tables) if script == "latin" else ()
    if best > 0 and len(alike) == 1 and total < _ENOUGH_WORDS:
        return tuple(alike)
    if best > 0:
        known = {lang: _known_words(lang, words) for lang in alike}
        alike = [lang for lang in alike if known[lang] >= possible[lang].get("enough", 0) * total]
    else:  # no proof: words about numbers, without those of a letter or two
        words = Counter({word: count for word, count in words.items() if len(word) > 2})
        needed = _PROOF * words.total() if total >= _ENOUGH_WORDS else words.total() / 2
        known = {lang: _known_words(lang, words) for lang in alike}
        alike = [lang for lang in alike if known[lang] >= max(1, needed)]
    most = max((known[lang] for lang in alike), default=0)
    if told := tuple(lang for lang in alike if known[lang] == most):
        return told
    return tuple(tables) if script == "latin" else tuple(sorted(possible))


def _known_words(lang: str, words: Counter[str]) -> int:
    """How many words of a text a language has: small ones, and those about numbers."""
    small = languages()[lang]["language"].get("small", ())
    return sum(count for word, count in words.items() if word in small or _knows(lang, word))


@lru_cache(maxsize=16)
def _vocabulary(lang: str) -> frozenset[str]:
    """The words of a language about numbers: those of its file and CLDR's months and units."""
    morph = morphology(lang)
    patterns = [pattern for pattern, _ in months(lang, morph)]
    texts = [*strings(languages()[lang]), *names_of_units(units(), lang), *patterns]
    return frozenset(word for text in texts for word in _WORD.findall(plain(text.lower()))
                     if len(word) > 2)  # fmt: skip


def _knows(lang: str, word: str) -> bool:
    """Whether a word, with or without a last s, is one of a language about numbers."""
    vocabulary = _vocabulary(lang)
    return word in vocabulary or (len(word) > 4 and word[:-1] in vocabulary)


def _score(table: Mapping[str, TomlValue], words: Counter[str], text: str) -> int:
    """How many small words of a language a text has; -1 where more have foreign letters."""
    small = set(table.get("small", ()))
    score = sum(words[word] for word in small - set(table.get("shared", ())))
    if "foreign" in table:
        # Words with a capital are names: São Paulo may stand in any language.
        plain_words = [word for word in _WORD.findall(text) if not word[0].isupper()]
        foreign = sum(1 for word in plain_words if re.search(table["foreign"], word))
        if foreign and foreign >= score:
            return -1
    if "likely" in table and re.search(table["likely"], text, re.IGNORECASE):
        score += 1
    return score


def _has_words(text: str) -> bool:
    """Whether a sentence has so many words, or long ones, that its language would show."""
    words = _WORD.findall(text)
    long = [word for word in words if len(word) > 3 and word.islower()]
    accented = any(not word.isascii() for word in long)
    return len(words) >= _ENOUGH_WORDS or len(long) > 1 or accented


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


@lru_cache(maxsize=1)
def _ordinals_go_on() -> re.Pattern[str]:
    """What goes on after "6." in a language whose ordinals have a full stop: a month, a century."""
    pointed = [
        lang
        for lang, table in languages().items()
        if table.get("date", {}).get("day_ending") == "\\."
    ]
    dates = [lexicon((lang,)).dates for lang in pointed]
    words = "|".join(f"{each.month}|{each['century']}" for each in dates) or "(?!)"
    return re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)


def _spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    place = first
    for gap in _SENTENCE_END.finditer(text, first, last):
        if gap.group() != "\n" and not _begins_with_a_capital(text, gap.end()):
            continue
        ordinal = re.compile(r"(?<![0-9.,])[0-9]{1,2}\Z").search(text, first, gap.start())
        if ordinal and _ordinals_go_on().match(text, gap.end()):
            continue
        yield place, gap.end()
        place = gap.end()
    if place < last:
        yield place, last


def _begins_with_a_capital(text: str, place: int) -> bool:
    """Of any alphabet: Łódź, Ötztal, Әлем."""
    letter = _FIRST_LETTER.search(text, place)
    return letter is not None and not letter.group().islower()


def sentences(text: str, lang: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of a text in order, each with its language.

    A sentence that does not tell its language takes that of its paragraph, then that of the text,
    where these agree with its letters; where none tells it, a sentence of some words has none.

    Raises
    ------
    UsageError
        `lang` is no language that has a file.
    """
    if lang is not None and lang not in languages():
        known = ", ".join(languages())
        raise UsageError(f"lang = {lang!r}: texts are read in {known}; choose one, or leave it out")
    whole = texts_in(text)
    result = []
    for number, (first, last) in enumerate(_paragraphs(text), start=1):
        around = texts_in(text[first:last])
        for start, end in _spans(text, first, last):
            spoken = texts_in(text[start:end]) if lang is None else (lang,)
            for wider in (around, whole):
                if len(spoken) > 1 and len(wider) == 1 and wider[0] in spoken:
                    spoken = wider
            if set(spoken) == set(languages()) and _has_words(text[start:end]):
                spoken = ()
            name = spoken[0] if len(spoken) == 1 else ""
            result.append(Sentence(start, end, number, spoken, name))
    return tuple(result)
