"""Outlines and lines with the cuts at 180° and the ways to a pole taken out again.

A cut adds positions that nobody surveyed, and makes two rings of one. Intervals rest on what was
surveyed: here the runs between seams are joined where they meet over 180°.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.geometry.geocentric import geocentric_m
from shekara.geometry.longitudes import short_way
from shekara.geometry.seams import POLE_DEG, TOLERANCE_DEG, seam_shares
from shekara.measuring.size import Edges

RIM_DEG = 180.0 - TOLERANCE_DEG
WHOLE = 1.0 - 1e-9
BESIDE_M = 111.0  # TOLERANCE_DEG of latitude


def uncut(drawn: Edges, ring: NDArray[np.bool_], on: Geod) -> Edges:
    """Edges without seams, over 180° where a shape goes on there.

    Parameters
    ----------
    drawn : Edges
        As `shekara.measuring.size.edges` gives them, longitudes within ±180.
    ring : ndarray of bool
        Of each owner, whether its edges are of rings; lines have no seams, but are cut too.
    on : pyproj.Geod
        The ellipsoid.

    Returns
    -------
    Edges
        In the order of owners; the very same where nothing is cut. Parts are numbered anew.
    """
    lon, lat = drawn.start.T
    at_rim = (np.abs(lon) >= RIM_DEG) | (np.abs(lat) >= POLE_DEG)
    at_rim |= np.abs(drawn.end[:, 0]) >= RIM_DEG
    cut = np.unique(drawn.owner[at_rim])
    if not len(cut):
        return drawn
    kept = np.flatnonzero(~np.isin(drawn.owner, cut))
    tables = [_some(drawn, kept)]
    number = int(drawn.part.max()) + 1
    affected = np.flatnonzero(np.isin(drawn.owner, cut))
    affected = affected[np.argsort(drawn.owner[affected], kind="stable")]
    for places in np.split(affected, np.flatnonzero(np.diff(drawn.owner[affected])) + 1):
        ours = _some(drawn, places)
        owner = int(ours.owner[0])
        for run in _joined(_runs(ours, bool(ring[owner])), on):
            count = len(run) - 1
            of, part = np.full(count, owner), np.full(count, number)
            tables.append(Edges(of, part, run[:-1], run[1:]))
            number += 1
    whole = Edges(
        np.concatenate([table.owner for table in tables]),
        np.concatenate([table.part for table in tables]),
        np.concatenate([table.start for table in tables]),
        np.concatenate([table.end for table in tables]),
    )
    return _some(whole, np.argsort(whole.owner, kind="stable"))


def _some(drawn: Edges, places: NDArray[np.int64]) -> Edges:
    """Edges by their numbers."""
    return Edges(drawn.owner[places], drawn.part[places], drawn.start[places], drawn.end[places])


def closed(drawn: Edges, count: int) -> Floats:
    """How many parts of each owner end where they begin."""
    if not len(drawn.part):  # every edge is a seam: the whole globe
        return np.zeros(count)
    first = np.flatnonzero(np.r_[True, drawn.part[1:] != drawn.part[:-1]])
    last = np.r_[first[1:], len(drawn.part)] - 1
    ends = (drawn.start[first] == drawn.end[last]).all(axis=1)
    return np.bincount(drawn.owner[first], ends, minlength=count).astype(float)


def _runs(drawn: Edges, ring: bool) -> Iterator[Floats]:
    """The positions between seams, in the order of each ring."""
    seam = seam_shares(drawn.owner, drawn.start, drawn.end) >= WHOLE
    seam &= ring
    for edges in np.split(np.arange(len(drawn.part)), np.flatnonzero(np.diff(drawn.part)) + 1):
        if seam[edges].any():
            edges = np.roll(edges, -int(np.flatnonzero(seam[edges])[0]))
        for piece in np.split(edges, np.flatnonzero(seam[edges])):
            piece_kept = piece[~seam[piece]]
            if len(piece_kept):
                yield np.vstack([drawn.start[piece_kept], drawn.end[piece_kept[-1:]]])


def _joined(runs: Iterator[Floats], on: Geod) -> Iterator[Floats]:
    """Runs that end at 180° with those that go on there, their own beginnings too."""
    left: list[Floats] = []
    for run in runs:
        if abs(run[0, 0]) >= RIM_DEG or abs(run[-1, 0]) >= RIM_DEG:
            left.append(run)
        else:
            yield run
    while left:
        run = left.pop()
        while True:
            after = next((i for i, other in enumerate(left) if _meet(run[-1], other[0])), None)
            if after is None:
                break
            run = _over(run, left.pop(after), on)
        before = next((i for i, other in enumerate(left) if _meet(other[-1], run[0])), None)
        if before is not None:  # taken up again from where its line begins
            left.append(_over(left.pop(before), run, on))
        elif _meet(run[-1], run[0]):
            yield _ring(run, on)
        else:
            yield run


def _meet(end: Floats, start: Floats) -> bool:
    """Whether two positions lie on both sides of 180° at one latitude."""
    sides = abs(end[0]) >= RIM_DEG and abs(start[0]) >= RIM_DEG and end[0] * start[0] < 0
    return bool(sides and abs(end[1] - start[1]) <= TOLERANCE_DEG)


def _over(run: Floats, other: Floats, on: Geod) -> Floats:
    """One run after another, without the position between them where it is a cut alone."""
    if len(run) > 1 and len(other) > 1 and _is_cut(run[-2], run[-1], other[1], on):
        return np.vstack([run[:-1], other[1:]])
    return np.vstack([run, other[1:]])


def _ring(run: Floats, on: Geod) -> Floats:
    if len(run) > 2 and _is_cut(run[-2], run[-1], run[1], on):
        return np.vstack([run[1:-1], run[1:2]])
    return np.vstack([run[:-1], run[:1]])


def _is_cut(before: Floats, at: Floats, after: Floats, on: Geod) -> bool:
    """Whether a position lies on the geodesic, or the straight edge, between its neighbours."""
    way, part = (float(short_way(np.array([p[0] - before[0]]))[0]) for p in (after, at))
    if way and abs(before[1] + part / way * (after[1] - before[1]) - at[1]) <= TOLERANCE_DEG:
        return True
    lon, lat = np.array([before, at, after]).T
    places = geocentric_m(lon, lat, on)
    across = np.cross(places[0], places[2])
    long = float(np.linalg.norm(across))
    return bool(long and abs(float(across @ places[1])) / long <= BESIDE_M)
