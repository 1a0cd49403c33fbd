"""From a file, a GeoDataFrame or an array to `Features`: the steps in their order."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from shekara.errors import InputError, UsageError
from shekara.gate import formats, systems, validity
from shekara.gate.model import SHOWN, Features, Remark
from shekara.gate.naming import names
from shekara.gate.remarks import shape_remarks
from shekara.gate.vectors import RawLayer, read_layers
from shekara.gate.wishes import Wishes
from shekara.geometry.antimeridian import jumps
from shekara.geometry.antimeridian import read as read_ring

if TYPE_CHECKING:
    import geopandas


def read(path: Path | str, **wishes: Any) -> tuple[Features, ...]:
    """The features of a file, one value for each reference system in it.

    Parameters
    ----------
    path : Path or str
        A file of any format in `shekara.gate.formats`; all its layers that hold shapes are read.
    crs : str, optional
        The reference system of a file that says none; it goes before what the file says.
    layer : str, optional
        Read only this layer.
    encoding : str, optional
        The encoding of the texts of a Shapefile or CSV file; else what the file says, else a
        guess, which is a remark.
    where : str, optional
        An SQL condition on the features, such as ``kind = 'shore'``.
    accuracy_m : float, optional
        Standard deviation of the positions, metres.
    strict : bool
        Leave out polygons that are not valid, instead of repairing them.
    repair : bool
        Also repair polygons with holes outside their shells, counting both.

    Returns
    -------
    tuple of Features
        Mostly one.

    Raises
    ------
    InputError
        The file cannot be read, names no reference system, or lies outside it.
    UsageError
        A wish that cannot be fulfilled.
    """
    wished = Wishes(**wishes)
    path = Path(path)
    if wished.encoding is not None:
        from shekara.gate.encodings import known

        wished = Wishes(**{**wishes, "encoding": known(wished.encoding)})
    groups: dict[str, list[RawLayer]] = {}
    kind, layers = _raw(path, wished)
    for raw in layers:
        groups.setdefault(wished.crs or raw.crs or "", []).append(raw)
    return tuple(_features(str(path), kind, same, wished) for same in groups.values())


def read_one(path: Path | str, **wishes: Any) -> Features:
    """The features of a file that has one reference system; see `read`.

    Raises
    ------
    UsageError
        Its layers have several: one is to be chosen.
    """
    parts = read(path, **wishes)
    if len(parts) > 1:
        named = ", ".join(dict.fromkeys(name for part in parts for name in part.layer))
        raise UsageError(
            f"{path}: its layers have different reference systems; choose one with --layer "
            f"({named})"
        )
    return parts[0]


def from_frame(table: geopandas.GeoDataFrame | geopandas.GeoSeries, **wishes: Any) -> Features:
    """The features of a GeoDataFrame or GeoSeries, in its own reference system; see `read`.

    Without a system its positions must be longitude and latitude.
    """
    wished = Wishes(**wishes)
    geometry = np.array(list(table.geometry), dtype=object)
    columns = getattr(table, "columns", ())
    active = getattr(getattr(table, "geometry", None), "name", None)
    attributes = {str(c): np.asarray(table[c], object) for c in columns if c != active}
    crs = wished.crs or (None if table.crs is None else table.crs)
    raw = RawLayer("", geometry, {}, attributes, crs, crs is not None, "utf-8", False)
    return _features("GeoDataFrame", "frame", [raw], wished)


def from_shapes(shapes: Sequence[Any] | NDArray[Any], **wishes: Any) -> Features:
    """The features of an array of shapely geometries in longitude and latitude, or in `crs`."""
    wished = Wishes(**wishes)
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = list(shapes)
    raw = RawLayer("", geometry, {}, {}, wished.crs, wished.crs is not None, "utf-8", False)
    return _features("geometries", "shapes", [raw], wished)


def _raw(path: Path, wished: Wishes) -> tuple[str, list[RawLayer]]:
    kind = formats.format_of(path)
    if kind == "CSV":
        return kind, [_table(path, wished)]
    if kind == "Parquet":
        from shekara.gate.parquet import read_parquet

        if wished.where is not None:
            raise UsageError(f"{path}: features of a Parquet file cannot be chosen by a condition")
        return kind, [read_parquet(path)]
    ask = (wished.layer, wished.encoding, wished.where)
    if kind != "zip":
        return kind, read_layers(str(path.resolve()), str(path), kind, *ask)
    layers: list[RawLayer] = []
    for inside in formats.zipped(path):
        kind = formats.format_in_zip(path, inside)
        source = f"/vsizip/{{{path.resolve()}}}/{inside}"
        layers += read_layers(source, f"{path}: {inside}", kind, *ask)
    return kind, layers


def _table(path: Path, wished: Wishes) -> RawLayer:
    from shekara.gate.tables import read_table

    if wished.where is not None:
        raise UsageError(f"{path}: rows of a text table cannot be chosen by a condition")
    table = read_table(path, wished.encoding)
    crs = "EPSG:4326" if table.lonlat else f"EPSG:{table.srid}" if table.srid else None
    return RawLayer(
        path.stem, table.geometry, table.faults, table.attributes, crs, crs is not None,
        table.encoding, table.guessed,
    )  # fmt: skip


def _features(source: str, kind: str, layers: list[RawLayer], wished: Wishes) -> Features:
    """One value of layers in one system."""
    _refuse_nothing(source, layers)
    crs = _system(source, kind, layers[0], wished)
    frames = crs.is_geographic or _is_cylindrical(crs)
    clockwise = kind == "ESRI Shapefile"
    shapes = np.concatenate([raw.geometry for raw in layers])
    whole = validity.finite(shapes)
    try:
        placed = systems.place(whole.geometry, crs, named=wished.crs is not None)
    except InputError as error:
        raise InputError(f"{source}: {error}") from error
    over = jumps(placed.geometry)
    read_ = {
        int(i): read_ring(placed.geometry[i], ellipsoid, clockwise=clockwise, frames=frames)
        for ellipsoid in (systems.ellipsoid(crs),)
        for i in np.flatnonzero(over)
    }
    ruled = validity.sound(whole.geometry, placed.geometry, read_, wished.repair, wished.strict)
    left_out = {**_numbered(layers), **whole.faults, **placed.faults, **ruled.faults}
    attributes = _joined(layers)
    features = Features(
        source=source,
        layer=tuple(raw.name for raw in layers for _ in raw.geometry),
        drawn=ruled.geometry,
        names=names(attributes, len(shapes)),
        attributes=attributes,
        crs=crs,
        ellipsoid=systems.ellipsoid(crs),
        accuracy_m=wished.accuracy_m,
        repaired=frozenset(ruled.repaired),
        left_out=dict(sorted(left_out.items())),
        heights=_heights(whole.geometry, ruled.geometry, ruled.repaired),
        frames=frames,
        clockwise=clockwise,
    )
    courses = {i: reading.courses for i, reading in read_.items() if i not in left_out}
    remarks = (*_said(layers, wished, crs), *shape_remarks(features, ruled.repaired, courses))
    return dataclasses.replace(features, remarks=remarks)


def _refuse_nothing(source: str, layers: list[RawLayer]) -> None:
    """A source none of whose features can be read is refused, whatever system it is in."""
    faults = _numbered(layers)
    if faults and len(faults) == sum(len(raw.geometry) for raw in layers):
        first = "; ".join(f"feature {index}: {why}" for index, why in list(faults.items())[:SHOWN])
        more = f" (and {len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
        raise InputError(f"{source}: {first}{more}")


def _system(source: str, kind: str, raw: RawLayer, wished: Wishes) -> CRS:
    named = wished.crs or raw.crs
    if named is None and kind in ("frame", "shapes"):
        named = "EPSG:4326"
        for shape in raw.geometry:
            if shape is not None and not shape.is_empty and _beyond(shape.bounds):
                raise InputError(
                    f"{source}: positions outside ±180 and ±90 without a reference system; "
                    "name it with crs="
                )
    if named is None:
        raise InputError(
            f"{source}: says no coordinate reference system; "
            "name it with --crs, for example --crs EPSG:4326"
        )
    return systems.system(named)


def _beyond(bounds: Sequence[float]) -> bool:
    west, south, east, north = bounds
    return not (west >= -180 and east <= 180 and south >= -90 and north <= 90)


def _numbered(layers: list[RawLayer]) -> dict[int, str]:
    """Faults of all layers, with features counted on from layer to layer."""
    faults: dict[int, str] = {}
    first = 0
    for raw in layers:
        faults |= {first + index: why for index, why in raw.faults.items()}
        first += len(raw.geometry)
    return faults


def _joined(layers: list[RawLayer]) -> Mapping[str, NDArray[Any]]:
    """Attributes of all layers; what a layer does not have is None there."""
    if len(layers) == 1:
        return layers[0].attributes
    keys = dict.fromkeys(key for raw in layers for key in raw.attributes)

    def column(raw: RawLayer, key: str) -> NDArray[Any]:
        if key in raw.attributes:
            return np.asarray(raw.attributes[key], dtype=object)
        return np.full(len(raw.geometry), None, dtype=object)

    return {key: np.concatenate([column(raw, key) for raw in layers]) for key in keys}


def _heights(
    shapes: NDArray[Any], drawn: NDArray[Any], repaired: Mapping[int, str]
) -> dict[int, Any]:
    """Shapes with heights that differ, in longitude, latitude and metres."""
    high = np.flatnonzero(shapely.has_z(shapes) & ~shapely.is_missing(drawn))
    high_shapes: dict[int, Any] = {}
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


def _said(layers: list[RawLayer], wished: Wishes, crs: CRS) -> list[Remark]:
    """Remarks on how the source was read."""
    remarks = []
    first = layers[0]
    if wished.crs and first.stated and first.crs and CRS.from_user_input(first.crs) != crs:
        said = CRS.from_user_input(first.crs).name
        remarks.append(Remark("system", f"says {said}; read as {crs.name}, as asked"))
    if first.guessed:
        text = f"says no encoding; read as {first.encoding}, a guess (--encoding chooses another)"
        remarks.append(Remark("encoding", text))
    filled = [raw.name for raw in layers if len(raw.geometry)]
    if len(filled) > 1:
        listed = ", ".join(filled)
        remarks.append(Remark("layers", f"all layers are read: {listed}; --layer chooses one"))
    return remarks
