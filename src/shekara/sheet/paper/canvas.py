"""A page to draw on in millimetres, in reading order, each thing with its role in the document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from typing import IO, Any, Unpack

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform
from matplotlib.typing import RcKeyType

from shekara.characters import foreign
from shekara.scene.model import Translator
from shekara.sheet.paper.fonts import Face
from shekara.sheet.paper.looks import HaloLook, LineLook, PathLook, Side
from shekara.sheet.paper.paper import INCH_MM, Box, Page
from shekara.sheet.paper.text import HaloText, pdf_stream

GROUND = b"Ground"  # the name by which a page calls its map without names, where that is a form
NOTEBOOK_DPI = 110  # as wide as a page of a notebook, for A4
INK = "#1a1a1a"
GREY = "#5a5a5a"
RULE = "#8c8c8c"
TURNED: dict[Side, Side] = {"left": "right", "center": "center", "right": "left"}
RIGHT_TO_LEFT = "\u200f"  # a line that begins with a number or a foreign word runs so, too

# Settings of matplotlib that are about windows on a screen and about the session.
WINDOWS = (
    "backend",
    "date.epoch",
    "figure.max_open",
    "figure.raise",
    "interactive",
    "savefig.directory",
    "timezone",
    "tk.",
    "toolbar",
    "webagg",
)

# How matplotlib writes files here: letters stay letters, and nothing depends on the day.
WRITING: dict[RcKeyType, object] = {
    # What the user set for other figures (matplotlibrc) does not change a sheet.
    **{key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(WINDOWS)},
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "svg.fonttype": "none",
    "svg.hashsalt": "shekara",
    "hatch.linewidth": 0.35,
    "font.family": ["Source Sans 3", "DejaVu Sans"],
    "axes.unicode_minus": True,
    "path.simplify": False,
}


@dataclass(frozen=True)
class Tag:
    """One element of the document's structure: role, number of its marked content, description."""

    role: str
    mcid: int
    alt: str = ""
    path: tuple[tuple[str, int], ...] = ()  # the elements around it, each with its number
    box: Box | None = None  # of a figure or a link, mm
    to: int | None = None  # of a link: the page of the book that it opens, from 0
    lang: str = ""  # of its text, where that is not the document's


@dataclass(frozen=True)
class Link:
    """A place on a page, mm from its lower left corner, that leads somewhere or is led to."""

    key: str
    box: Box
    target: bool = False


class SheetFigure(Figure):
    """A matplotlib figure that knows its page, its structure and the names that stand on it."""

    def __init__(self, page: Page, lang: str, title: str):
        super().__init__(figsize=(page.width / INCH_MM, page.height / INCH_MM), dpi=300)
        self.page = page
        self.lang = lang
        self.title = title
        self.tags: list[Tag] = []
        self.names: list[tuple[str, str]] = []  # name on the map, grid cell
        self.links: list[Link] = []
        self.ground: bytes | None = None  # a PDF of one page, which a page calls by GROUND
        self.lettering: object | None = None  # what the rules for names look at
        self.patch.set_visible(False)

    def _repr_png_(self) -> bytes:
        """The sheet as a notebook shows it."""
        picture = io.BytesIO()
        self.savefig(picture, format="png", dpi=NOTEBOOK_DPI)
        return picture.getvalue()

    def savefig(self, fname: str | PathLike[str] | IO[bytes], **kwargs: Any) -> None:
        """Save as matplotlib does, with letters kept as letters and no date inside."""
        with mpl.rc_context(WRITING):
            super().savefig(fname, **kwargs)


class Mark(Artist):
    """The begin or end of a piece of the document; seen only in a PDF."""

    def __init__(self, operator: bytes):
        super().__init__()
        self.operator = operator

    def draw(self, renderer: RendererBase) -> None:
        """Write the operator into the content of the page."""
        stream = pdf_stream(renderer)
        if stream:
            stream.write(self.operator)


