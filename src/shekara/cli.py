"""The command line: what was asked is read here and done elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from shekara.errors import InputError, ShekaraError, UsageError
from shekara.terminal import (
    print_json,
    print_summary,
    print_table,
    print_text,
    progress,
    say,
    split,
)

DIFFERS, USAGE, INVALID = 1, 2, 3  # exit codes; 0 is: as recorded

app = typer.Typer(
    help="An atlas that checks itself: measure claims, draw maps, compute median lines.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AtlasArgument = Annotated[
    Path | None,
    typer.Argument(help="Folder of an atlas; else SHEKARA_ATLAS, else the bundled atlas."),
]
AtlasOption = Annotated[
    Path | None,
    typer.Option("--atlas", help="Folder of an atlas; else SHEKARA_ATLAS, else the bundled one."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command()
def build(
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
) -> None:
    """Make pages, sheets, books and the report."""
    from shekara import site

    found = site.load(atlas)
    with progress() as step:
        verdicts = site.build(
            found,
            out,
            languages=split(lang),
            only=split(only),
            tiles=tiles,
            size=size,
            address=address,
            on_progress=step,
        )
    say(f"{out}/index.html")
    _end(all(verdict.as_recorded for verdict in verdicts))


@app.command()
def check(
    atlas: AtlasArgument = None,
    lang: Annotated[str, typer.Option(help="Language of the table.")] = "en",
    json_: Json = False,
) -> None:
    """Measure every claim; exit 1 where a verdict is not the recorded one."""
    from shekara import claims, report, site

    found = site.load(atlas)
    verdicts = claims.check_all(found)
    if json_:
        print_text(report.json_text(found, verdicts))
    else:
        print_table(report.columns(lang), report.table(verdicts, lang))
    for verdict in verdicts:
        if not verdict.as_recorded:
            say(f"{verdict.claim.id}: {verdict.verdict}, but recorded is {verdict.recorded}")
    _end(all(verdict.as_recorded for verdict in verdicts))


@app.command()
def measure(
    files: Annotated[list[Path], typer.Argument(help="Vector files of any format.")],
    accuracy: Annotated[
        float | None, typer.Option(min=0, help="Standard deviation of the positions, metres.")
    ] = None,
    straight: Annotated[
        bool, typer.Option("--straight", help="Edges straight in lon/lat, not geodesics.")
    ] = False,
    json_: Json = False,
) -> None:
    """Length, perimeter and area of features, on their own ellipsoid."""
    from shekara.measure.files import measure_file, table

    found = [measure_file(path, accuracy, straight=straight) for path in files]
    if json_:
        print_json(found[0] if len(found) == 1 else found)
    else:
        for one in found:
            print_table(*table(one))


@app.command()
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


@app.command()
def limit(
    file: Annotated[Path, typer.Argument(help="Baselines: any vector file.")],
    distance: Annotated[str, typer.Option(help="12M (nautical miles), 22.2km, 500m.")],
    out: Annotated[Path | None, typer.Option(help="Limit, GeoJSON.")] = None,
    by: Annotated[str | None, typer.Option(help="Field that names the owner.")] = None,
    tolerance: Annotated[float, typer.Option(min=0, help="Chord from curve, metres.")] = 1.0,
    land: Annotated[
        Path | None, typer.Option(help="Land, where no limit is wanted: a polygon file.")
    ] = None,
    where: Annotated[str | None, typer.Option(help="Which features are baselines.")] = None,
    json_: Json = False,
) -> None:
    """Outer limit at a distance from baselines: the envelope of arcs."""
    from shekara.median.commands import limit_command

    summary = limit_command(
        file, distance=distance, out=out, by=by, land=land, tolerance_m=tolerance, where=where
    )
    print_summary(summary, json_)


@app.command()
def sheet(
    name: Annotated[str, typer.Argument(metavar="MAP", help="Name of a map.")],
    atlas: AtlasOption = None,
    out: Annotated[Path | None, typer.Option(help="File; else MAP.LANG.FORMAT here.")] = None,
    lang: Annotated[str, typer.Option(help="Language.")] = "en",
    size: Annotated[str, typer.Option(help="A4, A3, 170x120mm.")] = "A4",
    format_: Annotated[str, typer.Option("--format", help="pdf, svg or png.")] = "pdf",
    frame: Annotated[
        bool, typer.Option("--frame/--no-frame", help="Page furniture around the map.")
    ] = True,
    cmyk: Annotated[bool, typer.Option("--cmyk", help="For printers, by Ghostscript.")] = False,
) -> None:
    """Draw one map as a single figure."""
    from shekara import site

    path = out or Path(f"{name}.{lang}.{format_}")
    site.single(
        site.load(atlas), name, path, lang=lang, size=size, frame=frame, format_=format_, cmyk=cmyk
    )
    say(str(path))


@app.command(name="claims")
def claims_(
    text: Annotated[Path, typer.Argument(help="A text file, UTF-8.")],
    json_: Json = False,
) -> None:
    """List the numbers of a text as drafts of claims."""
    from shekara.texts import claims_command

    drafts, record = claims_command(text)
    if json_:
        print_json(record)
    else:
        print_text(drafts)


@app.command(name="list")
def list_(atlas: AtlasArgument = None, json_: Json = False) -> None:
    """Show layers and maps."""
    from shekara import report, site

    found = site.load(atlas)
    if json_:
        print_json(report.contents(found))
    else:
        for title, columns, rows in report.contents_tables(found):
            print_table(columns, rows, title)


@app.command()
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")]) -> None:
    """Write a small atlas to begin with."""
    from shekara import starter

    for path in starter.write(folder):
        say(str(path))


@app.command()
def derive(
    layers: Annotated[list[str] | None, typer.Argument(help="Layers; all when none.")] = None,
    atlas: AtlasOption = None,
    check_: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where geo/ would change.")
    ] = False,
) -> None:
    """Make geo/ again from packages, tables and other layers."""
    from shekara import derive as recipes
    from shekara.atlas import folder

    changed = recipes.write(
        folder(atlas),
        layers or [],
        check=check_,
        report=lambda name, state: say(f"{name}: {state}"),
    )
    _end(not (check_ and changed))


def main() -> None:
    """Run the command line; every expected fault is one message and an exit code."""
    try:
        app()
    except UsageError as error:
        _fail(error, USAGE)
    except (InputError, ShekaraError) as error:
        _fail(error, INVALID)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _fail(error: ShekaraError, code: int) -> None:
    say(f"shekara: {error}")
    raise SystemExit(code)


def _end(as_recorded: bool) -> None:
    if not as_recorded:
        raise SystemExit(DIFFERS)


if __name__ == "__main__":
    main()
