"""What was given, made ready: on WGS 84, with edges of one kind, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from shekara.median.ellipsoid import Globe
from shekara.median.remark import Remark, Word
from shekara.median.shores.datum import Shift, on_wgs84
from shekara.median.shores.edges import bend_edges, parting
from shekara.median.shores.given import SeaTable


@dataclass(frozen=True)
class Prepared:
    """Shores, sea and baselines as they are computed with."""

    shores: gpd.GeoDataFrame
    sea: SeaTable | None
    baselines: gpd.GeoDataFrame | None
    shifts: tuple[Shift, ...]
    remarks: tuple[str, ...]

    @property
    def accuracy_m(self) -> float | None:
        """What the operations on the datum leave, the worst of them; 0 where there was none."""
        known = [shift.accuracy_m for shift in self.shifts]
        return None if None in known else max((a for a in known if a is not None), default=0.0)


def prepare(  # noqa: PLR0913 - tables of the user and how they are read
    shores: gpd.GeoDataFrame,
    sea: SeaTable | BaseGeometry | None,
    baselines: gpd.GeoDataFrame | None,
    globe: Globe,
    *,
    edges: str,
    tolerance_m: float,
    ballpark: bool,
    names: tuple[str, str, str] = ("shores", "sea", "baselines"),
) -> Prepared:
    """Everything in longitude and latitude on WGS 84, edges bent as asked for.

    ``names`` are what the three tables are called in messages.
    """
    ready: list[SeaTable | None] = []
    shifts: list[Shift] = []
    remarks: list[str] = []
    kinds = ("shores", "sea", "baselines")
    for table, what, kind in zip((shores, sea, baselines), names, kinds, strict=True):
        if hasattr(table, "geom_type") and not isinstance(table, (gpd.GeoDataFrame, gpd.GeoSeries)):
            table = gpd.GeoSeries([table])
        moved, shift = on_wgs84(table, what, ballpark=ballpark)
        if shift is not None:
            shifts.append(shift)
            accuracy = shift.accuracy_m
            remarks.append(
                Remark(
                    f"{what}: {shift.text}",
                    "remark_datum",
                    what=Word(f"what_{kind}"),
                    operation=shift.name,
                    accuracy=Word("remark_unknown") if accuracy is None else ("m", accuracy),
                )
            )
        if edges == "geodesic" and isinstance(moved, (gpd.GeoDataFrame, gpd.GeoSeries)):
            apart = parting(moved, globe)
            if apart is not None and apart.apart_m > tolerance_m:
                text = (
                    f"{what}: edges are taken as geodesics; read as straight in longitude and "
                    f"latitude they would part by {apart.apart_m:.3g} m near {apart.lon:.4f}, "
                    f"{apart.lat:.4f} (see edges)"
                )
                remarks.append(
                    Remark(
                        text,
                        "remark_edges",
                        what=Word(f"what_{kind}"),
                        apart=("m", apart.apart_m),
                        place=f"{apart.lon:.4f}, {apart.lat:.4f}",
                    )
                )
        ready.append(bend_edges(moved, edges, globe))
    return Prepared(ready[0], ready[1], ready[2], tuple(shifts), tuple(dict.fromkeys(remarks)))
