"""How things on a page look: the keywords that matplotlib's artists take, each with its type."""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias, TypedDict

from matplotlib.transforms import Transform

Colour: TypeAlias = str | tuple[str, float]  # by name or hexadecimal, with an opacity
Dashes: TypeAlias = str | tuple[float, tuple[float, ...]]
Side: TypeAlias = Literal["left", "center", "right"]
Height: TypeAlias = Literal["baseline", "bottom", "center", "center_baseline", "top"]


class PathLook(TypedDict, total=False):
    """Of a path: its fill, its stroke, its hatch."""

    facecolor: Colour
    edgecolor: Colour
    fc: Colour
    ec: Colour
    lw: float
    ls: Dashes
    alpha: float
    capstyle: Literal["butt", "round", "projecting"]
    joinstyle: Literal["miter", "round", "bevel"]
    hatch: str | None
    hatchcolor: Colour


class LineLook(TypedDict, total=False):
    """Of a line through points."""

    alpha: float
    dash_capstyle: Literal["butt", "round", "projecting"]
    ls: Dashes
    solid_capstyle: Literal["butt", "round", "projecting"]


class TextLook(TypedDict, total=False):
    """Of a line of text: how it hangs at its place, and where it stands in depth."""

    ha: Side
    va: Height
    rotation: float
    transform: Transform
    zorder: float


class HaloLook(TextLook, total=False):
    """Of a line of text with a halo."""

    color: str
    halo: str | None
    halo_pt: float


class ByteStream(Protocol):
    """Where a PDF's marked content is written."""

    def write(self, data: bytes) -> object:
        """Append bytes to the page."""


class SvgWriter(Protocol):
    """Where an SVG's elements are written."""

    def element(self, tag: str, text: str, *, attrib: dict[str, str]) -> object:
        """Append an element with its text."""
