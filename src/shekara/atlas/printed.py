"""Numbers as they are printed: 3.80 is known to half a hundredth, 5e-05 to half of 0.00001."""

from __future__ import annotations

import math
import sys
import tomllib
from copy import deepcopy
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, Field


class Printed(float):
    """A number that remembers the text it was written as; else a float like any other.

    It is what `tomllib.loads(..., parse_float=Printed)` makes, so that only those who ask for the
    printed digits need to know of them.

    >>> Printed("3.80")
    3.80
    """

    text: str

    def __new__(cls, text: str) -> Printed:
        """The number that a text writes."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __repr__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type[Printed], tuple[str]]:
        return Printed, (self.text,)


def toml(text: str) -> dict[str, object]:
    """The tables of a file, numbers as they are printed; the same text is parsed once.

    Raises
    ------
    ValueError
        The text is no TOML.
    """
    return deepcopy(_parsed(text))


@lru_cache(maxsize=256)
def _parsed(text: str) -> dict[str, object]:
    return tomllib.loads(text, parse_float=Printed)


def as_printed(value: object) -> object:
    """An integer or float as the decimal number that its text writes.

    Raises
    ------
    ValueError
        It is no number, or none that can be computed with.

    >>> as_printed(Printed("5e-05"))
    Decimal('0.00005')
    """
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("is no number; write a number without quotation marks")
    if abs(value) > sys.float_info.max or math.isnan(value):
        raise ValueError("is no finite number, or too large to compute with")
    return Decimal(value.text if isinstance(value, Printed) else repr(value))


# A number of a claim, with the digits that were written.
Number = Annotated[Decimal, BeforeValidator(as_printed), Field(allow_inf_nan=False)]


def half_unit(value: Decimal) -> Decimal:
    """Half a unit of the last digit that a number shows.

    >>> half_unit(Decimal("3.80")), half_unit(Decimal("104492")), half_unit(Decimal("2.7e6"))
    (Decimal('0.005'), Decimal('0.5'), Decimal('5E+4'))
    """
    return Decimal((0, (5,), _exponent(value) - 1))


def decimals(value: Decimal) -> int:
    """Digits that a number shows after its point: 2 for 3.80, 0 for 2.7e6."""
    return max(0, -_exponent(value))


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} has no digits")
    return exponent
