"""The map of a delimitation's document: shores, the line, its points and construction lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from shekara.median.delimitation.construction import construction
from shekara.median.delimitation.governing import shores_of
from shekara.median.ellipsoid import Floats
from shekara.median.shores.shores import Shores
from shekara.median.zones.arrangement import Chart, chains

if TYPE_CHECKING:
    from shekara.median.delimitation.command import Delimitation

WIDTH = 700.0
# More numbers of points than this would only blacken the map.
MOST_NUMBERS = 80


def map_svg(whole: Delimitation, title: str) -> str:
    """An SVG picture in a conformal plane about the line; north is up in its middle."""
    from html import escape

    shores = shores_of(whole.division).shores
    points = whole.final.points
    places = np.column_stack([points["lon"], points["lat"]]) if len(points) else _ends(shores)
    chart = Chart.about(shores.globe, places[:, 0], places[:, 1], 1_000.0)
    frame = _Frame.about(chart, places, _bases(points))
    coast = "".join(
        f'<path d="{frame.path(xy)}"/>' for xy in shore_chains(shores) if frame.near(xy)
    )
    lines = "".join(f'<path d="{frame.path(xy)}"/>' for xy in chains(whole.final.lines.geometry))
    bands = "" if whole.band is None else "".join(
        f'<path d="{frame.path(xy)}Z"/>' for xy in chains(whole.band.geometry)
    )  # fmt: skip
    built = "".join(f'<path d="{frame.path(ends)}"/>' for _, ends in construction(points))
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2"/><text x="{x + 3:.1f}" y="{y - 3:.1f}">{n}</text>'
        for n, (x, y) in zip(points["number"], frame.at(places), strict=False)
        if len(points) <= MOST_NUMBERS or n % (len(points) // MOST_NUMBERS + 1) == 1
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}" '
        f'role="img" aria-label="{escape(title, quote=True)}" font-size="8" '
        'font-family="sans-serif" fill="none">'
        f'<g fill="#c9d6e8" stroke="none">{bands}</g>'
        f'<g stroke="#5b6b57" stroke-width="1.2">{coast}</g>'
        f'<g stroke="#8a8a8a" stroke-width="0.4" stroke-dasharray="3 2">{built}</g>'
        f'<g stroke="#b3202a" stroke-width="1.6">{lines}</g>'
        f'<g fill="#222" stroke="none">{marks}</g></svg>'
    )


class _Frame:
    """From degrees to units of the picture."""

    def __init__(self, chart: Chart, low: Floats, high: Floats) -> None:
        self.chart = chart
        margin = 0.05 * (high - low).max()
        self.low, self.high = low - margin, high + margin
        self.scale = WIDTH / max(self.high[0] - self.low[0], 1e-12)
        self.height = float(min((self.high[1] - self.low[1]) * self.scale, 1.4 * WIDTH))
        self.scale = min(self.scale, self.height / max(self.high[1] - self.low[1], 1e-12))
        middle = (self.low + self.high) / 2
        at, north = chart.lonlat(np.array([middle, middle])), np.array([0.0, 0.01])
        above = chart.plane.project(chart.globe.conformal(at[1:, 0], at[1:, 1] + north[1]))[0]
        turn = np.arctan2(above[0] - middle[0], above[1] - middle[1])
        self.turn = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        self.middle = middle

    @classmethod
    def about(cls, chart: Chart, places: Floats, bases: Floats) -> _Frame:
        """The frame that holds the line and its base points."""
        every = np.concatenate([places, bases]) if len(bases) else places
        xy = chart.plane.project(chart.globe.conformal(every[:, 0], every[:, 1]))
        return cls(chart, xy.min(axis=0), xy.max(axis=0))

    def at(self, lonlat: Floats) -> Floats:
        """Units of the picture of places in degrees."""
        xy = self.chart.plane.project(self.chart.globe.conformal(lonlat[:, 0], lonlat[:, 1]))
        turned = (xy - self.middle) @ self.turn.T * self.scale
        return np.column_stack([WIDTH / 2 + turned[:, 0], self.height / 2 - turned[:, 1]])

    def near(self, lonlat: Floats) -> bool:
        """Whether any vertex lies in the picture or as far again beside it."""
        xy = self.at(lonlat)
        return bool(((xy > -WIDTH) & (xy < 2 * WIDTH)).all(axis=1).any())

    def path(self, lonlat: Floats) -> str:
        """The chain as an SVG path, clipped far outside the picture."""
        xy = np.clip(self.at(lonlat), -3 * WIDTH, 4 * WIDTH)
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy.tolist())


def _bases(points: pd.DataFrame) -> Floats:
    parts = [
        np.column_stack([points[f"base_{side}_lon"], points[f"base_{side}_lat"]]) for side in "ab"
    ]
    return np.concatenate(parts)


def _ends(shores: Shores) -> Floats:
    return np.column_stack([shores.lon, shores.lat])


def shore_chains(shores: Shores) -> list[Floats]:
    """The shores as chains (n, 2) in degrees, as long as they hang together."""
    lines = [
        shapely.LineString([(shores.lon[a], shores.lat[a]), (shores.lon[b], shores.lat[b])])
        for a, b in zip(shores.start.tolist(), shores.end.tolist(), strict=True)
        if a != b and abs(shores.lon[a] - shores.lon[b]) < 180
    ]
    if not lines:
        return []
    return chains([shapely.line_merge(shapely.MultiLineString(lines))])
