"""shekara new: a small atlas to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.errors import UsageError
from shekara.terminal import say


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    full: Annotated[
        bool, typer.Option("--full", help="With every key once, each explained beside it.")
    ] = False,
    delimitation: Annotated[
        bool, typer.Option("--delimitation", help="A delimitation worked through, no atlas.")
    ] = False,
) -> None:
    """Write a small atlas, or a worked delimitation, to begin with.

    Example: shekara new my-atlas; shekara new every-key --full
    """
    from shekara import starter

    if full and delimitation:
        raise UsageError("--full and --delimitation are two examples; choose one")
    written = (
        starter.write_delimitation(folder) if delimitation else starter.write(folder, full=full)
    )
    for path in written:
        say(str(path))
