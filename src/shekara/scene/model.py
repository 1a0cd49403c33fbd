"""A scene: one map resolved for one language, with everything that a drawing needs and no more.

The two drawings (web page and printed sheet) read nothing but these values: no TOML, no claims,
no choice of language. All text is plain and untrusted: whoever draws it escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from shapely.geometry.base import BaseGeometry

from shekara.i18n import Translator as Translator  # drawings import it from here
from shekara.scene.citations import Citation
from shekara.scene.imprint import Imprint as Imprint
from shekara.scene.pictures import Backdrop, Sign
from shekara.scene.small_map import SmallMap
from shekara.spelling import counted
from shekara.verdicts import VerdictWord

Kind = Literal["point", "line", "polygon"]
# See shekara.claims.showing, which makes the shapes.
Role = Literal["corridor", "near", "offset", "greatest", "distance", "contact", "walk", "subject"]
Hatch = Literal["", "/", "\\", "|", "-", "x", "+", ".", "o"]


@dataclass(frozen=True)
class Style:
    """How a feature is drawn; lengths in points (1/72 inch; the web takes them as CSS pixels)."""

    color: str = "#444444"  # stroke, "#rrggbb"
    fill: str | None = None  # fill of polygons and point markers; None: not filled
    fill_opacity: float = 0.6
    opacity: float = 1.0
    width: float = 1.2
    dash: tuple[float, ...] = ()  # on, off, on, off ... in points; () is solid
    hatch: Hatch = ""
    marker: str = "circle"  # square, triangle, diamond, star, cross; or an outline of `icons`
    size: float = 6.0  # diameter of a point marker
    arrow: bool = False  # a line with a head at its end (flows)
    fixed: tuple[str, ...] = ()  # of dash, hatch, marker: what the author wants as it is
    spot: str = ""  # name of the ink of a plate of its own, of a press


@dataclass(frozen=True)
class Row:
    """One attribute of a feature as a reader sees it; `value` is already formatted."""

    title: str
    value: str
    sort: float | str = ""  # what a table sorts by


@dataclass(frozen=True)
class Feature:
    """One thing on the map."""

    id: str  # unique in the scene and stable between languages: "border/3"
    geometry: BaseGeometry | None  # WGS 84, lon lat; None: in tables only
    name: str  # "" when it has none
    style: Style
    label: str = ""  # text drawn on the map beside it; "" for none
    amount: str = ""  # what its size stands for: "54"; "" where it stands for nothing
    rank: int = 5  # of its label: 1 is placed first and drawn largest, 9 last
    label_size: float | None = None  # points; None: by rank
    label_places: tuple[tuple[int, int], ...] = ()  # wished for: steps east and north, best first
    rows: tuple[Row, ...] = ()
    start: float | None = None  # years: shown from start to end; None is open
    end: float | None = None
    legend: int | None = None  # index into Scene.legend of the class that it belongs to
    names: tuple[str, ...] = ()  # its name in all languages of the atlas, for searching


@dataclass(frozen=True)
class SceneLayer:
    """One layer, already filtered and styled; layers come bottom to top."""

    name: str  # the atlas's own name: letters, digits, hyphen
    title: str
    about: str
    group: str  # heading in the layer control; "" for none
    kind: Kind
    features: tuple[Feature, ...]
    schematic: bool  # drawn by scheme: proves nothing about its own size or place
    precision: str  # "mapped", "schematic" ... in words of the language
    credit: tuple[int, ...]  # indexes into Scene.credits
    basemap: bool = False  # background: drawn quietly, in no table, not selectable
    visible: bool = True  # shown when the page opens (a sheet draws only visible layers)
    computed: bool = False  # "computed", never "treaty": said in legend and popup
    extra: bool = False  # drawn by the web on demand only
    printed: bool | None = None  # on a sheet; None: where it is visible and not extra
    unit: str = ""  # of the numbers that its features are labelled with; "" where they have none


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend; entries follow the layers from top to bottom."""

    layer: str  # SceneLayer.name
    title: str
    kind: Kind
    style: Style
    note: str = ""  # "schematic", "computed" ...
    heading: bool = False  # title of the classes that follow, drawn without a sign
    measure: bool = False  # a size and what it stands for: no class, told from others by its size


@dataclass(frozen=True)
class Evidence:
    """A shape that shows what a claim measured; it decides nothing."""

    role: Role
    geometry: BaseGeometry  # WGS 84, lon lat
    title: str  # what it is, in words: "within 50 km"
    label: str = ""  # what is written beside it on the map: "45.6 km"


@dataclass(frozen=True)
class SceneClaim:
    """A claim beside the map that is evidence for it; every text is ready to print."""

    id: str
    layer: str
    says: str
    claimed: str
    measured: str  # "7 119 km"; "" when nothing was measured
    interval: str  # "7 117–7 121 km"
    verdict: VerdictWord
    verdict_text: str  # the same word in the scene's language
    reason: str
    source: str
    method: str
    text: str  # where it stands: "essay, paragraph 10"
    features: tuple[str, ...] = ()  # Feature.id of what was measured
    official: str = ""  # what an official source says, where the claim names one
    note: str = ""  # the caveat that belongs to the verdict
    origin: Literal["text", "atlas", "press"] = "text"  # whose statement it is
    basis: str = ""  # what it rests on, in words: "measured on geometry"
    against: tuple[str, ...] = ()  # Feature.id of what the measured features are held against
    evidence: tuple[Evidence, ...] = ()  # shapes that show the measurement
    citations: tuple[Citation, ...] = ()  # the sources in full


