"""Datum: how coordinates come to WGS 84, by which operation, and how exact that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from shekara.errors import GeometryError
from shekara.geometry.arrays import Shapes
from shekara.median.ellipsoid import Floats
from shekara.median.shores.given import Given

if TYPE_CHECKING:
    from pyproj import Transformer

# Below this no operation is said to lose anything (1 mm): projections of WGS 84 itself.
EXACT_M = 1e-3
# The realisations of WGS 84 and ITRF in an "ensemble" differ by so much (EPSG 6326: 2 m).
UNKNOWN_M = 2.0


@dataclass(frozen=True)
class Shift:
    """An operation from a reference system to WGS 84, as PROJ names it."""

    name: str
    accuracy_m: float | None
    """Metres, as the operation's register says; None where it says nothing."""

    @property
    def text(self) -> str:
        """One sentence: the operation and its accuracy."""
        known = "accuracy unknown" if self.accuracy_m is None else f"{self.accuracy_m:g} m"
        return f"coordinates came to WGS 84 by {self.name} ({known})"


def on_wgs84(table: Given, what: str, *, ballpark: bool = False) -> tuple[Given, Shift | None]:
    """A table of shapes in longitude and latitude on WGS 84, and the operation where one was used.

    PROJ's best operation for the place is taken. One that PROJ calls *ballpark* leaves the datum
    as it is, which is wrong by up to several hundred metres.

    Raises
    ------
    GeometryError
        Only a ballpark operation is known, and it was not asked for.
    """
    if not isinstance(table, (gpd.GeoDataFrame, gpd.GeoSeries)) or table.crs is None:
        return table, None
    if table.crs.to_epsg() == 4326 or table.empty:
        return table, None
    from pyproj.transformer import AreaOfInterest, TransformerGroup

    west, south, east, north = table.to_crs(4326).total_bounds
    aoi = AreaOfInterest(west, south, east, north) if np.isfinite([west, south]).all() else None
    group = TransformerGroup(table.crs, 4326, always_xy=True, area_of_interest=aoi)
    best = next((t for t in group.transformers if "allpark" not in t.description), None)
    if best is None:
        if not ballpark:
            raise GeometryError(
                f"{what}: no transformation from {table.crs.name!r} to WGS 84 is known here, only "
                "a ballpark one that leaves the datum as it is (wrong by up to several hundred "
                "metres); transform the file yourself, or allow it with --ballpark"
            )
        best = group.transformers[0]
    moved = table.copy()
    moved = (
        moved.set_geometry(_transformed(np.asarray(table.geometry.array), best))
        if isinstance(moved, gpd.GeoDataFrame)
        else gpd.GeoSeries(_transformed(np.asarray(table.array), best))
    )
    moved = moved.set_crs(4326, allow_override=True)
    accuracy = float(best.accuracy) if best.accuracy is not None and best.accuracy >= 0 else None
    if accuracy is not None and accuracy <= EXACT_M:
        return moved, None
    return moved, Shift(best.description, accuracy)


def _transformed(shapes: Shapes, transformer: Transformer) -> Shapes:
    import shapely

    def move(xy: Floats) -> Floats:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(shapes, move)


def second_decimals(accuracy_m: float | None) -> int:
    """Decimals of a second of arc that positions of an accuracy deserve: a third of it or so.

    One second is 31 m, 0.1" 3 m, 0.01" 0.3 m, 0.001" 3 cm.
    """
    if accuracy_m is None:
        return 0
    return int(np.clip(np.ceil(-np.log10(max(accuracy_m, 1e-6) / 3 / 31)), 0, 3))
