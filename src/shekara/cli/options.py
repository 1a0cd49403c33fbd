"""Arguments that several commands take in the same way, and how a command ends."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.terminal import DIFFERS

AtlasArgument = Annotated[
    Path | None,
    typer.Argument(help="Folder of an atlas; else SHEKARA_ATLAS, else the bundled atlas."),
]
AtlasOption = Annotated[
    Path | None,
    typer.Option("--atlas", help="Folder of an atlas; else SHEKARA_ATLAS, else the bundled one."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def end(as_recorded: bool) -> None:
    """Exit with 1 where something is not as recorded."""
    if not as_recorded:
        raise SystemExit(DIFFERS)