@dataclass(frozen=True)
class Series:
    """One series of a panel; x and y have the same length; None is a gap."""

    title: str
    x: tuple[float | str, ...]
    y: tuple[float | None, ...]
    style: Style
    labels: tuple[str, ...] = ()  # text at each point; () for none
    estimated: tuple[bool, ...] = ()  # estimates are hatched or hollow
    looks: tuple[Style, ...] = ()  # of each bar, where the map has a class for each; () is `style`


@dataclass(frozen=True)
class Reference:
    """A line across a panel at a stated value: "148 stated"."""

    value: float
    title: str
    style: Style
    axis: Literal["x", "y"] = "y"


@dataclass(frozen=True)
class Panel:
    """A chart beside the map, of the same data."""

    kind: Literal["line", "bars", "stacked"]
    title: str
    x_title: str
    y_title: str
    series: tuple[Series, ...]
    references: tuple[Reference, ...] = ()
    x_log: bool = False
    y_log: bool = False
    y_zero: bool = True  # the y axis starts at zero
    note: str = ""
    alt: str = ""  # the panel in one or two sentences, from its data
    layer: str = ""  # the atlas's name of the layer whose attributes it shows


@dataclass(frozen=True)
class Step:
    """One step of a map's story: its text, and what the map shows meanwhile."""

    text: str
    title: str = ""
    view: tuple[float, float, float, float] | None = None  # as an extent
    layers: tuple[str, ...] | None = None  # SceneLayer.name; None: as the map opens
    year: int | None = None
    claim: str = ""


@dataclass(frozen=True)
class Credit:
    """A source as a reader sees it."""

    name: str
    license: str  # SPDX expression
    date: str  # formatted; "" when unknown
    url: str
    layers: tuple[str, ...]  # titles of the layers that it gave
    holder: str = ""  # who has the rights, where that is not said by the name


@dataclass(frozen=True)
class Projection:
    """The projection of the printed sheet, as a definition and in words."""

    definition: str  # PROJ string or "EPSG:n"
    name: str  # "Albers equal-area conic", in the scene's language
    sentence: str  # name, parallels, meridian, what it keeps, in the scene's language
    equal_area: bool
    conformal: bool


@dataclass(frozen=True)
class Relief:
    """A picture of shaded relief: grey, in plate carrée, light where the ground is level."""

    path: str
    bounds: tuple[float, float, float, float]  # west, south, east, north of its edges, degrees


@dataclass(frozen=True)
class SheetInset:
    """A part of the map at a larger scale, in a box of its sheet."""

    extent: tuple[float, float, float, float]
    title: str = ""
    scale: int | None = None  # 1 : scale; None: as large as a box of the usual width holds


@dataclass(frozen=True)
class SheetOutlines:
    """The areas of a layer side by side at one scale, in a box of the sheet."""

    title: str
    areas: tuple[Feature, ...]  # as they are, also where the map shows signs in their place


@dataclass(frozen=True)
class Scene:
    """A map resolved for one language."""

    name: str  # stem of maps/NAME.toml
    say: Translator  # the language, for words that only a drawing needs
    number: int  # of the map in the atlas, from 1
    atlas_title: str
    title: str
    subtitle: str  # one sentence
    extent: tuple[float, float, float, float]  # west, south, east, north; west > east: over 180°
    projection: Projection
    layers: tuple[SceneLayer, ...]
    legend: tuple[LegendEntry, ...]
    claims: tuple[SceneClaim, ...]
    panels: tuple[Panel, ...]
    notes: tuple[str, ...]  # what is schematic, computed, disputed ...; the map's own notes
    credits: tuple[Credit, ...]
    alt: str  # the map in two or three sentences, made from its data
    relief: Relief | None = None  # None: level ground
    backdrop: Backdrop | None = None
    sign: Sign | None = None  # the atlas's logo
    steps: tuple[Step, ...] = ()  # a story, told by pages
    fonts: tuple[str, ...] = ()  # files of the atlas's own fonts, for sheets
    typefaces: tuple[tuple[str, str], ...] = ()  # role (sans, serif) and family, of sheets
    sheet_lead: str = ""  # id of the claim that is the sheet's title; "" is the first
    sheet_orientation: str = ""  # "portrait" or "landscape"; "": as the map alone is largest
    sheet_year: float | None = None  # a sheet shows what was there in this year; None: all
    sheet_insets: tuple[SheetInset, ...] = ()
    sheet_outlines: SheetOutlines | None = None
    imprint: Imprint = field(default_factory=Imprint)  # of the atlas's book
    small_maps: tuple[SmallMap, ...] = ()  # side by side, in place of the one map of a sheet
    small_columns: int | None = None  # of them on a sheet; None: as they are largest

    def __repr__(self) -> str:
        """One line: the map, its language, and how much is on it."""
        features = sum(len(layer.features) for layer in self.layers)
        layers = f"{counted(len(self.layers), 'layer')} with {counted(features, 'feature')}"
        beside = f"{counted(len(self.claims), 'claim')}, {counted(len(self.panels), 'chart')}"
        return f"<Scene {self.name!r} in {self.lang}: {layers}, {beside}>"

    @property
    def lang(self) -> str:
        """Code of the language."""
        return self.say.lang
