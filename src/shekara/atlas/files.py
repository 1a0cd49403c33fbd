"""What may stand in the TOML files of an atlas: every key, its type and its rule."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shekara.atlas.extent import Extent
from shekara.atlas.pictures import BackdropTable, LogoTable, ReliefTable
from shekara.atlas.source import LayerSource, Source
from shekara.atlas.statement import ClaimTable, TextTable
from shekara.atlas.style import Look, StyleClass, StyleTable, ValueLook
from shekara.atlas.values import (
    Colour,
    Finite,
    Language,
    License,
    Name,
    Positive,
    Table,
    Text,
    Url,
    Where,
)
from shekara.where import Scalar

__all__ = [
    "ClaimTable",
    "Colour",
    "IndexFile",
    "LayerFile",
    "License",
    "Look",
    "MapFile",
    "MapLayer",
    "Name",
    "Panel",
    "Positive",
    "ProjectionTable",
    "Scalar",
    "Source",
    "StyleClass",
    "StyleTable",
    "Table",
    "Text",
    "Url",
    "ValueLook",
    "Where",
]

Precision = Literal["surveyed", "mapped", "generalised", "schematic", "documentary", "computed"]


class Quality(Table):
    """How well the geometry is known.

    `accuracy_m` is one standard deviation of each position, east and north; without it nobody
    knows, and no measure has an interval. `shift_m` is one standard deviation of a displacement
    that all positions share, beside `accuracy_m`; without it any part of `accuracy_m` may be
    shared, and measures take the less favourable. `lower_bound` says that parts are left out.
    """

    precision: Precision
    accuracy_m: Positive | None = None
    shift_m: Positive | None = None
    resolution_m: Positive | None = None
    lower_bound: bool = False


class FieldInfo(Table):
    """An attribute as a reader sees it."""

    title: Text
    unit: str = ""
    digits: Annotated[int, Field(ge=0, le=9)] | None = None
    kind: Literal["number", "text", "year", "code", "territory", "source"] | None = None
    values: dict[str, Text] = {}
    source: str | None = None  # the field that names this one's sources, where it has its own


class Time(Table):
    """The fields that hold the years from and until which a feature is there."""

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class Derive(BaseModel):
    """How geo/ was made; the method's own keys are its own affair."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    method: str


class LayerFile(Table):
    """layers/NAME.toml."""

    title: Text
    about: Text | None = None
    group: Text | None = None
    file: str | None = None  # else geo/NAME.geojson
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    where: Where = {}
    source: Annotated[list[LayerSource], Field(min_length=1)]
    quality: Quality
    derive: Derive | None = None
    field: dict[str, FieldInfo] = {}
    style: StyleTable = StyleTable()
    time: Time | None = None
    claim: list[ClaimTable] = []


class MapLayer(Table):
    """A layer as a map uses it."""

    layer: str
    where: Where = {}
    title: Text | None = None
    visible: bool = True
    extra: bool = False
    basemap: bool | None = None
    label: str | Literal[False] | None = None
    legend: bool = True
    sheet: bool | None = None  # on paper; None: where the page shows it when it opens
    style: ValueLook = ValueLook()


class PanelReference(Table):
    """A line across a panel."""

    value: Finite
    title: Text
    axis: Literal["x", "y"] = "y"


class Panel(Table):
    """[[panel]] of a map: a chart of one layer's attributes."""

    kind: Literal["line", "bars", "stacked"]
    title: Text
    layer: str
    x: str
    y: str
    by: str | None = None
    where: Where = {}
    estimated: Where = {}
    x_title: Text | None = None
    y_title: Text | None = None
    x_log: bool = False
    y_log: bool = False
    y_zero: bool = True
    label: str | None = None
    reference: list[PanelReference] = []
    note: Text | None = None


