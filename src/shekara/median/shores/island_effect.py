"""Effect of islands: whole, half or none."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np

from shekara.errors import GeometryError, UsageError
from shekara.median.ellipsoid import Bools, Floats
from shekara.spelling import closest

WORDS = {"none": 0.0, "half": 0.5, "full": 1.0}


def effect_of(table: gpd.GeoDataFrame, by: str, effect: Mapping[str, float | str] | None) -> Floats:
    """Effect of each feature: 0, 0.5 or 1.

    A feature is named by its index or by any text in its columns (an id, a name); several may
    share a name.
    """
    out = np.ones(len(table))
    for name, value in (effect or {}).items():
        number = WORDS.get(value, -1.0) if isinstance(value, str) else float(value)
        if number not in WORDS.values():
            raise UsageError(f"effect: {name} = {value}; give none, half or full (0, 0.5 or 1)")
        chosen = _named_features(table, by, str(name))
        if not chosen.any():
            known = {str(i) for i in table.index}
            for column in table.columns.drop([table.geometry.name, by]):
                known |= {str(v) for v in table[column]}
            near = closest(str(name), known)
            hint = f"did you mean {near!r}?" if near else "name a feature by its id or name"
            raise UsageError(f"effect: no feature {name!r}; {hint}")
        out[chosen] = number
    whole = set(table[by].astype(str).str.strip()[out == 1])
    for owner in sorted(set(table[by].astype(str).str.strip())):
        if owner not in whole:
            raise GeometryError(
                f"effect: no shore of {owner} has full effect; an owner needs at least one"
            )
    return out


def _named_features(table: gpd.GeoDataFrame, by: str, name: str) -> Bools:
    chosen: Bools = np.array([str(i) == name for i in table.index])
    for column in table.columns.drop([table.geometry.name, by]):
        chosen |= np.array([isinstance(v, str) and v == name for v in table[column]])
        chosen |= np.array(
            [isinstance(v, int | np.integer) and str(v) == name for v in table[column]]
        )
    return chosen
