"""What the command ``shekara zones`` does, apart from the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd

from shekara.median.options import parse_distance_m, parse_effects
from shekara.median.reading import AS_FILES_SAY, Reading, Say
from shekara.median.tables.files import write_table
from shekara.median.zones.breadths import Breadths
from shekara.median.zones.zones import Zones, zones


def zones_command(
    file: Path,
    *,
    by: str,
    breadths: tuple[str, str, str],
    written: Mapping[str, Path | None],
    effect: Sequence[str] = (),
    where: str | None = None,
    reading: Reading = AS_FILES_SAY,
    say: Say | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Make the zones of a file, write what is asked for, return a summary for JSON.

    ``breadths`` are those of territorial sea, contiguous and economic zone, such as 12M or none.
    Further options are those of `shekara.median.zones`, files instead of tables.
    """
    files = ("land", "baselines", "low_tide", "foot_of_slope")
    tables: dict[str, Any] = {
        name: reading.optional(options.pop(name, None), say) for name in files
    }
    result = zones(
        reading.table(file, where, say),
        by=by,
        effect=parse_effects(effect) or None,
        breadths=parse_breadths(*breadths),
        **tables,
        **options,
    )
    every = {
        "zones": result.zones,
        "arcs": result.arcs,
        "overlaps": result.overlaps,
        "bays": result.bays,
    }
    for name, path in written.items():
        if path is not None:
            write_table(every[name], path)
    if say is not None:
        for text in result.remarks:
            say(text)
    return summary(result, written)


def parse_breadths(territorial: str, contiguous: str, economic: str) -> Breadths:
    """Breadths in words: lengths, or none for a zone that is left out."""
    outer = [
        None if text.strip().lower() == "none" else parse_distance_m(text)
        for text in (contiguous, economic)
    ]
    return Breadths(parse_distance_m(territorial), *outer)


def summary(result: Zones, written: Mapping[str, Path | None]) -> dict[str, Any]:
    """The figures of zones as plain numbers and texts."""

    def rows(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
        bare = table.drop(columns=table.geometry.name)
        return [{str(key): value for key, value in row.items()} for row in bare.to_dict("records")]

    return {
        "ellipsoid": result.ellipsoid,
        "edges": result.edges,
        "owners": list(result.owners),
        "zones": rows(result.zones),
        "overlaps": rows(result.overlaps),
        "bays": rows(result.bays),
        "arcs": len(result.arcs),
        "remarks": list(result.remarks),
        "written": {name: str(path) for name, path in written.items() if path is not None},
    }
