"""What a number measures: its unit or currency, a letter for a million, a second smaller unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from shekara.texts.lexicon import Lexicon
from shekara.texts.numeral import SPACE, literal
from shekara.texts.parts import gap, part_at
from shekara.texts.reading import OPPOSITE
from shekara.texts.spelled import spelled
from shekara.texts.tables import kind_of

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_SHORT = re.compile(r"(?P<gap>\s?)(?P<sign>[^\W\d_]{1,2})(?!\w)")
# A pound of money and a pound of weight, where the sentence does not decide: the weight.
_MUCH = 100_000
_COINS = ("USD", "EUR", "GBP", "CAD", "AUD")
# The smaller unit that may follow a larger one, and how many of them make it.
_SMALLER = {("ft", "in"): 12, ("USD", "cent"): 100, ("EUR", "cent"): 100, ("GBP", "pence"): 100}


@dataclass(frozen=True)
class Measured:
    """A unit after a number ("" where none), its end, and what else was read on the way."""

    unit: str
    end: int
    sure: bool = True
    power: int = 0
    relation: str = ""
    other: str = ""  # what the letter could mean as well
    note: str = ""


def comparison_after(text: str, place: int, words: Lexicon) -> tuple[str, int] | None:
    """The word of comparison that belongs to what ends at a place, with its end."""
    begin = re.compile(rf"{SPACE}*").match(text, place)
    start = begin.end() if begin else place
    for hit in words.after.all_at(text, start):
        relation, _, case = hit.meaning.partition("@")
        if case and not re.search(rf"{case}\Z", text[max(0, place - 8) : place].lower()):
            continue
        if not case and _number_follows(text, hit.end, words):
            continue
        if _leads_on(text, start, hit.end, words):
            continue  # "or more than 6000": the words belong to the next number
        verb = re.compile(r"\s+(?P<word>[^\W\d_]+)").match(text, hit.end)
        if case and verb and re.search(words.patterns["negated_verb"], verb["word"].lower()):
            return OPPOSITE.get(relation, relation), verb.end()
        return relation, hit.end
    return None


def _leads_on(text: str, start: int, end: int, words: Lexicon) -> bool:
    """Whether a longer comparison begins inside a phrase: it belongs to the next number."""
    for word in re.finditer(r"(?<!\w)\w", text[start:end]):
        longer = words.before.at(text, start + word.start())
        if longer and longer.end > end:
            return True
    return False


def _number_follows(text: str, place: int, words: Lexicon) -> bool:
    spaces = re.compile(r"\s+").match(text, place)
    if spaces is None:
        return False
    begin = spaces.end()
    if text[begin : begin + 1].isdigit() or spelled(text, begin, words):
        return True
    return begin < len(text) and part_at(text, begin, words) is not None


def _suffix(text: str, end: int, words: Lexicon) -> int:
    """The place after an ending of case joined to a sign by a hyphen: км-ге, %-ы."""
    match = re.compile(rf"(?:[-‑]|(?=')){words.dates['case_suffix']}(?!\w)").match(text, end)
    return match.end() if match else end


def _closes(text: str, end: int, words: Lexicon) -> bool:
    """Whether a clause ends at a place, or the word for a dimension follows: "2 in long"."""
    if re.compile(r"\s*(?:[.,;:)\]!?]|\Z|\n|[x×]\s)").match(text, end):
        return True
    return words.aspects_after.at(text, gap(text, end)) is not None


def _is_money(text: str, place: int, value: Decimal | None, words: Lexicon) -> bool:
    """Whether a name that is a weight or money is money here: a large sum, a word of money."""
    if value is not None and abs(value) >= _MUCH:
        return True
    around = text[max(0, place - 60) : place + 40]
    return re.search(words.patterns["money"], around, re.IGNORECASE) is not None


def unit_at(text: str, place: int, words: Lexicon, value: Decimal | None = None) -> Measured | None:
    """The unit or currency at a place and its end, with an ending joined by a hyphen."""
    begin = gap(text, place)
    if link := re.compile(words.patterns["unit_link"], re.IGNORECASE).match(text, begin):
        begin = link.end()
    closing = _BRACKETS.get(text[begin : begin + 1])
    inside = begin + 1 if closing else begin
    units, coins = words.units.all_at(text, inside), words.currencies.all_at(text, inside)
    hits = sorted([*units, *coins], key=lambda hit: (-hit.end, not hit.sure))  # stable
    if not hits:
        return None
    hits = [hit for hit in hits if not hit.closes or _closes(text, hit.end, words)]
    if not hits:
        return None
    best = hits[0]
    if text[best.end : best.end + 1].isdigit():
        return None  # "3 USD50"
    rivals = [hit for hit in hits if hit.end == best.end and hit.meaning != best.meaning]
    unsure = not best.sure
    if rivals and any(hit in coins for hit in (best, *rivals)) and unsure:
        money = _is_money(text, place, value, words)
        picked = [hit for hit in (best, *rivals) if (hit in coins) == money]
        best = picked[0] if picked else best
    if closing:
        if text[best.end : best.end + 1] != closing:
            return None
        code, _, power = best.meaning.partition(" ")
        return Measured(code, best.end + 1, best.sure, int(power or 0))
    code, _, power = best.meaning.partition(" ")
    note = f"{text[inside : best.end]} may mean something else" if not best.sure else ""
    return Measured(code, _suffix(text, best.end, words), best.sure, int(power or 0), note=note)


def _short(text: str, end: int, money: bool, words: Lexicon) -> tuple[int, int, str] | None:
    """A letter for a power of ten: the power, its end and the unit that it could mean as well."""
    match = _SHORT.match(text, end)
    power = words.short.get(match["sign"]) if match else None
    if match is None or power is None:
        return None
    glued = not match["gap"] or match["sign"] in "kK"
    unit = words.units.at(text, match.start("sign"))
    as_unit = unit.meaning if unit and unit.end == match.end() else ""
    follows = unit_at(text, match.end(), words)
    counted = (
        follows is not None
        and text[match.end() : match.end() + 1] != "-"
        and (follows.end - gap(text, match.end()) > 2 or kind_of(follows.unit) == "money")
    )
    if money or counted:
        return power, match.end(), ""
    if as_unit:
        several = re.compile(rf"{SPACE}(?P<word>[^\W\d_]{{3,}})").match(text, match.end())
        word = several["word"].lower() if several else ""
        dimension = words.aspects_after.at(text, several.start("word")) if several else None
        plural = word.endswith("s") and word not in words.small and dimension is None
        if glued and (plural or match["sign"].isupper()):
            return power, match.end(), as_unit
        return None
    return (power, match.end(), "") if glued or len(match["sign"]) > 1 else None


def measured(
    text: str, end: int, currency: str, words: Lexicon, value: Decimal | None = None
) -> Measured:
    """The unit after a number, and the word of comparison that may stand before it."""
    power, other = 0, ""
    if short := _short(text, end, bool(currency), words):
        power, end, other = short
    relation, begin = "", end
    between = comparison_after(text, end, words)
    if between and unit_at(text, between[1], words):
        relation, begin = between
    unit = unit_at(text, begin, words, value * 10**power if value is not None else None)
    sign = currency and unit is not None and not text[begin : unit.end].strip().isalpha()
    if unit is None or sign or (currency and unit.unit != currency):
        return Measured(currency, end, power=power, other=other)
    return Measured(unit.unit, unit.end, unit.sure, power + unit.power, relation, other, unit.note)


def millions_after(text: str, unit: Measured, words: Lexicon) -> Measured:
    """A sum with its magnitude behind the currency: 75 USD million."""
    if not unit.unit or kind_of(unit.unit) != "money" or unit.power:
        return unit
    hit = words.magnitudes.at(text, gap(text, unit.end))
    if hit is None:
        return unit
    note = "the magnitude stands after the currency"
    return replace(unit, end=hit.end, power=int(hit.meaning), note=note, sure=False)


def smaller_part(text: str, end: int, unit: str, words: Lexicon) -> tuple[Decimal, int] | None:
    """What a second, smaller unit adds, in the first: 5 ft 2 in, 3 dollars and 50 cents."""
    joins = "|".join(re.escape(word) for word in words.lists.get("join", ())) or "(?!)"
    join = re.compile(rf"{SPACE}*(?:(?:{joins}){SPACE}+)?", re.IGNORECASE).match(text, end)
    begin = join.end() if join else end
    number = None
    if text[begin : begin + 1].isdigit():
        number = literal(text, begin, words.langs)
    elif begin < len(text) and begin > end:
        number = spelled(text, begin, words)
    if number is None or number.value is None:
        return None
    name = words.units.at(text, gap(text, number.end))
    # "2 in" closes the measure: after feet the word is a unit.
    inches = re.compile(r"\s?in(?!\w)").match(text, number.end) if unit == "ft" else None
    code, stop = (name.meaning, name.end) if name else ("in", inches.end()) if inches else ("", end)
    if not code and unit in _COINS and 10 <= number.value < 100:
        alone = re.compile(r"\s*(?:[.,;!?]\s|[.,;!?]?\Z)").match(text, number.end)
        return (number.value / 100, number.end) if alone else None
    share = _SMALLER.get((unit, code))
    return (number.value / share, stop) if share and number.value < share else None
