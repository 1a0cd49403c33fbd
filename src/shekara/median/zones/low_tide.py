"""Low-tide elevations: base points where they lie within the territorial sea (UNCLOS, art. 13)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from shekara.geometry.units import NAUTICAL_MILE_M
from shekara.median.ellipsoid import Bools, Globe
from shekara.median.shores.reading import lonlat, read_shores
from shekara.median.shores.sites import place_sites
from shekara.median.solve.nearest import Finders

# An elevation is held against the shores by points no farther apart (they err by 6 cm at 12 M).
STEP_M = 100.0


def within_breadth(
    shores: gpd.GeoDataFrame, elevations: gpd.GeoDataFrame, by: str, globe: Globe, breadth_m: float
) -> tuple[Bools, tuple[str, ...]]:
    """Which elevations lie wholly or partly within a breadth of their owner's shores.

    Others have no effect ("no territorial sea of its own"); each of them is told.
    """
    read = read_shores(shores, by, globe)
    finders = Finders(place_sites(read, 1_000.0))
    table = lonlat(elevations, "low-tide elevations")
    names = table[by].astype(str).str.strip()
    out, remarks = np.zeros(len(table), dtype=bool), []
    for n, (name, shape) in enumerate(zip(names, table.geometry, strict=True)):
        at = shapely.get_coordinates(shapely.segmentize(shape, STEP_M / 111_200))
        away = np.inf
        if name in read.owners:
            owner = np.full(len(at), read.owners.index(name))
            away = float(finders.nearest(owner, at[:, 0], at[:, 1]).distance.min())
        out[n] = away <= breadth_m
        if not out[n]:
            remarks.append(
                f"low-tide elevation {table.index[n]} of {name} near {at[0, 0]:.4f}, "
                f"{at[0, 1]:.4f} lies {away / NAUTICAL_MILE_M:.2f} M from its owner's shores, "
                f"beyond {breadth_m / NAUTICAL_MILE_M:g} M: no base point (UNCLOS, article 13)"
            )
    return out, tuple(remarks)
