"""Shores of two owners may meet in a common vertex, never cross or touch elsewhere."""

from __future__ import annotations

import numpy as np
import shapely

from shekara.errors import GeometryError
from shekara.median.ellipsoid import Ints, Plane, unit
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import place_sites

# Spans of this length are straight in the plane to 8 m; the message says where to look.
SPAN_M = 20_000.0
# Shores that are nearer to each other than this (0.1 mm) touch: what divides them would be the
# rounding of their coordinates.
TOUCH_M = 1e-4


def refuse_crossings(shores: Shores) -> None:
    """Raises an error where segments of two owners touch or cross without a common vertex.

    The test is made in stereographic planes of two hemispheres, so nothing is left out.
    """
    sites = place_sites(shores, SPAN_M)
    u = shores.globe.conformal(sites.lon, sites.lat)
    owner = shores.owner[sites.span_segment]
    mean = u.mean(axis=0)
    middle = unit(mean) if np.linalg.norm(mean) > 1e-9 else np.array([0.0, 0.0, 1.0])
    for centre in (middle, -middle):
        near = np.flatnonzero((u[sites.head] @ centre > -0.1) & (u[sites.tail] @ centre > -0.1))
        if not len(near):
            continue
        xy = Plane.at(centre).project(u)
        ends = np.stack([xy[sites.head[near]], xy[sites.tail[near]]], axis=1)
        spans = np.asarray(shapely.linestrings(ends))
        # The owner with most spans need not ask: the others ask it.
        asking = np.flatnonzero(owner[near] != np.bincount(owner[near]).argmax())
        if not len(asking):
            continue
        first, second = shapely.STRtree(spans).query(
            spans[asking], predicate="dwithin", distance=TOUCH_M / shores.globe.radius
        )
        first = asking[first]
        other = owner[near[first]] != owner[near[second]]
        segment = sites.span_segment[near]
        _complain(shores, segment[first[other]], segment[second[other]])


def _complain(shores: Shores, first: Ints, second: Ints) -> None:
    place = shores.place
    meets = (
        (place[shores.start[first]] == place[shores.start[second]])
        | (place[shores.start[first]] == place[shores.end[second]])
        | (place[shores.end[first]] == place[shores.start[second]])
        | (place[shores.end[first]] == place[shores.end[second]])
    )
    bad = np.flatnonzero(~meets)
    if not len(bad):
        return
    s, t = int(first[bad[0]]), int(second[bad[0]])
    v = int(shores.start[s])
    names = sorted({shores.owners[int(shores.owner[s])], shores.owners[int(shores.owner[t])]})
    raise GeometryError(
        f"shores: those of {names[0]} and {names[1]} cross or touch near {shores.lon[v]:.5f}, "
        f"{shores.lat[v]:.5f} (and {len(bad) - 1} more places); shores may meet only at a common "
        "vertex: cut them there, take both from one source, or round both to the same decimals"
    )
