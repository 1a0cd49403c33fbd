"""What a command says of its result: plain numbers and texts, ready for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypedDict

if TYPE_CHECKING:
    import pandas as pd

Cell: TypeAlias = str | float | None
Row: TypeAlias = dict[str, Cell]
"""One row of a table, by the names of its columns."""


class Junction(TypedDict):
    """A place at the same distance from three owners or more."""

    owners: list[str]
    lon: float
    lat: float
    distance_m: float


class Line(TypedDict):
    """The median line between two owners."""

    owner_a: str
    owner_b: str
    length_m: float
    points: int


class Sector(TypedDict):
    """The water of one owner."""

    owner: str
    area_m2: float
    share: float


class DatumShift(TypedDict):
    """An operation between reference systems that was used."""

    operation: str
    accuracy_m: float | None


class FinalLine(TypedDict):
    """The line as a treaty would list it."""

    round_seconds: float
    datum: str
    points: int
    length_m: float


class Comparison(TypedDict):
    """An agreed line beside the median line."""

    greatest_offset_m: float
    mean_offset_m: float
    stretches: list[Row]
    moved: list[Row]


class DelimitationSummary(TypedDict, total=False):
    """The figures of a delimitation, where one was asked for."""

    final: FinalLine
    exchanged: list[Row]
    coasts: list[Row]
    disproportionality: list[Row]
    ellipses: list[Row]
    band: list[Row]
    comparison: Comparison


class DivisionSummary(DelimitationSummary):
    """The figures of a division."""

    ellipsoid: str
    tolerance_m: float
    owners: list[str]
    sites: int
    turning_points: int
    largest_residual_m: float
    junctions: list[Junction]
    lines: list[Line]
    edges: str
    datum: list[DatumShift]
    remarks: list[str]
    doubtful: list[Row]
    sea_m2: float | None
    sectors: list[Sector] | None
    written: dict[str, str]


class LimitLength(TypedDict):
    """The outer limit of one owner."""

    owner: str
    length_m: float


class LimitSummary(TypedDict):
    """The figures of an outer limit."""

    distance_m: float
    tolerance_m: float
    ellipsoid: str
    edges: str
    remarks: list[str]
    limits: list[LimitLength]
    written: dict[str, str]


class ZonesSummary(TypedDict):
    """The figures of maritime zones."""

    ellipsoid: str
    edges: str
    owners: list[str]
    zones: list[Row]
    overlaps: list[Row]
    bays: list[Row]
    arcs: int
    remarks: list[str]
    written: dict[str, str]


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a table without their geometry."""
    bare = table.drop(columns="geometry", errors="ignore")
    return [{str(key): value for key, value in row.items()} for row in bare.to_dict("records")]
