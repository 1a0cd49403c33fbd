"""shekara measure: length, perimeter and area of the features of any vector file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.options import Json
from shekara.terminal import print_json, print_table


def measure(
    files: Annotated[list[Path], typer.Argument(help="Vector files of any format.")],
    accuracy: Annotated[
        float | None, typer.Option(min=0, help="Standard deviation of the positions, metres.")
    ] = None,
    straight: Annotated[
        bool, typer.Option("--straight", help="Edges straight in lon/lat, not geodesics.")
    ] = False,
    json_: Json = False,
) -> None:
    """Length, perimeter and area of features, on their own ellipsoid."""
    from shekara.measure.files import measure_file, table

    found = [measure_file(path, accuracy, straight=straight) for path in files]
    if json_:
        print_json(found[0] if len(found) == 1 else found)
    else:
        for one in found:
            print_table(*table(one))
