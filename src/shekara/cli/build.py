"""shekara build: pages, sheets, books and the report of an atlas, in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.options import AtlasArgument, SchedulerOption, cluster, end, say_remarks
from shekara.terminal import progress, say, split


def build(  # noqa: PLR0913 - each is an option of the command
    atlas: AtlasArgument = None,
    out: Annotated[Path, typer.Option(help="Folder of the site.")] = Path("site"),
    lang: Annotated[list[str] | None, typer.Option(help="Language; may be given again.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Map; may be given again.")] = None,
    size: Annotated[str, typer.Option(help="Paper of the sheets: A4, A3, 170x120mm.")] = "A4",
    tiles: Annotated[
        str | None, typer.Option(help="Tile basemap for the pages; they then need a network.")
    ] = None,
    address: Annotated[
        str, typer.Option(help="Web address of the site, for reviews of claims.")
    ] = "",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that draw; else one for each core.")
    ] = None,
    scheduler: SchedulerOption = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Make all anew; use nothing of the cache."),
    ] = False,
) -> None:
    """Make pages, sheets, books and the report.

    Example: shekara build my-atlas --out my-site --lang en
    """
    from shekara import site

    opened = site.load(atlas)
    say_remarks(opened)
    with cluster(scheduler) as there, progress() as step:
        verdicts = site.build(
            opened,
            out,
            languages=split(lang),
            only=split(only),
            tiles=tiles,
            size=size,
            address=address,
            workers=workers,
            scheduler=there,
            memory=None if fresh else site.Memory.usual(),
            on_progress=step,
        )
    say(f"{out}/index.html")
    end(all(verdict.as_recorded for verdict in verdicts))
