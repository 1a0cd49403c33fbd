"""What is said of a file's features, ready for JSON."""

from __future__ import annotations

from typing import Literal, Required, TypeAlias, TypedDict

from shekara.gate.model import RemarkRecord

Quantity = Literal["length_m", "perimeter_m", "area_m2"]
Low = Literal["length_m_low", "perimeter_m_low", "area_m2_low"]
High = Literal["length_m_high", "perimeter_m_high", "area_m2_high"]
Straight = Literal["length_m_straight", "perimeter_m_straight", "area_m2_straight"]

QUANTITIES: tuple[Quantity, ...] = ("length_m", "perimeter_m", "area_m2")
LOW: dict[Quantity, Low] = {
    "length_m": "length_m_low", "perimeter_m": "perimeter_m_low", "area_m2": "area_m2_low",
}  # fmt: skip
HIGH: dict[Quantity, High] = {
    "length_m": "length_m_high", "perimeter_m": "perimeter_m_high", "area_m2": "area_m2_high",
}  # fmt: skip
STRAIGHT: dict[Quantity, Straight] = {
    "length_m": "length_m_straight",
    "perimeter_m": "perimeter_m_straight",
    "area_m2": "area_m2_straight",
}

Cell: TypeAlias = str | float | bool | None


class FeatureRecord(TypedDict, total=False):
    """A feature and its figures: metres and square metres, with the ends of their intervals."""

    feature: Required[int]
    name: Required[str]
    type: Required[str | None]
    layer: str
    left_out: str
    repaired: bool
    edges: str
    length_m: float
    length_m_low: float | None
    length_m_high: float | None
    length_m_straight: float
    perimeter_m: float
    perimeter_m_low: float | None
    perimeter_m_high: float | None
    perimeter_m_straight: float
    area_m2: float
    area_m2_low: float | None
    area_m2_high: float | None
    area_m2_straight: float
    length_along_slope_m: float


class EllipsoidRecord(TypedDict):
    """The ellipsoid that figures are measured on."""

    a: float
    flattening: float
    inverse_flattening: float | None


class Head(TypedDict):
    """What is said of all features of one reference system together."""

    file: str
    crs: str
    crs_name: str
    ellipsoid: EllipsoidRecord
    accuracy_m: float | None
    accuracy_stated: bool
    edges: str
    edges_chosen: bool
    edge_departure_m: float
    left_out: int
    remarks: list[RemarkRecord]


class FileRecord(Head):
    """The same with its features."""

    features: list[FeatureRecord]
