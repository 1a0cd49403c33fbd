"""Numbers in digits: separators, fractions, powers of ten, Roman numerals.

Babel's ``parse_decimal`` is not asked: not strict it makes 272490225 of 2724902,25 in English,
strict it refuses thousands parted by an ordinary space, and it reads one language at a time, so
that it cannot say that 1,234 is two numbers. Its separators (CLDR) are used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shekara.texts.tables import decimal_sign, groups_by_point, languages

# Ordinary, no-break, narrow no-break and thin space: all four part thousands in print.
SPACE = "[ \u00a0\u202f\u2009]"
_DIGITS = re.compile(
    rf"[0-9]{{1,3}}(?P<gap>{SPACE})[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*"
    rf"(?!{SPACE}?[0-9])(?:[.,][0-9]+)?(?![.,]?[0-9])"
    r"|[0-9]+(?:[.,'’][0-9]+)*"
)
# As texts prepared for machines write it: "10 , 000" and "46 . 8".
_SPACED = re.compile(
    r"[0-9]{1,3}(?: , [0-9]{3})+(?: \. [0-9]+)?(?![0-9])|[0-9]{1,3} \. [0-9]{1,2}(?![0-9])"
)
_EXPONENT = re.compile(r"[eE](?P<power>[+-]?[0-9]{1,2})(?![\w.])")
_POWER = re.compile(
    r"\s?[×x·*]\s?10(?:\^?(?P<plain>[-−+]?[0-9]{1,2})|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))(?![0-9])"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")
# A million million with its separators and twelve decimals; longer runs are keys or tables.
LONGEST = 40
VULGAR = tuple("½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_VULGAR = {sign: Decimal(str(round(unicodedata.numeric(sign), 12))) for sign in VULGAR}
_FRACTION = re.compile(r"(?P<a>[0-9]{1,3})\s?[/⁄]\s?(?P<b>[1-9][0-9]{0,3})(?![0-9/]|[.,][0-9])")
THREE_DECIMALS = "three decimals, or thousands parted by the other sign"
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[.,'’][0-9]{3})+")


@dataclass(frozen=True)
class Number:
    """A number and its place: every reading that its separators allow.

    `mantissa` is 3 of "three million", None where there is no such number; `power` the exponent of
    its magnitude; `part` is 0 for a number, 1 for one part of a whole (a third), more for several.
    """

    start: int
    end: int
    readings: tuple[Decimal, ...]
    note: str = ""
    spelled: bool = False
    mantissa: Decimal | None = None
    power: int = 0
    part: int = 0
    half_unit: Decimal | None = None
    sure: bool = True

    @property
    def value(self) -> Decimal | None:
        """The one reading; None where there are several or none."""
        return self.readings[0] if len(self.readings) == 1 else None


def is_whole(value: Decimal) -> bool:
    """Whether a number has no decimals; without the limit of digits that a remainder has."""
    return value == value.to_integral_value()


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
    meant: list[Decimal] = []
    for lang in langs or sorted(languages()):
        if marks[0] == decimal_sign(lang):
            meant.append(as_decimal)
        elif groups_by_point(lang):  # CLDR: the other sign parts thousands
            meant.append(Decimal(bare))
        else:  # CLDR parts thousands by a space: a point is foreign and says nothing
            meant += [as_decimal, Decimal(bare)]
    return tuple(sorted(set(meant)))


def _code(text: str, place: int, written: str) -> bool:
    """Whether digits belong to a name or a code: G20, 3D, a version, an address, 007."""
    ahead = text[place - 1 : place]
    if ahead.isalnum() or ahead == "_":
        return True
    if written.count(".") > 1 and not _THOUSANDS.fullmatch(written.split(",")[0]):
        return True
    return written[0] == "0" and len(written) > 1 and written[1].isdigit()


def _exponent(text: str, end: int) -> tuple[int, int]:
    """The power of ten after digits, and its end."""
    if match := _EXPONENT.match(text, end):
        return int(match["power"]), match.end()
    if match := _POWER.match(text, end):
        return int((match["plain"] or match["raised"]).translate(_RAISED)), match.end()
    return 0, end


def fraction(text: str, place: int) -> Number | None:
    """A fraction in digits or of one character: 3/4, ¾."""
    if text[place : place + 1] in VULGAR:
        return Number(place, place + 1, (_VULGAR[text[place]],), part=2)
    match = _FRACTION.match(text, place)
    if match is None or int(match["a"]) == 0 or text[place - 1 : place].isalnum():
        return None
    value = Decimal(match["a"]) / Decimal(match["b"])
    return Number(place, match.end(), (value,), part=2)


def literal(text: str, place: int, langs: Sequence[str]) -> Number | None:
    """The number in digits at a place; None where digits belong to a name or a code (G20, 3D)."""
    spaced = _SPACED.match(text, place)
    match = spaced or _DIGITS.match(text, place)
    if match is None:
        return None
    written = match.group()
    if spaced:
        written = written.replace(" ", "")
    if _code(text, place, written):
        return None
    if len(written) > LONGEST:
        return Number(place, match.end(), (), "too many digits for a number of a text")
    meant, note, end = readings(written, langs), "", match.end()
    if spaced:
        meant, note = (Decimal(written.replace(",", "")),), "spaces inside the number"
    elif len(meant) > 1:
        note = "the separator parts thousands or decimals: the text does not say which"
    elif not meant:
        note = "the separators fit no number"
    elif written[-1] == "0" and _THOUSANDS.fullmatch(written) and meant[0] < 1000:
        note = THREE_DECIMALS  # 15.000 km: few would print the noughts of a decimal
    elif "," in written and "." not in written and not is_whole(meant[0]) and _foreign(langs):
        note = "a decimal comma where the language writes a point"
    half = None
    if len(meant) == 1:
        half = Decimal(5).scaleb(int(meant[0].as_tuple().exponent) - 1)
        power, end = _exponent(text, end)
        meant, half = (meant[0].scaleb(power),), half.scaleb(power)
        more = _mixed(text, end, meant[0])
        if more:
            meant, end, half = (meant[0] + more.readings[0],), more.end, None
    return Number(place, end, meant, note, half_unit=half, mantissa=meant[0] if meant else None)


def _foreign(langs: Sequence[str]) -> bool:
    return len(langs) == 1 and decimal_sign(langs[0]) != ","


def _mixed(text: str, end: int, whole: Decimal) -> Number | None:
    """A fraction that belongs to the whole number before it: 10 1/2, 3½, 2-1/4."""
    if not is_whole(whole):
        return None
    begin = re.compile(r"(?:\s{0,2}|-)(?=[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])|\s{1,2}(?=[0-9])|-(?=[1-9]/)").match(
        text, end
    )
    more = fraction(text, begin.end()) if begin else None
    return more if more and more.readings[0] < 1 else None


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
