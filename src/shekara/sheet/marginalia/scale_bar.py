"""The scale: a bar measured along the geodesic at its own place, or why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from shekara.geometry.longitudes import short_way
from shekara.scene.model import Translator
from shekara.scene.projection import width_deg
from shekara.scene.projection_sentence import latitude
from shekara.sheet.map.frame import GEOD, MapFrame
from shekara.sheet.paper.canvas import GREY, INK, Canvas
from shekara.sheet.paper.fonts import ASCENT, line_mm, width_mm
from shekara.sheet.paper.lines import wrap
from shekara.sheet.paper.looks import Side
from shekara.sheet.paper.paper import POINT_MM, Box

EVEN = 0.02  # variation of the scale over the extent that needs no word
MOST_VARIATION = 0.05  # with which one bar may still serve the sheet; beyond, there is none
MOST_CONVERGENCE_DEG = 2.5  # of meridians, for one arrow to serve the sheet
SIZE_PT = 6.5
LONGEST_MM = 46.0
ARROW_MM = 6.0
# Mantissas of a bar's length, and into how many parts each is divided.
LENGTHS = ((8, 4), (6, 3), (5, 5), (4, 4), (3, 3), (2, 4), (1.5, 3), (1, 4))


@dataclass(frozen=True)
class Bar:
    """A scale bar on the page: its length on the ground and where its parts end, mm."""

    length_m: float
    y: float
    ends: tuple[float, ...]  # x of the ends of all parts, from the left


def measure_bar(map_frame: MapFrame, x: float, y: float, longest: float) -> Bar | None:
    """The longest round bar that starts at x, y and is at most `longest` mm; None if none fits.

    Every part ends where the geodesic from the bar's start has the part's length.
    """

    def ground_m(to: float) -> float:
        px, py = map_frame.from_mm(np.array([x, to]), np.array([y, y]))
        lon, lat = map_frame.inverse(px, py)
        if not np.isfinite(lon).all():
            return math.inf
        return float(GEOD.inv(lon[0], lat[0], lon[1], lat[1])[2])

    most = ground_m(x + longest)
    if not 0 < most < math.inf:
        return None
    power = 10.0 ** math.floor(math.log10(most))
    length, parts = next((m * power, p) for m, p in LENGTHS if m * power <= most)
    ends = [x]
    for part in range(1, parts + 1):
        low, high = ends[-1], x + longest + 1e-6
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (
                (middle, high) if ground_m(middle) < length * part / parts else (low, middle)
            )
        ends.append((low + high) / 2)
    return Bar(length, y, tuple(ends))


def refusal(map_frame: MapFrame, say: Translator) -> str:
    """Why the sheet has no scale bar; "" when it has one."""
    if map_frame.variation <= MOST_VARIATION:
        return ""
    return say.message("sheet_scale_refused", percent=_percent(map_frame, say))


def _percent(map_frame: MapFrame, say: Translator) -> str:
    """By how much the scale varies, percent; in words where it more than doubles."""
    percent = map_frame.variation * 100
    digits = 1 if percent < 10 else 0
    return say.number(percent, digits) if percent < 100 else f">\u00a0{say.number(100)}"


def numeric_scale(map_frame: MapFrame, say: Translator) -> str:
    """1 : N, true at the printed size at the centre of the map."""
    shown = f"1\u00a0:\u00a0{say.number(round(map_frame.scale_number))}"
    if map_frame.variation > EVEN:
        shown += " " + say.message("sheet_scale_centre")
    return shown


def _sign(unit: str, say: Translator) -> str:
    """km or m, as the page's bar has it where nobody has said the sheet's word."""
    word = f"sheet_{unit}"
    return say.unit(unit) if say.lacks(word) else say.message(word)


def wants_north(map_frame: MapFrame) -> bool:
    """Whether the meridians are parallel enough for one arrow."""
    return map_frame.convergence_deg <= MOST_CONVERGENCE_DEG


def longest_mm(map_frame: MapFrame, type_scale: float) -> float:
    """How long a scale bar may become, mm."""
    return min(LONGEST_MM * type_scale, 0.3 * map_frame.box.width)


def _statement(map_frame: MapFrame, say: Translator, lat: float) -> str:
    step = 0.1 if map_frame.variation * 1e4 < 1 else 1
    return say.message("sheet_scale_at", latitude=latitude(round(lat / step) * step, say))


@dataclass(frozen=True)
class ScaleBlock:
    """Bar, numeric scale and projection as a block under the legend."""

    map_frame: MapFrame
    projection: str  # in words
    say: Translator
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0

    def _lines(self, width: float, type_scale: float) -> tuple[str, ...]:
        reason = refusal(self.map_frame, self.say)
        parts = [numeric_scale(self.map_frame, self.say)]
        if not reason:
            parts.append(_statement(self.map_frame, self.say, _latitude(self.map_frame)))
            if self.map_frame.variation > EVEN:
                percent = _percent(self.map_frame, self.say)
                parts.append(self.say.message("sheet_scale_changes", percent=percent))
        parts.append(self.projection)
        lines = wrap(" · ".join(part for part in parts if part), width, SIZE_PT * type_scale)
        lines = tuple(line.removesuffix(" ·") for line in lines)  # the end of a line parts, too
        return lines + wrap(reason, width, SIZE_PT * type_scale)

    def height(self, width: float, type_scale: float) -> float:
        """Of the bar and the lines, mm."""
        bar = 0.0 if refusal(self.map_frame, self.say) else bar_mm(type_scale)
        lines = len(self._lines(width, type_scale))
        return bar + lines * line_mm(SIZE_PT * type_scale) + 1.0 * type_scale

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the bar or why there is none, the numeric scale, and the arrow to the north."""
        size = SIZE_PT * type_scale
        y = box.top - 1.0 * type_scale
        arrow = ARROW_MM * type_scale if wants_north(self.map_frame) else 0.0
        if not refusal(self.map_frame, self.say):
            high = bar_mm(type_scale)
            draw_bar(
                canvas, self.map_frame, Box(box.x, y - high, box.width - arrow, high), type_scale
            )
            if arrow:
                with canvas.tagged("Artifact"):
                    _draw_north(
                        canvas, self.map_frame, box.right - arrow / 2, y - 0.6 * high, type_scale
                    )
            y -= high
        y -= ASCENT * size * POINT_MM
        with canvas.tagged("P"):
            for line in self._lines(box.width, type_scale):
                canvas.text(box.x, y, line, size, color=GREY)
                y -= line_mm(size)


