"""shekara median: equidistance lines between the shores of any number of owners."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.options import Json
from shekara.terminal import print_summary, say

Crs = Annotated[
    str | None, typer.Option(help="Reference system of the files, where they say none.")
]
Layer = Annotated[str | None, typer.Option(help="Layer of the files, where they have several.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of texts in Shapefile and CSV.")]
Edges = Annotated[
    str, typer.Option(help="What edges are: geodesic, loxodrome or lonlat (as RFC 7946).")
]
Ellipsoid = Annotated[str, typer.Option(help="Ellipsoid, by PROJ's name.")]
Tolerance = Annotated[float, typer.Option(min=0, help="Chord from curve, metres.")]
Ballpark = Annotated[
    bool, typer.Option("--ballpark", help="Allow a transformation that leaves the datum.")
]


def median(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="Shores: any vector file.")],
    by: Annotated[str, typer.Option(help="Field that names the owner of a shore.")],
    sea: Annotated[Path | None, typer.Option(help="Sea to divide: a polygon file.")] = None,
    out: Annotated[Path | None, typer.Option(help="Lines: GeoJSON, GPKG, KML, .shp.zip.")] = None,
    points: Annotated[Path | None, typer.Option(help="Turning points, CSV or as above.")] = None,
    sectors: Annotated[Path | None, typer.Option(help="Sectors, GeoJSON or as above.")] = None,
    base_points: Annotated[Path | None, typer.Option(help="Governing base points.")] = None,
    doubtful: Annotated[Path | None, typer.Option(help="Stretches that are not proved.")] = None,
    tolerance: Tolerance = 1.0,
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
    reach: Annotated[
        float | None, typer.Option(help="Without a sea: how far lines run, metres.")
    ] = None,
    spacing: Annotated[
        float | None, typer.Option(help="Sites along the shores, metres; else chosen.")
    ] = None,
    ellipsoid: Ellipsoid = "WGS84",
    edges: Edges = "geodesic",
    round_: Annotated[
        float | None, typer.Option("--round", help="Round the final line, seconds of arc.")
    ] = None,
    final: Annotated[
        Path | None, typer.Option(help="Table of the final line, rounded to 0.1 seconds or so.")
    ] = None,
    agreed: Annotated[Path | None, typer.Option(help="An agreed line to compare with.")] = None,
    stretches: Annotated[
        Path | None, typer.Option(help="Stretches of the agreed line with one ratio.")
    ] = None,
    moved: Annotated[Path | None, typer.Option(help="Sea that the agreed line moves.")] = None,
    offsets: Annotated[
        Path | None, typer.Option(help="Offsets of the agreed line, place by place.")
    ] = None,
    accuracy: Annotated[
        list[str] | None,
        typer.Option(
            help="Standard deviation of base points: METRES, or OWNER=METRES each; features with "
            "a column accuracy_m state their own."
        ),
    ] = None,
    band: Annotated[Path | None, typer.Option(help="Band of two standard deviations.")] = None,
    document: Annotated[
        Path | None, typer.Option(help="A document to print: .html with tables and map.")
    ] = None,
    atlas: Annotated[
        Path | None, typer.Option(help="New folder for an atlas of the line: a map to build.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of document and atlas.")] = "en",
    strict: Annotated[bool, typer.Option("--strict", help="Refuse doubtful stretches.")] = False,
    where: Annotated[
        str | None, typer.Option(help="Which features are shores: kind='shore'.")
    ] = None,
    sea_where: Annotated[
        str | None, typer.Option(help="Which feature of the sea's file is the sea.")
    ] = None,
    crs: Crs = None,
    layer: Layer = None,
    encoding: Encoding = None,
    ballpark: Ballpark = False,
    json_: Json = False,
) -> None:
    """Median (equidistance) lines between any number of owners.

    Example: shekara median shores.geojson --by owner --sea sea.geojson --out lines.geojson
    """
    from shekara.median.commands import median_command
    from shekara.median.delimitation.command import Asked
    from shekara.median.options import parse_accuracies
    from shekara.median.reading import Reading

    summary = median_command(
        file,
        by=by,
        sea=sea,
        out=out,
        points=points,
        sectors=sectors,
        base_points=base_points,
        doubtful=doubtful,
        tolerance_m=tolerance,
        effect=effect or [],
        weight=weight or [],
        baselines=baseline,
        simplify_m=simplify,
        reach_m=reach,
        spacing_m=spacing,
        ellipsoid=ellipsoid,
        edges=edges,
        strict=strict,
        ballpark=ballpark,
        agreed=agreed,
        asked=Asked(
            round_seconds=round_,
            final=final,
            accuracy_m=parse_accuracies(accuracy or []),
            band=band,
            stretches=stretches,
            moved=moved,
            offsets=offsets,
            atlas=atlas,
            document=document,
            language=lang,
        ),
        where=where,
        sea_where=sea_where,
        reading=Reading(crs, layer, encoding),
        say=say,
    )
    print_summary(summary, json_)
