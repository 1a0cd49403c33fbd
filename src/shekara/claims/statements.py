"""Kinds of claims that a document or arithmetic decides, and those that nothing can decide."""

from __future__ import annotations

import ast
import datetime
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from shekara.atlas import Atlas, Layer
from shekara.atlas.files import Text, Url
from shekara.atlas.printed import Number
from shekara.claims.kind import Compared, Judgement, Kind
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.relation import rounded
from shekara.errors import InputError
from shekara.measuring import Interval
from shekara.spelling import way_out

Range = Annotated[list[Number], Field(min_length=2, max_length=2)]


class Documented(Kind):
    """What a document says; `confirms = false` where it says otherwise."""

    by: Text
    date: datetime.date | int | None = None
    url: Url | None = None
    confirms: bool = True

    RESTS_ON = "document"

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """A document decides."""
        key = "reason_documented" if self.confirms else "reason_contradicted"
        reason = Reason(key, {"by": self.by})
        return Measurement("", basis="documented", method="method_documented", remarks=(reason,))

    def judgement(self, measurement: Measurement) -> Judgement:
        """Documented, or refuted by the document."""
        return Judgement("documented" if self.confirms else "fails", measurement.remarks)


class NotCheckable(Kind):
    """Why a statement cannot be checked: an opinion, an intention, a forecast."""

    why: Text

    RESTS_ON = "nothing"

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Nothing decides."""
        reason = Reason("reason_not_checkable", {"why": self.why})
        return Measurement("", basis="stated", method="method_not_checkable", remarks=(reason,))

    def judgement(self, measurement: Measurement) -> Judgement:
        """Always the same."""
        return Judgement("not checkable", measurement.remarks)


class NotChecked(Kind):
    """Which evidence there is for a statement that nobody has held against it."""

    why: Text

    RESTS_ON = "nothing"

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """Nothing was looked at."""
        reason = Reason("reason_not_checkable", {"why": self.why})
        return Measurement("", basis="stated", method="method_not_checked", remarks=(reason,))

    def judgement(self, measurement: Measurement) -> Judgement:
        """Always the same."""
        return Judgement("not checked", measurement.remarks)


def _expression(text: str) -> str:
    if len(text) > LONGEST_EXPRESSION:
        raise ValueError(f"is longer than {LONGEST_EXPRESSION} letters; split the claim")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError("is no expression; write for example a / b * 100") from error
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise ValueError("takes names, numbers, + - * / and brackets only")
        if isinstance(node, ast.Constant) and type(node.value) not in (int, float):
            raise ValueError("takes names, numbers, + - * / and brackets only")
    if _depth(tree.body) > DEEPEST_EXPRESSION:
        raise ValueError(f"has more than {DEEPEST_EXPRESSION} steps in steps; name parts in values")
    return text


LONGEST_EXPRESSION, DEEPEST_EXPRESSION = 500, 100


def _depth(node: ast.AST) -> int:
    """Steps in steps of an expression, counted without recursion."""
    level, deep = [node], 0
    while level:
        level = [child for parent in level for child in ast.iter_child_nodes(parent)]
        deep += 1
    return deep


_ALLOWED = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.USub, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.Name, ast.Load, ast.Constant,
)  # fmt: skip


class Arithmetic(Compared):
    """Numbers of a text held against each other: an expression over values.

    A value is a number as printed (known to half a unit of its last digit) or [low, high].
    """

    expression: Annotated[str, AfterValidator(_expression)]
    values: dict[str, Number | Range]
    unit: str = ""

    RESTS_ON = "text"

    @model_validator(mode="after")
    def _computable(self) -> Arithmetic:
        try:
            result = self._result()
        except (InputError, ArithmeticError) as error:
            raise ValueError(str(error).removeprefix("arithmetic: ")) from error
        if not all(map(math.isfinite, (result.low, result.value, result.high))):
            raise ValueError("leads to numbers too large to compute with")
        return self

    def _result(self) -> Interval:
        intervals = {name: _interval(value) for name, value in self.values.items()}
        return evaluate(self.expression, intervals)

    def measurement(self, layer: Layer, atlas: Atlas) -> Measurement:
        """The expression by interval arithmetic, each value within its rounding."""
        return Measurement(self.unit, self._result(), basis="stated", method="method_arithmetic")


def evaluate(expression: str, values: Mapping[str, Interval]) -> Interval:
    """Value and interval of an expression.

    Raises
    ------
    InputError
        A name without a value, a division by an interval that holds zero.
    """
    return _node(ast.parse(expression, mode="eval").body, values)


def _interval(value: Decimal | list[Decimal]) -> Interval:
    if isinstance(value, list):
        low, high = value
        if low > high:
            raise InputError("arithmetic: a value [low, high] needs low ≤ high")
        middle = min(max(float((low + high) / 2), float(low)), float(high))  # long numbers round
        return Interval(middle, float(low), float(high))
    return rounded(value)


def _node(node: ast.expr, values: Mapping[str, Interval]) -> Interval:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Interval(float(node.value), float(node.value), float(node.value))
    if isinstance(node, ast.Name):
        if node.id not in values:
            raise InputError(
                f"arithmetic: {node.id!r} in the expression has no value in `values`; "
                + way_out(node.id, values)
            )
        return values[node.id]
    if isinstance(node, ast.UnaryOp):
        inner = _node(node.operand, values)
        return Interval(-inner.value, -inner.high, -inner.low)
    if isinstance(node, ast.BinOp):
        return _combined(node.op, _node(node.left, values), _node(node.right, values))
    raise InputError("arithmetic: the expression takes names, numbers, + - * / and brackets only")


def _combined(op: ast.operator, a: Interval, b: Interval) -> Interval:
    if isinstance(op, ast.Add):
        return Interval(a.value + b.value, a.low + b.low, a.high + b.high)
    if isinstance(op, ast.Sub):
        return Interval(a.value - b.value, a.low - b.high, a.high - b.low)
    if isinstance(op, ast.Div):
        if b.low <= 0 <= b.high:
            raise InputError("arithmetic: division by a value that may be zero")
        b = Interval(1 / b.value, 1 / b.high, 1 / b.low)
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Interval(a.value * b.value, min(ends), max(ends))
