"""An SVG of plain shapes: what a sheet can draw of it, and what is refused.

An SVG is untrusted. Its elements and attributes are looked at wherever they stand, drawn or not,
since a page carries the file as it is: what could run, load or look different there is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from typing import NoReturn
from xml.etree import ElementTree

from shekara.errors import InputError
from shekara.pictures.transform import Matrix, matrix_of, number, times

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
SILENT = frozenset({"title", "desc", "metadata"})  # for people; nothing is drawn
# What a shape may be told, as attributes or as declarations of `style`.
LOOKS = ("fill", "stroke", "stroke-width", "opacity", "fill-opacity", "stroke-opacity",
         "fill-rule", "visibility")  # fmt: skip
# What a page would do and a sheet does not, wherever it is said; a few of them only in `style`.
UNDRAWN = frozenset({"clip-path", "mask", "filter"})
OF_STYLE = UNDRAWN | {"transform", "translate", "scale", "rotate", "d", "x", "y", "width", "height",
                      "cx", "cy", "r", "rx", "ry"}  # fmt: skip
NAMESPACE = "{http://www.w3.org/2000/svg}"
XHTML = "{http://www.w3.org/1999/xhtml}"
# Elements of whatever namespace that may run or load something in one program or another.
RUNNING = frozenset({"script", "style", "iframe", "object", "embed", "link", "handler", "listener"})
DEEPEST = 50  # groups within groups
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
    evenodd: bool = False  # the rule by which a shape that overlaps itself is filled


def read_svg(data: bytes) -> tuple[float, float, tuple[Outline, ...]]:
    """Width and height of an SVG in its own units, and its shapes in their order.

    Raises
    ------
    InputError
        It is no SVG in UTF-8, has more than plain shapes, or draws nothing.
    """
    _look_at_text(data)
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise InputError(f"is no SVG that can be read ({error}); save it anew") from error
    if root.tag != f"{NAMESPACE}svg":
        _refuse('is no SVG: its first element is not <svg xmlns="http://www.w3.org/2000/svg">')
    for element in root.iter():
        _look_at(element, root)
    left, top, width, height = _window(root)
    look = _look(root, {})
    shown = () if _hidden(root) else _drawn(root, (1.0, 0.0, 0.0, 1.0, -left, -top), look, 1)
    outlines = tuple(shown)
    if not outlines:
        _refuse("draws nothing: it has no shape with a fill or a stroke; let one be seen")
    return width, height, outlines


def _look_at_text(data: bytes) -> None:
    """Refuse what a parser would do before there are any elements."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    declared = re.match(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", text)
    if "\0" in text or (declared and declared[1].lower() not in ("utf-8", "us-ascii")):
        _refuse("is not in UTF-8; save it as plain SVG in UTF-8")
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        _refuse("has a DOCTYPE or entities; save it as plain SVG")
    if told := re.search(r"<\?(?!xml\s)[^\s?>]*", text, re.IGNORECASE):
        _refuse(f"has an instruction {told[0]}; a logo neither runs nor loads anything: delete it")


def _look_at(element: ElementTree.Element, root: ElementTree.Element) -> None:
    """Refuse an element that is no plain shape, and attributes that run or load something."""
    tag = str(element.tag)
    name, of_svg = tag.rpartition("}")[2], tag.startswith(NAMESPACE)
    plain = element is root or name == "g" or name in SHAPES or name in SILENT
    if of_svg and not plain and not (name == "defs" and not len(element)):
        _refuse(
            f"has <{name}>; a logo holds plain shapes: {', '.join(sorted(SHAPES))} in <g> "
            "(turn text into paths, take out gradients, filters, pictures, scripts and styles)"
        )
    if not of_svg and (tag.startswith(XHTML) or name.lower() in RUNNING or "}" not in tag):
        _refuse(f"has <{name}>, which is no part of SVG; delete it, or save it as plain SVG")
    for key, value in element.attrib.items():
        bare = key.rpartition("}")[2].lower()
        if bare.startswith("on") or bare.endswith("href"):
            _refuse(f"has an attribute {bare}; a logo neither runs nor loads anything: delete it")
        if of_svg and "url(" in value.lower():
            _refuse(f"has {bare} = {value!r}; a logo looks nothing up: use #rrggbb, or delete it")
    if of_svg:
        _look_at_style(element, root)