class ProjectionTable(Table):
    """projection = { name = "albers", parallels = [43, 53.5], meridian = 67 }."""

    name: str
    parallels: Annotated[list[float], Field(min_length=1, max_length=2)] | None = None
    meridian: Annotated[float, Field(ge=-180, le=180)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None


class SheetInset(Table):
    """[[sheet.inset]] of a map: a part of it at a larger scale, in a box of the printed sheet."""

    extent: Extent
    title: Text | None = None
    scale: Annotated[int, Field(ge=1_000, le=100_000_000)] | None = None  # 1 : scale


class OutlinesTable(Table):
    """[sheet.outlines] of a map: the areas of a layer side by side at one scale."""

    layer: str
    title: Text


class SheetTable(Table):
    """[sheet] of a map: what the printed sheet has of its own."""

    lead: str | None = None  # the claim that is the title; None: the first
    orientation: Literal["portrait", "landscape"] | None = None  # None: as the map fits best
    year: Annotated[int, Field(ge=-5000, le=5000)] | None = None
    inset: Annotated[list[SheetInset], Field(max_length=4)] = []
    outlines: OutlinesTable | None = None


Year = Annotated[int, Field(ge=-5000, le=5000)]


class MultiplesTable(Table):
    """[multiples] of a map: small maps side by side, each of a year or of a value of a field."""

    years: Annotated[list[Year], Field(min_length=2, max_length=12)] | None = None
    field: str | None = None
    of: str | None = None  # the layer that has the field
    values: Annotated[list[Scalar], Field(min_length=2, max_length=12)] | None = None
    columns: Annotated[int, Field(ge=1, le=12)] | None = None  # None: as the maps are largest


class Step(Table):
    """[[step]] of a map: one step of a story, with what the page shows beside its text."""

    text: Text
    title: Text | None = None
    view: Extent | None = None
    layers: list[str] | None = None
    year: int | None = None
    claim: str | None = None


class MapFile(Table):
    """maps/NAME.toml."""

    # What others call a panel; a file that says so is told what it means.
    MEANT: ClassVar[Mapping[str, str]] = MappingProxyType(
        dict.fromkeys(("chart", "charts", "graph", "diagram", "plot", "figure"), "panel")
    )

    title: Text
    about: Text | None = None
    number: Annotated[int, Field(ge=1)] | None = None
    layers: Annotated[list[str | MapLayer], Field(min_length=1)]
    extent: Extent = []  # none: reading the atlas puts what lies around the layers
    projection: str | ProjectionTable | None = None
    claims: list[str] = []
    notes: list[Text] = []
    panel: list[Panel] = []
    step: list[Step] = []
    relief: bool = True  # where the atlas has one
    backdrop: BackdropTable | None = None
    sheet: SheetTable = SheetTable()
    multiples: MultiplesTable | None = None


class TypefaceTable(Table):
    """typeface = { sans = "Lato", serif = "Lora" }: families of the atlas's own fonts by role."""

    sans: str | None = None
    serif: str | None = None

    @property
    def roles(self) -> dict[str, str]:
        """The families that are named, by role."""
        named = {"sans": self.sans, "serif": self.serif}
        return {role: family for role, family in named.items() if family is not None}


def _once(value: list[str]) -> list[str]:
    if twice := [lang for lang in value if value.count(lang) > 1]:
        raise ValueError(f"has {twice[0]!r} twice; delete one")
    return value


class ImprintTable(Table):
    """[imprint] of maps/index.toml: who publishes the book, on the page after its title."""

    publisher: Text | None = None
    place: Text | None = None
    year: Annotated[int, Field(ge=1500, le=5000)] | None = None
    edition: Text | None = None
    isbn: Annotated[str, Field(pattern=r"^[0-9Xx -]{10,17}$")] | None = None
    license: Text | None = None  # of the book, in words
    note: Text | None = None


class IndexFile(Table):
    """maps/index.toml: what is said of the whole atlas."""

    title: Text
    about: Text | None = None
    languages: Annotated[list[Language], AfterValidator(_once)] | None = None
    order: list[str] = []
    text: TextTable | None = None
    relief: ReliefTable | None = None
    logo: LogoTable | None = None
    imprint: ImprintTable | None = None
    fonts: list[Annotated[str, Field(pattern=r"^[\w .-]+\.(ttf|otf)$")]] = []  # in maps/
    typeface: TypefaceTable = TypefaceTable()


def as_mapping(table: BaseModel) -> Mapping[str, object]:
    """The keys that were written, without the defaults."""
    return table.model_dump(exclude_none=True, exclude_defaults=True)
