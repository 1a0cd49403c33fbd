"""shekara median: equidistance lines between the shores of any number of owners."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.options import Json
from shekara.terminal import print_summary


def median(
    file: Annotated[Path, typer.Argument(help="Shores: any vector file.")],
    by: Annotated[str, typer.Option(help="Field that names the owner of a shore.")],
    sea: Annotated[Path | None, typer.Option(help="Sea to divide: a polygon file.")] = None,
    out: Annotated[Path | None, typer.Option(help="Lines, GeoJSON.")] = None,
    points: Annotated[Path | None, typer.Option(help="Turning points, CSV.")] = None,
    sectors: Annotated[Path | None, typer.Option(help="Sectors, GeoJSON.")] = None,
    tolerance: Annotated[float, typer.Option(min=0, help="Chord from curve, metres.")] = 1.0,
    effect: Annotated[
        list[str] | None, typer.Option(help="ISLAND=none, half or full; may be given again.")
    ] = None,
    weight: Annotated[
        list[str] | None, typer.Option(help="OWNER=number; may be given again.")
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="Closing lines: a line file.")] = None,
    simplify: Annotated[
        float | None, typer.Option(min=0, help="Simplify, exchanging equal areas, metres.")
    ] = None,
    where: Annotated[
        str | None, typer.Option(help="Which features are shores: kind='shore'.")
    ] = None,
    sea_where: Annotated[
        str | None, typer.Option(help="Which feature of the sea's file is the sea.")
    ] = None,
    json_: Json = False,
) -> None:
    """Median (equidistance) lines between any number of owners."""
    from shekara.median.commands import median_command

    summary = median_command(
        file,
        by=by,
        sea=sea,
        out=out,
        points=points,
        sectors=sectors,
        tolerance_m=tolerance,
        effect=effect or [],
        weight=weight or [],
        baselines=baseline,
        simplify_m=simplify,
        where=where,
        sea_where=sea_where,
    )
    print_summary(summary, json_)