def _look_at_style(element: ElementTree.Element, root: ElementTree.Element) -> None:
    """Refuse what would look different on a page and on a sheet."""
    style = element.get("style", "")
    if "\\" in style or "/*" in style:
        _refuse(f"has style = {style!r}; write it without comments and escapes")
    told = _declared(element)
    unlike = OF_STYLE - {"width", "height"} if element is root else OF_STYLE  # a page sizes it
    said = [(key, told[key]) for key in sorted(unlike) if key in told]
    said += [(key, element.get(key, "none").strip()) for key in UNDRAWN]
    if element is root:
        said.append(("transform", element.get("transform", "none")))
    for key, value in said:
        if value.lower() not in ("none", "auto"):
            _refuse(f"has {key} = {value!r}, which a sheet cannot draw; draw the shape itself so")


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
    parent: ElementTree.Element, matrix: Matrix, look: Mapping[str, str], depth: int
) -> Iterator[Outline]:
    """The shapes of a group that can be seen, in the order in which they are drawn."""
    if depth > DEEPEST:
        _refuse(f"has more than {DEEPEST} groups within each other; ungroup them")
    for element in parent:
        name = element.tag.removeprefix(NAMESPACE)
        if (name != "g" and name not in SHAPES) or _hidden(element):
            continue  # a note of the program that drew it, or a layer that is switched off
        told = _look(element, look)
        placed = times(matrix, matrix_of(element.get("transform", "")))
        if name == "g":
            yield from _drawn(element, placed, told, depth + 1)
        elif told.get("visibility", "visible") == "visible":
            outline = _outline(element, placed, told)
            if outline is not None:
                yield outline


def _declared(element: ElementTree.Element) -> dict[str, str]:
    """What the style of an element says, by the names of its properties."""
    parts = (part.partition(":") for part in element.get("style", "").split(";"))
    return {
        key.strip().lower(): re.sub(r"\s*!\s*important$", "", value.strip(), flags=re.IGNORECASE)
        for key, _, value in parts
        if value.strip()
    }


def _hidden(element: ElementTree.Element) -> bool:
    """Whether an element is not drawn, nor what is in it."""
    said = _declared(element).get("display", element.get("display", "inline"))
    return said.strip().lower() == "none"


def _look(element: ElementTree.Element, outer: Mapping[str, str]) -> dict[str, str]:
    """What holds for an element: what it says, else what its group says."""
    told = _declared(element)
    told |= {
        key: element.get(key, "").strip() for key in LOOKS if key not in told and element.get(key)
    }
    told = {key: value for key, value in told.items() if key in LOOKS and value != "inherit"}
    if "visibility" in told:
        told["visibility"] = told["visibility"].lower()
    merged = {**outer, **told}
    if "opacity" in told and "opacity" in outer:
        merged["opacity"] = str(number(told["opacity"]) * number(outer["opacity"]))
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
    steps = tuple(_steps(pen.value))
    if not all(map(isfinite, chain.from_iterable(at for _, points in steps for at in points))):
        _refuse("has a shape that reaches beyond all numbers; draw it anew")
    whole = _share(look.get("opacity", "1"))
    grown = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    return Outline(
        steps, fill, stroke,
        number(look.get("stroke-width", "1")) * grown,
        whole * _share(look.get("fill-opacity", "1")),
        whole * _share(look.get("stroke-opacity", "1")),
        look.get("fill-rule", "nonzero").lower() == "evenodd",
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


def _share(text: str) -> float:
    """How opaque, 0 to 1; what lies beyond counts as the nearer end (CSS Color 4, 3)."""
    return min(max(number(text), 0.0), 1.0)


def _refuse(rule: str) -> NoReturn:
    raise InputError(rule)
