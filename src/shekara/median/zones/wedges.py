"""Whose the water is off a headland where the coasts of two owners meet.

In a whole wedge there the common vertex is nearest for both owners: distances tell nothing, and
the median line, which crosses the wedge straight from the vertex, parts it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shekara.geometry.longitudes import short_way
from shekara.median.ellipsoid import Floats, Ints
from shekara.median.shores.shores import Shores

# A median line that ends so near to a vertex (metres) starts there.
AT_M = 1.0


def owners_by_side(
    shores: Shores, lines: Sequence[Floats], nearest: Ints, lon: Floats, lat: Floats
) -> Ints:
    """The owner (n) of each place, by its nearest element or by its side of the median line.

    Parameters
    ----------
    shores
        Shores of all owners.
    lines
        Median lines between them, (n, 2) in degrees.
    nearest
        The nearest element (n) of each place.
    lon, lat
        The places (n), in degrees.
    """
    owner = shores.owner_of(nearest)
    at_vertex = nearest < len(shores.lon)
    at_vertex[at_vertex] = shores.is_terminus[nearest[at_vertex]]
    for row in np.flatnonzero(at_vertex):
        vertex = int(nearest[row])
        here = float(shores.lon[vertex]), float(shores.lat[vertex])
        away = _away_from(shores, lines, here)
        if away is None:
            continue
        turn = short_way(_azimuth(shores, here, (float(lon[row]), float(lat[row]))) - away)
        for holder, end in shores.termini[int(shores.place[vertex])].items():
            sides = {bool(short_way(azimuth - away) > 0) for azimuth in _coasts(shores, end)}
            if sides == {bool(turn > 0)}:
                owner[row] = holder
    return owner


def _away_from(shores: Shores, lines: Sequence[Floats], here: tuple[float, float]) -> float | None:
    """The azimuth at which a median line leaves a vertex; none where none does."""
    for line in lines:
        for end, second in ((line[0], line[1]), (line[-1], line[-2])):
            # Degrees of latitude tell most lines apart without a geodesic.
            if abs(end[1] - here[1]) < 1e-3 and _metres(shores, here, end) < AT_M:
                return _azimuth(shores, here, (float(second[0]), float(second[1])))
    return None


def _coasts(shores: Shores, vertex: int) -> list[float]:
    """Azimuths of the coasts of its owner at a vertex."""
    ends = (*shores.end[shores.start == vertex], *shores.start[shores.end == vertex])
    here = float(shores.lon[vertex]), float(shores.lat[vertex])
    return [
        _azimuth(shores, here, (float(shores.lon[end]), float(shores.lat[end])))
        for end in ends
        if end != vertex
    ]


def _metres(shores: Shores, here: tuple[float, float], there: Floats) -> float:
    return float(_inverse(shores, here, (float(there[0]), float(there[1])))[1])


def _azimuth(shores: Shores, here: tuple[float, float], there: tuple[float, float]) -> float:
    return _inverse(shores, here, there)[0]


def _inverse(
    shores: Shores, here: tuple[float, float], there: tuple[float, float]
) -> tuple[float, float]:
    """Azimuth in degrees at the first place, and the distance in metres."""
    x, y, to_x, to_y = (np.array([value]) for value in (*here, *there))
    azimuth, _, length = shores.globe.inverse(x, y, to_x, to_y)
    return float(azimuth[0]), float(length[0])
