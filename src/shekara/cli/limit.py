"""shekara limit: the outer limit at a distance from baselines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.median import Ballpark, Crs, Edges, Ellipsoid, Encoding, Layer, Tolerance
from shekara.cli.options import Json
from shekara.terminal import print_summary, say


def limit(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="Baselines: any vector file.")],
    distance: Annotated[str, typer.Option(help="12M (nautical miles), 22.2km, 500m.")],
    out: Annotated[Path | None, typer.Option(help="Limit: GeoJSON, GPKG, KML, .shp.zip.")] = None,
    by: Annotated[str | None, typer.Option(help="Field that names the owner.")] = None,
    tolerance: Tolerance = 1.0,
    land: Annotated[
        Path | None, typer.Option(help="Land, where no limit is wanted: a polygon file.")
    ] = None,
    ellipsoid: Ellipsoid = "WGS84",
    edges: Edges = "geodesic",
    where: Annotated[str | None, typer.Option(help="Which features are baselines.")] = None,
    crs: Crs = None,
    layer: Layer = None,
    encoding: Encoding = None,
    ballpark: Ballpark = False,
    json_: Json = False,
) -> None:
    """Outer limit at a distance from baselines: the envelope of arcs.

    Example: shekara limit shores.geojson --distance 12M --out limit.geojson
    """
    from shekara.median.commands import limit_command
    from shekara.median.reading import Reading

    summary = limit_command(
        file,
        distance=distance,
        out=out,
        by=by,
        land=land,
        tolerance_m=tolerance,
        ellipsoid=ellipsoid,
        edges=edges,
        ballpark=ballpark,
        where=where,
        reading=Reading(crs, layer, encoding),
        say=say,
    )
    print_summary(summary, json_)
