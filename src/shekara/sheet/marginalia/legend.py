"""The legend: signs in one column, their names in another, and lines of text in general."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, Rectangle
from shapely.geometry import LineString

from shekara.scene.model import LegendEntry, Style
from shekara.sheet.paper.canvas import GREY, Canvas
from shekara.sheet.paper.columns import Block
from shekara.sheet.paper.fonts import ASCENT, Face, line_mm, width_mm
from shekara.sheet.paper.lines import longest_piece_mm, wrap
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import BODY_PT, SMALL_PT, Paragraph
from shekara.sheet.symbols.arrows import arrow, head_mm
from shekara.sheet.symbols.palette import LAND
from shekara.sheet.symbols.style import dashes, marker_of, marker_style, swatch_style

MOST_TOGETHER = 7  # lines of one layer that no end of a column parts
WIDEST_PT = 9.0  # of a line in the legend


@dataclass(frozen=True)
class LegendLook:
    """Sizes of a legend at a type scale of 1."""

    body_pt: float = BODY_PT
    sign_mm: float = 8.0  # width of the column of signs
    sign_high_mm: float = 3.2  # of an area
    gap_mm: float = 2.0  # between a sign and its name
    row_mm: float = 3.2  # the least height of a row
    below_mm: float = 1.2  # between two rows


PLATE = LegendLook()
COLUMN = LegendLook(7.0, 6.0, 2.6, 1.3, 2.8, 0.7)  # of a narrow figure


@dataclass(frozen=True)
class LegendItem:
    """One entry of the legend."""

    entry: LegendEntry
    style: Style
    largest_mm: float  # of the markers in the legend, which do not shrink with the type
    keep: bool = False
    stretch: float = 0.0
    lead: float = 0.0
    beneath: str = LAND  # upon which an area of this entry lies
    look: LegendLook = PLATE
    mirrors: ClassVar[bool] = True

    def sign_mm(self, type_scale: float) -> float:
        """Width of the column of signs, mm."""
        return max(self.look.sign_mm * type_scale, self.largest_mm)

    def _lines(self, width: float, type_scale: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        room = max(width - self.sign_mm(type_scale) - self.look.gap_mm * type_scale, 10)
        title = wrap(self.entry.title, room, self.look.body_pt * type_scale)
        return title, wrap(self.entry.note, room, SMALL_PT * type_scale, "slanted")

    def height(self, width: float, type_scale: float) -> float:
        """Of its text or its sign, whichever is higher, mm."""
        title, note = self._lines(width, type_scale)
        words = len(title) * line_mm(self.look.body_pt * type_scale) + len(note) * line_mm(
            SMALL_PT * type_scale
        )
        size = min(self.style.size * POINT_MM, 14.0) if self.entry.kind == "point" else 0.0
        if self.entry.kind == "line" and self.style.arrow:
            size = 2 * head_mm(min(self.style.width, WIDEST_PT))[1]
        return max(words, size, self.look.row_mm * type_scale) + self.look.below_mm * type_scale

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the sign and its name, both centred on the entry's height."""
        title, note = self._lines(box.width, type_scale)
        words = len(title) * line_mm(self.look.body_pt * type_scale) + len(note) * line_mm(
            SMALL_PT * type_scale
        )
        middle = box.y + (box.height + self.look.below_mm * type_scale) / 2
        size, high = self.look.body_pt * type_scale, self.look.sign_high_mm * type_scale
        with canvas.grouped("L", "LI", join=True), canvas.tagged("LBody"):
            draw_symbol(
                canvas,
                Box(box.x, middle - high / 2, self.sign_mm(type_scale), high),
                self,
            )
            x = box.x + self.sign_mm(type_scale) + self.look.gap_mm * type_scale
            y = middle + words / 2 - (ASCENT + 0.12) * size * POINT_MM
            for line in title:
                canvas.text(x, y, line, size)
                y -= line_mm(size)
            for line in note:
                canvas.text(x, y, line, SMALL_PT * type_scale, "slanted", color=GREY)
                y -= line_mm(SMALL_PT * type_scale)


