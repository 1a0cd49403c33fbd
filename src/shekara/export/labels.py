"""Names beside features as QGIS writes them: which text, how large, where."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from shekara.colour import darkened
from shekara.export.rules import literal, name
from shekara.export.signs import POINT, colour, driven
from shekara.export.tables import Table
from shekara.i18n import FALLBACK

# As the page sets them: pixels are 3/4 of a point.
LARGEST_PT, QUIET_PT, SMALLEST_PT, STEP_PT = 12.0, 10.125, 8.25, 0.825
READABLE = 4.5  # contrast on white
# QgsPalLayerSettings::Placement: ordered places around a point, curved on a line, within an area.
PLACEMENTS = {"point": "6", "line": "3", "polygon": "4"}


def labeling(table: Table, lang: str, columns: Sequence[str]) -> Element | None:
    """The names of a table's features; None where it shows none."""
    if not any(feature.label for feature in table.shown.features):
        return None
    element = Element("labeling", type="simple")
    settings = SubElement(element, "settings", calloutType="simple")
    first = next(feature for feature in table.shown.features if feature.label)
    ink = "#1d1d1d" if table.shown.kind == "point" else darkened(
        first.style.color, "#ffffff", READABLE
    )  # fmt: skip
    text = SubElement(
        settings, "text-style", fieldName=text_of(table, lang, columns), isExpression="1",
        fontFamily="Sans Serif", fontSize=f"{_size(table, first.rank):g}", fontSizeUnit=POINT,
        textColor=colour(ink), textOpacity="1", fontItalic="0", fontWeight="50",
    )  # fmt: skip
    SubElement(
        text, "text-buffer", bufferDraw="1", bufferSize="0.9", bufferSizeUnits=POINT,
        bufferColor=colour("#ffffff"), bufferOpacity="0.8", bufferNoFill="1",
    )  # fmt: skip
    SubElement(
        settings, "placement", placement=PLACEMENTS[table.shown.kind], dist="2", distUnits=POINT,
        placementFlags="2", predefinedPositionOrder="R,L,TR,BR,TL,BL,TSR,BSR", priority="5",
        fitInPolygonOnly="0", offsetType="1",
    )  # fmt: skip
    SubElement(settings, "rendering", obstacle="1", displayAll="0", mergeLines="0")
    rank = table.layer.file.style.rank
    if isinstance(rank, str) and rank in columns:
        place = f"coalesce({name(rank)}, 5)"
        largest = QUIET_PT if table.shown.basemap else LARGEST_PT
        driven_by = {
            "Size": f"max({SMALLEST_PT:g}, {largest:g} - ({place} - 1) * {STEP_PT:g})",
            "Priority": f"max(0, 10 - {place})",
        }
        driven(settings, driven_by)
        settings[-1].tag = "dd_properties"
    return element


def text_of(table: Table, lang: str, columns: Sequence[str]) -> str:
    """The expression whose values are the labels that the map shows.

    A field, or the first of the names in the map's language, without one and in English; where
    labels are no field's values (numbers with units, words for codes) they are written down.
    """
    candidates = [[f"name_{lang}", "name", f"name_{FALLBACK}"]]
    candidates += [[f"{column}_{lang}", column] for column in columns]
    for fields in candidates:
        there = [field for field in fields if field in columns]
        if there and _same(table, there):
            return name(there[0]) if len(there) == 1 else f"coalesce({', '.join(map(name, there))})"
    cases = [
        f'WHEN "fid" = {fid} THEN {literal(feature.label)}'
        for fid, feature in zip(table.fids, table.shown.features, strict=True)
        if feature.label
    ]
    return f"CASE {' '.join(cases)} END"


def _same(table: Table, fields: Sequence[str]) -> bool:
    for index, feature in zip(table.rows, table.shown.features, strict=True):
        attributes = table.layer.properties[index]
        value = next((attributes[key] for key in fields if attributes.get(key)), "")
        if not isinstance(value, str) or value != feature.label:
            return False
    return True


def _size(table: Table, rank: int) -> float:
    largest = QUIET_PT if table.shown.basemap else LARGEST_PT
    return max(SMALLEST_PT, largest - (rank - 1) * STEP_PT)
