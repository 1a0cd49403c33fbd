"""What may stand in the TOML files of an atlas: every key, its type and its rule."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from shekara.verdicts import VerdictWord
from shekara.where import Scalar
from shekara.words import known_language

Precision = Literal["surveyed", "mapped", "generalised", "schematic", "documentary", "computed"]


def _text(value: str | dict[str, str]) -> str | dict[str, str]:
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("is empty")
        return value
    if not value:
        raise ValueError('has no language; write for example { en = "…" }')
    for lang, words in value.items():
        if not known_language(lang):
            raise ValueError(f"{lang!r} is no language code; use one of CLDR, such as kk, ru, en")
        if not words.strip():
            raise ValueError(f"is empty in {lang!r}")
    return value


def _color(value: str) -> str:
    digits = value[1:]
    if not (value.startswith("#") and len(digits) == 6 and all(c in _HEX for c in digits)):
        raise ValueError('is no colour; write "#rrggbb", such as "#b3261e"')
    return value.lower()


def _license(value: str) -> str:
    try:
        return str(canonicalize_license_expression(value))
    except InvalidLicenseExpression as error:
        raise ValueError(
            "is no SPDX licence expression; for public domain write LicenseRef-Public-Domain"
        ) from error


def _url(value: str) -> str:
    if not value.startswith(("https://", "http://", "doi:")):
        raise ValueError("is no web address; it begins with https://")
    return value


_HEX = "0123456789abcdefABCDEF"
Text = Annotated[str | dict[str, str], AfterValidator(_text)]
Color = Annotated[str, AfterValidator(_color)]
License = Annotated[str, AfterValidator(_license)]
Url = Annotated[str, AfterValidator(_url)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Where = dict[str, Scalar | list[Scalar]]
Positive = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Opacity = Annotated[float, Field(ge=0, le=1)]


class Table(BaseModel):
    """A table of a file: unknown keys are errors, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Source(Table):
    """Where a layer comes from."""

    name: Text
    license: License
    date: datetime.date | Annotated[int, Field(ge=1, le=9999)] | None = None
    url: Url | None = None
    note: Text | None = None


class Quality(Table):
    """How well the geometry is known."""

    precision: Precision
    accuracy_m: Positive
    resolution_m: Positive | None = None


class FieldInfo(Table):
    """An attribute as a reader sees it."""

    title: Text
    unit: str = ""
    digits: Annotated[int, Field(ge=0, le=9)] | None = None
    kind: Literal["number", "text", "year", "code"] | None = None
    values: dict[str, Text] = {}


class Look(Table):
    """How things are drawn; lengths in points."""

    color: Color | None = None
    fill: Color | None = None
    fill_opacity: Opacity | None = None
    opacity: Opacity | None = None
    width: Positive | None = None
    dash: list[Positive] | Literal["solid", "dashed", "dotted", "dashdot"] | None = None
    hatch: Literal["", "/", "\\", "|", "-", "x", "+", ".", "o"] | None = None
    marker: Literal["circle", "square", "triangle", "diamond", "star", "cross"] | None = None
    size: Positive | None = None
    arrow: bool | None = None


class StyleClass(Look):
    """The look of the features with one value of the field that `by` names."""

    value: Scalar | list[Scalar]
    title: Text | None = None


class StyleTable(Look):
    """[style] of a layer."""

    basemap: bool | None = None
    label: str | Literal[False] | None = None
    rank: Annotated[int, Field(ge=1, le=9)] | str | None = None
    by: str | None = None
    size_by: str | None = None
    width_by: str | None = None
    classes: list[StyleClass] = Field(default=[], alias="class")

    @model_validator(mode="after")
    def _classes_need_by(self) -> StyleTable:
        if self.classes and not self.by:
            raise ValueError("[[style.class]] needs `by`, the field whose values it tells apart")
        return self


class Time(Table):
    """The fields that hold the years from and until which a feature is there."""

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class Derive(BaseModel):
    """How geo/ was made; the method's own keys are its own affair."""

    model_config = ConfigDict(extra="allow", frozen=True)
    method: str


class ClaimTable(BaseModel):
    """[[claim]]: everything but its kind, which is the one key that is not listed here."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    id: Name
    says: Text
    text: Text | None = None
    verdict: VerdictWord
    note: Text | None = None
    official: Text | None = None
    url: Url | None = None


class LayerFile(Table):
    """layers/NAME.toml."""

    title: Text
    about: Text | None = None
    group: Text | None = None
    source: Annotated[list[Source], Field(min_length=1)]
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
    style: Look = Look()


class PanelReference(Table):
    """A line across a panel."""

    value: float
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


def _extent(value: list[float]) -> list[float]:
    west, south, east, north = value
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise ValueError("has a longitude beyond ±180; the order is west, south, east, north")
    if not -90 <= south < north <= 90:
        raise ValueError("needs south < north within ±90; the order is west, south, east, north")
    if west == east:
        raise ValueError("has no width: west equals east")
    return value


Extent = Annotated[list[float], Field(min_length=4, max_length=4), AfterValidator(_extent)]


class MapFile(Table):
    """maps/NAME.toml."""

    title: Text
    about: Text | None = None
    number: Annotated[int, Field(ge=1)] | None = None
    layers: Annotated[list[str | MapLayer], Field(min_length=1)]
    extent: Extent
    projection: str | ProjectionTable | None = None
    claims: list[str] = []
    notes: list[Text] = []
    panel: list[Panel] = []


class IndexFile(Table):
    """maps/index.toml: what is said of the whole atlas."""

    title: Text
    about: Text | None = None
    languages: list[str] | None = None
    order: list[str] = []


def as_mapping(table: BaseModel) -> Mapping[str, Any]:
    """The keys that were written, without the defaults."""
    return table.model_dump(exclude_none=True, exclude_defaults=True)
