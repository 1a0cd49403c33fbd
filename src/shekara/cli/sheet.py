"""shekara sheet: one map drawn as a single figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.options import AtlasOption
from shekara.terminal import say


def sheet(  # noqa: PLR0913 - each is an option of the command
    name: Annotated[str, typer.Argument(metavar="MAP", help="Name of a map.")],
    atlas: AtlasOption = None,
    out: Annotated[Path | None, typer.Option(help="File; else MAP.LANG.FORMAT here.")] = None,
    lang: Annotated[str, typer.Option(help="Language.")] = "en",
    size: Annotated[
        str, typer.Option(help="A4, 'A3 portrait', 'JIS B4', Letter, 170x120mm.")
    ] = "A4",
    column: Annotated[float | None, typer.Option(help="A width in mm alone: 85, 120, 170.")] = None,
    dpi: Annotated[float | None, typer.Option(help="Dots to the inch of a PNG.")] = None,
    format_: Annotated[str, typer.Option("--format", help="pdf, svg or png.")] = "pdf",
    frame: Annotated[
        bool, typer.Option("--frame/--no-frame", help="Page furniture around the map.")
    ] = True,
    cmyk: Annotated[bool, typer.Option("--cmyk", help="A PDF in the inks of a press.")] = False,
    bleed: Annotated[float | None, typer.Option(help="Bleed of a PDF, mm.")] = None,
    marks: Annotated[bool, typer.Option("--marks", help="Crop marks on a PDF.")] = False,
    output_intent: Annotated[
        Path | None, typer.Option(help="ICC profile of the press: makes PDF/X-4.")
    ] = None,
    condition: Annotated[
        str, typer.Option(help="Registered name of that printing condition, as FOGRA39.")
    ] = "",
    spot: Annotated[
        list[str] | None, typer.Option(help='A plate of its own: "#b31e1e=PANTONE 1805 C".')
    ] = None,
) -> None:
    """Draw one map as a single figure.

    Example: shekara sheet border --lang en --size A3 --format pdf
    """
    from shekara import site
    from shekara.sheet import Press

    path = out or Path(f"{name}.{lang}.{format_}")
    if column is not None:
        size, frame = f"{column:g}mm", False
    site.single(
        site.load(atlas),
        name,
        path,
        lang=lang,
        size=size,
        frame=frame,
        format_=format_,
        dpi=dpi,
        press=Press(cmyk, bleed, marks, output_intent, condition, tuple(spot or ())),
    )
    say(str(path))
