"""The scale: a bar measured along the geodesic at its own place, or why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from shekara.scene.model import Translator
from shekara.scene.projection_sentence import latitude
from shekara.sheet.map.frame import GEOD, MapFrame
from shekara.sheet.paper.canvas import INK, Canvas
from shekara.sheet.paper.fonts import ASCENT, line_mm, width_mm, wrap
from shekara.sheet.paper.paper import POINT_MM, Box

MOST_VARIATION = 0.02  # of the scale over the extent, for one bar to serve the sheet
MOST_CONVERGENCE_DEG = 2.5  # of meridians, for one arrow to serve the sheet
SIZE_PT = 5.8
LONGEST_MM = 46.0
ARROW_MM = 8.0
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
    length, parts = next(
        (m * power, p)
        for m, p in ((8, 4), (6, 3), (5, 5), (4, 4), (3, 3), (2, 4), (1.5, 3), (1, 4))
        if m * power <= most
    )
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
    percent = map_frame.variation * 100
    digits = 1 if percent < 10 else 0
    shown = say.number(percent, digits) if percent < 100 else f">\u00a0{say.number(100)}"
    return say.message("sheet_scale_refused", percent=shown)


def numeric_scale(map_frame: MapFrame, say: Translator) -> str:
    """1 : N, true at the printed size at the centre of the map."""
    shown = f"1\u00a0:\u00a0{say.number(round(map_frame.scale_number))}"
    if map_frame.variation > MOST_VARIATION:
        shown += " " + say.message("sheet_scale_centre")
    return shown


def wants_north(map_frame: MapFrame) -> bool:
    """Whether the meridians are parallel enough for one arrow."""
    return map_frame.convergence_deg <= MOST_CONVERGENCE_DEG


def scale_size(map_frame: MapFrame, say: Translator, type_scale: float) -> tuple[float, float]:
    """Width and height of the box that the scale needs, mm."""
    size = SIZE_PT * type_scale
    numeric = width_mm(numeric_scale(map_frame, say), size, "bold")
    arrow = ARROW_MM * type_scale if wants_north(map_frame) else 0.0
    reason = refusal(map_frame, say)
    reason = refusal(map_frame, say)
    if reason:
        width = max(numeric, min(LONGEST_MM * type_scale, width_mm(reason, size)))
        lines = len(wrap(reason, width, size))
        return width + 4 * type_scale + arrow, (1 + lines) * line_mm(size) + 3 * type_scale
    statement = width_mm(_statement(map_frame, say, 89.99), size * 0.92)
    # The bar at the middle of the map is as long as it will be in a corner, to a hair.
    middle = map_frame.box.x + map_frame.box.width / 2, map_frame.box.y + map_frame.box.height / 2
    bar = measure_bar(map_frame, *middle, longest_mm(map_frame, type_scale))
    length = (bar.ends[-1] - bar.ends[0]) * 1.03 + 7 * type_scale if bar else 0.0
    return (
        max(length, numeric, statement) + 4 * type_scale + arrow,
        3 * line_mm(size) + 4.4 * type_scale,
    )


def longest_mm(map_frame: MapFrame, type_scale: float) -> float:
    """How long a scale bar may become, mm."""
    return min(LONGEST_MM * type_scale, 0.3 * map_frame.box.width)


def _statement(map_frame: MapFrame, say: Translator, lat: float) -> str:
    step = 0.1 if map_frame.variation * 1e4 < 1 else 1
    return say.message("sheet_scale_at", latitude=latitude(round(lat / step) * step, say))


def draw_scale(canvas: Canvas, map_frame: MapFrame, box: Box, type_scale: float) -> None:
    """Draw the numeric scale, the bar or why there is none, and the arrow, on the map."""
    say, size = canvas.say, SIZE_PT * type_scale
    with canvas.tagged("Artifact"):
        canvas.rectangle(box.x, box.y, box.width, box.height, fill="#ffffff", alpha=0.86)
    x = box.x + 2 * type_scale
    y = box.top - 1.4 * type_scale - ASCENT * size * POINT_MM
    reason = refusal(map_frame, say)
    arrow = ARROW_MM * type_scale if wants_north(map_frame) else 0.0
    with canvas.tagged("P"):
        canvas.text(x, y, numeric_scale(map_frame, say), size, "bold")
        y -= line_mm(size)
        if reason:
            for line in wrap(reason, box.width - 4 * type_scale - arrow, size):
                canvas.text(x, y, line, size)
                y -= line_mm(size)
        else:
            _draw_bar(
                canvas,
                map_frame,
                Box(x, box.y, box.width - 4 * type_scale - arrow, y - box.y),
                type_scale,
            )
    if arrow:
        with canvas.tagged("P"):
            _draw_north(
                canvas,
                map_frame,
                box.right - arrow / 2 - type_scale,
                box.y + box.height / 2,
                type_scale,
            )


def _draw_bar(canvas: Canvas, map_frame: MapFrame, room: Box, type_scale: float) -> None:
    size, say = SIZE_PT * type_scale, canvas.say
    y = room.y + 1.3 * type_scale + line_mm(size) + 0.4 * type_scale
    bar = measure_bar(map_frame, room.x, y, min(room.width, longest_mm(map_frame, type_scale)))
    if bar is None:
        return
    high = 1.1 * type_scale
    for place, (left, right) in enumerate(zip(bar.ends, bar.ends[1:], strict=False)):
        canvas.rectangle(
            left,
            y,
            right - left,
            high,
            fill=INK if place % 2 == 0 else "#ffffff",
            edge=INK,
            line=0.3,
        )
    unit, per = ("sheet_km", 1000.0) if bar.length_m >= 1000 else ("sheet_m", 1.0)
    shown = [0, len(bar.ends) // 2, len(bar.ends) - 1]
    if len(bar.ends) % 2 == 0:
        shown = [0, len(bar.ends) - 1]
    for place in shown:
        text = say.number(bar.length_m * place / (len(bar.ends) - 1) / per)
        if place == shown[-1]:
            text += "\u00a0" + say.message(unit)
        align = "left" if place == 0 else "center"
        canvas.text(bar.ends[place], y + high + 0.7 * type_scale, text, size, ha=align)
    px, py = map_frame.from_mm(np.array([(bar.ends[0] + bar.ends[-1]) / 2]), np.array([y]))
    _, lat = map_frame.inverse(px, py)
    canvas.text(
        room.x, room.y + 1.5 * type_scale, _statement(map_frame, say, float(lat[0])), size * 0.92
    )


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

    canvas.polygon([turned(0, 4), turned(-1.5, -3.4), turned(0, -2.2)], fc=INK, ec=INK, lw=0.3)
    canvas.polygon([turned(0, 4), turned(1.5, -3.4), turned(0, -2.2)], fc="#ffffff", ec=INK, lw=0.3)
    canvas.text(
        x,
        y + 3.3 * type_scale,
        canvas.say.message("sheet_north"),
        SIZE_PT * type_scale,
        "bold",
        ha="center",
    )
