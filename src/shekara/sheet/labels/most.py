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
    tried = [names[i] for i in sorted(order[:MOST_NAMES])]
    if len(tried) < len(names):
        _tell(names, tried)
    return tried


def _tell(names: Sequence[Name], tried: Sequence[Name]) -> None:
    """Count the features none of whose names is tried: a long line says its name several times."""
    wanted, known = _features(names), _features(tried)
    lost = Counter(layer for layer, feature in wanted if (layer, feature) not in known)
    if lost:
        layers = ", ".join(f"{count} of layer {name!r}" for name, count in lost.items())
        warnings.warn(
            f"a sheet tries {MOST_NAMES} names, those of the first rank before others; without a "
            f"name are {layers}",
            NamesLeftOut,
            stacklevel=3,
        )


def _features(names: Sequence[Name]) -> dict[tuple[str, str], None]:
    """The features that names are of, but for the ground, by layer; in the order of the names."""
    items = [name.item for name in names if not name.item.layer.basemap]
    return dict.fromkeys((item.layer.name, item.feature.id) for item in items)
