"""What the commands ``shekara median`` and ``shekara limit`` do, apart from the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

from shekara.errors import UsageError
from shekara.median.delimitation.command import (
    Asked,
    delimit,
    delimitation_summary,
    points_with_ellipses,
    write_delimitation,
)
from shekara.median.divide import divide
from shekara.median.limit.limit import limit
from shekara.median.options import (
    DivideOptions,
    LimitOptions,
    parse_distance_m,
    parse_effects,
    parse_weights,
)
from shekara.median.reading import AS_FILES_SAY, Reading, Say
from shekara.median.summaries import DivisionSummary, LimitSummary
from shekara.median.tables.doubtful import COLUMNS as DOUBTFUL
from shekara.median.tables.doubtful import doubt_text
from shekara.median.tables.files import refuse_one_file_twice, write_table
from shekara.median.tables.result import Division


def median_command(  # noqa: PLR0913 - each is an option of the user
    file: Path,
    *,
    by: str,
    sea: Path | None = None,
    baselines: Path | None = None,
    out: Path | None = None,
    points: Path | None = None,
    sectors: Path | None = None,
    base_points: Path | None = None,
    doubtful: Path | None = None,
    effect: Sequence[str] = (),
    weight: Sequence[str] = (),
    where: str | None = None,
    sea_where: str | None = None,
    agreed: Path | None = None,
    asked: Asked | None = None,
    reading: Reading = AS_FILES_SAY,
    say: Say | None = None,
    **options: Unpack[DivideOptions],
) -> DivisionSummary:
    """Divide the water of a file, write what is asked for, return a summary for JSON.

    Further options are those of `shekara.median.divide`.
    """
    if sectors is not None and sea is None:
        raise UsageError("--sectors needs --sea FILE: without a sea there is nothing to share out")
    if sea_where is not None and sea is None:
        raise UsageError("--sea-where needs --sea FILE: it says which of its features is the sea")
    asked = asked or Asked()
    asked.check(agreed is not None)
    refuse_one_file_twice(
        {
            "--out": out, "--points": points, "--sectors": sectors, "--base-points": base_points,
            "--doubtful": doubtful, **asked.files,
        }
    )  # fmt: skip
    agreed_line = reading.optional(agreed, say)
    water = None if sea is None else reading.table(sea, sea_where, say)
    shores = reading.table(file, where, say)
    result = divide(
        shores,
        by=by,
        sea=water,
        weight=parse_weights(weight),
        effect=parse_effects(effect) or None,
        baselines=reading.optional(baselines, say),
        **options,
    )
    written = {
        "lines": (out, result.lines),
        "points": (points, points_with_ellipses(result, asked.accuracy_m)),
        "sectors": (sectors, result.sectors),
        "base_points": (base_points, result.base_points),
        "doubtful": (doubtful, result.doubtful),
    }
    for path, table in written.values():
        if path is not None and table is not None:
            write_table(table, path)
    if say is not None:
        for text in (*result.remarks, *map(doubt_text, result.doubtful.itertuples())):
            say(text)
    record = summary(result, {name: path for name, (path, _) in written.items()})
    if asked != Asked() or agreed_line is not None:
        # Alone: the file may have a column `owner` of its own.
        land = shores[[by, shores.geometry.name]].rename(columns={by: "owner"})
        whole = delimit(result, asked, agreed_line, water, land)
        record["written"] |= write_delimitation(whole, asked)
        record = {**record, **delimitation_summary(whole)}
    return record


def summary(result: Division, written: Mapping[str, Path | None]) -> DivisionSummary:
    """The figures of a division as plain numbers and texts."""
    nodes = result.points[result.points["kind"] != "turning point"]
    return {
        "ellipsoid": result.ellipsoid,
        "tolerance_m": result.tolerance_m,
        "owners": list(result.owners),
        "sites": result.sites,
        "turning_points": int((result.points["kind"] == "turning point").sum()),
        "largest_residual_m": float(result.points["residual_m"].max()) if len(result.points) else 0,
        "junctions": [
            {
                "owners": row.owners.split(" | "),
                "lon": row.lon,
                "lat": row.lat,
                "distance_m": row.distance_m,
            }
            for row in nodes.itertuples()
            if row.kind == "junction"
        ],
        "lines": [
            {
                "owner_a": row.owner_a,
                "owner_b": row.owner_b,
                "length_m": row.length_m,
                "points": int(row.points),
            }
            for row in result.lines.itertuples()
        ],
        "edges": result.edges,
        "datum": [
            {"operation": shift.name, "accuracy_m": shift.accuracy_m} for shift in result.datum
        ],
        "remarks": list(result.remarks),
        "doubtful": [
            {name: getattr(row, name) for name in DOUBTFUL} for row in result.doubtful.itertuples()
        ],
        "sea_m2": result.sea_m2,
        "sectors": None
        if result.sectors is None
        else [
            {"owner": row.owner, "area_m2": row.area_m2, "share": row.share}
            for row in result.sectors.itertuples()
        ],
        "written": {name: str(path) for name, path in written.items() if path is not None},
    }


def limit_command(
    file: Path,
    *,
    distance: str,
    land: Path | None = None,
    out: Path | None = None,
    where: str | None = None,
    reading: Reading = AS_FILES_SAY,
    say: Say | None = None,
    **options: Unpack[LimitOptions],
) -> LimitSummary:
    """Draw the outer limit of the baselines in a file, return a summary for JSON.

    Further options are those of `shekara.median.limit`.
    """
    distance_m = parse_distance_m(distance)

    table = limit(
        reading.table(file, where, say),
        distance_m,
        land=None if land is None else reading.table(land, None, say),
        **options,
    )
    if out is not None:
        write_table(table, out)
    remarks = list(table.attrs.get("remarks", []))
    if say is not None:
        for text in remarks:
            say(text)
    return {
        "distance_m": distance_m,
        "tolerance_m": options.get("tolerance_m", 1.0),
        "ellipsoid": options.get("ellipsoid", "WGS84"),
        "edges": options.get("edges", "geodesic"),
        "remarks": remarks,
        "limits": [{"owner": row.owner, "length_m": row.length_m} for row in table.itertuples()],
        "written": {"limits": str(out)} if out is not None else {},
    }
