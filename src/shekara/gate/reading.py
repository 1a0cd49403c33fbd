"""From a file, a GeoDataFrame or an array to `Features`: the steps in their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from shekara.errors import InputError, UsageError
from shekara.gate import formats, systems
from shekara.gate.damage import refuse_damaged_file, refuse_damaged_in_zip
from shekara.gate.gdal import ZIPPED, RawLayer, read_layers
from shekara.gate.lines import refuse_lost_lines
from shekara.gate.model import Features, Remark
from shekara.gate.pieces import Reader, numbered, refuse_nothing
from shekara.gate.wishes import Wishes, WishWords
from shekara.spelling import listed

if TYPE_CHECKING:
    import geopandas

WHOLE_BYTES = 64 * 2**20  # a GeoJSON file up to this size is read whole, in some ten times of it


def read(path: Path | str, **wishes: Unpack[WishWords]) -> tuple[Features, ...]:
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
    wished = Wishes.of(**wishes)
    path = Path(path)
    groups: dict[str, list[RawLayer]] = {}
    kind, layers = raw_layers(path, wished)
    for raw in layers:
        groups.setdefault(wished.crs or raw.crs or "", []).append(raw)
    return tuple(_features(str(path), kind, same, wished) for same in groups.values())


def read_one(path: Path | str, **wishes: Unpack[WishWords]) -> Features:
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


def from_frame(
    table: geopandas.GeoDataFrame | geopandas.GeoSeries, **wishes: Unpack[WishWords]
) -> Features:
    """The features of a GeoDataFrame or GeoSeries, in its own reference system; see `read`.

    Without a system its positions must be longitude and latitude.
    """
    wished = Wishes(**wishes)
    geometry = np.array(list(table.geometry), dtype=object)
    columns = getattr(table, "columns", ())
    _refuse_same_names([str(column) for column in columns])
    active = getattr(getattr(table, "geometry", None), "name", None)
    attributes = {str(c): np.asarray(table[c], object) for c in columns if c != active}
    crs = wished.crs or (None if table.crs is None else table.crs)
    raw = RawLayer("", geometry, {}, attributes, crs, crs is not None, "utf-8", False)
    return _features("GeoDataFrame", "frame", [raw], wished)


def _refuse_same_names(names: Sequence[str]) -> None:
    """Columns 2020 and "2020" would become one: attributes are called by texts."""
    for name in names:
        if names.count(name) > 1:
            raise UsageError(
                f"the frame has {names.count(name)} columns {name!r}; rename one, or leave it out"
            )


def from_shapes(
    shapes: Sequence[BaseGeometry | None] | NDArray[np.object_], **wishes: Unpack[WishWords]
) -> Features:
    """The features of an array of shapely geometries in longitude and latitude, or in `crs`."""
    wished = Wishes(**wishes)
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = list(shapes)
    raw = RawLayer("", geometry, {}, {}, wished.crs, wished.crs is not None, "utf-8", False)
    return _features("geometries", "shapes", [raw], wished)


def each_by_itself(shapes: NDArray[np.object_], source: str) -> Features:
    """Shapes in WGS 84 as an atlas takes them: none is repaired, and each is judged by itself.

    Parameters
    ----------
    shapes : ndarray of shapely geometries or None, (n,)
        Longitude and latitude, degrees.
    source : str
        What messages call them.
    """
    raw = RawLayer("", shapes, {}, {}, "EPSG:4326", True, "utf-8", False)
    wished = Wishes(strict=True)
    return Reader(source, "GeoJSON", systems.system("EPSG:4326"), wished).features([raw])


def raw_layers(path: Path, wished: Wishes) -> tuple[str, list[RawLayer]]:
    """The format of a file, and its layers as they stand there.

    Raises
    ------
    InputError, UsageError
        See `read`.
    """
    kind = formats.format_of(path)
    if kind == "CSV":
        return kind, [_table(path, wished)]
    if kind == "Parquet":
        from shekara.gate.parquet import read_parquet

        if wished.where is not None:
            raise UsageError(f"{path}: features of a Parquet file cannot be chosen by a condition")
        return kind, [read_parquet(path)]
    ask = (wished.layer, wished.encoding, wished.where)
    if kind == "GeoJSON" and wished.where is None and path.stat().st_size <= WHOLE_BYTES:
        from shekara.gate.geojson import read_geojson

        return kind, [read_geojson(path, wished.layer, wished.encoding)]
    if kind != "zip":
        refuse_damaged_file(path, str(path), kind)
        layers = read_layers(str(path.resolve()), str(path), kind, *ask)
        if kind == "GeoJSONSeq" and wished.where is None:
            refuse_lost_lines(path, sum(len(raw.geometry) for raw in layers))
        return kind, layers
    layers = []
    inside_zip, beside = formats.zipped(path)
    for inside in inside_zip:
        kind = formats.format_in_zip(path, inside)
        source = f"{ZIPPED}{path.resolve()}}}/{inside}"
        with formats.damage_told(path):
            refuse_damaged_in_zip(path, inside, kind)
            layers += read_layers(source, f"{path}: {inside}", kind, *ask)
    return kind, [layers[0]._replace(beside=beside), *layers[1:]]


def _table(path: Path, wished: Wishes) -> RawLayer:
    from shekara.gate.tables import read_table

    if wished.where is not None:
        raise UsageError(f"{path}: rows of a text table cannot be chosen by a condition")
    degrees = wished.crs is None or wished.crs.upper() == "EPSG:4326"
    table = read_table(path, wished.encoding, degrees=degrees)
    crs = "EPSG:4326" if table.lonlat else f"EPSG:{table.srid}" if table.srid else None
    return RawLayer(
        path.stem, table.geometry, table.faults, table.attributes, crs, crs is not None,
        table.encoding, table.guessed,
    )  # fmt: skip


def _features(source: str, kind: str, layers: list[RawLayer], wished: Wishes) -> Features:
    """One value of layers in one system."""
    count = sum(len(raw.geometry) for raw in layers)
    faults = numbered(layers)
    if len(faults) == count:
        refuse_nothing(source, faults, count)
    crs = system_of(source, kind, layers[0], wished)
    reader = Reader(source, kind, crs, wished)
    features = reader.features(layers)
    reader.judge()
    filled = [raw.name for raw in layers if len(raw.geometry)]
    remarks = (*source_remarks(layers[0], filled, wished, crs), *features.remarks)
    return features.with_remarks(remarks)


def system_of(source: str, kind: str, raw: RawLayer, wished: Wishes) -> CRS:
    """The reference system of a layer: the one that is wished, else the one that it says.

    Raises
    ------
    InputError
        It says none, or one that cannot be used.
    """
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


def source_remarks(
    first: RawLayer, filled: Sequence[str], wished: Wishes, crs: CRS
) -> list[Remark]:
    """Remarks on how a source was read: its first layer, and the names of those with features."""
    remarks = []
    if wished.crs and first.stated and first.crs and CRS.from_user_input(first.crs) != crs:
        said = CRS.from_user_input(first.crs).name
        remarks.append(Remark("system", f"says {said}; read as {crs.name}, as asked"))
    if first.guessed:
        text = f"says no encoding; read as {first.encoding}, a guess (--encoding chooses another)"
        remarks.append(Remark("encoding", text))
    if len(filled) > 1:
        text = f"all layers are read: {listed(filled)}; --layer chooses one"
        remarks.append(Remark("layers", text))
    if first.beside:
        text = f"the zip also holds {listed(first.beside)}, not read here; unpack it and name one"
        remarks.append(Remark("layers", text))
    return remarks