def draw_symbol(canvas: Canvas, box: Box, sign: LegendItem) -> None:
    """A sample of a line, an area or a marker."""
    style, middle = sign.style, box.y + box.height / 2
    if sign.entry.kind == "line":
        shaft, width = LineString([(box.x, middle), (box.right, middle)]), style.width
        if style.arrow:
            width = min(width, WIDEST_PT)
            shaft, head = arrow(shaft, width)
            canvas.polygon(
                [(x, y) for x, y, *_ in head.exterior.coords],
                fc=style.color,
                ec="none",
                lw=0,
                alpha=style.opacity,
            )
        canvas.line(
            [x for x, _ in shaft.coords],
            [middle, middle],
            min(width, WIDEST_PT),
            style.color,
            alpha=style.opacity,
            ls=dashes(style),
            dash_capstyle="butt",
        )
    elif sign.entry.kind == "polygon":
        x = box.x + (box.width - min(box.width, 7.5)) / 2
        area = Rectangle(
            (x, box.y),
            min(box.width, 7.5),
            box.height,
            transform=canvas.mm,
            **swatch_style(style, sign.beneath),
        )
        canvas.place(area)
        canvas.rectangle(
            x, box.y, min(box.width, 7.5), box.height, edge=style.color, line=max(style.width, 0.3)
        )
    else:
        size = min(style.size * POINT_MM, 14.0)
        if style.marker == "circle":
            canvas.place(
                Ellipse(
                    (box.x + box.width / 2, middle),
                    size,
                    size,
                    transform=canvas.mm,
                    **marker_style(style),
                )
            )
        else:
            canvas.place(
                Line2D(
                    [box.x + box.width / 2],
                    [middle],
                    ls="none",
                    marker=marker_of(style),
                    ms=size / POINT_MM,
                    mfc=style.fill or style.color,
                    mec=style.color,
                    mew=min(style.width, 0.8),
                    transform=canvas.mm,
                )
            )


def legend_blocks(
    entries: tuple[LegendEntry, ...], styles: tuple[Style, ...], beneath: Sequence[str] = ()
) -> list[Paragraph | LegendItem]:
    """The blocks of a legend: first what stands alone, then classes under their layer's title.

    Parameters
    ----------
    entries : tuple of LegendEntry
        What the legend says.
    styles : tuple of Style
        Of each entry on paper.
    beneath : sequence of str
        The colour upon which the areas of each entry lie; land where it is not given.
    """
    beneath = beneath or [LAND] * len(entries)
    titled = {entry.layer for entry in entries if entry.heading}
    order = sorted(range(len(entries)), key=lambda place: entries[place].layer in titled)
    entries = tuple(entries[place] for place in order)
    styles = tuple(styles[place] for place in order)
    beneath = [beneath[place] for place in order]
    sizes = [
        min(style.size * POINT_MM, 14.0)
        for entry, style in zip(entries, styles, strict=True)
        if entry.kind == "point" and not entry.heading
    ]
    largest_mm = max([0.0, *sizes])
    sizes_of = Counter(entry.layer for entry in entries)
    blocks: list[Paragraph | LegendItem] = []
    for place, (entry, style) in enumerate(zip(entries, styles, strict=True)):
        if entry.heading:
            text = entry.title + (f" ({entry.note})" if entry.note else "")
            last = place + 1 == len(entries)
            above = 0.25 if place else 0.0
            blocks.append(Paragraph(text, BODY_PT, "semibold", GREY, above=above, keep=not last))
        else:
            follows = entries[place + 1 : place + 2]
            together = sizes_of[entry.layer] <= MOST_TOGETHER and any(
                other.layer == entry.layer and not other.heading for other in follows
            )
            blocks.append(
                LegendItem(entry, style, largest_mm, keep=together, beneath=beneath[place])
            )
    return blocks


def natural_width_mm(blocks: Sequence[object], type_scale: float) -> float:
    """How wide a legend is whose lines are not broken, mm."""
    return _widest(blocks, type_scale, width_mm) + 0.5


def least_width_mm(blocks: Sequence[object], type_scale: float) -> float:
    """How narrow a legend may be without a word being cut, mm."""
    return _widest(blocks, type_scale, longest_piece_mm) + 0.1


def _widest(
    blocks: Sequence[object], type_scale: float, measure: Callable[[str, float, Face], float]
) -> float:
    """The room that the widest of the blocks needs, its sign with it, mm."""
    widths = [0.0]
    for block in blocks:
        if isinstance(block, LegendItem):
            title = measure(block.entry.title, block.look.body_pt * type_scale, "plain")
            note = measure(block.entry.note, SMALL_PT * type_scale, "slanted")
            sign = block.sign_mm(type_scale) + block.look.gap_mm * type_scale
            widths.append(sign + max(title, note))
        elif isinstance(block, Paragraph):
            widths.append(measure(block.text, block.size_pt * type_scale, block.face))
    return max(widths)


def in_look(blocks: Sequence[Block], look: LegendLook) -> tuple[Block, ...]:
    """The blocks of a legend in other sizes: its lines and their headings."""

    def sized(block: Block) -> Block:
        if isinstance(block, LegendItem):
            return replace(block, look=look)
        if isinstance(block, Paragraph) and block.size_pt == BODY_PT:
            return replace(block, size_pt=look.body_pt)
        return block

    return tuple(sized(block) for block in blocks)
