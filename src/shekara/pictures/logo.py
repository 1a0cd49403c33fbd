"""The logo of an atlas, read with care: a PNG, or an SVG of plain shapes.

An SVG is untrusted: what is no plain shape is refused by its name. So there is nothing in it that
could run or load, and a sheet can draw all of it as paths.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

from shekara.errors import InputError

MOST_BYTES = 200_000  # a page carries it, and a sheet of each language
MOST_PIXELS = 4_000_000
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
SILENT = frozenset({"title", "desc", "metadata"})  # for people; nothing is drawn
# What a shape may be told, as attributes or as declarations of `style`.
LOOKS = ("fill", "stroke", "stroke-width", "opacity", "fill-opacity", "stroke-opacity", "fill-rule")
NAMESPACE = "{http://www.w3.org/2000/svg}"
Matrix = tuple[float, float, float, float, float, float]
UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Step = tuple[str, tuple[tuple[float, float], ...]]  # move, line, curve (cubic), close; its points


@dataclass(frozen=True)
class Outline:
    """A shape of a logo, y down from the upper left corner, in the logo's own units."""

    steps: tuple[Step, ...]
    fill: str  # "#rrggbb"; "" is none
    stroke: str
    width: float
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0


@dataclass(frozen=True)
class Logo:
    """A logo: the file's own bytes, its size in its own units, and its shapes where it is SVG."""

    kind: str  # "svg" or "png"
    data: bytes
    width: float
    height: float
    outlines: tuple[Outline, ...] = ()

    @property
    def media_type(self) -> str:
        """As a data address names it."""
        return "image/svg+xml" if self.kind == "svg" else "image/png"


def read_logo(path: Path) -> Logo:
    """A logo from its file.

    Raises
    ------
    InputError
        The file is too large, no picture, or an SVG with more than plain shapes.
    """
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        _refuse(f"has {len(data):,} bytes; {MOST_BYTES:,} are the most: simplify or shrink it")
    return _svg(data) if path.suffix.lower() == ".svg" else _png(data)


def _png(data: bytes) -> Logo:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                _refuse(f"has {width} × {height} pixels; {MOST_PIXELS:,} are the most: shrink it")
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise InputError("is no PNG that can be read; save it anew as PNG") from error
    return Logo("png", data, float(width), float(height))


def _svg(data: bytes) -> Logo:
    if re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        _refuse("has a DOCTYPE or entities; save it as plain SVG")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(f"is no SVG that can be read ({error}); save it anew") from error
    if root.tag != f"{NAMESPACE}svg":
        _refuse('is no SVG: its first element is not <svg xmlns="http://www.w3.org/2000/svg">')
    left, top, width, height = _window(root)
    outlines = tuple(_drawn(root, (1.0, 0.0, 0.0, 1.0, -left, -top), {}))
    if not outlines:
        _refuse("draws nothing: it has no shape with a fill or a stroke")
    return Logo("svg", data, width, height, outlines)


