"""shekara measure: length, perimeter and area of the features of any vector file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from shekara.cli.options import Json
from shekara.errors import InputError, UsageError
from shekara.terminal import INVALID, print_json, print_table, say


def measure(
    files: Annotated[list[Path], typer.Argument(help="Vector files of any format.")],
    accuracy: Annotated[
        float | None, typer.Option(min=0, help="Standard deviation of the positions, metres.")
    ] = None,
    edges: Annotated[
        Literal["geodesic", "straight"] | None,
        typer.Option(help="What edges are: geodesics, or straight in lon/lat (RFC 7946)."),
    ] = None,
    straight: Annotated[
        bool, typer.Option("--straight", help="Short for --edges straight.")
    ] = False,
    crs: Annotated[
        str | None, typer.Option(help="Reference system of a file that says none: EPSG:4326.")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Only this layer of the file.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of the texts of a Shapefile or CSV file.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Repair nothing: polygons not valid are left out.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Also count holes that lie outside their shells.")
    ] = False,
    json_: Json = False,
) -> None:
    """Length, perimeter and area of features, on their own ellipsoid."""
    from shekara.measuring.files import measure_file

    if straight and edges == "geodesic":
        raise UsageError("--straight and --edges geodesic exclude each other")
    wishes: dict[str, Any] = {
        "edges": "straight" if straight else edges, "crs": crs, "layer": layer,
        "encoding": encoding, "strict": strict, "repair": repair,
    }  # fmt: skip
    records: list[dict[str, Any]] = []
    refused: list[InputError] = []
    for path in files:
        try:
            records += measure_file(path, accuracy, **wishes)
        except InputError as error:
            if len(files) == 1:
                raise
            refused.append(error)
    if json_:
        print_json(records[0] if len(files) == 1 and len(records) == 1 else records)
    else:
        _print(records)
    for refusal in refused:
        say(f"shekara: {refusal}")
    if refused or any(record["left_out"] for record in records):
        raise SystemExit(INVALID)


def _print(records: list[dict[str, Any]]) -> None:
    from shekara.gate import Remark
    from shekara.measuring.table import table, title

    for record in records:
        print_table(*table(record), title(record))
        for said in record["remarks"]:
            remark = Remark(said["kind"], said["text"], tuple(said["features"]))
            say(f"{record['file']}: {remark}")
