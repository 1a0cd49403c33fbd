"""Bars that lie: a row for each thing, sorted, its name before the bar and its value behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from shekara.colour import mix
from shekara.scene.model import Panel, Series, Style, Translator
from shekara.sheet.marginalia.heading import draw_note, draw_title, note_lines, title_mm
from shekara.sheet.marginalia.magnitude import Magnitude, magnitude_of
from shekara.sheet.marginalia.plot import distinguish_series, hatch_colour
from shekara.sheet.paper.canvas import GREY, RULE, Canvas
from shekara.sheet.paper.fonts import line_mm, width_mm
from shekara.sheet.paper.lines import shorten, wrap
from shekara.sheet.paper.paper import POINT_MM, Box
from shekara.sheet.paper.paragraph import SMALL_PT
from shekara.sheet.symbols.style import HATCH_REPEAT

MOST_ROWS, MOST_SINGLE_ROWS = 12, 20  # of several bars each, of one
MOST_SERIES = 3  # beside one another in a row
BAR_MM, GAP_MM = 2.5, 1.3
MOST_WHITE_MM = 3.0  # more than that between two rows
NAME_SHARE = 0.42  # of the width, at most, for the names
SIGN_MM = 6.0


@dataclass(frozen=True)
class Row:
    """One thing with the values of all series; None is no data."""

    name: str
    values: tuple[float | None, ...]
    styles: tuple[Style, ...]
    estimated: tuple[bool, ...]

    @property
    def largest(self) -> float:
        """Its value farthest from zero, which it is sorted by."""
        return max((value for value in self.values if value is not None), key=abs, default=0.0)


def lies(panel: Panel) -> bool:
    """Whether a chart is drawn with lying bars: names, not years, few series."""
    names = {x for series in panel.series for x in series.x}
    values = [y for series in panel.series for y in series.y if y is not None]
    few = len(panel.series) <= (MOST_SERIES if len(names) > 1 else MOST_ROWS)
    years = bool(names) and all(str(name).strip().isdigit() for name in names) and len(names) > 1
    plain = not (panel.y_log or panel.references or years) and panel.y_zero
    return bool(values) and panel.kind == "bars" and few and plain


def rows_of(panel: Panel) -> tuple[tuple[Row, ...], tuple[Series, ...]]:
    """The rows from the largest to the least, and the series that need a key.

    Of many rows the largest stand here: the names of more nobody could read.
    A chart of one place on its axis has a row for each series, in the series' own colour.
    """
    places = list(dict.fromkeys(x for series in panel.series for x in series.x))
    if len(places) == 1:
        rows = [
            Row(item.title, item.y[:1] or (None,), (item.style,), _guesses(item)[:1])
            for item in panel.series
        ]
        return _sorted(rows), ()
    rows = []
    series = distinguish_series(panel).series
    for place in places:
        at = [item.x.index(place) if place in item.x else None for item in series]
        pairs = list(zip(series, at, strict=True))
        rows.append(
            Row(
                str(place),
                tuple(None if i is None else item.y[i] for item, i in pairs),
                tuple(
                    item.looks[i] if i is not None and item.looks else item.style
                    for item, i in pairs
                ),
                tuple(i is not None and _guesses(item)[i] for item, i in pairs),
            )
        )
    return _sorted(rows), series if len(series) > 1 else ()


def written(rows: Sequence[Row], magnitude: Magnitude) -> list[tuple[str, ...]]:
    """The values of all rows; each series has the decimals of its own data, the same in all rows.

    A share that was published as 12.5 % does not become 12.50 % beside one that was computed.
    """
    columns = [
        magnitude.numbers([row.values[turn] for row in rows]) for turn in range(len(rows[0].values))
    ]
    return list(zip(*columns, strict=True))


def _guesses(series: Series) -> tuple[bool, ...]:
    return (*series.estimated, *[False] * len(series.x))[: max(len(series.x), 1)] or (False,)


def _sorted(rows: list[Row]) -> tuple[Row, ...]:
    most = MOST_SINGLE_ROWS if len(rows[0].values) == 1 else MOST_ROWS
    longest = sorted(rows, key=lambda row: -abs(row.largest))[:most]
    return tuple(sorted(longest, key=lambda row: (set(row.values) <= {None}, -row.largest)))


@dataclass(frozen=True)
class LyingBars:
    """A panel of lying bars as a block."""

    panel: Panel
    say: Translator
    keep: bool = False
    stretch: float = 0.35
    lead: float = 2.2
    mirrors: ClassVar[bool] = True

    def height(self, width: float, type_scale: float) -> float:
        """Title, key, unit, rows and note, mm."""
        rows, key = rows_of(self.panel)
        return self._above(width, type_scale, key) + self._below(width, type_scale, rows)

    @property
    def note(self) -> str:
        """The note of the panel, and how many rows have no room."""
        named = {x for series in self.panel.series for x in series.x}
        wanted = len(named) if len(named) > 1 else len(self.panel.series)
        left = wanted - len(rows_of(self.panel)[0])
        more = self.say.message("sheet_rows_more", count=left) if left else ""
        return " ".join(text for text in (more, self.panel.note) if text)

    def _above(self, width: float, type_scale: float, key: tuple[Series, ...]) -> float:
        title = title_mm(self.panel.title, width, type_scale)
        small = len(key) + len(self._unit(width, type_scale))
        return title + small * line_mm(SMALL_PT * type_scale)

    def _below(self, width: float, type_scale: float, rows: tuple[Row, ...]) -> float:
        return (
            sum(
                _high(row, lines, type_scale) for row, lines in self._named(rows, width, type_scale)
            )
            + len(note_lines(self.note, width, type_scale)) * line_mm(SMALL_PT * type_scale)
            + 1.6 * type_scale
        )

    def _magnitude(self) -> Magnitude:
        values = [abs(y) for series in self.panel.series for y in series.y if y is not None]
        return magnitude_of(max(values, default=0.0), self.say)

    def _unit(self, width: float, type_scale: float) -> tuple[str, ...]:
        text = self._magnitude().title(self.panel.y_title)
        if text.casefold() == self.panel.title.casefold():
            return ()
        return wrap(text, width, SMALL_PT * type_scale, "slanted")

    def draw(self, canvas: Canvas, box: Box, type_scale: float) -> None:
        """Draw the title, the key, and one row after the other."""
        panel, size = self.panel, SMALL_PT * type_scale
        rows, key = rows_of(panel)
        y = draw_title(canvas, box, panel.title, type_scale)
        with canvas.tagged("Figure", panel.alt or panel.title, box=box):
            for series in key:
                self._bar(canvas, Box(box.x, y - 0.2, 4.6 * type_scale, 1.6), series.style, False)
                text = shorten(series.title, box.width - SIGN_MM * type_scale, size)
                canvas.text(box.x + SIGN_MM * type_scale, y, text, size)
                y -= line_mm(size)
            for line in self._unit(box.width, type_scale):
                canvas.text(box.x, y, line, size, "slanted", color=GREY)
                y -= line_mm(size)
            top = box.top - self._above(box.width, type_scale, key)
            self._rows(canvas, Box(box.x, box.y, box.width, top - box.y), rows, type_scale)
        draw_note(canvas, box, self.note, type_scale)

    def _named(
        self, rows: tuple[Row, ...], width: float, type_scale: float
    ) -> list[tuple[Row, tuple[str, ...]]]:
        """The rows with the lines of their names."""
        room = _names_mm(rows, width, type_scale) - 1.0 * type_scale
        return [(row, wrap(row.name, room, SMALL_PT * type_scale)) for row in rows]

    def _rows(self, canvas: Canvas, box: Box, rows: tuple[Row, ...], type_scale: float) -> None:
        size, magnitude = SMALL_PT * type_scale, self._magnitude()
        texts = written(rows, magnitude)
        numbers = max(width_mm(text, size) for line in texts for text in line) + 1.2 * type_scale
        names = _names_mm(rows, box.width, type_scale)
        values = [value for row in rows for value in row.values if value is not None]
        least, most = min(values, default=0.0), max(values, default=0.0)
        least, most = min(least, 0.0), max(most, 0.0)
        before = numbers if least < 0 else 0.0  # the values of what lies below zero
        per_unit = max(box.width - names - before - numbers, 4.0) / ((most - least) or 1.0)
        zero, gap = box.x + names + before - per_unit * least, 0.8 * type_scale
        named = self._named(rows, box.width, type_scale)
        # Room that another language needs for longer names goes between the rows.
        needed = self._below(box.width, type_scale, rows)
        spare = min(max(box.height - needed, 0.0) / len(named), MOST_WHITE_MM * type_scale)
        y = box.top
        for (row, name), line in zip(named, texts, strict=True):
            high = _high(row, name, type_scale) + spare
            base = y - high / 2 + (len(name) - 1) * line_mm(size) / 2 - 0.34 * size * POINT_MM
            for text in name:
                canvas.text(box.x, base, text, size)
                base -= line_mm(size)
            step = _bar_mm(row, type_scale)  # a long name makes its row higher, not its bar
            at = y - (high - step * len(row.values)) / 2
            for value, style, guessed, text in zip(
                row.values, row.styles, row.estimated, line, strict=True
            ):
                end = zero + per_unit * (value or 0.0)
                if value:
                    bar = Box(min(zero, end), at - step + 0.15, abs(end - zero), step - 0.3)
                    self._bar(canvas, bar, style, guessed)
                base = at - step / 2 - 0.34 * size * POINT_MM
                ink = GREY if value is None else "#1a1a1a"
                if end < zero:
                    canvas.text(end - gap, base, text, size, color=ink, ha="right")
                else:
                    canvas.text(end + gap, base, text, size, color=ink)
                at -= step
            y -= high
        canvas.line([zero, zero], [y, box.top], 0.35, RULE)

    def _bar(self, canvas: Canvas, box: Box, style: Style, guessed: bool) -> None:
        """A bar in the colour of its thing; an estimate is hollow."""
        fill = style.fill or style.color
        fill = mix(fill, "#ffffff", max(style.fill_opacity * style.opacity, 0.75))
        canvas.rectangle(
            box.x,
            box.y,
            box.width,
            box.height,
            fill="#ffffff" if guessed else fill,
            edge=style.color if style.fill else fill,
            line=0.35,
            hatch=style.hatch * HATCH_REPEAT or None,
            hatchcolor=hatch_colour(style),
        )


def _names_mm(rows: tuple[Row, ...], width: float, type_scale: float) -> float:
    """Width of the column of names: as they need it, but not most of the chart."""
    natural = max(width_mm(row.name, SMALL_PT * type_scale) for row in rows) + 1.4 * type_scale
    return min(natural, NAME_SHARE * width)


def _bar_mm(row: Row, type_scale: float) -> float:
    """Height of one bar with its value, mm."""
    single = len(row.values) == 1
    return BAR_MM * type_scale if single else line_mm(SMALL_PT * type_scale)


def _high(row: Row, name: tuple[str, ...], type_scale: float) -> float:
    """Height of a row: of its bars or of its name, whichever is higher, mm."""
    text = line_mm(SMALL_PT * type_scale)
    bars = len(row.values) * _bar_mm(row, type_scale)
    return max(bars, text, len(name) * text) + GAP_MM * type_scale
