"""The order and direction of lines, which no triangulation decides.

Lines that begin on land come first and run to sea; then those between points at equal distance
from three owners. Both stand clockwise around the middle of the shores, from the northernmost
end on land: as treaties list them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shekara.median.ellipsoid import Floats, Plane
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.trace.tripoints import Link, Tripoints

# Ends on land stand before those between three owners, and these before cuts.
RANK = {"terminus": 0, "junction": 1}
OTHER = 2


def order_links(weighted: WeightedDistance, tripoints: Tripoints, links: list[Link]) -> list[Link]:
    """The links in order, each in its direction; a closed line begins in the north."""
    if not links:
        return links
    links = [_from_north(link) if link.start[0] == "loop" else link for link in links]
    shores = weighted.shores
    u = weighted.globe.conformal(shores.lon, shores.lat)
    ends = np.array([_ends(weighted, tripoints, link) for link in links])
    rank = np.array([[RANK.get(kind, OTHER) for kind, _ in (x.start, x.end)] for x in links])
    turn = _clockwise(ends, u.mean(axis=0), ends[rank == rank.min()])
    out = []
    for n, link in enumerate(links):
        first, last = ((int(rank[n, side]), float(turn[n, side])) for side in (0, 1))
        if last < first:
            link, first, last = _reversed(link), last, first
        out.append((first, link.a, link.b, last, n, link))
    return [entry[-1] for entry in sorted(out, key=lambda entry: entry[:-1])]


def _clockwise(ends: Floats, middle: Floats, candidates: Floats) -> Floats:
    """Angles (radians, 0 to 2π) of places around a middle, from the northernmost candidate."""
    plane = Plane.at(middle if np.linalg.norm(middle) > 1e-9 else np.array([0.0, 0.0, 1.0]))
    north = candidates[np.argmax(candidates[:, 2])]
    (zero,), angles = (np.arctan2(u @ plane.east, u @ plane.north) for u in (north[None], ends))
    # The northernmost end itself is zero, not a whole turn less rounding.
    turn: Floats = np.mod(angles - zero + 1e-9, 2 * np.pi)
    return turn


def _ends(weighted: WeightedDistance, tripoints: Tripoints, link: Link) -> Floats:
    """Unit vectors (2, 3) of both ends: of the nodes, else of the outermost samples."""
    out = np.zeros((2, 3))
    shores = weighted.shores
    for side, (kind, ref) in enumerate((link.start, link.end)):
        if kind == "junction":
            at = tripoints.lon[[ref]], tripoints.lat[[ref]]
        elif kind == "terminus":
            vertex = np.flatnonzero(shores.place == ref)[:1]
            at = shores.lon[vertex], shores.lat[vertex]
        elif len(link.u):
            out[side] = link.u[-side]
            continue
        else:
            continue
        out[side] = weighted.globe.conformal(*at)[0]
    return out


def _reversed(link: Link) -> Link:
    return replace(link, u=link.u[::-1], path=link.path[::-1, ::-1], start=link.end, end=link.start)


def _from_north(link: Link) -> Link:
    """A closed line that begins at its northernmost sample and sets out to the east."""
    if len(link.u) < 3:
        return link
    at = -int(np.argmax(link.u[:, 2]))
    u, path = np.roll(link.u, at, axis=0), np.roll(link.path, at, axis=0)
    link = replace(link, u=u, path=path)
    eastward = np.cross(u[0], u[1])[2] > np.cross(u[0], u[-1])[2]
    if eastward:
        return link
    back = _reversed(link)
    return replace(back, u=np.roll(back.u, 1, axis=0), path=np.roll(back.path, 1, axis=0))
