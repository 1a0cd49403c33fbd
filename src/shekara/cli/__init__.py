"""The command line: one file for each command; what was asked is read here and done elsewhere.

A new command is a file with one function, and one line in `COMMANDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Annotated

import typer

from shekara.cli.add import add
from shekara.cli.build import build
from shekara.cli.check import check
from shekara.cli.claims import claims_
from shekara.cli.derive import derive
from shekara.cli.export import export
from shekara.cli.keys import keys
from shekara.cli.limit import limit
from shekara.cli.list import list_
from shekara.cli.measure import measure
from shekara.cli.median import median
from shekara.cli.new import new
from shekara.cli.options import Raised
from shekara.cli.preview import preview
from shekara.cli.sheet import sheet
from shekara.cli.zones import zones
from shekara.terminal import faults_told

COMMANDS: Mapping[str, Callable[..., None]] = {  # in the order of --help
    "build": build,
    "preview": preview,
    "check": check,
    "measure": measure,
    "median": median,
    "limit": limit,
    "zones": zones,
    "sheet": sheet,
    "claims": claims_,
    "export": export,
    "list": list_,
    "new": new,
    "add": add,
    "keys": keys,
    "derive": derive,
}

app = typer.Typer(
    help="An atlas that checks itself: measure claims, draw maps, compute median lines.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"shekara {version('shekara')}")
        raise typer.Exit


for _name, _command in COMMANDS.items():
    app.command(name=_name)(_command)


@app.callback()
def options(
    show_version: Annotated[  # noqa: ARG001 (its callback ends the run)
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Show the version."),
    ] = False,
    raised: Raised = None,
) -> None:
    """An atlas that checks itself: measure claims, draw maps, compute median lines."""
    if raised:
        from shekara.atlas.limits import raise_limit

        for asked in raised:
            raise_limit(asked)


def main() -> None:
    """Run the command line; every expected fault is one message and an exit code."""
    with faults_told():
        app(prog_name="shekara")  # also as `python -m shekara`
