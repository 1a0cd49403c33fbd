"""shekara preview: a local page that follows the files of an atlas."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from shekara.cli.options import AtlasArgument
from shekara.terminal import say


def preview(
    atlas: AtlasArgument = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: a free one.")] = 0,
    open_: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Show an atlas on a local page that is fresh after each save; faults are told on it.

    Example: shekara preview my-atlas
    """
    from shekara.atlas import folder
    from shekara.preview import Preview

    with Preview(folder(atlas), port) as running:
        say(f"{running.address} shows {folder(atlas)}; Ctrl-C ends it")
        if open_:
            webbrowser.open(running.address)
        running.wait()
