"""shekara derive: geo/ made again from packages, tables and other layers."""

from __future__ import annotations

from typing import Annotated

import typer

from shekara.cli.options import AtlasOption, end
from shekara.terminal import say


def derive(
    layers: Annotated[list[str] | None, typer.Argument(help="Layers; all when none.")] = None,
    atlas: AtlasOption = None,
    check_: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where geo/ would change.")
    ] = False,
) -> None:
    """Make geo/ again from packages, tables and other layers.

    Example: shekara derive --atlas my-atlas --check
    """
    from shekara import derive as recipes
    from shekara.atlas import folder

    changed = recipes.write(
        folder(atlas),
        layers or [],
        check=check_,
        report=lambda name, state: say(f"{name}: {state}"),
    )
    end(not (check_ and changed))