def bar_mm(type_scale: float) -> float:
    """Height of the bar with its numbers, mm."""
    return line_mm(SIZE_PT * type_scale) + 2.6 * type_scale


def _latitude(map_frame: MapFrame) -> float:
    """The latitude at which the bar is measured: the middle of the extent."""
    return (map_frame.extent[1] + map_frame.extent[3]) / 2


def draw_bar(canvas: Canvas, map_frame: MapFrame, box: Box, type_scale: float) -> None:
    """A bar as long as the ground is at the middle of the map, drawn in the box."""
    size, say = SIZE_PT * type_scale, canvas.say
    middle = map_frame.box.x + map_frame.box.width / 2, map_frame.box.y + map_frame.box.height / 2
    lon = short_way(map_frame.extent[0] + width_deg(map_frame.extent) / 2)
    px, py = map_frame.forward(np.array([lon]), np.array([_latitude(map_frame)]))
    x, y = map_frame.to_mm(px, py)
    at = (float(x[0]), float(y[0])) if np.isfinite(x[0]) else middle
    last = width_mm(say.number(88888) + "\u00a0" + _sign("km", say), size)
    bar = measure_bar(
        map_frame, *at, min(box.width - 0.6 * last, longest_mm(map_frame, type_scale))
    )
    if bar is None:
        return
    ends = [box.x + 0.5 + end - bar.ends[0] for end in bar.ends]
    high, y0 = 1.1 * type_scale, box.y + 0.8 * type_scale
    with canvas.tagged("Artifact"):
        for place, (left, right) in enumerate(pairwise(ends)):
            fill = INK if place % 2 == 0 else "#ffffff"
            canvas.rectangle(left, y0, right - left, high, fill=fill, edge=INK, line=0.3)
    unit, per = ("km", 1000.0) if bar.length_m >= 1000 else ("m", 1.0)
    shown = [0, len(ends) - 1] if len(ends) % 2 == 0 else [0, len(ends) // 2, len(ends) - 1]
    with canvas.tagged("P"):
        for place in shown:
            text = say.number(bar.length_m * place / (len(ends) - 1) / per)
            if place == shown[-1]:
                text += "\u00a0" + _sign(unit, say)
            align: Side = "left" if place == 0 else "center"
            canvas.text(ends[place], y0 + high + 0.7 * type_scale, text, size, ha=align)


def _draw_north(canvas: Canvas, map_frame: MapFrame, x: float, y: float, type_scale: float) -> None:
    px, py = map_frame.from_mm(np.array([x]), np.array([y]))
    lon, lat = map_frame.inverse(px, py)
    nx, ny = map_frame.forward(lon, lat + 0.01)
    angle = math.atan2(float(nx[0] - px[0]), float(ny[0] - py[0]))
    cos, sin = math.cos(angle), math.sin(angle)

    def turned(dx: float, dy: float) -> tuple[float, float]:
        return x + (dx * cos + dy * sin) * type_scale, y + (
            dy * cos - dx * sin
        ) * type_scale - 1.2 * type_scale

    for side, fill in ((-1.1, INK), (1.1, "#ffffff")):
        half = [turned(0, 2.2), turned(side, -0.9), turned(0, -0.3)]
        canvas.polygon(half, fc=fill, ec=INK, lw=0.3)
    canvas.text(
        x,
        y + 1.4 * type_scale,
        canvas.say.message("sheet_north"),
        SIZE_PT * type_scale,
        "bold",
        ha="center",
    )
