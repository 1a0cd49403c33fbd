"""What the command ``shekara zones`` does, apart from the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

from shekara.median.options import GroundOptions, parse_distance_m, parse_effects
from shekara.median.reading import AS_FILES_SAY, Reading, Say
from shekara.median.summaries import ZonesSummary, rows_of
from shekara.median.tables.files import refuse_one_file_twice, write_table
from shekara.median.zones.breadths import Breadths
from shekara.median.zones.zones import Zones, zones


def zones_command(  # noqa: PLR0913 - each is an option of the user
    file: Path,
    *,
    by: str,
    breadths: tuple[str, str, str],
    written: Mapping[str, Path | None],
    effect: Sequence[str] = (),
    where: str | None = None,
    reading: Reading = AS_FILES_SAY,
    say: Say | None = None,
    land: Path | None = None,
    baselines: Path | None = None,
    low_tide: Path | None = None,
    foot_of_slope: Path | None = None,
    **options: Unpack[GroundOptions],
) -> ZonesSummary:
    """Make the zones of a file, write what is asked for, return a summary for JSON.

    ``breadths`` are those of territorial sea, contiguous and economic zone, such as 12M or none.
    Further options are those of `shekara.median.zones`, files instead of tables.
    """
    refuse_one_file_twice({f"--{'out' if n == 'zones' else n}": x for n, x in written.items()})
    result = zones(
        reading.table(file, where, say),
        by=by,
        effect=parse_effects(effect) or None,
        breadths=parse_breadths(*breadths),
        land=reading.optional(land, say),
        baselines=reading.optional(baselines, say),
        low_tide=reading.optional(low_tide, say),
        foot_of_slope=reading.optional(foot_of_slope, say),
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


def summary(result: Zones, written: Mapping[str, Path | None]) -> ZonesSummary:
    """The figures of zones as plain numbers and texts."""

    return {
        "ellipsoid": result.ellipsoid,
        "edges": result.edges,
        "owners": list(result.owners),
        "zones": rows_of(result.zones),
        "overlaps": rows_of(result.overlaps),
        "bays": rows_of(result.bays),
        "arcs": len(result.arcs),
        "remarks": list(result.remarks),
        "written": {name: str(path) for name, path in written.items() if path is not None},
    }
