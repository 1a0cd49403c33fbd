"""Measures the reader of numbers with phrase sets in the format of Recognizers-Text or quantulum3.

``python -m tests.texts.yardstick FOLDER [--lang en] [--show]`` reads every ``*.json`` of a folder
that anyone can fetch (Microsoft Recognizers-Text ``Specs/``, quantulum3 ``quantities.json``); none
of them is part of this repository. For every expected number it asks: is the value right, with
both ends of an interval (a set that marks the ends apart is content with either); is the unit; is
the relation, where the set has one; and how often is a reading wrong that says *high*.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shekara.texts import Candidate, candidates

# Names of units in the sets, and ours. A name that is not here is compared by value alone.
UNITS = {
    "acre": "acre", "barrel": "bbl", "bit": "bit", "byte": "byte", "celsius": "degC", "c": "degC",
    "centimeter": "cm", "centilitre": "cl", "cubic centimeter": "cm3", "cubic foot": "ft3",
    "cubic kilometer": "km3", "cubic kilometre": "km3", "cubic meter": "m3", "cup": "cup",
    "day": "day", "decimeter": "dm", "degree": "deg", "degree celsius": "degC", "dollar": "USD",
    "degree fahrenheit": "degF", "f": "degF", "fahrenheit": "degF", "foot": "ft", "gallon": "gal",
    "gigabyte": "GB", "gigahertz": "GHz", "gram": "g", "hectare": "ha", "hour": "hour",
    "inch": "in", "k": "K", "kelvin": "K", "kilogram": "kg", "kilometer": "km", "kilometre": "km",
    "kilometer per hour": "km/h", "kilometre per hour": "km/h", "litre": "l", "liter": "l",
    "megabit": "Mbit", "megabyte": "MB", "megawatt hour": "MWh", "meter": "m", "metre": "m",
    "metric ton": "t", "microgram": "ug", "micrometre": "um", "mile": "mi", "mile per hour": "mi/h",
    "milligram": "mg", "milliliter": "ml", "millimeter": "mm", "minute": "min", "month": "month",
    "nanometre": "nm", "ounce": "oz", "percentage": "percent", "picometer": "pm",
    "picometre": "pm", "pound": "lb|GBP", "pound sterling": "GBP", "pound-mass": "lb",
    "radian": "rad", "second": "s", "square kilometer": "km2", "square kilometre": "km2",
    "square meter": "m2", "square mile": "mi2", "tablespoon": "tbsp", "teaspoon": "tsp",
    "ton": "ton|t", "tonne": "t", "turn": "turn", "watt hour": "Wh", "week": "week", "year": "year",
    "cent": "cent", "penny": "penny|cent", "pence": "pence", "euro": "EUR", "yen": "JPY",
    "electronvolt": "eV", "united states dollar": "USD",
}  # fmt: skip
_BOUNDS = re.compile(r"(?P<open>[\[(])(?P<low>[^,]*),(?P<high>[^\])]*)(?P<close>[\])])")


@dataclass(frozen=True)
class Expected:
    """One number that a set expects in a phrase."""

    text: str
    start: int
    end: int
    low: float | None
    high: float | None = None
    unit: str = ""
    relation: str = ""
    percent: bool = False


@dataclass
class Score:
    """Counts of one set."""

    total: int = 0
    value: int = 0
    both: int = 0
    related: int = 0
    relations: int = 0
    high: int = 0
    wrong_high: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """The counts in one line."""
        relation = f", relation {self.related}/{self.relations}" if self.relations else ""
        return (
            f"{name}: value {self.value}/{self.total}, value and unit {self.both}/{self.total}"
            f"{relation}; high {self.high}, of them wrong {len(self.wrong_high)}"
        )


def _range(text: str, place: tuple[str, int, int]) -> Expected | None:
    match = _BOUNDS.fullmatch(text.replace(" ", ""))
    if match is None:
        return None
    low = float(match["low"]) if match["low"] else None
    high = float(match["high"]) if match["high"] else None
    if low is not None and high is not None:
        if low == high:
            return Expected(*place, low, relation="equals")
        return Expected(*place, low, high, relation="between")
    if low is not None:
        return Expected(*place, low, relation="at_least" if match["open"] == "[" else "more_than")
    return Expected(*place, high, relation="at_most" if match["close"] == "]" else "less_than")


def _of_recognizers(case: dict[str, Any]) -> Iterator[Expected]:
    place = 0
    text = case["Input"]
    for result in case["Results"]:
        resolution = result.get("Resolution") or {}
        value = resolution.get("value")
        begin = text.lower().find(result["Text"].lower(), place)
        if value in (None, "null") or begin < 0:
            continue
        place = begin + len(result["Text"])
        where = (result["Text"], begin, place)
        if result["TypeName"] == "numberrange":
            if expected := _range(value, where):
                yield expected
        elif result["TypeName"] == "percentage":
            yield Expected(*where, float(value.rstrip("%").replace(",", ".")), unit="percent")
        else:
            if not re.fullmatch(r"-?[0-9.,]+(?:[eE][+-]?[0-9]+)?", value):
                continue  # an ordinal counted from the end, or none
            unit = resolution.get("isoCurrency") or UNITS.get(
                str(resolution.get("unit", "")).lower(), ""
            )
            yield Expected(*where, float(value.replace(",", ".")), unit=unit)


def _of_quantulum(case: dict[str, Any]) -> Iterator[Expected]:
    place = 0
    for result in case["res"]:
        begin = case["req"].find(result["surface"], place)
        if begin < 0:
            continue
        place = begin + len(result["surface"])
        value, spread = result["value"], result.get("uncertainty")
        unit = UNITS.get(str(result["unit"]).lower(), "")
        where = (result["surface"], begin, place)
        if spread and re.search(r"\d.*(?:to|and|[-–]).*\d", result["surface"]):
            yield Expected(*where, value - spread, value + spread, unit, "between")
        else:
            yield Expected(*where, value, unit=unit)


def phrases(path: Path) -> Iterator[tuple[str, list[Expected]]]:
    """The phrases of a set and what it expects in each."""
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        if "Input" in case:
            yield case["Input"], list(_of_recognizers(case))
        elif "req" in case:
            yield case["req"], list(_of_quantulum(case))


def _same(read: object, other: float | None) -> bool:
    if read is None or other is None:
        return read is None and other is None
    return isinstance(read, (int, float)) and math.isclose(read, other, rel_tol=1e-4, abs_tol=1e-12)


def _value_fits(read: Candidate, expected: Expected) -> bool:
    scale = 0.01 if read.unit == "percent" and expected.unit != "percent" else 1
    low = read.value * scale if isinstance(read.value, (int, float)) else None
    high = read.value_high * scale if isinstance(read.value_high, (int, float)) else None
    if _same(low, expected.low) and _same(high, expected.high):
        return True
    if expected.high is None and not expected.relation and high is not None:
        # The set marks the ends of an interval apart: "eight to [10 feet]".
        return _same(low, expected.low) or _same(high, expected.low)
    if read.kind == "year" and read.relation == "between" and expected.high is None:
        return _same(low, expected.low)  # 1960s
    return False


def _unit_fits(read: Candidate, expected: Expected) -> bool:
    return not expected.unit or read.unit in expected.unit.split("|")


def _overlap(read: Candidate, expected: Expected) -> int:
    return min(read.end, expected.end) - max(read.start, expected.start)


def measure(path: Path, lang: str | None) -> Score:
    """The score of one set."""
    score = Score()
    for text, expected in phrases(path):
        readings = candidates(text, lang)
        for each in expected:
            score.total += 1
            near = [read for read in readings if _overlap(read, each) > 0]
            fitting = [read for read in near if _value_fits(read, each)]
            with_unit = [read for read in fitting if _unit_fits(read, each)]
            score.value += bool(fitting)
            score.both += bool(with_unit)
            if each.relation:
                score.relations += 1
                score.related += any(read.relation == each.relation for read in fitting)
            related = not each.relation or any(read.relation == each.relation for read in fitting)
            if not with_unit or not related:
                shown = [(r.text, r.value, r.value_high, r.unit, r.relation) for r in near]
                score.misses.append(f"{text[:110]!r}: {each.text!r} -> {shown}")
            score.high += sum(read.confidence == "high" for read in near)
            score.wrong_high += [
                f"{text[:90]!r}: {read.text!r} -> {read.value} {read.unit}"
                for read in near
                if read.confidence == "high" and read not in fitting and not fitting
            ]
    return score


def main() -> None:
    """Print the score of every set of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default=None)
    parser.add_argument("--show", action="store_true", help="list what was missed")
    options = parser.parse_args()
    for path in sorted(options.folder.glob("*.json")):
        score = measure(path, options.lang)
        print(score.line(path.stem))  # noqa: T201
        for miss in [*score.misses, *(f"HIGH {wrong}" for wrong in score.wrong_high)]:
            if options.show:
                print("   ", miss)  # noqa: T201


if __name__ == "__main__":
    main()
