"""Facing sites: in narrow channels each site has another straight across, on the other shore.

Sites stand for their shores only where they lie closer together than the shores do. Two shores a
millimetre apart would take a site for every part of a millimetre; but where every site has its
foot on the opposite shore for a partner, the cells of the two part along the middle of the
channel, however far it is to the next pair.
"""

from __future__ import annotations

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.sites import Sites, from_spans
from shekara.median.solve.nearest import Finders

# A foot so near to a site already there, beside its distance across, needs no site of its own.
NEAR = 0.01
# Feet closer together than this, or to the end of a span, are one (metres).
APART_M = 1e-6


def face_sites(sites: Sites, chosen: Ints, across: Ints, finders: Finders) -> Sites | None:
    """The sites with those added that chosen ones see straight across on an owner's shores.

    Parameters
    ----------
    sites
        Sites with their spans.
    chosen, across
        Sites, and for each the number of the owner opposite.
    finders
        The shores of each owner, for searching.

    Returns
    -------
    Sites or None
        None where nothing is added.
    """
    pairs = np.unique(np.stack([chosen, across], axis=1), axis=0)
    base = finders.nearest(pairs[:, 1], sites.lon[pairs[:, 0]], sites.lat[pairs[:, 0]])
    span = _spans_at(sites, base.segment, base.along)
    room = np.minimum(base.along - sites.span_from[span], sites.span_to[span] - base.along)
    new: Bools = (span >= 0) & (room > np.maximum(NEAR * base.distance, APART_M))
    return _cut(sites, span[new], base.along[new]) if new.any() else None


def _spans_at(sites: Sites, segment: Ints, along: Floats) -> Ints:
    """The span of a segment that holds a place along it, or -1 where none does."""
    # Complex numbers are ordered by their real part, then by the other.
    starts = sites.span_segment + 1j * sites.span_from
    order = np.argsort(starts, kind="stable")
    at = np.searchsorted(starts[order], segment + 1j * along, side="right") - 1
    held = order[np.maximum(at, 0)]
    inside = (at >= 0) & (sites.span_segment[held] == segment) & (along <= sites.span_to[held])
    return np.where(inside, held, -1)


def _cut(sites: Sites, span: Ints, along: Floats) -> Sites:
    """The sites with spans cut at places along them."""
    whole = np.arange(len(sites.span_segment))
    owner = np.concatenate([whole, span])
    finish = np.concatenate([sites.span_to, along])
    order = np.lexsort((finish, owner))
    owner, finish = owner[order], finish[order]
    keep = np.append((owner[1:] != owner[:-1]) | (np.diff(finish) > APART_M), True)
    owner, finish = owner[keep], finish[keep]
    first = np.append(True, owner[1:] != owner[:-1])
    begin = np.where(first, sites.span_from[owner], np.roll(finish, 1))
    return from_spans(sites.shores, sites.span_segment[owner], begin, finish)
