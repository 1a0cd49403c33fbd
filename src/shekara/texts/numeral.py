"""Numbers as a text writes them: digits with separators, words, Roman numerals.

Babel's ``parse_decimal`` is not asked: not strict it makes 272490225 of 2724902,25 in English,
strict it refuses thousands parted by an ordinary space, and it reads one language at a time, so
that it cannot say that 1,234 is two numbers. Its separators (CLDR) are used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shekara.texts.lexicon import LANGUAGES, Lexicon, decimal_sign

# Ordinary, no-break, narrow no-break and thin space: all four part thousands in print.
SPACE = "[ \u00a0\u202f\u2009]"
DIGITS = (
    rf"[0-9]{{1,3}}(?P<gap>{SPACE})[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*"
    rf"(?!{SPACE}?[0-9])(?:[.,][0-9]+)?(?![.,]?[0-9])"
    r"|[0-9]+(?:[.,'’][0-9]+)*"
)
_DIGITS = re.compile(DIGITS)
# A million million with its separators and twelve decimals; longer runs are keys or tables.
LONGEST = 40
VULGAR = tuple("½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞")
_WORD = re.compile(r"(?:[ \u00a0]+|-)?(?P<word>[^\W\d_]+)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[.,'’][0-9]{3})+")


@dataclass(frozen=True)
class Number:
    """A number and its place: every reading that its separators allow."""

    start: int
    end: int
    readings: tuple[Decimal, ...]
    note: str = ""
    spelled: bool = False
    mantissa: Decimal | None = None  # 3 of "three million"; None where words make no such number


def readings(literal: str, langs: Sequence[str]) -> tuple[Decimal, ...]:
    """Every number that digits with separators can mean in the languages; () where none fits.

    A sign that the language uses for decimals is one. A sign that it uses otherwise, or not at
    all, parts thousands where the groups fit; where both would fit and the language does not
    decide, both are returned. Nothing is ever left out of the digits.

    >>> readings("2724902,25", ["en"])
    (Decimal('2724902.25'),)
    >>> readings("1,234", ["kk", "ru", "en"])
    (Decimal('1.234'), Decimal('1234'))
    """
    packed = re.sub(SPACE, "", literal)
    marks = re.findall(r"[.,'’]", packed)
    bare = re.sub(r"[.,'’]", "", packed)
    if not marks:
        return (Decimal(packed),)
    if packed != literal:  # spaces part the thousands, so the one mark is the decimal sign
        return (Decimal(re.sub("[.,]", ".", packed)),)
    head, tail = packed.rsplit(marks[-1], 1)
    as_decimal = Decimal(re.sub("[.,'’]", "", head) + "." + tail)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1 and marks[-1] in ".,":
        return (as_decimal,) if _THOUSANDS.fullmatch(head) else ()
    grouped = _THOUSANDS.fullmatch(packed) is not None and len(set(marks)) == 1
    if len(marks) > 1 or marks[0] in "'’":
        return (Decimal(bare),) if grouped else ()
    if not grouped:
        return (as_decimal,)
    found: list[Decimal] = []
    for lang in langs or LANGUAGES:
        if marks[0] == decimal_sign(lang):
            found.append(as_decimal)
        elif lang == "en":  # CLDR: the other sign parts thousands
            found.append(Decimal(bare))
        else:  # CLDR parts thousands by a space: a point is foreign and says nothing
            found += [as_decimal, Decimal(bare)]
    return tuple(sorted(set(found)))


def vulgar(sign: str) -> Decimal:
    """The value of a fraction that is one character: ½."""
    return Decimal(str(round(unicodedata.numeric(sign), 6)))


def literal(text: str, place: int, langs: Sequence[str]) -> Number | None:
    """The number in digits at a place; None where digits belong to a name or a code (G20, 3D)."""
    match = _DIGITS.match(text, place)
    if match is None:
        return None
    ahead = text[place - 1 : place]
    if ahead.isalnum() or ahead == "_":
        return None
    written = match.group()
    if written.count(".") > 1 and not _THOUSANDS.fullmatch(written.split(",")[0]):
        return None  # a version or an address
    if len(written) > LONGEST:
        return Number(place, match.end(), (), "too many digits for a number of a text")
    found, note = readings(written, langs), ""
    if len(found) > 1:
        note = "the separator parts thousands or decimals: the text does not say which"
    elif not found:
        note = "the separators fit no number"
    elif "," in written and tuple(langs) == ("en",) and "." not in written:
        note = "a decimal comma in English" if found[0] % 1 else ""
    end = match.end()
    if len(found) == 1 and text[end : end + 1] in VULGAR:
        found, end = (found[0] + vulgar(text[end]),), end + 1
    if written[0] == "0" and len(written) > 1 and written[1].isdigit():
        return None  # a code: 007, a telephone number
    return Number(place, end, found, note)


def _adds(total: int, value: int, words: Lexicon) -> int | None:
    """The number below a thousand that a further word makes; None where it begins another."""
    if value == 0:
        return None
    if value == 100:
        return (total or 1) * 100 if total < 10 else None
    room = 1000 if value > 100 else 100 if value >= 10 else 10
    # Only a language that says "ten five" for fifteen lets a unit follow ten.
    closed = value < 10 and total % 100 == 10 and "kk" not in words.langs
    return None if total % room or closed else total + value


def spelled(text: str, place: int, words: Lexicon) -> Number | None:
    """The number in words at a place: «үш», «сто сорок восемь», "three hundred and twelve"."""
    if place and (text[place - 1].isalnum() or text[place - 1] in "-‑_"):
        return None
    total, part, end, floor = 0, 0, place, 10**15
    best: Number | None = None
    while match := _WORD.match(text, end):
        word = match.group("word").lower()
        value, power = words.numerals.get(word), words.magnitudes.at(text, match.start("word"))
        if value is not None:
            grown = _adds(part, value, words)
            if grown is None:
                break
            part, end = grown, match.end()
            best = Number(place, end, (Decimal(total + part),), spelled=True)
        elif power is not None and part and 10 ** int(power[0]) < floor:
            floor, end = 10 ** int(power[0]), power[1]
            mantissa = Decimal(part) if total == 0 else None
            total, part = total + part * floor, 0
            best = Number(place, end, (Decimal(total),), spelled=True, mantissa=mantissa)
        elif word == "and" and best and best.end == end and (part >= 100 or not part):
            end = match.end()
        else:
            break
    return best


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
# Cyrillic letters that are typed for Roman numerals because they look the same.
_LOOKALIKES = str.maketrans("ІХ", "IX")
ROMAN = "[IVXLІХ]{1,7}"


def roman(numeral: str) -> int | None:
    """The value of a Roman numeral, also typed in Cyrillic letters; None where it is none.

    >>> roman("XXI")
    21
    """
    plain = numeral.translate(_LOOKALIKES)
    if not re.fullmatch(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})", plain) or not plain:
        return None
    values = [_ROMAN[letter] for letter in plain]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def ordinal(word: str, tables: Mapping[str, Any], numerals: Mapping[str, int]) -> int | None:
    """The value of an ordinal in words: twenty-first, двадцатый, жиырма бірінші."""
    lowered = re.sub(r"\s+", " ", word.lower())
    whole, stems, ending = tables["en"], tables["ru"], tables["kk"]
    if lowered in whole:
        return int(whole[lowered])
    stem = re.sub(r"(?:ого|ому|ый|ий|ой|ом|ем|ьего|ья|ье|ая|ое|ые|ых|ым)$", "", lowered)
    if stem in stems and stem != lowered:
        return int(stems[stem])
    total = 0
    *tens, last = lowered.split(" ")
    stem = re.sub(rf"{ending}$", "", last)
    if stem == last:
        return None
    for part in [*tens, stem]:
        forms = [value for form, value in numerals.items() if form == part or form[:-1] == part]
        if not forms:
            return None
        total += forms[0]
    return total
