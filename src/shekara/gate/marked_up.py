"""Positions in KML, GML and GPX that are no numbers, as a parser of XML comes by them.

Only elements of shapes are looked at: what comments, descriptions and attributes of features hold
is no position, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from xml.parsers import expat

Found = tuple[int | None, str]  # a line, and what is wrong there
Check = Callable[[str], str | None]  # what is wrong with a text
Attributes = Mapping[str, str]

CHUNK_BYTES = 2**20
SHOWN = 40  # characters of a text that is no position
NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
IS_NUMBER = re.compile(NUMBER)
# A height may be missing, or be NaN: that much is known of it.
IS_TUPLE = re.compile(rf"{NUMBER},{NUMBER}(?:,(?:{NUMBER}|[nN][aA][nN])?)?")
KML_SHAPES = ("Point", "LineString", "LinearRing")
GML_SHAPES = re.compile(
    r"Point|LineString|LinearRing|Geodesic(String)?|LineStringSegment|"
    r"(Arc|Circle|BSpline|CubicSpline|Bezier|Clothoid)\w*"
)
GPX_POINTS = {"wpt": ("gpx",), "rtept": ("rte",), "trkpt": ("trkseg",)}


def kml(file: BinaryIO, _size: int) -> Iterator[Found]:
    """What is wrong in a KML file; lazily, so that it need not be read to its end."""
    look = _Look(_of_kml)
    yield from look.through(file)
    if "NetworkLink" in look.names and "Placemark" not in look.names:
        why = "only leads to other files or addresses, which are never opened"
        yield None, f"{why}; give the file that holds the shapes"


def gml(file: BinaryIO, _size: int) -> Iterator[Found]:
    """What is wrong in a GML file; see `kml`."""
    yield from _Look(_of_gml).through(file)


def gpx(file: BinaryIO, _size: int) -> Iterator[Found]:
    """What is wrong in a GPX file; see `kml`."""
    yield from _Look(_of_gpx).through(file)


def shown(text: str) -> str:
    """The beginning of a text, as messages quote it."""
    return repr(text.strip()[:SHOWN])


class _Look:
    """Handlers of one parser: the text of each element that a format asks for is checked.

    Parameters
    ----------
    asked : callable
        What checks the text of an element, by its name, the name it stands in, and its attributes;
        None where it holds no position. A check of attributes takes any text.
    """

    def __init__(self, asked: Callable[[str, str, Attributes], Check | None]) -> None:
        self.names: set[str] = set()
        self._asked = asked
        self._within: list[str] = []
        self._wrong: list[Found] = []
        self._check: Check | None = None
        self._depth, self._line = 0, 0
        self._text: list[str] = []
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._entity

    def through(self, file: BinaryIO) -> Iterator[Found]:
        """What is wrong in a file, up to where it is no XML: that is for GDAL to say."""
        try:
            while chunk := file.read(CHUNK_BYTES):
                self._parser.Parse(chunk, False)
                yield from self._wrong
                self._wrong.clear()
            self._parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):  # also of an encoding
            pass
        yield from self._wrong

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.names.add(local)
        within = self._within
        check = self._asked(local, within[-1] if within else "", attributes)
        within.append(local)
        if check is not None and self._check is None:
            self._check, self._depth = check, len(within)
            self._line = self._parser.CurrentLineNumber
            self._parser.CharacterDataHandler = self._text.append

    def _end(self, _name: str) -> None:
        if self._check is not None and len(self._within) == self._depth:
            why = self._check("".join(self._text))
            if why is not None:
                self._wrong.append((self._line, why))
            self._check = None
            self._text.clear()
            self._parser.CharacterDataHandler = None
        self._within.pop()

    def _entity(self, *_said: object) -> None:
        why = "declares entities, which are never put in; write the texts out"
        self._wrong.append((self._parser.CurrentLineNumber, why))
        raise ValueError(why)  # before any of them is put in


def _of_kml(name: str, within: str, _attributes: Attributes) -> Check | None:
    if name == "coordinates" and within in KML_SHAPES:
        return _kml_tuples
    return _track_position if name == "coord" and within == "Track" else None


def _of_gml(name: str, within: str, attributes: Attributes) -> Check | None:
    if not GML_SHAPES.fullmatch(within):
        return None
    if name == "coordinates":
        usual = attributes.get("decimal", ".") == "." and attributes.get("cs", ",") == ","
        return _gml_tuples if usual and not attributes.get("ts", " ").strip() else None
    return _numbers if name in ("pos", "posList") else None


def _of_gpx(name: str, within: str, attributes: Attributes) -> Check | None:
    if within not in GPX_POINTS.get(name, ()):
        return None
    angles = [attributes.get(key, "").strip() for key in ("lat", "lon")]
    if all(IS_NUMBER.fullmatch(angle) for angle in angles):
        return None
    said = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    why = f"{shown(said)} is no position; write"
    return lambda _: f'{why} lat="…" lon="…" with a point for decimals'


def _kml_tuples(text: str) -> str | None:
    odd = _odd_tuple(text)
    if odd is None:
        return None
    why = f"{shown(odd)} is no position; write longitude,latitude[,height]"
    return f"{why} with a point for decimals, and spaces between positions"


def _gml_tuples(text: str) -> str | None:
    odd = _odd_tuple(text)
    return None if odd is None else f"{shown(odd)} is no position; write x,y"


def _odd_tuple(text: str) -> str | None:
    """The first position that is none; spaces beside a comma do not part positions."""
    joined = ",".join(part.strip() for part in text.split(","))
    return next((word for word in joined.split() if not IS_TUPLE.fullmatch(word)), None)


def _numbers(text: str) -> str | None:
    odd = next((word for word in text.split() if not IS_NUMBER.fullmatch(word)), None)
    if odd is None:
        return None
    return f"{shown(odd)} is no number; write positions with a point for decimals"


def _track_position(text: str) -> str | None:
    words = text.split()
    angles, height = words[:2], "".join(words[2:])
    is_position = len(angles) == 2 and all(IS_NUMBER.fullmatch(angle) for angle in angles)
    if is_position and (not height or IS_NUMBER.fullmatch(height) or height.lower() == "nan"):
        return None
    return f"{shown(text)} is no position; write longitude latitude height with points for decimals"
