"""Paper: ISO sizes and free sizes in millimetres, upright or lying, margins and sizes of type."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from shekara.errors import UsageError

INCH_MM = 25.4
POINT_MM = INCH_MM / 72
SMALLEST_MM, LARGEST_MM = 50.0, 2000.0
UNITS_MM = {"mm": 1.0, "cm": 10.0, "in": INCH_MM, "": 1.0}
# ANSI/ASME Y14.1 and the offices of North America, inches.
AMERICAN_IN = {"letter": (8.5, 11.0), "legal": (8.5, 14.0), "tabloid": (11.0, 17.0)}


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


# How large type is beside that of an A4 page, by the root of the page's area beside A4's.
# On smaller paper it is as large as there: its smallest is the smallest that is read.
GROWTH = ((0.5, 1.0), (1.0, 1.0), (1.414, 1.15), (2.0, 1.4), (2.828, 1.8), (4.0, 2.4), (9.0, 4.0))

# How large the names of a narrow page are, by its width in mm.
NARROW = ((85.0, 0.8), (170.0, 1.0))


@dataclass(frozen=True)
class Page:
    """A page in millimetres; `free` when its author gave both sides and their order.

    `fit_height` says that the author gave a width alone: the map says how high the page is.
    """

    width: float
    height: float
    free: bool = False
    fit_height: bool = False

    @property
    def type_scale(self) -> float:
        """How large type is beside that of an A4 page: readers hold a larger page farther away."""
        side = math.sqrt(self.width * self.height / (210 * 297))
        for (low, first), (high, second) in pairwise(GROWTH):
            if side <= high:
                share = max(math.log(side / low) / math.log(high / low), 0.0)
                return first + share * (second - first)
        return GROWTH[-1][1]

    @property
    def name_scale(self) -> float:
        """How large the names on its map are beside those of an A4 page.

        A narrow figure has as many names to place as a wide one: what may be smaller is.
        """
        (low, least), (high, usual) = NARROW
        share = min(max((self.width - low) / (high - low), 0.0), 1.0)
        return self.type_scale * (least + share * (usual - least))

    @property
    def margin(self) -> float:
        """White on all four sides, mm; a figure that stands in a page of text has hardly any."""
        return round(9 * self.type_scale, 1) if min(self.width, self.height) > 180 else 3.0

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

    Examples
    --------
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


def named_mm(name: str) -> tuple[float, float] | None:
    """Width and height of a paper named by ISO, JIS or in North America, upright, mm."""
    named = re.sub(r"[\s_-]+", " ", name.strip()).lower()
    if named in AMERICAN_IN:
        width, height = AMERICAN_IN[named]
        return width * INCH_MM, height * INCH_MM
    jis = re.fullmatch(r"jis (b\d)", named)
    if jis:
        # JIS P 0138: B has one and a half times the area of A; each size is the former cut in half.
        long, short = 1456, 1030
        for _ in range(int(jis[1][1])):
            long, short = short, long // 2
        return float(short), float(long)
    return iso_mm(named)


def lying(size: str | tuple[float, float], orientation: str) -> str | tuple[float, float]:
    """A named paper in the orientation that a map wants; any other size as it is.

    >>> lying("A4", "portrait"), lying("A4 landscape", "portrait"), lying("170x120mm", "portrait")
    ('A4 portrait', 'A4 landscape', '170x120mm')
    """
    if isinstance(size, str) and orientation and named_mm(size):
        return f"{size.strip()} {orientation}"
    return size


def read_size(size: str | tuple[float, float]) -> Page:
    """The page of a size.

    Parameters
    ----------
    size : str or tuple of float
        "A4", "B5", "JIS B4", "Letter", "Legal", "Tabloid", with " landscape" or " portrait" to
        say how it lies; "170x120mm", "17x12cm", "8x5in"; "85mm" for a width alone, whose height
        follows the map; or (width, height) in mm.

    Raises
    ------
    UsageError
        It is no size, or smaller than 50 mm or larger than 2 m.
    """
    way_out = (
        'give a paper as "A4", "JIS B4" or "Letter" (with " landscape" or " portrait"), a free '
        'one as "170x120mm", a column as "85mm", or (width, height) in mm'
    )
    if isinstance(size, str):
        name, _, turn = size.strip().rpartition(" ")
        if turn.lower() not in ("landscape", "portrait"):
            name, turn = size, ""
        paper = named_mm(name)
        if paper:
            page = Page(*paper)
            if not turn:
                return page
            turned = page.lying() if turn.lower() == "landscape" else page.upright()
            return replace(turned, free=True)
        number = r"(\d+(?:\.\d+)?)"
        match = re.fullmatch(
            rf"\s*{number}(?:\s*[x×х*]\s*{number})?\s*(mm|cm|in)?\s*", size.lower()
        )
        if not match or (match[2] is None and match[3] is None):
            raise UsageError(f"size = {size!r}: no such paper; {way_out}")
        unit = UNITS_MM[match[3] or ""]
        width = float(match[1]) * unit
        height = float(match[2]) * unit if match[2] else width
        free = Page(width, height, free=True, fit_height=match[2] is None)
    else:
        try:
            width, height = (float(side) for side in size)
        except (TypeError, ValueError) as error:
            raise UsageError(f"size = {size!r}: no such paper; {way_out}") from error
        free = Page(width, height, free=True)
    if not all(
        math.isfinite(side) and SMALLEST_MM <= side <= LARGEST_MM for side in (width, height)
    ):
        raise UsageError(
            f"size = {size!r}: each side must be {SMALLEST_MM:g} to {LARGEST_MM:g} mm; {way_out}"
        )
    return free