class Canvas:
    """Draws on a figure in millimetres from the lower left corner."""

    def __init__(self, page: Page, say: Translator, title: str, *, ground: bool = True):
        self.page = page
        self.say = say
        self.figure = SheetFigure(page, say.lang, title)
        self._upright: Transform = Affine2D().scale(1 / INCH_MM) + self.figure.dpi_scale_trans
        self.mm: Transform = self._upright
        self._mirror_mm: float | None = None  # twice the middle of what is mirrored
        self._order = 0.0
        self._path: tuple[tuple[str, int], ...] = ()
        self._groups = 0
        if ground:
            self._draw_ground()

    def _draw_ground(self) -> None:
        page = self.page
        with self.tagged("Artifact"):
            self.rectangle(0, 0, page.width, page.height, fill="#ffffff")

    def place(self, artist: Artist) -> None:
        """Put an artist above all that is there."""
        self._order += 1
        artist.set_zorder(self._order)
        if isinstance(artist, Axes):
            return
        self.figure.add_artist(artist)
        artist.set_clip_on(False)

    @contextmanager
    def grouped(self, *roles: str, join: bool = False) -> Iterator[None]:
        """What is tagged within lies in elements of these roles, the first outermost.

        With `join` the first is the one that the last tag lay in, where it had that role: rows
        that follow one another are rows of one table.
        """
        before = self._path
        for place, role in enumerate(roles):
            last = self.figure.tags[-1].path if self.figure.tags else ()
            depth = len(self._path)
            same = last[: depth + 1] if last[:depth] == self._path else ()
            if join and place == 0 and len(same) > depth and same[-1][0] == role:
                self._path = same
            else:
                self._groups += 1
                self._path = (*self._path, (role, self._groups))
        try:
            yield
        finally:
            self._path = before

    @contextmanager
    def tagged(
        self,
        role: str,
        alt: str = "",
        *,
        box: Box | None = None,
        to: int | None = None,
        lang: str = "",
    ) -> Iterator[None]:
        """What is drawn within is one element of the document; "Artifact" is none."""
        if role == "Artifact":
            self.place(Mark(b"/Artifact BMC\n"))
        else:
            tag = Tag(role, len(self.figure.tags), alt, self._path, box, to, lang)
            self.figure.tags.append(tag)
            self.place(Mark(f"/{role} <</MCID {tag.mcid}>> BDC\n".encode()))
        yield
        self.place(Mark(b"EMC\n"))

    @contextmanager
    def reading(self, left: float, right: float) -> Iterator[None]:
        """What is drawn within begins at the right end, in a language that runs so."""
        if self.say.direction == "rtl":
            self._mirror_mm = left + right
            self.mm = Affine2D().scale(-1, 1).translate(left + right, 0) + self._upright
        yield
        self._mirror_mm, self.mm = None, self._upright

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size_pt: float,
        face: Face = "plain",
        **rest: Unpack[HaloLook],
    ) -> HaloText:
        """One line of text with its baseline at y."""
        rest.setdefault("va", "baseline")
        if self._mirror_mm is not None:
            x = self._mirror_mm - x
            rest["ha"] = TURNED[rest.get("ha", "left")]
        mirrored = self.say.direction == "rtl"
        lead = RIGHT_TO_LEFT if mirrored and not foreign(text) else ""
        rest["transform"] = self._upright
        ink = HaloText(x, y, text, size_pt, face=face, lead=lead, **rest)
        self.place(ink)
        return ink

    def line(
        self,
        xs: list[float],
        ys: list[float],
        width: float = 0.4,
        color: str = INK,
        **rest: Unpack[LineLook],
    ) -> None:
        """A thin line through points; its width in points."""
        rest.setdefault("solid_capstyle", "butt")
        self.place(Line2D(xs, ys, lw=width, color=color, transform=self.mm, **rest))

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 0.4,
        **rest: Unpack[PathLook],
    ) -> Rectangle:
        """A rectangle, filled, edged or both."""
        patch = Rectangle(
            (x, y),
            width,
            height,
            facecolor=fill or "none",
            edgecolor=edge or "none",
            lw=line if edge else 0,
            joinstyle="miter",
            transform=self.mm,
            **rest,
        )
        self.place(patch)
        return patch

    def polygon(self, points: list[tuple[float, float]], **style: Unpack[PathLook]) -> None:
        """A filled polygon."""
        self.place(Polygon(points, closed=True, transform=self.mm, **style))

    def path(self, path: Path, **style: Unpack[PathLook]) -> None:
        """A path in millimetres."""
        self.place(PathPatch(path, transform=self.mm, **style))
