"""A table as lines of text, drawn row by row: a million rows take no more memory than ten.

The same lines as those of rich's `Table`, which lays out every cell anew and needs minutes for
100,000 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def cell_width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def widths(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    """The widest cell of each column, its heading included."""
    most = [cell_width(column) for column in columns]
    for row in rows:
        most = [max(wide, cell_width(cell)) for wide, cell in zip(most, row, strict=True)]
    return most


def table_lines(
    columns: Sequence[str], rows: Iterable[Sequence[str]], wide: Sequence[int],
    title: str | None = None,
) -> Iterator[str]:  # fmt: skip
    """Lines of a table, without their ends.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    rows : iterable of sequences of str
        Cells, each on one line.
    wide : sequence of int
        Widths of the columns, from `widths`.
    title : str, optional
        What stands above, cut into lines of the table's width.
    """
    if title is not None:
        yield from _wrapped(title, sum(wide) + 3 * len(wide) + 1)
    yield "┏" + "┳".join("━" * (size + 2) for size in wide) + "┓"
    yield _row(columns, wide, "┃")
    yield "┡" + "╇".join("━" * (size + 2) for size in wide) + "┩"
    for row in rows:
        yield _row(row, wide, "│")
    yield "└" + "┴".join("─" * (size + 2) for size in wide) + "┘"


def _row(cells: Sequence[str], wide: Sequence[int], bar: str) -> str:
    pairs = zip(cells, wide, strict=True)
    filled = (cell + " " * (size - cell_width(cell)) for cell, size in pairs)
    return f"{bar} " + f" {bar} ".join(filled) + f" {bar}"


def _wrapped(title: str, wide: int) -> list[str]:
    from rich.console import Console
    from rich.text import Text

    lines = Text(title).wrap(Console(width=wide), wide, justify="left")
    return [line.plain for line in lines]
