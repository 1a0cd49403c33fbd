"""Seams: edges that a cut at 180° or a way to a pole left in a shape, and that bound nothing.

A seam is an edge along ±180° that the same shape continues beyond, or an edge along a pole. Cuts
in real files wander by metres, so edges count within `TOLERANCE_DEG`; where only one side lies
along 180°, the edge is a border like any other.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats

Ints = NDArray[np.int64]
Span = tuple[float, float]

# At most 111 m to either side: cuts in public files stand off by up to 0.0002°.
TOLERANCE_DEG = 1e-3
POLE_DEG = 90.0 - 1e-9


def seam_shares(
    owner: Ints, start: Floats, end: Floats, ring: NDArray[np.bool_] | None = None
) -> Floats:
    """How much of each edge is seam.

    Parameters
    ----------
    owner : ndarray, (n,)
        Which shape an edge belongs to: seams are found between edges of one shape.
    start, end : ndarray, (n, 2)
        Longitude and latitude in degrees, longitudes within ±180.
    ring : ndarray of bool, (n,), optional
        Which edges are of rings; others are no seams.

    Returns
    -------
    ndarray, (n,)
        0 for boundary, 1 for seam, in between for an edge that is partly one and partly the other.
    """
    share = np.zeros(len(owner))
    if not len(owner):
        return share
    if ring is not None and not ring.all():
        share[ring] = seam_shares(owner[ring], start[ring], end[ring])
        return share
    share[(np.abs(start[:, 1]) >= POLE_DEG) & (start[:, 1] == end[:, 1])] = 1.0
    for edge, spans in _seam_spans(owner, start, end).items():
        long = abs(end[edge, 1] - start[edge, 1])
        share[edge] = sum(high - low for low, high in spans) / long
    return share


def _seam_spans(owner: Ints, start: Floats, end: Floats) -> dict[int, list[Span]]:
    """Latitudes of the part of each edge along 180° that the same shape has on the other side."""
    near = 180.0 - TOLERANCE_DEG
    along = (np.abs(start[:, 0]) >= near) & (np.abs(end[:, 0]) >= near)
    along &= (start[:, 0] > 0) == (end[:, 0] > 0)
    along &= start[:, 1] != end[:, 1]
    index = np.flatnonzero(along)
    spans_of: dict[int, list[Span]] = {}
    for shape in np.unique(owner[index]):
        ours = index[owner[index] == shape]
        east = start[ours, 0] > 0
        spans = np.sort(np.column_stack([start[ours, 1], end[ours, 1]]), axis=1)
        sides = (_union(spans[~east]), _union(spans[east]))
        for edge, is_east, (low, high) in zip(ours, east, spans, strict=True):
            beyond = sides[0] if is_east else sides[1]
            shared = [(max(low, a), min(high, b)) for a, b in beyond if a < high and b > low]
            if shared:
                spans_of[int(edge)] = shared
    return spans_of


def _union(spans: Floats) -> list[Span]:
    """Intervals joined where they overlap, or stand apart by less than the tolerance."""
    joined: list[Span] = []
    for low, high in spans[np.argsort(spans[:, 0])].tolist() if len(spans) else []:
        if joined and low <= joined[-1][1] + TOLERANCE_DEG:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined


def may_have_seams(geometry: BaseGeometry) -> bool:
    """Whether a shape comes to 180° from both sides, or to a pole."""
    west, south, east, north = geometry.bounds
    near = 180.0 - TOLERANCE_DEG
    return bool((west <= -near and east >= near) or south <= -POLE_DEG or north >= POLE_DEG)


def outline(geometry: BaseGeometry) -> BaseGeometry:
    """The boundary of an area without its seams, as lines; lines stay what they are.

    An edge that is partly seam keeps the part that is boundary.
    """
    if shapely.get_dimensions(geometry) < 2:
        return geometry
    parts = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == 2]
    polygons = [piece for part in parts for piece in shapely.get_parts(part)]
    if not may_have_seams(geometry):
        return _lines(polygons)
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(polygons)]
    start = np.vstack([ring[:-1] for ring in rings])
    end = np.vstack([ring[1:] for ring in rings])
    owner = np.zeros(len(start), dtype=np.int64)
    share, spans = seam_shares(owner, start, end), _seam_spans(owner, start, end)
    lines: list[Floats] = []
    first = 0
    for ring in rings:
        mine = slice(first, first + len(ring) - 1)
        lines += _open(ring, share[mine], {e - first: s for e, s in spans.items()})
        first += len(ring) - 1
    return shapely.MultiLineString(lines)


def _lines(polygons: list[BaseGeometry]) -> BaseGeometry:
    return shapely.MultiLineString(
        [shapely.get_coordinates(r) for r in shapely.get_rings(polygons)]
    )


def _open(ring: Floats, share: Floats, spans: dict[int, list[Span]]) -> list[Floats]:
    """A ring without its seam edges, as the lines that remain."""
    if not share.any():
        return [ring]
    # Begin after a seam, so that no line is broken at the ring's first position.
    first = int(np.flatnonzero(share)[0])
    body = np.roll(ring[:-1], -first, axis=0)
    closed = np.vstack([body, body[:1]])
    seams = [int(place) for place in np.flatnonzero(np.roll(share, -first))]
    lines: list[list[Floats]] = []
    for seam, beyond in zip(seams, [*seams[1:], len(body)], strict=True):
        a, b, edge = closed[seam], closed[seam + 1], (seam + first) % len(body)
        runs = [np.array(piece) for piece in _kept(a, b, spans.get(edge, []), share[edge])]
        for run in [*runs, closed[seam + 1 : beyond + 1]]:
            if len(run) < 2:
                continue
            if lines and np.array_equal(lines[-1][-1][-1], run[0]):
                lines[-1].append(run[1:])
            else:
                lines.append([run])
    return [np.vstack(line) for line in lines]


def _kept(a: Floats, b: Floats, spans: list[Span], share: float) -> list[tuple[Floats, Floats]]:
    """The pieces of an edge along 180° outside the latitudes of its seam."""
    if share >= 1.0 - 1e-12:
        return []
    rising = b[1] > a[1]
    low, high = (a, b) if rising else (b, a)
    cuts = [low[1], *(lat for span in sorted(spans) for lat in span), high[1]]

    def at(lat: float) -> Floats:
        part = (lat - low[1]) / (high[1] - low[1])
        return np.asarray(low if part <= 0 else high if part >= 1 else low + part * (high - low))

    pieces = [(at(s), at(e)) for s, e in zip(cuts[::2], cuts[1::2], strict=True) if e > s]
    return pieces if rising else [(e, s) for s, e in reversed(pieces)]
