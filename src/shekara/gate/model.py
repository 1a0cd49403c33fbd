"""What the gate hands on: geometry on its own datum, names, accuracy, and what is to be said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from shapely.geometry.base import BaseGeometry

from shekara.errors import GeometryError
from shekara.geometry.antimeridian import Course, jumps, read

if TYPE_CHECKING:
    import geopandas

EdgeKind = Literal["geodesic", "straight"]
Kind = Literal[
    "system", "encoding", "over-180", "round-a-pole", "wide-edges", "repaired", "left-out",
    "no-geometry", "heights", "layers", "accuracy", "edges", "axes",
]  # fmt: skip
SHOWN = 3  # features of one remark that are named; the rest are counted


class RemarkRecord(TypedDict):
    """A remark, ready for JSON."""

    kind: Kind
    text: str
    features: list[int]


@dataclass(frozen=True)
class Remark:
    """Something that a reader of the figures must know."""

    kind: Kind
    text: str
    features: tuple[int, ...] = ()

    def __str__(self) -> str:
        """One line, with the first features named."""
        if not self.features:
            return self.text
        first = ", ".join(str(index) for index in self.features[:SHOWN])
        more = len(self.features) - SHOWN
        noun = "feature" if len(self.features) == 1 else "features"
        return f"{noun} {first}{f' and {more} more' if more > 0 else ''}: {self.text}"

    def record(self) -> RemarkRecord:
        """The same for JSON."""
        return {"kind": self.kind, "text": self.text, "features": list(self.features)}


@dataclass(frozen=True)
class Features:
    """Features of one source in one reference system.

    `drawn` holds longitude and latitude in degrees, east of Greenwich, on the source's own datum,
    as the source has them: rings may run over 180° uncut. `shapes` gives them as the globe has
    them. A geometry is None where a feature has none or is left out.
    """

    source: str
    layer: tuple[str, ...]
    drawn: NDArray[np.object_]
    names: tuple[str, ...]
    attributes: Mapping[str, NDArray[np.generic]]
    crs: CRS
    ellipsoid: Geod
    accuracy_m: float | None = None
    repaired: frozenset[int] = frozenset()
    left_out: Mapping[int, str] = field(default_factory=dict)
    heights: Mapping[int, BaseGeometry] = field(
        default_factory=dict
    )  # lon lat metres, where they differ
    frames: bool = True  # rings of a few positions may be frames wider than 180°
    clockwise: bool = False
    remarks: tuple[Remark, ...] = ()

    def __len__(self) -> int:
        return len(self.drawn)

    @cached_property
    def jumping(self) -> NDArray[np.bool_]:
        """Which geometries have an edge over more than 180°, or longitudes beyond ±180°."""
        return jumps(self.drawn)

    def shapes(
        self, edges: EdgeKind = "geodesic"
    ) -> tuple[NDArray[np.object_], Mapping[int, frozenset[Course]]]:
        """The geometries as the globe has them, cut at 180°.

        Parameters
        ----------
        edges : "geodesic" or "straight"
            Along which edges are cut where they cross 180°; see `shekara.geometry.antimeridian`.

        Returns
        -------
        geometry : ndarray of shapely geometries or None
            Longitudes within ±180°.
        courses : mapping of int to frozenset of Course
            What was found out about the features that are no plain shapes.
        """
        geometry = self.drawn.copy()
        courses: dict[int, frozenset[Course]] = {}
        on = self.ellipsoid if edges == "geodesic" else None
        for index in np.flatnonzero(self.jumping):
            reading = read(self.drawn[index], on, clockwise=self.clockwise, frames=self.frames)
            geometry[index] = reading.geometry
            if reading.courses:
                courses[int(index)] = reading.courses
        return geometry, courses

    def with_remarks(self, remarks: Iterable[Remark]) -> Features:
        """The same features with these remarks."""
        return replace(self, remarks=tuple(remarks))

    def without_attributes(self) -> Features:
        """The same, for a way to another process: names are kept."""
        return replace(self, attributes={})

    def told(self) -> Features:
        """The same without shapes, for a way back: what is to be said of them is kept."""
        nothing: NDArray[np.object_] = np.full(len(self), None, dtype=object)
        return replace(self, drawn=nothing, names=(), attributes={}, heights={})

    def straightened(self, places: NDArray[np.int64]) -> NDArray[np.object_]:
        """Some geometries cut at 180° along straight edges; see `shapes`."""
        geometry = self.drawn[places]
        for index in np.flatnonzero(jumps(geometry)):
            reading = read(geometry[index], None, clockwise=self.clockwise, frames=self.frames)
            geometry[index] = reading.geometry
        return geometry

    def chosen(self, places: NDArray[np.int64]) -> Features:
        """Only these features, without what is said of the others."""
        index = [int(place) for place in places]
        return replace(
            self,
            layer=tuple(self.layer[i] for i in index),
            drawn=self.drawn[index],
            names=tuple(self.names[i] for i in index),
            attributes={key: values[index] for key, values in self.attributes.items()},
            repaired=frozenset(n for n, i in enumerate(index) if i in self.repaired),
            left_out={n: self.left_out[i] for n, i in enumerate(index) if i in self.left_out},
            heights={n: self.heights[i] for n, i in enumerate(index) if i in self.heights},
            remarks=(),
        )

    def frame(self) -> geopandas.GeoDataFrame:
        """The features as a GeoDataFrame in longitude and latitude.

        On their own datum; on WGS 84 where that counts in grads or from another meridian.
        """
        import geopandas

        geometry, _ = self.shapes()
        table = {key: list(values) for key, values in self.attributes.items() if key != "geometry"}
        crs = lonlat_crs(self.crs)
        if crs is None:  # no common name for its datum in degrees from Greenwich
            geometry, crs = _on_wgs84(geometry, self.crs), CRS.from_epsg(4326)
        return geopandas.GeoDataFrame(table, geometry=list(geometry), crs=crs)

    def whole(self) -> Features:
        """The same, where no feature had to be left out.

        Raises
        ------
        GeometryError
            Names the features that were, each with its reason.
        """
        if self.left_out:
            faults = [f"feature {index}: {why}" for index, why in self.left_out.items()]
            more = f" (and {len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
            raise GeometryError(f"{self.source}: {'; '.join(faults[:SHOWN])}{more}")
        return self


def lonlat_crs(crs: CRS) -> CRS | None:
    """Longitude and latitude on the datum of a system; None where it counts otherwise."""
    base = crs.geodetic_crs
    if base is None:
        return CRS.from_epsg(4326)
    base = base.to_2d()
    meridian = base.prime_meridian
    plain = meridian is None or meridian.longitude == 0
    return base if plain and base.axis_info[0].unit_name == "degree" else None


def _on_wgs84(geometry: NDArray[np.object_], crs: CRS) -> NDArray[np.object_]:
    """Degrees from Greenwich on a system's datum, brought to WGS 84."""
    base = crs.geodetic_crs
    assert base is not None
    base = base.to_2d()
    factor = math.degrees(base.axis_info[0].unit_conversion_factor)
    meridian = base.prime_meridian
    east = 0.0
    if meridian is not None:
        east = math.degrees(meridian.longitude * float(meridian.unit_conversion_factor))
    move = Transformer.from_crs(base, 4326, always_xy=True)

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = move.transform((points[:, 0] - east) / factor, points[:, 1] / factor)
        return np.column_stack([lon, lat])

    return np.asarray(shapely.transform(geometry, moved))


def positions(geometry: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Longitude and latitude of all positions, (n, 2), and the feature of each, (n,)."""
    points, owner = shapely.get_coordinates(geometry, return_index=True)
    return points, owner
