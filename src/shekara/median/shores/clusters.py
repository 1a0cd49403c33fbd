"""Shores near those of another owner, in clusters that know nothing of each other.

A place no farther than a reach from two owners has both within the reach, so that their shores lie
within twice the reach of each other; so do all shores that could be nearer to it. Shores farther
than that from every other owner's can be left out, and groups farther than that from each other
divided one by one: within the reach nothing changes.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from shekara.median.ellipsoid import Ints
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import place_sites

# Places are told apart by cells of this part of the reach.
CELL = 0.25
# Rounding is far less than this.
SLACK_M = 1.0
# Clusters of so few segments are put together: many small calls cost more than what they compute.
FEW = 100


def near_clusters(shores: Shores, reach_m: float) -> list[Shores]:
    """The shores that divide places no farther than a reach from any shore, in clusters.

    Parameters
    ----------
    shores
        Of any number of owners.
    reach_m
        Greatest distance in metres of the places that matter.

    Returns
    -------
    list of Shores
        One or more clusters each, with two owners or more; shores that do not matter may be
        among them.
    """
    chosen, cluster = near_segments(shores, reach_m)
    part = _parts(cluster)
    return [shores.of_segments(chosen[part == n]) for n in range(part.max(initial=-1) + 1)]


def near_segments(shores: Shores, reach_m: float) -> tuple[Ints, Ints]:
    """Segments within twice the reach of another owner's, and the number of their cluster."""
    width = CELL * reach_m
    sites = place_sites(shores, width)
    segment, site = (
        np.concatenate(x) for x in ((sites.span_segment,) * 2, (sites.head, sites.tail))
    )
    keys = np.column_stack(
        [np.floor(sites.xyz[site] / width).astype(np.int64), shores.owner[segment]]
    )
    cells, cell = np.unique(keys, axis=0, return_inverse=True)
    cell = cell.ravel()
    # A shore is within half a width of a site, a site within half a diagonal of its cell's middle.
    apart = 2 * reach_m + (1 + np.sqrt(3)) * width + SLACK_M
    pairs = cKDTree((cells[:, :3] + 0.5) * width).query_pairs(apart, output_type="ndarray")
    foreign = pairs[cells[pairs[:, 0], 3] != cells[pairs[:, 1], 3]]
    near = np.zeros(len(cells), dtype=bool)
    near[foreign] = True
    kept = np.zeros(len(shores.start), dtype=bool)
    kept[segment[near[cell]]] = True
    rows = kept[segment]
    count = len(cells)
    ends = np.concatenate(
        [
            np.column_stack([count + segment[rows], cell[rows]]),
            pairs[near[pairs[:, 0]] & near[pairs[:, 1]]],
        ]
    )
    size = count + len(shores.start)
    graph = coo_array((np.ones(len(ends), dtype=bool), (ends[:, 0], ends[:, 1])), (size, size))
    group = connected_components(graph, directed=False)[1][count:]
    chosen = np.flatnonzero(kept)
    return chosen, np.unique(group[chosen], return_inverse=True)[1].ravel()


def _parts(cluster: Ints) -> Ints:
    """Numbers of parts for those of clusters (n); a part has one large cluster or many small."""
    size = np.bincount(cluster)
    part, held = np.zeros(len(size), dtype=np.int64), 0
    number = 0
    for n in np.argsort(size, kind="stable").tolist():
        if held and held + size[n] > FEW:
            number, held = number + 1, 0
        part[n], held = number, held + size[n]
    out: Ints = part[cluster]
    return out
