"""Focus: finer samples of the shores where a line is in doubt, and there alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.median.ellipsoid import Floats
from shekara.median.shores.sites import SHORTEST_M, Sites
from shekara.median.solve.nearest import Finder

# The first look lets the rough line err by this much (2 cm); each further one by a tenth.
FINE_M = 0.02
# Shores farther than the nearest by this part of the distance play no role at a place.
NEAR = 0.03
# No look adds more sites than about so many.
MOST = 10_000


@dataclass(frozen=True)
class Focus:
    """Places about which the rough network is made with more sites."""

    lon: Floats
    lat: Floats
    radius_m: Floats
    """Extent of the doubt about each place."""
    fine_m: Floats
    """How far the rough line may err there."""

    def pieces(self, finder: Finder, sites: Sites) -> tuple[np.ndarray, np.ndarray]:
        """Spans of the sites that need parting, and into how many pieces."""
        nearest = finder.nearest(self.lon, self.lat).distance
        margin = NEAR * nearest + 2 * self.radius_m
        point, base = finder.near(self.lon, self.lat, margin)
        # Vertices alone err by h²/8d.
        step = np.sqrt(8 * np.maximum(base.distance, 1.0) * self.fine_m[point])
        step = np.maximum(step, SHORTEST_M)
        window = self.radius_m[point] + 4 * step
        order = np.argsort(sites.span_segment, kind="stable")
        first = np.searchsorted(sites.span_segment[order], base.segment, side="left")
        last = np.searchsorted(sites.span_segment[order], base.segment, side="right")
        pieces = np.ones(len(sites.span_segment), dtype=np.int64)
        for n, (i, j) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
            spans = order[i:j]
            hit = spans[
                (sites.span_to[spans] >= base.along[n] - window[n])
                & (sites.span_from[spans] <= base.along[n] + window[n])
            ]
            need = np.ceil(sites.span_length[hit] / step[n]).astype(np.int64)
            pieces[hit] = np.maximum(pieces[hit], np.minimum(need, 2000))
        # Where they are too many, long spans far off do with fewer; short ones keep theirs.
        most = 2000
        while pieces[pieces > 1].sum() > MOST and most > 1:
            most //= 2
            pieces = np.minimum(pieces, most)
        spans = np.arange(len(pieces))
        return spans, pieces
