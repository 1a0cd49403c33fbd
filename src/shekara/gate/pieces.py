"""From raw layers in one reference system to `Features`, the whole at once or piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from shekara.errors import InputError
from shekara.gate import systems, validity
from shekara.gate.gdal import RawLayer
from shekara.gate.model import SHOWN, Features
from shekara.gate.naming import names
from shekara.gate.remarks import order_remarks, shape_remarks
from shekara.gate.wishes import Wishes
from shekara.geometry.antimeridian import jumps
from shekara.geometry.antimeridian import read as read_ring

LONLAT = "EPSG:4326"  # what columns of longitude and latitude are in


class Seen(NamedTuple):
    """What a reader counted of a source: where its features lie, and its first position."""

    strays: tuple[systems.Strays, ...]
    first: NDArray[np.float64] | None


class Reader:
    """Reads the layers of one source that are in one system, and judges them at the end.

    Some rules hold for a source as a whole: where most of its features lie outside the system's
    area it is refused. What is read piece by piece is counted until `judge` is called.

    Parameters
    ----------
    source : str
        What messages call it.
    kind : str
        Its format, from `shekara.gate.formats`.
    crs : pyproj.CRS
        Its reference system.
    wished : Wishes
        What the reader asks.
    """

    def __init__(self, source: str, kind: str, crs: CRS, wished: Wishes) -> None:
        self.source, self.crs, self.wished = source, crs, wished
        self._frames = crs.is_geographic or _is_cylindrical(crs)
        self._clockwise = kind == "ESRI Shapefile"
        self._order_open = kind == "CSV"  # unless its columns are called so
        self._ellipsoid = systems.ellipsoid(crs)
        self._strays: list[systems.Strays] = []
        self._first: NDArray[np.float64] | None = None

    def features(self, layers: list[RawLayer]) -> Features:
        """The next piece, with the remarks on its shapes.

        Raises
        ------
        InputError
            The system cannot be used.
        """
        shapes = np.concatenate([raw.geometry for raw in layers])
        whole = validity.finite(shapes)
        placed = self._placed(whole.geometry)
        readings = {
            int(i): read_ring(
                placed.geometry[i], self._ellipsoid, clockwise=self._clockwise, frames=self._frames
            )
            for i in np.flatnonzero(jumps(placed.geometry))
        }
        wished = self.wished
        ruled = validity.sound(
            whole.geometry, placed.geometry, readings, wished.repair, wished.strict
        )
        left_out = {**numbered(layers), **whole.faults, **placed.faults, **ruled.faults}
        features = Features(
            source=self.source,
            layer=tuple(raw.name for raw in layers for _ in raw.geometry),
            drawn=ruled.geometry,
            names=tuple(
                name for raw in layers for name in names(raw.attributes, len(raw.geometry))
            ),
            attributes=_joined(layers),
            crs=self.crs,
            ellipsoid=self._ellipsoid,
            accuracy_m=wished.accuracy_m,
            repaired=frozenset(ruled.repaired),
            left_out=dict(sorted(left_out.items())),
            heights=_heights(whole.geometry, ruled.geometry, ruled.repaired),
            frames=self._frames,
            clockwise=self._clockwise,
        )
        courses = {i: reading.courses for i, reading in readings.items() if i not in left_out}
        said = shape_remarks(features, ruled.repaired, courses)
        if self._order_open and layers[0].crs != LONLAT:
            said = [*order_remarks(features), *said]
        return features.with_remarks(said)

    @property
    def seen(self) -> Seen:
        """What was counted so far, for a reader of all parts."""
        return Seen(tuple(self._strays), self._first)

    def take(self, seen: Seen) -> None:
        """Count what another reader saw of the same source."""
        self._strays += seen.strays
        self._first = seen.first if self._first is None else self._first

    def judge(self) -> None:
        """Say whether what was read so far can be believed at all.

        Raises
        ------
        InputError
            Most features lie outside the globe or the system's area of use.
        """
        try:
            systems.refuse_strays(
                self._strays, self._first, self.crs, named=self.wished.crs is not None
            )
        except InputError as error:
            raise InputError(f"{self.source}: {error}") from error

    def _placed(self, shapes: NDArray[np.object_]) -> systems.Placed:
        try:
            placed = systems.place(shapes, self.crs, named=self.wished.crs is not None)
        except InputError as error:
            raise InputError(f"{self.source}: {error}") from error
        self._strays.append(placed.strays)
        if self._first is None and placed.strays.drawn:
            self._first = next(
                shapely.get_coordinates(shape)[0]
                for shape in shapes
                if shape is not None and not shape.is_empty
            )
        return placed


def refuse_nothing(source: str, faults: Mapping[int, str], count: int) -> None:
    """A source none of whose features can be read is refused, whatever system it is in.

    Parameters
    ----------
    source : str
        What messages call it.
    faults : mapping of int to str
        Why features could not be read, by their numbers; the first few are enough.
    count : int
        How many features it has, all of which have a fault.

    Raises
    ------
    InputError
        Always, but for a source without any feature.
    """
    if not count:
        return
    first = "; ".join(f"feature {index}: {why}" for index, why in list(faults.items())[:SHOWN])
    more = f" (and {count - SHOWN} more)" if count > SHOWN else ""
    raise InputError(f"{source}: {first}{more}")


def numbered(layers: list[RawLayer]) -> dict[int, str]:
    """Faults of all layers, with features counted on from layer to layer."""
    faults: dict[int, str] = {}
    first = 0
    for raw in layers:
        faults |= {first + index: why for index, why in raw.faults.items()}
        first += len(raw.geometry)
    return faults


def _joined(layers: list[RawLayer]) -> Mapping[str, NDArray[np.generic]]:
    """Attributes of all layers; what a layer does not have is None there."""
    if len(layers) == 1:
        return layers[0].attributes
    keys = dict.fromkeys(key for raw in layers for key in raw.attributes)

    def column(raw: RawLayer, key: str) -> NDArray[np.object_]:
        if key in raw.attributes:
            return np.asarray(raw.attributes[key], dtype=object)
        return np.full(len(raw.geometry), None, dtype=object)

    return {key: np.concatenate([column(raw, key) for raw in layers]) for key in keys}


def _heights(
    shapes: NDArray[np.object_], drawn: NDArray[np.object_], repaired: Mapping[int, str]
) -> dict[int, BaseGeometry]:
    """Shapes with heights that differ, in longitude, latitude and metres."""
    high = np.flatnonzero(shapely.has_z(shapes) & ~shapely.is_missing(drawn))
    high_shapes: dict[int, BaseGeometry] = {}
    for index in high.tolist():
        if index in repaired:  # its positions are others
            continue
        z = shapely.get_coordinates(shapes[index], include_z=True)[:, 2]
        if np.isfinite(z).all() and np.ptp(z) > 0:
            flat = shapely.get_coordinates(drawn[index])
            high_shapes[index] = shapely.set_coordinates(
                shapely.force_3d(drawn[index]), np.column_stack([flat, z])
            )
    return high_shapes


def _is_cylindrical(crs: CRS) -> bool:
    operation = crs.coordinate_operation
    name = operation.method_name.lower() if operation else ""
    return any(part in name for part in ("mercator", "cylindrical", "equirectangular")) and (
        "transverse" not in name
    )
