"""Signs as QGIS writes them: the symbol of a style, as XML."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from shekara.scene import Style
from shekara.scene.model import Kind

TYPES: Mapping[Kind, str] = {"point": "marker", "line": "line", "polygon": "fill"}
MARKERS = {
    "circle": "circle", "square": "square", "triangle": "triangle", "diamond": "diamond",
    "star": "star", "cross": "cross_fill",
}  # fmt: skip
# Qt's brush patterns: b_diagonal rises to the right as "/" does.
HATCHES = {
    "/": "b_diagonal", "\\": "f_diagonal", "|": "vertical", "-": "horizontal",
    "x": "diagonal_x", "+": "cross", ".": "dense6", "o": "dense5",
}  # fmt: skip
HEAD_PT = 4.0  # an arrow's head, in widths of its line, as on the page
POINT = "Point"  # QGIS's unit of 1/72 inch


def symbol(
    style: Style, kind: Kind, name: str, size: str | None = None, width: str | None = None
) -> Element:
    """The symbol of a style.

    Parameters
    ----------
    style
        Lengths in points.
    kind
        Of the features.
    name
        Of the symbol in its renderer.
    size, width
        QGIS expressions of a diameter or a width in points, where they follow an attribute.
    """
    element = Element(
        "symbol", type=TYPES[kind], name=name, alpha=f"{style.opacity:g}", clip_to_extent="1",
        force_rhr="0",
    )  # fmt: skip
    if kind == "point":
        _marker(element, style, size)
    elif kind == "line":
        _stroke(element, style, width)
        if style.arrow:
            _arrow(element, style, width)
    else:
        _area(element, style)
    return element


def colour(code: str, opacity: float = 1.0) -> str:
    """Red, green, blue, alpha from 0 to 255.

    >>> colour("#ff8000", 0.5)
    '255,128,0,128'
    """
    parts = [int(code[place : place + 2], 16) for place in (1, 3, 5)]
    return ",".join(str(part) for part in (*parts, int(255 * opacity + 0.5)))


def options(parent: Element, values: Mapping[str, str]) -> None:
    """A map of properties, each a text."""
    table = SubElement(parent, "Option", type="Map")
    for key, value in values.items():
        SubElement(table, "Option", type="QString", name=key, value=value)


def driven(parent: Element, expressions: Mapping[str, str]) -> None:
    """Properties that follow an expression on each feature's attributes."""
    holder = SubElement(parent, "data_defined_properties")
    table = SubElement(holder, "Option", type="Map")
    SubElement(table, "Option", type="QString", name="name", value="")
    properties = SubElement(table, "Option", type="Map", name="properties")
    for name, expression in expressions.items():
        entry = SubElement(properties, "Option", type="Map", name=name)
        SubElement(entry, "Option", type="bool", name="active", value="true")
        SubElement(entry, "Option", type="QString", name="expression", value=expression)
        SubElement(entry, "Option", type="int", name="type", value="3")
    SubElement(table, "Option", type="QString", name="type", value="collection")


def _layer(parent: Element, of: str, values: Mapping[str, str]) -> Element:
    layer = SubElement(parent, "layer", {"class": of, "enabled": "1", "locked": "0", "pass": "0"})
    options(layer, values)
    return layer


def _marker(parent: Element, style: Style, size: str | None) -> None:
    if style.marker not in MARKERS:
        _icon(parent, style, size)
        return
    layer = _layer(
        parent,
        "SimpleMarker",
        {
            "name": MARKERS[style.marker],
            "color": colour(style.fill or style.color, style.fill_opacity if style.fill else 0.0),
            "outline_color": colour(style.color),
            "outline_width": f"{min(style.width, 0.9):g}",
            "outline_width_unit": POINT,
            "outline_style": "solid" if style.width > 0 else "no",
            "size": f"{style.size:g}",
            "size_unit": POINT,
            "scale_method": "diameter",
        },
    )
    if size is not None:
        driven(layer, {"size": size})


def _icon(parent: Element, style: Style, size: str | None) -> None:
    """An icon as a drawing written into the style itself."""
    fill = style.fill or style.color
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-0.5 -0.5 1 1">'
        f'<path d="{style.marker}" fill="{fill}"/></svg>'
    )
    layer = _layer(
        parent,
        "SvgMarker",
        {
            "name": f"base64:{b64encode(drawing.encode()).decode()}",
            "color": colour(fill, style.fill_opacity),
            "size": f"{style.size:g}",
            "size_unit": POINT,
            "scale_method": "diameter",
        },
    )
    if size is not None:
        driven(layer, {"size": size})


def _stroke(parent: Element, style: Style, width: str | None = None) -> None:
    dash = style.dash if len(style.dash) % 2 == 0 else style.dash * 2
    layer = _layer(
        parent,
        "SimpleLine",
        {
            "line_color": colour(style.color),
            "line_width": f"{style.width:g}",
            "line_width_unit": POINT,
            "line_style": "solid" if style.width > 0 else "no",
            "capstyle": "flat" if dash else "round",
            "joinstyle": "round",
            "use_custom_dash": "1" if dash else "0",
            "customdash": ";".join(f"{step:g}" for step in dash) or "5;2",
            "customdash_unit": POINT,
        },
    )
    if width is not None:
        driven(layer, {"outlineWidth": width})


def _arrow(parent: Element, style: Style, width: str | None) -> None:
    layer = _layer(parent, "MarkerLine", {"placement": "lastvertex", "rotate": "1", "offset": "0"})
    head = SubElement(
        layer, "symbol", type="marker", name=f"@{parent.get('name')}@1", alpha="1",
        clip_to_extent="1", force_rhr="0",
    )  # fmt: skip
    sign = _layer(
        head,
        "SimpleMarker",
        {
            "name": "filled_arrowhead",
            "color": colour(style.color),
            "outline_style": "no",
            "size": f"{HEAD_PT * style.width:g}",
            "size_unit": POINT,
            "scale_method": "diameter",
        },
    )
    if width is not None:
        driven(sign, {"size": f"{HEAD_PT:g} * ({width})"})


def _area(parent: Element, style: Style) -> None:
    if style.fill:
        fill = {
            "color": colour(style.fill, style.fill_opacity),
            "style": "solid",
            "outline_style": "no",
        }
        _layer(parent, "SimpleFill", fill)
    if style.hatch:
        hatch = {
            "color": colour(style.color, 0.9),
            "style": HATCHES[style.hatch],
            "outline_style": "no",
        }
        _layer(parent, "SimpleFill", hatch)
    if style.width > 0 or not (style.fill or style.hatch):
        _stroke(parent, style)
