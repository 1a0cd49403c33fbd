"""KML: features with names, attributes and colours, as Google Earth and others show them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.characters import clean, inert
from shekara.export.tables import Table
from shekara.scene import Feature, Style

SPACE = "http://www.opengis.net/kml/2.2"
ICON_PT = 18.0  # an icon of scale 1, about


def kml(table: Table, source: str, decimals: int = 7) -> str:
    """A layer as a KML document; positions on WGS 84, longitude and latitude, without heights.

    Edges are straight on the ground where KML draws them (``tessellate``). Signs are circles in
    the colour of their class: KML has neither hatches nor dashes.
    """
    root = Element("kml", xmlns=SPACE)
    document = SubElement(root, "Document")
    SubElement(document, "name").text = inert(table.shown.title)
    SubElement(document, "description").text = inert(source)
    styles: dict[Style, str] = {}
    for feature in table.shown.features:
        if feature.style not in styles:
            styles[feature.style] = f"s{len(styles)}"
            _style(document, feature.style, styles[feature.style])
    for index, feature in zip(table.rows, table.shown.features, strict=True):
        attributes = table.layer.properties[index]
        _placemark(document, feature, attributes, styles[feature.style], decimals)
    indent(root)
    text = tostring(root, encoding="unicode")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + clean(text) + "\n"


def colour(code: str, opacity: float) -> str:
    """KML's order: alpha, blue, green, red.

    >>> colour("#ff8000", 0.5)
    '800080ff'
    """
    red, green, blue = code[1:3], code[3:5], code[5:7]
    return f"{int(255 * opacity + 0.5):02x}{blue}{green}{red}".lower()


def _style(document: Element, style: Style, name: str) -> None:
    element = SubElement(document, "Style", id=name)
    icon = SubElement(element, "IconStyle")
    SubElement(icon, "color").text = colour(style.fill or style.color, style.opacity)
    SubElement(icon, "scale").text = f"{style.size / ICON_PT:.2f}"
    line = SubElement(element, "LineStyle")
    SubElement(line, "color").text = colour(style.color, style.opacity)
    SubElement(line, "width").text = f"{style.width:g}"
    area = SubElement(element, "PolyStyle")
    filled = style.fill or style.color
    SubElement(area, "color").text = colour(filled, style.fill_opacity * style.opacity)
    SubElement(area, "fill").text = "1" if style.fill else "0"


def _placemark(
    document: Element, feature: Feature, attributes: object, style: str, decimals: int
) -> None:
    element = SubElement(document, "Placemark")
    SubElement(element, "name").text = inert(feature.name or feature.label)
    if feature.start is not None or feature.end is not None:
        span = SubElement(element, "TimeSpan")
        for key, year in (("begin", feature.start), ("end", feature.end)):
            if year is not None and 1 <= year <= 9999:
                SubElement(span, key).text = f"{int(year):04d}"
    SubElement(element, "styleUrl").text = f"#{style}"
    if isinstance(attributes, dict) and attributes:
        data = SubElement(element, "ExtendedData")
        for key, value in attributes.items():
            if value is not None:
                entry = SubElement(data, "Data", name=inert(str(key)))
                SubElement(entry, "value").text = inert(str(value))
    if feature.geometry is not None:
        _geometry(element, feature.geometry, decimals)


def _geometry(parent: Element, shape: BaseGeometry, decimals: int) -> None:
    if hasattr(shape, "geoms"):
        parent = SubElement(parent, "MultiGeometry")
        for part in shape.geoms:
            _geometry(parent, part, decimals)
        return
    element = SubElement(parent, shape.geom_type)
    if shape.geom_type != "Point":
        SubElement(element, "tessellate").text = "1"
    if isinstance(shape, shapely.Polygon):
        shape = shapely.orient_polygons(shape)
        outer, inner = [shape.exterior], list(shape.interiors)
        for tag, rings in (("outerBoundaryIs", outer), ("innerBoundaryIs", inner)):
            for ring in rings:
                holder = SubElement(SubElement(element, tag), "LinearRing")
                SubElement(holder, "coordinates").text = _positions(ring, decimals)
    else:
        SubElement(element, "coordinates").text = _positions(shape, decimals)


def _positions(shape: BaseGeometry, decimals: int) -> str:
    points: Sequence[Sequence[float]] = shapely.get_coordinates(shape).tolist()
    return " ".join(f"{lon:.{decimals}f},{lat:.{decimals}f}" for lon, lat in points)
