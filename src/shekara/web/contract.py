"""The data that a page is given: every key with its type.

The page's program is checked against it: `.ci/types` writes these tables as types of TypeScript and
lets its compiler read the program's files.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

# A line: numbers of arcs; an area: rings of them. `~n` is arc n backwards. Arcs of the background
# are numbered after those of what is told.
Refs = list[int]
Parts = list[Refs | list[Refs]]


class PointShape(TypedDict):
    """A shape with points, as longitude and latitude; what else it has."""

    p: list[list[float]]
    s: Parts


class ArcsRow(TypedDict):
    """Arcs of what is told, or of the background: degrees a step; to how many doublings of the
    zoom those are good that the page opens with, and all."""

    quantum: float
    first: int
    doublings: int


class StyleRow(TypedDict):
    """How something is drawn; colours are "#rrggbb", lengths pixels."""

    color: str
    dark: str
    width: float
    ink: str
    inkDark: str
    marker: str
    size: float
    fill: NotRequired[str]
    fillDark: NotRequired[str]
    fillOpacity: NotRequired[float]
    opacity: NotRequired[float]
    dash: NotRequired[list[float]]
    hatch: NotRequired[str]
    arrow: NotRequired[bool]


# A feature: s style, g shape, a anchor, m more of them, r rank, z and w size and places of its
# name, l its entry in the legend, n further names, from and to in years. (One key is a word of
# Python.)
FeatureRow = TypedDict(
    "FeatureRow",
    {
        "id": str,
        "s": int,
        "g": NotRequired[PointShape | Parts],
        "a": NotRequired[list[float]],
        "m": NotRequired[list[list[float]]],
        "r": NotRequired[int],
        "z": NotRequired[float],
        "w": NotRequired[list[list[int]]],
        "l": NotRequired[int],
        "n": NotRequired[list[str]],
        "from": NotRequired[float],
        "to": NotRequired[float],
    },
)


class LayerRow(TypedDict):
    """A layer in the order of drawing."""

    name: str
    kind: str
    credit: list[int]
    features: list[FeatureRow]
    schematic: NotRequired[bool]
    basemap: NotRequired[bool]
    visible: NotRequired[bool]
    computed: NotRequired[bool]
    extra: NotRequired[bool]
    unseen: NotRequired[bool]


class LegendRow(TypedDict):
    """An entry of the legend; a heading has no sign."""

    layer: str
    kind: str
    style: int
    heading: bool


class FigureRow(TypedDict):
    """A shape that shows what a claim measured."""

    role: str
    g: PointShape | Parts | None


class ClaimRow(TypedDict):
    """A claim: its sign, its look, and the features that it measures."""

    id: str
    layer: str
    sign: str
    kind: str
    features: list[str]
    against: list[str]
    figures: list[FigureRow]


class SeriesRow(TypedDict):
    """One series of a chart."""

    x: list[float | str]
    y: list[float | None]
    style: int
    estimated: list[bool]
    looks: list[int]


class ReferenceRow(TypedDict):
    """A line across a chart."""

    value: float
    axis: str
    style: int


class PanelRow(TypedDict):
    """A chart."""

    kind: str
    xLog: bool
    yLog: bool
    yZero: bool
    series: list[SeriesRow]
    references: list[ReferenceRow]


class StepRow(TypedDict):
    """A step of the story; what is left out stays as it is."""

    claim: str
    view: NotRequired[list[float]]
    layers: NotRequired[list[str]]
    year: NotRequired[float]


class SmallMapRow(TypedDict):
    """A small map: its picture as an address, and what it shows: a year, or all but features."""

    picture: str
    year: NotRequired[int]
    without: NotRequired[list[str]]


class AroundRow(TypedDict):
    """Addresses of what lies around the page; "" for what there is not."""

    index: str
    report: str
    sheets: dict[str, str]
    before: str
    after: str
    others: list[str]


class Payload(TypedDict):
    """What is the same in every language."""

    name: str
    number: int
    langs: list[str]
    extent: list[float]
    frame: list[float]
    detail: float
    told: ArcsRow
    ground: ArcsRow
    layers: list[LayerRow]
    legend: list[LegendRow]
    claims: list[ClaimRow]
    panels: list[PanelRow]
    steps: list[StepRow]
    smallMaps: list[SmallMapRow]
    tiled: bool
    styles: list[StyleRow]
    around: AroundRow
