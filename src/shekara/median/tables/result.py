"""The result of a division: tables of points, lines and sectors."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from shekara.median.shores.datum import Shift
from shekara.median.solve.equidistance import WeightedDistance
from shekara.median.tables.tables import CRS


@dataclass(frozen=True)
class Division:
    """Lines, turning points and sectors, each as a table with geometry on WGS 84."""

    points: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    sectors: gpd.GeoDataFrame | None
    owners: tuple[str, ...]
    sea_m2: float | None
    """Area of the sea, islands taken off."""
    ellipsoid: str
    tolerance_m: float
    sites: int
    """Points along the shores from which the topology of the lines was found."""
    doubtful: gpd.GeoDataFrame
    """Stretches that are not proved: owners, worst place, size, length, reason."""
    edges: str = "geodesic"
    """What the edges of shores, sea and baselines were taken for."""
    datum: tuple[Shift, ...] = ()
    """Operations by which coordinates came to WGS 84, where there were any."""
    remarks: tuple[str, ...] = ()
    """What a reader of the figures must know."""
    weighted: WeightedDistance | None = field(default=None, repr=False, compare=False)
    """Shores and weights that the lines rest on, for what is asked of them afterwards."""
    exact: gpd.GeoDataFrame | None = field(default=None, repr=False, compare=False)
    """The lines before they were simplified, where they were."""

    @property
    def base_points(self) -> gpd.GeoDataFrame:
        """Every governing base point once: owner, kind, how many turning points it governs."""
        return base_points(self.points)


def base_points(points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The base points of a table of turning points, each once."""
    parts = []
    for number in range(1, 9):
        prefix = f"base{number}_"
        if prefix + "lon" not in points.columns:
            break
        part = points[[prefix + c for c in ("owner", "kind", "lon", "lat")]].dropna()
        parts.append(part.rename(columns=lambda c, p=prefix: c.removeprefix(p)))
    columns = ["owner", "kind", "lon", "lat"]
    whole = pd.concat(parts) if parts else pd.DataFrame(columns=columns)
    whole = whole.astype({"lon": float, "lat": float}).round({"lon": 10, "lat": 10})
    grouped = whole.groupby(columns, as_index=False).size().rename(columns={"size": "governs"})
    return gpd.GeoDataFrame(
        grouped, geometry=gpd.points_from_xy(grouped["lon"], grouped["lat"]), crs=CRS
    )
