"""The rough network of lines: sites set as densely as the lines demand, and their topology."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.sites import Sites, from_spans
from shekara.median.solve.nearest import Finders
from shekara.median.trace.delaunay import Triangles, border_edges, triangulate
from shekara.median.trace.facing import face_sites
from shekara.median.trace.focus import Focus
from shekara.median.trace.stretches import Stretch, stretches

# Sites lie no farther apart than this part of their distance to the line. Vertices alone err by
# h²/8d, so the rough line is right to about one percent of its distance from the shores.
GRADE = 0.3
# Rounds of setting sites more densely; each makes spans up to 64 times shorter.
ROUNDS = 5
# Spans are made no shorter than this, nor so short that there are more than so many: where shores
# are nearer to each other than that allows, their sites face each other.
FLOOR_M, MOST = 50.0, 20_000
# Where a land terminus is parted between its owners, the sites stand this far to either side.
ASIDE_M = 0.25


@dataclass(frozen=True)
class Network:
    """Rough lines between owners, and the triangles in which they meet."""

    stretches: list[Stretch]
    mesh: Triangles
    label: Ints
    """Owner of each site of the mesh."""


def rough_network(
    sites: Sites,
    reach_m: float,
    finders: Finders,
    *,
    grade: float = GRADE,
    focus: Focus | None = None,
) -> Network:
    """The network of lines within a distance of the shores; finer where there is a focus."""
    if focus is not None:
        sites = _split(sites, *focus.pieces(finders.all, sites))
    globe = sites.shores.globe
    # The conformal sphere's scale differs from one by the flattening, 1/298.
    reach = min(reach_m / globe.radius * 1.005, np.pi / 2 - 1e-3)
    marked, u, mesh = _mesh(sites)
    for done in range(ROUNDS + 1):
        near = _near_lines(sites, marked, mesh, reach)
        needs = _needs_m(sites, marked, mesh, near, finders)
        finer = None if done == ROUNDS else _finer(sites, marked, mesh, grade * needs)
        if finer is None:
            break
        sites = finer
        marked, u, mesh = _mesh(sites)
    facing = _facing(sites, marked, mesh, grade * needs, finders)
    if facing is not None:
        marked, u, mesh = _mesh(facing)
    edges = border_edges(u, marked.label, mesh, reach)
    lines = stretches(marked.label, marked.spring, mesh, edges)
    return Network(lines, mesh, marked.label)


@dataclass(frozen=True)
class Labelled:
    """Sites as the triangulation takes them: a land terminus is parted between its owners."""

    site: Ints
    lon: Floats
    lat: Floats
    label: Ints
    spring: Ints
    """Place of the land terminus beside which a site stands in for it, or -1."""


def label_sites(sites: Sites) -> Labelled:
    """Each site with its owner; instead of a land terminus one site a little along each shore."""
    shores = sites.shores
    at_vertex = sites.vertex >= 0
    terminus = np.zeros(len(sites.lon), dtype=bool)
    terminus[at_vertex] = shores.is_terminus[sites.vertex[at_vertex]]
    plain = np.flatnonzero(~terminus)
    number = np.full(len(shores.lon), -1)
    number[sites.vertex[terminus]] = np.flatnonzero(terminus)
    ends, segments = (shores.start, shores.end), np.arange(len(shores.start))
    near = [segments[shores.is_terminus[end] & (number[end] >= 0)] for end in ends]
    segment = np.concatenate(near)
    aside = np.minimum(ASIDE_M, shores.length[segment] / 4)
    along = np.where(np.arange(len(segment)) < len(near[0]), aside, shores.length[segment] - aside)
    vertex = np.concatenate([end[n] for end, n in zip(ends, near, strict=True)])
    lon, lat, _ = shores.globe.direct(
        shores.lon[shores.start[segment]],
        shores.lat[shores.start[segment]],
        shores.azimuth[segment],
        along,
    )
    site = np.concatenate([plain, number[vertex]])
    return Labelled(
        site,
        np.concatenate([sites.lon[plain], lon]),
        np.concatenate([sites.lat[plain], lat]),
        sites.owner[site],
        np.concatenate([np.full(len(plain), -1), shores.place[vertex]]),
    )


def _mesh(sites: Sites) -> tuple[Labelled, Floats, Triangles]:
    """The sites as they are triangulated, their unit vectors and triangles."""
    marked = label_sites(sites)
    u = sites.shores.globe.conformal(marked.lon, marked.lat)
    return marked, u, triangulate(u)


def _near_lines(sites: Sites, marked: Labelled, mesh: Triangles, reach: float) -> Bools:
    """Triangles through which lines run within the reach, not only between two termini."""
    corners = np.maximum(mesh.corners, 0)
    mixed = (mesh.corners >= 0).all(axis=1) & (np.ptp(marked.label[corners], axis=1) > 0)
    spring = _springs(sites)[marked.site]
    near: Bools = mixed & (mesh.radius < reach) & ~spring[corners].all(axis=1)
    return near


def _needs_m(
    sites: Sites, marked: Labelled, mesh: Triangles, near: Bools, finders: Finders
) -> Floats:
    """How far each site is from the lines that it shapes, in metres; infinite for most.

    That is the radius of the circles through it and sites of other owners, or half its distance
    from the shore of another where that is less: circles through sites in a row are large.
    """
    out = np.full(len(sites.lon), np.inf)
    for corner in range(3):
        np.minimum.at(
            out,
            marked.site[mesh.corners[near, corner]],
            mesh.radius[near] * sites.shores.globe.radius,
        )
    site, owner = _neighbour_owners(marked, mesh.corners[near])
    for number in np.unique(owner).tolist():
        at = site[owner == number]
        away = finders.of[number].about_m(sites.lon[at], sites.lat[at])
        out[at] = np.minimum(out[at], away / 2)
    return out


def _neighbour_owners(marked: Labelled, corners: Ints) -> tuple[Ints, Ints]:
    """Sites of triangles (n, 3), each with the number of another owner beside it; each once."""
    here = corners[:, [0, 1, 2, 1, 2, 0]].ravel()
    beside = corners[:, [1, 2, 0, 0, 1, 2]].ravel()
    other = marked.label[here] != marked.label[beside]
    pairs = np.unique(np.stack([marked.site[here], marked.label[beside]], axis=1)[other], axis=0)
    return pairs[:, 0], pairs[:, 1]


def _finer(sites: Sites, marked: Labelled, mesh: Triangles, want_m: Floats) -> Sites | None:
    """The sites near the lines, set more densely where that is needed; None when it is not."""
    want = np.minimum(want_m[sites.head], want_m[sites.tail])
    pieces = _pieces(sites.span_length, want)
    if (pieces == 1).all():
        return None
    # Sites whose cells touch no other owner's cell do not shape the lines.
    used = np.zeros(len(sites.lon), dtype=bool)
    real = (mesh.corners >= 0).all(axis=1)
    mixed = real & (np.ptp(marked.label[np.maximum(mesh.corners, 0)], axis=1) > 0)
    used[marked.site[mesh.corners[mixed].ravel()]] = True
    rim = ~real & (mesh.corners >= 0).any(axis=1)
    used[marked.site[mesh.corners[rim].clip(0).ravel()]] = True
    vertex = sites.vertex
    twin = np.zeros(len(sites.lon), dtype=bool)
    twin[vertex >= 0] = sites.shores.is_terminus[vertex[vertex >= 0]]
    used |= twin
    keep = used[sites.head] | used[sites.tail]
    return _split(sites, np.flatnonzero(keep), pieces[keep])


def _pieces(length_m: Floats, want_m: Floats) -> Ints:
    """Into how many pieces each span is parted, short ones only while they are not too many."""
    floor = FLOOR_M
    while True:
        pieces = np.clip(np.ceil(length_m / np.maximum(want_m, floor)), 1, 64).astype(np.int64)
        if pieces[pieces > 1].sum() <= max(MOST, len(length_m)):
            return pieces
        floor *= 2


def _facing(
    sites: Sites, marked: Labelled, mesh: Triangles, want_m: Floats, finders: Finders
) -> Sites | None:
    """The sites with partners across channels that are narrower than spans are short."""
    coarse = sites.span_length > np.minimum(want_m[sites.head], want_m[sites.tail])
    ends = np.zeros(len(sites.lon), dtype=bool)
    ends[sites.head[coarse]] = ends[sites.tail[coarse]] = True
    site, owner = _neighbour_owners(marked, mesh.corners[(mesh.corners >= 0).all(axis=1)])
    use = ends[site] & np.isfinite(want_m[site])
    return face_sites(sites, site[use], owner[use], finders) if use.any() else None


def _springs(sites: Sites) -> Bools:
    """Sites on a segment that begins or ends at a land terminus.

    Where two such segments meet, the line between them is known exactly, however near.
    """
    shores = sites.shores
    ends = shores.is_terminus[shores.start] | shores.is_terminus[shores.end]
    return ends[sites.segment]


def _split(sites: Sites, spans: Ints, pieces: Ints) -> Sites:
    repeat = np.repeat(np.arange(len(spans)), pieces)
    step = np.arange(len(repeat)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    begin, size = sites.span_from[spans][repeat], sites.span_length[spans][repeat]
    count = pieces[repeat]
    last = step + 1 == count
    finish = np.where(last, sites.span_to[spans][repeat], begin + size * (step + 1) / count)
    segment = sites.span_segment[spans][repeat]
    return from_spans(sites.shores, segment, begin + size * step / count, finish)


def spread_m(lon: Floats, lat: Floats, sites: Sites) -> float:
    """Diameter of a cap that holds all sites, roughly, in metres."""
    globe = sites.shores.globe
    u = globe.conformal(lon, lat)
    middle = u.mean(axis=0)
    middle = middle / max(float(np.linalg.norm(middle)), 1e-12)
    return float(2 * np.arccos(np.clip((u @ middle).min(), -1, 1)) * globe.radius)
