"""Damage that GDAL passes over without a word: files cut short, positions that are no numbers.

It reads a position such as "51,2" or "x" as 51 or 0, and takes a shape that it cannot find for
none. Such a file is refused here, before it is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from shekara.errors import InputError

NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
TUPLE = rb"%(n)s\s*,\s*%(n)s(?:\s*,\s*(?:%(n)s)?)?" % {b"n": NUMBER}
TUPLES = re.compile(rb"\s*(?:%(t)s(?:\s+%(t)s)*)?\s*" % {b"t": TUPLE})
NUMBERS = re.compile(rb"\s*(?:%(n)s(?:\s+%(n)s)*)?\s*" % {b"n": NUMBER})
COORDINATES = re.compile(rb"<(?:\w+:)?coordinates\s*>([^<]*)<")  # without separators of its own
POSITIONS = re.compile(rb"<(?:\w+:)?pos(?:List)?(?:\s[^>]*)?>([^<]*)<")
POINT = re.compile(rb"<(?:\w+:)?(?:wpt|rtept|trkpt)\b([^>]*)>")
ANGLES = re.compile(rb"""\b(lat|lon)\s*=\s*["']\s*(?:%s)\s*["']""" % NUMBER)
# A number with a decimal comma where a position begins: of a line, or after the name of a shape.
MIF_COMMA = re.compile(
    rb"(?mi)^[ \t]*(?:(?:point|line|rect|roundrect|ellipse|arc)[ \t]+)?([-+]?\d+,\d+)[ \t]"
)
SHOWN = 40  # characters of a text that is no position


def refuse_damage(content: bytes, label: str, kind: str) -> None:
    """Refuse a file of which a shape or a position would be read as another.

    Parameters
    ----------
    content : bytes
        All of the file.
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
    for place, why in look(content):
        where = label
        if place is not None:
            number = content.count(b"\n", 0, place) + 1
            where = f"{label}: line {number}"
        raise InputError(f"{where}: {why}")


def _kml(content: bytes) -> Iterator[tuple[int | None, str]]:
    for match in COORDINATES.finditer(content):
        if not TUPLES.fullmatch(match[1]):
            why = f"{_shown(match[1], TUPLE)} is no position; write longitude,latitude[,height]"
            yield match.start(1), f"{why} with a point for decimals, and spaces between positions"
    if b"<NetworkLink" in content and b"<Placemark" not in content:
        why = "only leads to other files or addresses, which are never opened"
        yield None, f"{why}; give the file that holds the shapes"


def _gml(content: bytes) -> Iterator[tuple[int | None, str]]:
    for match in COORDINATES.finditer(content):
        if not TUPLES.fullmatch(match[1]):
            yield match.start(1), f"{_shown(match[1], TUPLE)} is no position; write x,y"
    for match in POSITIONS.finditer(content):
        if not NUMBERS.fullmatch(match[1]):
            why = f"{_shown(match[1], NUMBER)} is no number"
            yield match.start(1), f"{why}; write positions with a point for decimals"


def _gpx(content: bytes) -> Iterator[tuple[int | None, str]]:
    for match in POINT.finditer(content):
        if set(ANGLES.findall(match[1])) != {b"lat", b"lon"}:
            why = f"{_text(match[1])} is no position"
            yield match.start(1), f'{why}; write lat="…" lon="…" with a point for decimals'


def _mif(content: bytes) -> Iterator[tuple[int | None, str]]:
    for match in MIF_COMMA.finditer(content):
        yield match.start(1), f"{_text(match[1])} is no number; write a point for decimals"


def _shapefile(content: bytes) -> Iterator[tuple[int | None, str]]:
    due = 2 * int.from_bytes(content[24:28], "big")
    if len(content) < due:
        why = f"is cut short: {len(content):,} of {due:,} bytes are there"
        yield None, f"{why}; copy it anew"


def _topology(content: bytes) -> Iterator[tuple[int | None, str]]:
    try:
        topology = json.loads(content.decode("utf-8-sig"))
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


def _shown(text: bytes, form: bytes) -> str:
    """The first word that is not of a form, or the whole text where words are not at fault."""
    odd = (word for word in text.split() if not re.fullmatch(form, word))
    return _text(next(odd, text))


def _text(text: bytes) -> str:
    return repr(text.decode("utf-8", "replace").strip()[:SHOWN])


LOOKS: Mapping[str, Callable[[bytes], Iterator[tuple[int | None, str]]]] = {
    "KML": _kml, "GML": _gml, "GPX": _gpx, "MapInfo File": _mif, "ESRI Shapefile": _shapefile,
    "TopoJSON": _topology,
}  # fmt: skip


def refuse_damaged_file(path: Path, label: str, kind: str) -> None:
    """The same for a file by its path, and for what must lie beside it.

    Raises
    ------
    InputError
        See `refuse_damage`.
    """
    if kind not in LOOKS:
        return
    refuse_damage(path.read_bytes(), label, kind)
    if kind == "ESRI Shapefile" and not _beside(path, ".shx"):
        raise InputError(f"{label}: lacks its .shx; copy all parts of the Shapefile")


def _beside(path: Path, ending: str) -> bool:
    return any(path.with_suffix(case).exists() for case in (ending, ending.upper()))
