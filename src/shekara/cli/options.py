"""Arguments that several commands take in the same way, and how a command ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shekara.terminal import DIFFERS, say

if TYPE_CHECKING:
    from shekara.atlas import Atlas

AtlasArgument = Annotated[
    Path | None,
    typer.Argument(help="Folder of an atlas; else SHEKARA_ATLAS, else the bundled atlas."),
]
AtlasOption = Annotated[
    Path | None,
    typer.Option("--atlas", help="Folder of an atlas; else SHEKARA_ATLAS, else the bundled one."),
]
Raised = Annotated[
    list[str] | None,
    typer.Option(
        "--raise",
        metavar="NAME=NUMBER",
        help="Raise a limit on what one atlas may ask, such as positions=10000000.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def say_remarks(atlas: Atlas) -> None:
    """To standard error: what was done to an atlas's shapes on reading."""
    for layer in atlas.layers.values():
        for remark in layer.remarks:
            say(remark)


def end(as_recorded: bool) -> None:
    """Exit with 1 where something is not as recorded."""
    if not as_recorded:
        raise SystemExit(DIFFERS)
