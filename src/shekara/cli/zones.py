"""shekara zones: internal waters, 12, 24 and 200 nautical miles of every owner."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.median import Ballpark, Crs, Edges, Ellipsoid, Encoding, Layer, Tolerance
from shekara.cli.options import Json
from shekara.terminal import print_summary, say


def zones(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="Coasts and islands: any vector file.")],
    by: Annotated[str, typer.Option(help="Field that names the owner.")],
    land: Annotated[
        Path | None, typer.Option(help="Land, where coasts are lines: a polygon file.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Closing and straight baselines: a line file.")
    ] = None,
    low_tide: Annotated[Path | None, typer.Option(help="Low-tide elevations.")] = None,
    foot_of_slope: Annotated[
        Path | None, typer.Option(help="Points at the foot of the continental slope.")
    ] = None,
    effect: Annotated[
        list[str] | None, typer.Option(help="ISLAND=none: it keeps its belt; may be given again.")
    ] = None,
    territorial: Annotated[str, typer.Option(help="Breadth of the territorial sea.")] = "12M",
    contiguous: Annotated[str, typer.Option(help="Outer limit, or none.")] = "24M",
    economic: Annotated[str, typer.Option(help="Outer limit, or none.")] = "200M",
    out: Annotated[Path | None, typer.Option(help="Zones: GeoJSON, GPKG, KML, .shp.zip.")] = None,
    arcs: Annotated[Path | None, typer.Option(help="Arcs with their base points.")] = None,
    overlaps: Annotated[Path | None, typer.Option(help="Where claims overlap.")] = None,
    bays: Annotated[Path | None, typer.Option(help="Closing lines that may be drawn.")] = None,
    tolerance: Tolerance = 1.0,
    ellipsoid: Ellipsoid = "WGS84",
    edges: Edges = "geodesic",
    where: Annotated[str | None, typer.Option(help="Which features are coasts.")] = None,
    crs: Crs = None,
    layer: Layer = None,
    encoding: Encoding = None,
    ballpark: Ballpark = False,
    json_: Json = False,
) -> None:
    """Zones of the sea from baselines and land: internal waters, 12, 24 and 200 miles.

    Example: shekara zones coasts.geojson --by owner --land land.geojson
    """
    from shekara.median.reading import Reading
    from shekara.median.zones.command import zones_command

    summary = zones_command(
        file,
        by=by,
        land=land,
        baselines=baseline,
        low_tide=low_tide,
        foot_of_slope=foot_of_slope,
        effect=effect or [],
        breadths=(territorial, contiguous, economic),
        written={"zones": out, "arcs": arcs, "overlaps": overlaps, "bays": bays},
        tolerance_m=tolerance,
        ellipsoid=ellipsoid,
        edges=edges,
        ballpark=ballpark,
        where=where,
        reading=Reading(crs, layer, encoding),
        say=say,
    )
    print_summary(summary, json_)
