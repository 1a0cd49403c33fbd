"""The shapes of a layer: geo/NAME.geojson, or the file of any format that the layer names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from shekara.atlas import geojson
from shekara.atlas.files import LayerFile
from shekara.atlas.paths import inside_with_parts, stays
from shekara.errors import InputError, Problem, UsageError
from shekara.where import matches

# Endings of files that shapes lie in, and that are no GeoJSON.
OTHERS = (".shp", ".gpkg", ".fgb", ".kml", ".kmz", ".gml", ".parquet", ".topojson", ".tab", ".zip")
REPAIR = "repair it, or take the file in with shekara add --repair"
SHOWN = 3  # features left out that are named singly; the rest are counted


def shapes_of(
    place: Path, name: str, file: LayerFile | None, problems: list[Problem]
) -> geojson.Features | None:
    """The features of a layer; None where there are none to be had, and `problems` says why."""
    label, geo = f"layers/{name}.toml", f"geo/{name}.geojson"
    if not stays(place, geo, problems):
        return None
    there = (place / geo).is_file()
    if file is not None and file.file is not None:
        if there:
            rule, remedy = f"stands beside {geo}", "delete that file, or this key"
            problems.append(Problem(label, "file", repr(file.file), rule, remedy))
            return None
        return own_file(place, label, file, problems)
    if file is not None:
        for key in ("layer", "crs", "encoding", "where"):
            if getattr(file, key):
                rule, remedy = "is of a layer with `file`", "add `file`, or delete the key"
                problems.append(Problem(label, key, repr(getattr(file, key)), rule, remedy))
    if not there:
        remedy = "add it, name another file with the key `file`, or delete the description"
        problems.append(Problem(geo, "", "", f"is missing, though {label} describes it", remedy))
        return None
    return geojson.read(place / geo, geo, problems)


def strays(place: Path) -> Iterator[Problem]:
    """Files in geo/ that no layer describes, or that an atlas does not read there."""
    for path in sorted((place / "geo").glob("*")):
        if path.suffix.lower() in OTHERS:
            remedy = (
                f"take it in with: shekara add {path} --atlas {place}; "
                f'or move it to data/ and name it in a layer: file = "data/{path.name}"'
            )
            yield Problem(f"geo/{path.name}", "", "", "is no GeoJSON", remedy)
        elif path.suffix == ".geojson" and not (place / f"layers/{path.stem}.toml").is_file():
            rule = f"has no layers/{path.stem}.toml that describes it"
            remedy = "write one with title, source, quality, or delete the file"
            yield Problem(f"geo/{path.name}", "", "", rule, remedy)


def own_file(
    place: Path, label: str, file: LayerFile, problems: list[Problem]
) -> geojson.Features | None:
    """What a layer's own file holds, brought to WGS 84; None where it cannot be read.

    Parameters
    ----------
    place
        Folder of the atlas, which the file does not leave.
    label
        Of the layer's TOML file.
    file
        The layer, with its `file`; `layer`, `crs` and `encoding` go to the gate, `where` chooses.
    problems
        Faults go here: an atlas takes a file whole, so a feature that the gate leaves out is one.
    """
    from shekara import gate  # late: an atlas of GeoJSON needs no GDAL
    from shekara.gate.plain import TEXT_TABLES, plain_columns, written_numbers

    name = file.file or ""
    try:
        path = inside_with_parts(place, name)
        if not path.is_file():
            raise InputError(f"{name}: there is no such file; put it there, or delete the key")
        features = gate.read_one(
            path, layer=file.layer, crs=file.crs, encoding=file.encoding, strict=True
        )
    except (InputError, UsageError) as error:
        rule, _, remedy = _said(error, place, name).partition("; ")
        problems.append(Problem(label, "file", repr(name), rule, remedy))
        return None
    for number, (index, why) in enumerate(features.left_out.items()):
        if number < SHOWN:
            rule, _, way = why.partition("; ")
            remedy = REPAIR if rule.startswith("is not valid") else way or "mend it"
            problems.append(Problem(name, f"features[{index}].geometry", "", rule, remedy))
    if len(features.left_out) > SHOWN:
        more = f"{len(features.left_out) - SHOWN} more"
        problems.append(Problem(name, "features", more, "have shapes that mean nothing", ""))
    frame = plain_columns(features.frame().to_crs("EPSG:4326"))
    frame = written_numbers(frame) if path.suffix.lower() in TEXT_TABLES else frame
    shape = frame.geometry.name
    rows = frame[[column for column in frame.columns if column != shape]].to_dict("records")
    chosen = [i for i, row in enumerate(rows) if matches(row, file.where)]
    if file.where and not chosen:
        remedy = "correct it, or delete the key"
        problems.append(Problem(label, "where", repr(file.where), "chooses no feature", remedy))
    geometry = np.empty(len(chosen), dtype=object)
    geometry[:] = [frame.geometry.iloc[index] for index in chosen]
    remarks = tuple(f"{name}: {remark}" for remark in features.remarks)
    read = geojson.on_one_globe(geometry, [rows[index] for index in chosen], name, problems)
    return read._replace(remarks=(*remarks, *read.remarks))


def _said(error: Exception, place: Path, name: str) -> str:
    """A message of the gate without the path of this machine."""
    text = str(error)
    for start in (place / name, Path(os.path.realpath(place / name))):
        text = text.replace(str(start), name)
    return text.removeprefix(f"{name}: ")
