"""Lines cut at the edge of the sea, with the same points put into both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from scipy.spatial import cKDTree

from shekara.geometry.longitudes import wrap
from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.sea import Sea
from shekara.median.solve.equidistance import WeightedDistance, bases_of
from shekara.median.trace.curves import Curves, same_place

# A vertex of a line so near to one of the sea is the same place (1 mm).
SNAP_M = 1e-3
# Nodes of a line nearer than this in the plane (0.1 mm on the Earth) are told apart no longer.
TOO_NEAR = 1e-4 / 6.4e6


@dataclass(frozen=True)
class Clipped:
    """The parts of the lines inside the sea, and the rings with the points where they end.

    All are node numbers; nodes before ``len(sea.lon)`` are those of the sea.
    """

    lon: Floats
    lat: Floats
    xy: Floats
    pieces: tuple[Ints, ...]
    line: Ints
    """Line of each piece."""
    rings: tuple[Ints, ...]
    vertex: Ints
    """Vertex of the traced lines at each node, or -1."""
    pair: Ints
    """Elements (nodes, 2) that govern at nodes on the edge of the sea, else -1."""
    ends: Ints
    """Nodes at which lines meet the edge of the sea."""
    drawn: Bools


def clip(weighted: WeightedDistance, traced: Curves, sea: Sea) -> Clipped:
    """The lines inside the sea."""
    globe = weighted.globe
    traced = _snap(weighted, traced, sea)
    own_xy = sea.plane.project(globe.conformal(traced.lon, traced.lat))
    # Vertices of the lines at one place (junctions, termini, sea vertices) are one node.
    of_sea = zip(sea.lon.tolist(), sea.lat.tolist(), strict=True)
    known = {place: n for n, place in enumerate(of_sea)}
    lon, lat, xy = sea.lon.tolist(), sea.lat.tolist(), sea.xy.tolist()
    vertex, pairs = [-1] * len(lon), [(-1, -1)] * len(lon)
    nodes = np.zeros(len(traced.lon), dtype=np.int64)
    for n, (x, y) in enumerate(zip(traced.lon.tolist(), traced.lat.tolist(), strict=True)):
        node = known.get((x, y))
        if node is None:
            node = known[x, y] = len(lon)
            lon.append(x)
            lat.append(y)
            xy.append(own_xy[n].tolist())
            vertex.append(n)
            pairs.append((-1, -1))
        elif vertex[node] < 0:
            vertex[node] = n
        nodes[n] = node
    segments = np.flatnonzero(traced.line[:-1] == traced.line[1:])
    segments = segments[nodes[segments] != nodes[segments + 1]]
    cuts = _cuts(weighted, traced, sea, segments, np.asarray(xy), nodes)
    in_ring: dict[tuple[int, int], list[tuple[float, int]]] = {}
    in_line: dict[int, list[tuple[float, int]]] = {}
    for c in range(len(cuts.lon)):
        node = len(lon)
        lon.append(float(cuts.lon[c]))
        lat.append(float(cuts.lat[c]))
        xy.append(cuts.xy[c].tolist())
        vertex.append(-1)
        pairs.append(tuple(cuts.pair[c].tolist()))
        edge = (int(cuts.ring[c]), int(cuts.edge[c]))
        in_ring.setdefault(edge, []).append((float(cuts.on_edge[c]), node))
        in_line.setdefault(int(cuts.segment[c]), []).append((float(cuts.on_line[c]), node))
    rings = []
    for r, ring in enumerate(sea.rings):
        out: list[int] = []
        for e, node in enumerate(ring.tolist()):
            out.append(node)
            out += [n for _, n in sorted(in_ring.get((r, e), []))]
        rings.append(np.array(out, dtype=np.int64))
    on_ring = set(np.concatenate(rings).tolist())
    points = np.asarray(xy)
    pieces, line = [], []
    for number in np.unique(traced.line):
        chain: list[int] = []
        for v in np.flatnonzero(traced.line == number).tolist():
            if not chain or chain[-1] != nodes[v]:
                chain.append(int(nodes[v]))
            chain += [n for _, n in sorted(in_line.get(v, []))]
        chain = _space_out(points, chain, on_ring)
        stops = [0, *(c for c in range(1, len(chain) - 1) if chain[c] in on_ring), len(chain) - 1]
        for i, j in pairwise(stops):
            if j > i:
                pieces.append(np.array(chain[i : j + 1], dtype=np.int64))
                line.append(int(number))
    inside = _inside(sea, points, pieces)
    pieces = [p for p, keep in zip(pieces, inside, strict=True) if keep]
    line_kept = np.array(line, dtype=np.int64)[inside] if pieces else np.zeros(0, dtype=np.int64)
    ends = sorted({int(n) for p in pieces for n in (p[0], p[-1]) if int(n) in on_ring})
    drawn = np.concatenate([sea.drawn, np.ones(len(lon) - len(sea.drawn), dtype=bool)])
    return Clipped(
        np.asarray(lon),
        np.asarray(lat),
        points,
        tuple(pieces),
        line_kept,
        tuple(rings),
        np.array(vertex),
        np.array(pairs),
        np.array(ends, dtype=np.int64),
        drawn,
    )


def with_crossings(sea: Sea, cut: Clipped) -> Clipped:
    """Nodes also where lines cross each other."""
    union = shapely.union_all([shapely.LineString(cut.xy[p]) for p in cut.pieces])
    known = {tuple(p) for p in cut.xy.tolist()}
    new = sorted({tuple(p) for p in shapely.get_coordinates(union).tolist()} - known)
    if not new:
        return cut
    xy = np.array(new)
    lon, lat = sea.globe.from_conformal(sea.plane.lift(xy))
    none = np.full(len(xy), -1)
    return replace(
        cut,
        lon=np.append(cut.lon, lon),
        lat=np.append(cut.lat, lat),
        xy=np.concatenate([cut.xy, xy]),
        vertex=np.append(cut.vertex, none),
        pair=np.concatenate([cut.pair, np.column_stack([none, none])]),
        drawn=np.append(cut.drawn, np.ones(len(xy), dtype=bool)),
    )


def _space_out(xy: Floats, chain: list[int], fixed: set[int]) -> list[int]:
    """A chain of nodes without inner ones that all but coincide with a neighbour.

    Directions between such nodes are rounding noise, and would tangle the faces of a junction.
    """
    out = chain[:1]
    for node in chain[1:-1]:
        if node in fixed or np.hypot(*(xy[node] - xy[out[-1]])) > TOO_NEAR:
            out.append(node)
    while len(out) > 1 and out[-1] not in fixed:
        if np.hypot(*(xy[chain[-1]] - xy[out[-1]])) > TOO_NEAR:
            break
        out.pop()
    return out + chain[-1:] if len(chain) > 1 else out


def _snap(weighted: WeightedDistance, traced: Curves, sea: Sea) -> Curves:
    """Lines whose vertices take over the coordinates of sea vertices at the same place.

    A shore that came by way of another reference system differs from the sea's edge by
    nanometres; a line must still end on the vertex, not beside it.
    """
    globe = weighted.globe
    tree = cKDTree(globe.geocentric(sea.lon, sea.lat))
    apart, node = tree.query(globe.geocentric(traced.lon, traced.lat), distance_upper_bound=SNAP_M)
    near: Bools = np.isfinite(np.asarray(apart))
    node = np.asarray(node)
    lon, lat = traced.lon.copy(), traced.lat.copy()
    lon[near], lat[near] = sea.lon[node[near]], sea.lat[node[near]]
    return replace(traced, lon=lon, lat=lat)


def _inside(sea: Sea, xy: Floats, pieces: list[Ints]) -> Bools:
    """Which pieces lie in the sea, judged at the middle of a segment half-way along each."""
    if not pieces:
        return np.zeros(0, dtype=bool)
    middle = [(xy[p[len(p) // 2 - 1]] + xy[p[len(p) // 2]]) / 2 for p in pieces]
    return sea.contains(np.array(middle))


@dataclass(frozen=True)
class _Cuts:
    lon: Floats
    lat: Floats
    xy: Floats
    ring: Ints
    edge: Ints
    on_edge: Floats
    segment: Ints
    on_line: Floats
    pair: Ints


def _cuts(
    weighted: WeightedDistance, traced: Curves, sea: Sea, segments: Ints, xy: Floats, nodes: Ints
) -> _Cuts:
    """Where line segments cross edges of the sea: on both at once, to the micrometre."""
    ring_of = np.concatenate([np.full(len(r), n) for n, r in enumerate(sea.rings)])
    edge_of = np.concatenate([np.arange(len(r)) for r in sea.rings])
    head = np.concatenate(sea.rings)
    tail = np.concatenate([np.roll(r, -1) for r in sea.rings])
    edges = shapely.linestrings(np.stack([xy[head], xy[tail]], axis=1))
    a, b = nodes[segments], nodes[segments + 1]
    chords = shapely.linestrings(np.stack([xy[a], xy[b]], axis=1))
    chord, e = shapely.STRtree(np.asarray(edges)).query(chords, predicate="intersects")
    touch = (
        (a[chord] == head[e])
        | (a[chord] == tail[e])
        | (b[chord] == head[e])
        | (b[chord] == tail[e])
    )
    chord, e = chord[~touch], e[~touch]
    p, d = xy[a[chord]], xy[b[chord]] - xy[a[chord]]
    q, f = xy[head[e]], xy[tail[e]] - xy[head[e]]
    det = d[:, 0] * f[:, 1] - d[:, 1] * f[:, 0]
    chord, e, p, d, q, f, det = (x[det != 0] for x in (chord, e, p, d, q, f, det))
    w = q - p
    on_line = (w[:, 0] * f[:, 1] - w[:, 1] * f[:, 0]) / det
    on_edge = np.clip((w[:, 0] * d[:, 1] - w[:, 1] * d[:, 0]) / det, 0, 1)
    lon0, lat0 = sea.lon[head[e]], sea.lat[head[e]]
    course, _, length = weighted.globe.inverse(lon0, lat0, sea.lon[tail[e]], sea.lat[tail[e]])
    pair = traced.pair[segments[chord]]
    t = on_edge * length
    curved = (pair >= 0).all(axis=1) & ~same_place(weighted, pair)
    safe = np.where(curved[:, None], pair, 0)
    w1, w2 = weighted.of(safe[:, 0]), weighted.of(safe[:, 1])
    lon, lat, back = weighted.globe.direct(lon0, lat0, course, t)
    for _ in range(12):
        x, y = (bases_of(weighted.shores, safe[:, s], lon, lat) for s in (0, 1))
        off = x.distance / w1 - y.distance / w2
        ahead = np.radians(np.where(t > 0, back + 180, course))
        along = np.stack([np.sin(ahead), np.cos(ahead)], axis=1)
        slope = ((y.toward / w2[:, None] - x.toward / w1[:, None]) * along).sum(axis=1)
        step = np.where(np.abs(slope) > 1e-6, -off / np.where(slope == 0, 1, slope), 0)
        step = np.where(curved, np.clip(step, -length / 2, length / 2), 0)
        # The crossing stays inside its edge, so that the ring keeps its order.
        moved = np.clip(t + step, 1e-9 * length, (1 - 1e-9) * length)
        done = np.abs(moved - t) < 1e-8
        t = moved
        lon, lat, back = weighted.globe.direct(lon0, lat0, course, t)
        if done.all():
            break
    lon = wrap(lon)
    out = sea.plane.project(weighted.globe.conformal(lon, lat))
    return _Cuts(
        lon,
        lat,
        out,
        ring_of[e],
        edge_of[e],
        t / np.maximum(length, 1e-12),
        segments[chord],
        on_line,
        pair,
    )
