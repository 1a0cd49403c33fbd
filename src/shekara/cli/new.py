"""shekara new: a small atlas to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.terminal import say


def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")]) -> None:
    """Write a small atlas to begin with."""
    from shekara import starter

    for path in starter.write(folder):
        say(str(path))
