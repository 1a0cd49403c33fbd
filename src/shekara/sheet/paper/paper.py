"""Paper: ISO sizes and free sizes in millimetres, upright or lying, margins and sizes of type."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from shekara.errors import UsageError

INCH_MM = 25.4
POINT_MM = INCH_MM / 72
SMALLEST_MM, LARGEST_MM = 50.0, 2000.0
UNITS_MM = {"mm": 1.0, "cm": 10.0, "in": INCH_MM, "": 1.0}


@dataclass(frozen=True)
class Box:
    """A rectangle on the page in millimetres from the lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The y of the upper side."""
        return self.y + self.height

    def shrink(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box less a strip on each side."""
        return Box(
            self.x + left, self.y + bottom, self.width - left - right, self.height - bottom - top
        )

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.top
            and other.y < self.top
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies within this one."""
        return (
            self.x <= other.x + 1e-9
            and self.y <= other.y + 1e-9
            and other.right <= self.right + 1e-9
            and other.top <= self.top + 1e-9
        )


@dataclass(frozen=True)
class Page:
    """A page in millimetres; `free` when an author gave both sides and their order."""

    width: float
    height: float
    free: bool = False

    @property
    def type_scale(self) -> float:
        """How large type is beside that of an A4 page: readers hold a larger page farther away."""
        return float(min(max((min(self.width, self.height) / 210) ** 0.6, 0.8), 2.5))

    @property
    def margin(self) -> float:
        """White on all four sides, mm."""
        return round(9 * self.type_scale, 1)

    def lying(self) -> Page:
        """The page with its long side level."""
        long, short = max(self.width, self.height), min(self.width, self.height)
        return replace(self, width=long, height=short)

    def upright(self) -> Page:
        """The page with its short side level."""
        long, short = max(self.width, self.height), min(self.width, self.height)
        return replace(self, width=short, height=long)


def iso_mm(name: str) -> tuple[float, float] | None:
    """Width and height of an ISO 216 or 269 size, upright, mm; None for another name.

    Each size is the former cut in half, rounded down to a millimetre.

    Example:
        >>> iso_mm("A4")
        (210.0, 297.0)
    """
    match = re.fullmatch(r"(?i)([ABC])(\d|10)", name.strip())
    if not match:
        return None
    # A0 has one square metre; B and C stand at 1/2 and 1/4 of the way to the next larger A.
    power = {"A": 0.25, "B": 0.5, "C": 0.375}[match[1].upper()]
    long, short = round(1000 * 2**power), round(1000 * 2 ** (power - 0.5))
    for _ in range(int(match[2])):
        long, short = short, long // 2
    return float(short), float(long)


def read_size(size: str | tuple[float, float]) -> Page:
    """The page of a size: "A4", "B5", "170x120mm", "17x12cm", or (width, height) in mm.

    Raises:
        UsageError: it is no size, or smaller than 50 mm or larger than 2 m.
    """
    way_out = 'give an ISO size as "A4", a free one as "170x120mm", or (width, height) in mm'
    if isinstance(size, str):
        iso = iso_mm(size)
        if iso:
            return Page(*iso)
        match = re.fullmatch(
            r"\s*(\d+(?:\.\d+)?)\s*[x×х*]\s*(\d+(?:\.\d+)?)\s*(mm|cm|in)?\s*", size.lower()
        )
        if not match:
            raise UsageError(f"size = {size!r}: no such paper; {way_out}")
        unit = UNITS_MM[match[3] or ""]
        width, height = float(match[1]) * unit, float(match[2]) * unit
    else:
        try:
            width, height = (float(side) for side in size)
        except (TypeError, ValueError) as error:
            raise UsageError(f"size = {size!r}: no such paper; {way_out}") from error
    if not all(
        math.isfinite(side) and SMALLEST_MM <= side <= LARGEST_MM for side in (width, height)
    ):
        raise UsageError(
            f"size = {size!r}: each side must be {SMALLEST_MM:g} to {LARGEST_MM:g} mm; {way_out}"
        )
    return Page(width, height, free=True)
