"""The extent of a map that names none: around what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from shapely.geometry.base import BaseGeometry

from shekara.atlas.model import Layer
from shekara.geometry.surrounding import box_around


def with_extent(table: Mapping[str, object], layers: Mapping[str, Layer]) -> dict[str, object]:
    """A map's table with `extent`, its own or that around its layers.

    Backgrounds (`basemap`) count only where the map shows nothing else.
    """
    if "extent" in table:
        return dict(table)
    entries = table.get("layers")
    shown = list(_shown(entries if isinstance(entries, list) else (), layers))
    front = [shape for background, shape in shown if not background]
    return {**table, "extent": box_around(front or [shape for _, shape in shown])}


def _shown(
    entries: Iterable[object], layers: Mapping[str, Layer]
) -> Iterator[tuple[bool, BaseGeometry | None]]:
    for entry in entries:
        table = entry if isinstance(entry, dict) else {"layer": entry}
        name, where = table.get("layer"), table.get("where")
        layer = layers.get(name) if isinstance(name, str) else None
        if layer is None:
            continue
        background = bool(table.get("basemap", layer.file.style.basemap))
        for index in layer.select(where if isinstance(where, dict) else None):
            yield background, layer.geometry[index]
