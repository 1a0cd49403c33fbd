"""A run: a piece of an outer limit, or a whole line of it, with what governs its chords."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.median.ellipsoid import Floats, Ints

# No one element is known to govern a chord.
UNKNOWN = -1


@dataclass(frozen=True)
class Run:
    """Points at the distance from the shores, in order."""

    lon: Floats
    lat: Floats
    element: Ints
    """The element of the shores that governs the chord that ends at each point, or -1."""

    @property
    def lonlat(self) -> Floats:
        """Coordinates (n, 2) in degrees."""
        return np.column_stack([self.lon, self.lat])

    def reversed(self) -> Run:
        """The same points the other way round."""
        return Run(self.lon[::-1], self.lat[::-1], np.append(UNKNOWN, self.element[:0:-1]))


def joined(runs: list[Run]) -> Run:
    """Runs one after the other; nothing is known of the chords between them."""
    return Run(
        np.concatenate([run.lon for run in runs]),
        np.concatenate([run.lat for run in runs]),
        np.concatenate([np.append(UNKNOWN, run.element[1:]) for run in runs]),
    )
