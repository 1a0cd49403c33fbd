"""Single lines taken out of many, and put together again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from shekara.median.ellipsoid import Ints
from shekara.median.trace.curves import Curves
from shekara.median.trace.points import LinePoints, join

Part = tuple[LinePoints, Curves]


def part_lines(rows: LinePoints, curves: Curves, numbers: Ints) -> dict[int, Part]:
    """Points and curve of each line; a curve counts its points from the line's first."""
    out = {}
    starts = np.searchsorted(rows.line, numbers), np.searchsorted(rows.line, numbers, "right")
    bends = np.searchsorted(curves.line, numbers), np.searchsorted(curves.line, numbers, "right")
    for n, number in enumerate(numbers.tolist()):
        at = np.arange(bends[0][n], bends[1][n])
        row = curves.row[at]
        bent = Curves(
            curves.line[at],
            curves.lon[at],
            curves.lat[at],
            np.where(row >= 0, row - starts[0][n], -1),
            curves.pair[at],
        )
        out[number] = rows.take(np.arange(starts[0][n], starts[1][n])), bent
    return out


def join_lines(parts: Mapping[int, Part]) -> Part:
    """Lines in the order of their numbers, which they take on."""
    rows, curves, offset = [], [], 0
    for number in sorted(parts):
        points, bent = parts[number]
        rows.append(replace(points, line=np.full(len(points.line), number)))
        row = np.where(bent.row >= 0, bent.row + offset, -1)
        curves.append(replace(bent, line=np.full(len(bent.line), number), row=row))
        offset += len(points.line)
    whole = Curves(
        np.concatenate([p.line for p in curves]),
        np.concatenate([p.lon for p in curves]),
        np.concatenate([p.lat for p in curves]),
        np.concatenate([p.row for p in curves]),
        np.concatenate([p.pair for p in curves]),
    )
    return join(rows), whole
