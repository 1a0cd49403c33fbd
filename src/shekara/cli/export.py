"""shekara export: layers as GeoPackage with QGIS projects, GeoParquet, KML, Shapefile or SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from shekara.cli.options import AtlasOption, say_remarks
from shekara.terminal import say, split


def export(
    layers: Annotated[list[str] | None, typer.Argument(help="Layers; all when none.")] = None,
    atlas: AtlasOption = None,
    format_: Annotated[
        Literal["gpkg", "parquet", "kml", "shp", "svg"],
        typer.Option("--format", help="gpkg comes with styles and QGIS projects."),
    ] = "gpkg",
    out: Annotated[Path, typer.Option(help="Folder; made when new.")] = Path("export"),
    map_: Annotated[
        list[str] | None, typer.Option("--map", help="Layers of this map, and its project.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Of titles and labels.")] = None,
) -> None:
    """Write layers for other programs; a GeoPackage comes with a QGIS project for each map.

    Example: shekara export --atlas my-atlas --format gpkg --out for-qgis
    """
    from shekara import export as exporting
    from shekara import site

    opened = site.load(atlas)
    say_remarks(opened)
    written = exporting.export(
        opened, out, layers=layers or [], format_=format_, maps=split(map_), lang=lang
    )
    for path in written:
        say(str(path))
