"""Damage that GDAL passes over without a word: files cut short, positions that are no numbers.

It reads a position such as "51,2" or "x" as 51 or 0, and takes a shape that it cannot find for
none. Such a file is refused here, before it is read.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from shekara.errors import InputError
from shekara.gate.marked_up import Found, gml, gpx, kml, shown

MIF_SHAPES = (b"point", b"line", b"rect", b"roundrect", b"ellipse", b"arc")
MIF_NUMBER = re.compile(rb"[-+]?[0-9]+(?:[.,][0-9]*)?(?:[eE][-+]?[0-9]+)?")
SHP_HEAD_BYTES = 28  # the last four of which say how long the file is


def refuse_damage(file: BinaryIO, size: int, label: str, kind: str) -> None:
    """Refuse a file of which a shape or a position would be read as another.

    Parameters
    ----------
    file : binary file
        Open at its beginning; no more of it is read than its format takes.
    size : int
        How many bytes it has.
    label : str
        What messages call it.
    kind : str
        Its format, from `shekara.gate.formats`.

    Raises
    ------
    InputError
        Names the first place, by its line where the format has lines.
    """
    look = LOOKS.get(kind)
    if look is None:
        return
    for line, why in look(file, size):
        where = label if line is None else f"{label}: line {line}"
        raise InputError(f"{where}: {why}")


def _mif(file: BinaryIO, _size: int) -> Iterator[Found]:
    quoted = False  # a text may run over lines
    for number, line in enumerate(file, 1):
        if line.count(b'"') % 2:
            quoted = not quoted
        if quoted or b'"' in line or b"," not in line:
            continue
        words = line.split()
        if words[0].lower() in MIF_SHAPES:
            words = words[1:]
        if len(words) > 1 and all(MIF_NUMBER.fullmatch(word) for word in words):
            odd = next(word for word in words if b"," in word).decode("ascii")
            yield number, f"{shown(odd)} is no number; write a point for decimals"


def _shapefile(file: BinaryIO, size: int) -> Iterator[Found]:
    due = 2 * int.from_bytes(file.read(SHP_HEAD_BYTES)[24:], "big")
    if size < due:
        why = f"is cut short: {size:,} of {due:,} bytes are there"
        yield None, f"{why}; copy it anew"


def _topology(file: BinaryIO, _size: int) -> Iterator[Found]:
    try:
        topology = json.loads(file.read().decode("utf-8-sig"))
        count = len(topology["arcs"])
        numbers = list(_arcs(topology["objects"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # for GDAL to say
    for number in numbers:
        if not -count <= number < count:
            yield None, f"names arc {number}, but has {count} arcs; make the file anew"


def _arcs(item: object) -> Iterator[int]:
    """The numbers of all arcs that objects name."""
    if isinstance(item, Mapping):
        for key, value in item.items():
            if key == "arcs":
                yield from _numbers(value)
            elif key != "properties":
                yield from _arcs(value)
    elif isinstance(item, list):
        for part in item:
            yield from _arcs(part)


def _numbers(item: object) -> Iterator[int]:
    if isinstance(item, list):
        for part in item:
            yield from _numbers(part)
    elif isinstance(item, int):
        yield item


LOOKS: Mapping[str, Callable[[BinaryIO, int], Iterator[Found]]] = {
    "KML": kml, "GML": gml, "GPX": gpx, "MapInfo File": _mif, "ESRI Shapefile": _shapefile,
    "TopoJSON": _topology,
}  # fmt: skip


def refuse_damaged_file(path: Path, label: str, kind: str) -> None:
    """The same for a file by its path, and for what must lie beside it.

    Raises
    ------
    InputError
        See `refuse_damage`.
    """
    with path.open("rb") as file:
        refuse_damage(file, path.stat().st_size, label, kind)
    if kind == "ESRI Shapefile" and not _beside(path, ".shx"):
        raise InputError(f"{label}: lacks its .shx; copy all parts of the Shapefile")


def refuse_damaged_in_zip(path: Path, inside: str, kind: str) -> None:
    """The same for one file of a zip, of which no more is unpacked than is looked at.

    Raises
    ------
    InputError
        See `refuse_damage`.
    """
    with zipfile.ZipFile(path) as archive, archive.open(inside) as file:
        size = archive.getinfo(inside).file_size
        refuse_damage(cast("BinaryIO", file), size, f"{path}: {inside}", kind)


def _beside(path: Path, ending: str) -> bool:
    return any(path.with_suffix(case).exists() for case in (ending, ending.upper()))