def _window(root: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is shown."""
    box = root.get("viewBox")
    given = (
        box.replace(",", " ").split()
        if box
        else ["0", "0", _size(root, "width"), _size(root, "height")]
    )
    try:
        left, top, width, height = (float(part) for part in given)
    except ValueError:
        _refuse("has no size: give its <svg> a viewBox")
    if not (0 < width < 1e6 and 0 < height < 1e6 and abs(left) < 1e6 and abs(top) < 1e6):
        _refuse("has no size: give its <svg> a viewBox with a width and a height")
    return left, top, width, height


def _size(root: ElementTree.Element, key: str) -> str:
    return (root.get(key) or "").removesuffix("px")


def _drawn(
    parent: ElementTree.Element, matrix: Matrix, look: Mapping[str, str]
) -> Iterator[Outline]:
    """The shapes of a group, in the order in which they are drawn."""
    for element in parent:
        name = element.tag.removeprefix(NAMESPACE) if isinstance(element.tag, str) else ""
        if (
            not name
            or name.startswith("{")
            or name in SILENT
            or (name == "defs" and not len(element))
        ):
            continue  # a comment, or a note of the program that drew it
        if name != "g" and name not in SHAPES:
            _refuse(
                f"has <{name}>; a logo holds plain shapes: {', '.join(sorted(SHAPES))} in <g> "
                "(turn text into paths, take out gradients, filters, pictures, scripts and styles)"
            )
        told = _look(element, look)
        placed = _times(matrix, _matrix(element.get("transform", "")))
        if name == "g":
            yield from _drawn(element, placed, told)
        elif (outline := _outline(element, placed, told)) is not None:
            yield outline


def _look(element: ElementTree.Element, outer: Mapping[str, str]) -> dict[str, str]:
    """What holds for an element: what it says, else what its group says."""
    for key in element.attrib:
        if key.lower().startswith("on") or key.lower().endswith("href"):
            _refuse(f"has an attribute {key}; a logo neither runs nor loads anything: delete it")
    declared = (part.partition(":") for part in element.get("style", "").split(";"))
    told = {key.strip(): value.strip() for key, _, value in declared if value.strip()}
    told |= {
        key: element.get(key, "").strip() for key in LOOKS if key not in told and element.get(key)
    }
    merged = {key: value for key, value in {**outer, **told}.items() if key in LOOKS}
    if "opacity" in told and "opacity" in outer:
        merged["opacity"] = str(_number(told["opacity"]) * _number(outer["opacity"]))
    return merged


def _outline(
    element: ElementTree.Element, matrix: Matrix, look: Mapping[str, str]
) -> Outline | None:
    from fontTools.pens.recordingPen import RecordingPen  # type: ignore[import-untyped]
    from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
    from fontTools.svgLib.path import PathBuilder, parse_path  # type: ignore[import-untyped]

    fill, stroke = _colour(look.get("fill", "#000000")), _colour(look.get("stroke", "none"))
    if not fill and not stroke:
        return None
    bare = ElementTree.Element(
        element.tag, {key: value for key, value in element.attrib.items() if key != "transform"}
    )
    builder, pen = PathBuilder(), RecordingPen()
    try:
        builder.add_path_from_element(bare)
        for path in builder.paths:
            parse_path(path, TransformPen(pen, matrix))
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AssertionError,
        NotImplementedError,
    ) as error:
        name = element.tag.removeprefix(NAMESPACE)
        raise InputError(f"has a <{name}> that cannot be read ({error}); draw it anew") from error
    whole = _number(look.get("opacity", "1"))
    grown = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    return Outline(
        tuple(_steps(pen.value)), fill, stroke,
        _number(look.get("stroke-width", "1")) * grown,
        whole * _number(look.get("fill-opacity", "1")),
        whole * _number(look.get("stroke-opacity", "1")),
    )  # fmt: skip


def _steps(recorded: list[tuple[str, tuple[tuple[float, float], ...]]]) -> Iterator[Step]:
    """What a pen drew, all curves cubic."""
    at = (0.0, 0.0)
    for name, points in recorded:
        if name in ("moveTo", "lineTo"):
            yield ("move" if name == "moveTo" else "line"), points
        elif name == "curveTo":
            yield "curve", points
        elif name == "qCurveTo":
            control, end = points[0], points[-1]
            first, second = _towards(at, control), _towards(end, control)
            yield "curve", (first, second, end)
        elif name == "closePath":
            yield "close", ()
        at = points[-1] if points else at


def _towards(end: tuple[float, float], control: tuple[float, float]) -> tuple[float, float]:
    """The cubic control point that stands for a quadratic one: two thirds of the way to it."""
    return end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1])


def _matrix(text: str) -> Matrix:
    """The matrix of a transform attribute."""
    matrix = UNTURNED
    rest = re.sub(r"\s*(matrix|translate|scale|rotate)\s*\(([^)]*)\)[\s,]*", "", text)
    if rest.strip():
        _refuse(f"has transform = {text!r}; use matrix, translate, scale or rotate")
    for name, inside in re.findall(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)", text):
        values = [_number(part) for part in inside.replace(",", " ").split()]
        matrix = _times(matrix, _single(name, values, text))
    return matrix


def _single(name: str, values: list[float], text: str) -> Matrix:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
        case "translate", [x, *more] if len(more) < 2:
            return 1.0, 0.0, 0.0, 1.0, x, more[0] if more else 0.0
        case "scale", [x, *more] if len(more) < 2:
            return x, 0.0, 0.0, more[0] if more else x, 0.0, 0.0
        case "rotate", [angle, *middle] if len(middle) in (0, 2):
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            x, y = middle or (0.0, 0.0)
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
    raise InputError(f"has transform = {text!r}, whose numbers are too few or too many")


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does the inner first."""
    a, b, c, d, e, f = outer

    def turned(x: float, y: float) -> tuple[float, float]:
        return a * x + c * y, b * x + d * y

    (x, y), (u, v), (left, top) = (turned(*inner[at : at + 2]) for at in (0, 2, 4))
    return x, y, u, v, left + e, top + f


def _colour(text: str) -> str:
    """A colour as "#rrggbb"; "" for none."""
    from matplotlib.colors import to_hex

    if text in ("none", "transparent"):
        return ""
    if match := re.fullmatch(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)", text):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    try:
        return to_hex("#000000" if text == "currentColor" else text.lower())
    except ValueError:
        _refuse(f"has the colour {text!r}; use #rrggbb, or a colour's name, or none")


def _number(text: str) -> float:
    try:
        value = float(text.strip().removesuffix("px"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        _refuse(f"has {text!r} where a number stands; write it without a unit")
    return value


def _refuse(rule: str) -> NoReturn:
    raise InputError(rule)
