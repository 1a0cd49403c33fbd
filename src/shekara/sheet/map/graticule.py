"""Meridians and parallels, their labels on all four sides, and the cells of the index."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from shekara.geometry.longitudes import short_way
from shekara.scene.model import Translator
from shekara.sheet.map.frame import MapFrame
from shekara.sheet.map.projected import lines_of
from shekara.sheet.paper.fonts import width_mm
from shekara.sheet.paper.paper import POINT_MM, Box

LABEL_PT = 6.0
LEAST_MM = 21.0  # between two lines of the graticule, at the centre, for an A4 page
DEGREE_M = 111_000.0
# Steps that divide the next larger one or a whole turn: degrees, minutes, seconds.
LIFT_MM = 0.9  # from the neatline to a label
STEPS: tuple[float, ...] = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0)
STEPS += tuple(step / 60 for step in (30, 20, 10, 5, 2, 1))
STEPS += tuple(step / 3600 for step in (30, 20, 10, 5, 2, 1))
CELL_MM = 45.0


@dataclass(frozen=True)
class Grid:
    """The lines of a graticule in projected metres, with the degree that each stands for."""

    meridians: tuple[tuple[float, BaseGeometry], ...]
    parallels: tuple[tuple[float, BaseGeometry], ...]


@dataclass(frozen=True)
class GridLabel:
    """A label within the neatline: text, left end of its baseline, side, what it covers; mm."""

    text: str
    x: float
    y: float
    side: str  # bottom, top, left, right
    box: Box


def angle_text(value: float) -> str:
    """Degrees, minutes and seconds as far as needed, without a sign: 45°30′."""
    seconds = round(abs(value) * 3600)
    degrees, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{degrees}°"
    if minutes or seconds:
        text += f"{minutes:02d}′"
    if seconds:
        text += f"{seconds:02d}″"
    return text


def latitude_text(value: float, say: Translator) -> str:
    """A latitude with its hemisphere in the page's language: 45°30′ N."""
    if abs(value) < 1e-9:
        return "0°"
    key = "lat_north" if value > 0 else "lat_south"
    return say.message(key, value=angle_text(value)).replace(" ", "\u00a0")


def longitude_text(value: float, say: Translator) -> str:
    """A longitude with its hemisphere in the page's language; 0° and 180° have none."""
    value = short_way(value)
    if abs(value) < 1e-9 or abs(value) > 180 - 1e-9:
        return angle_text(value)
    key = "lon_east" if value > 0 else "lon_west"
    return say.message(key, value=angle_text(value)).replace(" ", "\u00a0")


def steps_deg(map_frame: MapFrame, type_scale: float) -> tuple[float, float]:
    """The steps of longitude and latitude that keep the lines apart at the centre."""
    west, south, east, north = map_frame.lonlat_box
    middle = math.cos(math.radians(min(abs((south + north) / 2), 80)))
    per_degree = DEGREE_M * map_frame.mm_per_m

    def step(mm_per_degree: float, span: float) -> float:
        fits = [item for item in STEPS if item * mm_per_degree >= LEAST_MM * type_scale]
        chosen = fits[-1] if fits else STEPS[0]
        # A window with no line at all helps nobody.
        while chosen > span / 2 and chosen > STEPS[-1]:
            chosen = STEPS[STEPS.index(chosen) + 1]
        return chosen

    return step(per_degree * middle, east - west), step(per_degree, north - south)


def lay(map_frame: MapFrame, type_scale: float) -> Grid:
    """The graticule of a window; type_scale is the page's type scale."""
    west, south, east, north = map_frame.lonlat_box
    lon_step, lat_step = steps_deg(map_frame, type_scale)
    rim = box(*map_frame.bounds)

    def line(lon: np.ndarray, lat: np.ndarray) -> BaseGeometry:
        x, y = map_frame.forward(short_way(lon) if np.ptp(lon) == 0 else lon, lat)
        good = np.isfinite(x) & np.isfinite(y)
        if good.sum() < 2:
            return LineString()
        return LineString(np.column_stack([x[good], y[good]])).intersection(rim)

    # Near a pole the meridians would run together: they stop one step before it.
    low, high = (max(south, -90 + lat_step), min(north, 90 - lat_step))
    lats = np.linspace(low, high, 181)
    meridians = [
        (lon, line(np.full(181, lon), lats))
        for lon in np.arange(math.ceil(west / lon_step), math.floor(east / lon_step) + 1) * lon_step
    ]
    lons = np.linspace(west + 1e-9, east - 1e-9, 361)
    parallels = [
        (lat, line(lons, np.full(361, lat)))
        for lat in np.arange(math.ceil(south / lat_step), math.floor(north / lat_step) + 1)
        * lat_step
        if abs(lat) < 90 - 1e-9
    ]
    return Grid(
        tuple((float(at), shape) for at, shape in meridians if not shape.is_empty),
        tuple((float(at), shape) for at, shape in parallels if not shape.is_empty),
    )


