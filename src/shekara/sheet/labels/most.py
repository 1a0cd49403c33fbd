"""How many names a sheet tries to place, and word of those that it does not."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence

from shekara.sheet.labels.candidates import Name

MOST_NAMES = 160  # on a map; by worth, the rest is thinned out before the choice


class NamesLeftOut(UserWarning):
    """A map has more names than its sheet tries to place."""


def of_most_worth(names: Sequence[Name]) -> list[Name]:
    """The names that are tried, in their order; a warning counts those of the layers that are not.

    Parameters
    ----------
    names : sequence of Name
        All texts that want a place. The ground is thinned out without a word.
    """
    order = sorted(range(len(names)), key=lambda i: (-names[i].worth, i))
    tried, left = order[:MOST_NAMES], [names[i].item.layer for i in order[MOST_NAMES:]]
    lost = Counter(layer.name for layer in left if not layer.basemap)
    if lost:
        layers = ", ".join(f"{count} of layer {name!r}" for name, count in lost.items())
        warnings.warn(
            f"a sheet tries {MOST_NAMES} of the {len(names)} names of its map, those of the first "
            f"rank before others; left out are {layers}",
            NamesLeftOut,
            stacklevel=2,
        )
    return [names[i] for i in sorted(tried)]
