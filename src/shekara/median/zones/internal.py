"""Internal waters: what lies between the land and the closing lines drawn before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Shapes
from shekara.median.ellipsoid import Bools, Floats
from shekara.median.shores.land import Land
from shekara.median.zones.arrangement import Chart

# A face lies behind a closing line where it shares a tenth of it or more.
SHARED = 0.1


@dataclass(frozen=True)
class ClosingLine:
    """A straight baseline of an owner, as a line of the chart."""

    owner: int
    lonlat: Floats
    line: shapely.LineString


@dataclass(frozen=True)
class InternalWaters:
    """Faces of the chart behind closing lines, with their owners, and what must be said."""

    shapes: tuple[BaseGeometry, ...]
    owners: tuple[int, ...]
    remarks: tuple[str, ...] = ()

    def hold(self, points: Shapes) -> Bools:
        """Which points of the chart lie in internal waters."""
        out = np.zeros(len(points), dtype=bool)
        if self.shapes:
            out[shapely.STRtree(self.shapes).query(points, predicate="within")[0]] = True
        return out


def internal_waters(
    chart: Chart, coast: Sequence[BaseGeometry], closing: Sequence[ClosingLine], land: Land
) -> InternalWaters:
    """The waters behind each closing line: of the faces at its sides the smaller one.

    The other side is the open sea, which has either no edge or a far longer one.
    """
    if not closing:
        return InternalWaters((), ())
    shapes = chart.faces([*coast, *(c.line for c in closing)])
    dry = land.contains(*chart.inside(shapes)) if len(shapes) else np.zeros(0, dtype=bool)
    wet = shapes[~dry]
    tree = shapely.STRtree(wet)
    edges = shapely.boundary(wet)
    behind: dict[int, int] = {}
    remarks = []
    for line in closing:
        near = tree.query(line.line, predicate="intersects")
        # Snapped to the grid of faces, so that what is shared is shared exactly.
        reach = shapely.buffer(line.line, 1e-9)
        shared = [shapely.length(shapely.intersection(edges[n], reach)) for n in near.tolist()]
        beside = [
            n
            for n, size in zip(near.tolist(), shared, strict=True)
            if size > SHARED * line.line.length
        ]
        if not beside:
            lon, lat = line.lonlat[0]
            remarks.append(
                f"baselines: that from {lon:.4f}, {lat:.4f} encloses no water; its ends must "
                "meet the land, or another baseline that does"
            )
            continue
        smallest = min(beside, key=lambda n: float(shapely.area(wet[n])))
        behind.setdefault(smallest, line.owner)
    return InternalWaters(tuple(wet[n] for n in behind), tuple(behind.values()), tuple(remarks))