def labels(
    map_frame: MapFrame, grid: Grid, say: Translator, size_pt: float, keep_out: Sequence[Box] = ()
) -> list[GridLabel]:
    """A label for each line, within the neatline, as many as stand apart; none is turned.

    Meridians come first above and below, parallels at the sides.
    """
    crossings: list[tuple[int, float, GridLabel]] = []
    families = ((grid.meridians, longitude_text, True), (grid.parallels, latitude_text, False))
    for lines, text_of, is_meridian in families:
        for value, shape in lines:
            for side, x, y, steep in _ends(shape, map_frame):
                level = side in ("bottom", "top")
                rank = 0 if is_meridian == level else 1
                if rank and steep < 0.35:  # nearly along the neatline: the label would mislead
                    continue
                label = _label(text_of(value, say), side, x, y, size_pt)
                crossings.append((rank, abs(value), label))
    placed: list[GridLabel] = []
    # Below and at the left first; the other sides only for a line that has no label there.
    order = {"bottom": 0, "left": 0, "top": 1, "right": 1}
    for _, _, label in sorted(crossings, key=lambda item: (order[item[2].side], item[0])):
        grown = label.box.shrink(-0.7, -0.1, -0.7, -0.1)
        if any(other.text == label.text for other in placed):
            continue
        inside = map_frame.box.shrink(0.3, 0.3, 0.3, 0.3)
        if not inside.holds(label.box) or any(grown.meets(box) for box in keep_out):
            continue
        if not any(grown.meets(other.box) for other in placed):
            placed.append(label)
    return placed


def _label(text: str, side: str, x: float, y: float, size_pt: float) -> GridLabel:
    """A label within the neatline, beside the end of its line."""
    width, high = width_mm(text, size_pt), size_pt * POINT_MM
    if side in ("bottom", "top"):
        base = y + LIFT_MM if side == "bottom" else y - LIFT_MM - 0.72 * high
        return GridLabel(text, x + 0.5, base, side, Box(x + 0.5, base - 0.1 * high, width, high))
    left = x + LIFT_MM if side == "left" else x - LIFT_MM - width
    return GridLabel(text, left, y + 0.4, side, Box(left, y + 0.4 - 0.1 * high, width, high))


def _ends(shape: BaseGeometry, map_frame: MapFrame) -> list[tuple[str, float, float, float]]:
    """Where a line leaves the window: side, place in mm, sine of the angle to that side."""
    left, bottom, right, top = map_frame.bounds
    near = 0.01 / map_frame.mm_per_m
    result = []
    for part in lines_of(shape):
        xy = np.asarray(part.coords)
        for end, inner in ((xy[0], xy[1]), (xy[-1], xy[-2])):
            run = end - inner
            length = float(np.hypot(*run)) or 1.0
            (x,), (y,) = map_frame.to_mm(end[:1], end[1:])
            sides = (
                ("left", abs(end[0] - left), run[0]),
                ("right", abs(end[0] - right), run[0]),
                ("bottom", abs(end[1] - bottom), run[1]),
                ("top", abs(end[1] - top), run[1]),
            )
            for side, off, across in sides:
                if off <= near:
                    result.append((side, float(x), float(y), abs(float(across)) / length))
                    break
    return result


def cells(map_frame: MapFrame, type_scale: float) -> tuple[int, int]:
    """How many columns and rows the index divides the window into."""
    size = CELL_MM * type_scale
    return (
        min(max(round(map_frame.box.width / size), 2), 26),
        max(round(map_frame.box.height / size), 2),
    )


def cell_of(map_frame: MapFrame, type_scale: float, x: float, y: float) -> str:
    """The cell of a place on the page in mm: "C2"; letters from the left, numbers from the top."""
    columns, rows = cells(map_frame, type_scale)
    column = min(max(int((x - map_frame.box.x) / map_frame.box.width * columns), 0), columns - 1)
    row = min(max(int((map_frame.box.top - y) / map_frame.box.height * rows), 0), rows - 1)
    return f"{chr(65 + column)}{row + 1}"
