"""shekara claims: the numbers of a text as drafts of claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.options import Json
from shekara.terminal import print_json, print_text


def claims_(
    text: Annotated[Path, typer.Argument(help="A text file, UTF-8.")],
    json_: Json = False,
) -> None:
    """List the numbers of a text as drafts of claims."""
    from shekara.texts import claims_command

    drafts, record = claims_command(text)
    if json_:
        print_json(record)
    else:
        print_text(drafts)
