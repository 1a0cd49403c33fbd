"""shekara new: a small atlas to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.terminal import say


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    delimitation: Annotated[
        bool, typer.Option("--delimitation", help="A delimitation worked through, no atlas.")
    ] = False,
) -> None:
    """Write a small atlas, or a worked delimitation, to begin with."""
    from shekara import starter

    write = starter.write_delimitation if delimitation else starter.write
    for path in write(folder):
        say(str(path))
