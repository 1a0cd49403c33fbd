"""Files of shapes that GDAL reads, layer by layer, without a word of GDAL's on the terminal."""

from __future__ import annotations

import json
import logging
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue
from shapely.geometry.base import BaseGeometry

from shekara.errors import InputError, UsageError
from shekara.gate import encodings
from shekara.gate.tracks import with_whole_heights, without_single_points
from shekara.gate.validity import Parsed, from_wkb
from shekara.spelling import closest

# Layers that repeat, position by position, what other layers of the file hold.
REPEATED = {"GPX": ("route_points", "track_points")}
# Options that keep GDAL from writing beside a file and from asking the network for its schema.
OPTIONS = {
    "GML": {"WRITE_GFS": "NO", "DOWNLOAD_SCHEMA": "NO"},
    "GPX": {"ELE_AS_25D": "YES"},
}
ZIPPED = "/vsizip/{"  # how a file in a zip is called: /vsizip/{PATH}/INSIDE
# Longitude and latitude by definition, whatever the file leaves unsaid.
LONLAT = ("TopoJSON", "GPX", "KML", "LIBKML", "OSM")


class RawLayer(NamedTuple):
    """One layer of a file as it stands there."""

    name: str
    geometry: NDArray[np.object_]
    faults: dict[int, str]
    attributes: Mapping[str, NDArray[np.generic]]
    crs: str | None
    stated: bool  # the system is in the file, and not only what its format takes for granted
    encoding: str
    guessed: bool
    beside: tuple[str, ...] = ()  # files of the same zip that are not read with it


@contextmanager
def quiet() -> Iterator[None]:
    """No warning of GDAL, Python or a library reaches the terminal: the gate says what matters."""
    log = logging.getLogger("pyogrio")
    before, mute = log.propagate, logging.NullHandler()
    log.propagate = False
    log.addHandler(mute)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.removeHandler(mute)
        log.propagate = before


def read_layers(
    source: str, label: str, kind: str, layer: str | None, encoding: str | None, where: str | None
) -> list[RawLayer]:
    """The layers of a file that hold shapes.

    Parameters
    ----------
    source : str
        An absolute path, or a file in a zip as GDAL names it.
    label : str
        What messages call it.
    kind : str
        Its format, from `shekara.gate.formats`.
    layer, encoding, where : str or None
        One layer of it; the encoding of its texts; an SQL condition on its features.

    Raises
    ------
    InputError
        It cannot be read, or has no layer with shapes.
    UsageError
        It has no layer of that name, or the condition is none.
    """
    import pyogrio

    with faults_told(label, kind, encoding, where), quiet():
        listed = [(str(name), kind_) for name, kind_ in pyogrio.list_layers(source)]
        return [
            _layer(source, kind, name, encoding, where, alone=len(listed) == 1)
            for name in chosen_layers(listed, layer, kind, label)
        ]


@contextmanager
def faults_told(label: str, kind: str, encoding: str | None, where: str | None) -> Iterator[None]:
    """Every fault of GDAL's as one message of the gate's.

    Raises
    ------
    InputError
        The file cannot be read.
    UsageError
        The condition is none.
    """
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError

    try:
        yield
    except (
        DataSourceError, DataLayerError, FeatureError, FieldError, RuntimeError,
        UnboundLocalError,  # pyogrio's, where a layer's reference system cannot be written out
    ) as error:  # fmt: skip
        if where is not None:
            raise UsageError(f"{label}: where {where!r}: cannot be asked of this file") from error
        raise InputError(
            f"{label}: is a broken or unknown file of the format {kind}; write it anew"
        ) from error
    except (UnicodeDecodeError, LookupError) as error:
        raise InputError(
            f"{label}: its texts are not in {encoding or 'the encoding it states'}; give --encoding"
        ) from error
    except ValueError as error:
        if where is not None:
            raise UsageError(f"{label}: where {where!r}: is no condition ({error})") from error
        raise InputError(f"{label}: cannot be read ({error})") from error


def chosen_layers(
    listed: Sequence[tuple[str, str | None]], layer: str | None, kind: str, label: str
) -> list[str]:
    """The layers that are read: the one that is asked for, else all that hold shapes.

    Raises
    ------
    UsageError
        There is no such layer.
    InputError
        No layer holds shapes.
    """
    names = [name for name, _ in listed]
    if layer is not None:
        if layer in names:
            return [layer]
        near = closest(layer, names)
        hint = f"did you mean {near!r}?" if near else f"it has {', '.join(names[:12])}"
        raise UsageError(f"{label}: has no layer {layer!r}; {hint}")
    shaped = [name for name, type_ in listed if type_ not in (None, "None")]
    chosen = [name for name in shaped if name not in REPEATED.get(kind, ())]
    if not chosen:
        raise InputError(
            f"{label}: is broken, or has no layer with shapes; give a file of geometry"
        )
    return chosen


