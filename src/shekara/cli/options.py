"""Arguments that several commands take in the same way, and how a command ends."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shekara.terminal import DIFFERS, say

if TYPE_CHECKING:
    from shekara.atlas import Atlas
    from shekara.tasks import Cluster

AtlasArgument = Annotated[
    Path | None,
    typer.Argument(help="Folder of an atlas; else SHEKARA_ATLAS, this folder, or the bundled one."),
]
AtlasOption = Annotated[
    Path | None,
    typer.Option(
        "--atlas", help="Folder of an atlas; else SHEKARA_ATLAS, this folder, or the bundled one."
    ),
]
Raised = Annotated[
    list[str] | None,
    typer.Option(
        "--raise",
        metavar="NAME=NUMBER",
        help="Raise a limit on what one atlas may ask, such as positions=10000000.",
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="A dask scheduler whose workers do the work: tcp://10.0.0.1:8786.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def say_remarks(atlas: Atlas) -> None:
    """To standard error: what was done to shapes on reading, and what the atlas still lacks."""
    from shekara.atlas.unfinished import owed, shortened

    for layer in atlas.layers.values():
        for remark in layer.remarks:
            say(remark)
    for sentence in owed(atlas):
        say(sentence)
    for lang in atlas.languages:
        missing = atlas.translator(lang).missing()
        if missing:
            say(
                f"{lang}: {len(missing)} words of the program are in English: "
                f"{shortened(missing)}; write them in words/{lang}.toml, "
                f"which begins with: shekara keys words --lang {lang} > words/{lang}.toml"
            )


def cluster(address: str | None) -> AbstractContextManager[Cluster | None]:
    """The cluster at that address; None, which is this machine, without one."""
    if address is None:
        return nullcontext()
    from shekara.tasks import Cluster

    return Cluster(address)


def end(as_recorded: bool) -> None:
    """Exit with 1 where something is not as recorded."""
    if not as_recorded:
        raise SystemExit(DIFFERS)
