"""Parts of an area that say its name again: the same rule on the page and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry import Polygon

LIKE = 0.25  # of the largest part: a smaller one reads as belonging to it
MOST_NAMES = 3


def named_again(parts: Sequence[Polygon], named: Sequence[Polygon], far: float) -> list[Polygon]:
    """Parts that bear the name once more, the largest first.

    Each is about as large as the largest, and so far from all that bear the name already, by its
    own side and theirs, that nobody would see that they belong together.

    Parameters
    ----------
    parts : sequence of Polygon
        All parts of the area.
    named : sequence of Polygon
        Those that bear its name; with none there is no other.
    far : float
        The least distance, in the units of the parts.
    """
    least = LIKE * max((part.area for part in parts), default=0.0)
    bearing = list(named)
    again: list[Polygon] = []
    for part in sorted(parts, key=lambda part: -part.area):
        if part.area < least or not bearing or len(again) == MOST_NAMES:
            break
        if all(part.distance(other) > max(far, _side(part), _side(other)) for other in bearing):
            bearing.append(part)
            again.append(part)
    return again


def _side(area: Polygon) -> float:
    west, south, east, north = area.bounds
    return max(east - west, north - south)