def _layer(
    source: str, kind: str, name: str, encoding: str | None, where: str | None, *, alone: bool
) -> RawLayer:
    from pyogrio import raw

    guessing = encoding is None and _unstated(source, kind)
    options = OPTIONS.get(kind, {})
    meta, _, wkb, fields = raw.read(
        source,
        layer=None if alone else name,
        # Latin-1 keeps every byte, to be read again in the encoding that is guessed
        encoding="ISO-8859-1" if guessing else encoding if kind == "ESRI Shapefile" else None,
        where=where,
        **options,
    )
    if wkb is None:
        wkb = np.full(len(fields[0]) if len(fields) else 0, None, dtype=object)
    parsed = from_wkb(without_single_points(wkb) if kind == "GPX" else wkb)
    columns = zip(meta["fields"], fields, strict=True)
    attributes = {str(key): np.asarray(column) for key, column in columns}
    used, guessed = encoding or str(meta["encoding"] or "utf-8"), False
    if guessing:
        used, guessed = _decode(attributes)
    faults = _lost(source, kind, parsed.geometry) | parsed.faults
    crs = meta["crs"]
    taken = kind.startswith("GeoJSON") and crs in ("EPSG:4326", "EPSG:4979")
    stated = crs is not None and not taken
    if kind in LONLAT and crs is None:
        crs = "EPSG:4326"
    if crs == "EPSG:4979":  # GDAL's way to say that GeoJSON has heights
        crs = "EPSG:4326"
    shapes = with_whole_heights(parsed.geometry) if kind == "GPX" else parsed.geometry
    return RawLayer(name, shapes, faults, attributes, crs, stated, used, guessed)


def linear_again(source: str, layer: str | None, parsed: Parsed, fids: NDArray[np.int64]) -> Parsed:
    """Shapes that could not be made, read once more with their curves drawn straight."""
    from pyogrio import raw

    places = np.array(sorted(parsed.faults), dtype=np.int64)
    _, _, wkb, _ = raw.read(source, layer=layer, columns=[], fids=fids[places])
    again = from_wkb(wkb)
    shapes = parsed.geometry.copy()
    shapes[places] = again.geometry
    return Parsed(shapes, {int(places[index]): why for index, why in again.faults.items()})


def _unstated(source: str, kind: str) -> bool:
    if kind != "ESRI Shapefile":
        return False
    if source.startswith(ZIPPED):
        path, _, inside = source.removeprefix(ZIPPED).partition("}/")
        return not encodings.zipped_shapefile_states(Path(path), inside)
    return not encodings.shapefile_states(Path(source))


def _decode(attributes: dict[str, NDArray[np.generic]]) -> tuple[str, bool]:
    """Texts that were read byte by byte, in the encoding that they most likely have."""
    texts = [key for key, column in attributes.items() if column.dtype == object]
    data = b"\n".join(
        value.encode("latin-1") for key in texts for value in attributes[key] if value
    )
    if data.isascii():
        return "utf-8", False
    used = encodings.guess(data)
    for key in texts:
        attributes[key] = np.array(
            [
                value.encode("latin-1").decode(used, "replace") if isinstance(value, str) else value
                for value in attributes[key]
            ],
            dtype=object,
        )
    return used, used != "utf-8"


def _lost(source: str, kind: str, geometry: NDArray[np.object_]) -> dict[int, str]:
    """Geometries of a GeoJSON file that GDAL passed over without a word."""
    gone = [int(i) for i in np.flatnonzero([shape is None for shape in geometry])]
    if not gone or kind != "GeoJSON" or source.startswith("/vsi"):
        return {}
    try:
        data = json.loads(Path(source).read_text(encoding="utf-8-sig"))
        features = data["features"] if isinstance(data.get("features"), list) else [data]
    except (ValueError, OSError, AttributeError, RecursionError):
        return {}
    if len(features) != len(geometry):
        return {}
    return {i: "geometry that cannot be read" for i in gone if has_geometry(features[i])}


def has_geometry(feature: JsonValue) -> bool:
    """Whether a feature of GeoJSON says where it is."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return geometry is not None
    return bool(geometry.get("coordinates") or geometry.get("geometries"))


def linear_wkt(text: str) -> BaseGeometry | None:
    """A geometry of curves as straight pieces; None where it is none."""
    from pyogrio import raw

    with tempfile.TemporaryDirectory() as folder, quiet():
        path = Path(folder) / "curve.csv"
        path.write_text('WKT\n"' + text.replace('"', "") + '"\n', encoding="utf-8")
        try:
            _, _, wkb, _ = raw.read(str(path))
        except (RuntimeError, ValueError):
            return None
    return from_wkb(wkb).geometry[0] if len(wkb) else None
