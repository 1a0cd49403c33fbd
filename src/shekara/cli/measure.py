"""shekara measure: length, perimeter and area of the features of any vector file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, TypeVar

import typer

from shekara.cli.options import Json, SchedulerOption
from shekara.errors import InputError, UsageError
from shekara.terminal import (
    INVALID,
    MANY_ROWS,
    in_a_cell,
    obeyed_escaped,
    print_rows,
    print_table,
    progress,
    say,
)

if TYPE_CHECKING:
    from shekara.gate.wishes import FileWishes
    from shekara.measuring.files import Runs
    from shekara.measuring.record import Head
    from shekara.measuring.spool import JsonSpool, Sink, TableSpool

    class Asked(FileWishes, total=False):
        """What was asked on the command line."""

        edges: Literal["geodesic", "straight"] | None
        run: Runs


SMALL = 50_000  # features that are measured before anybody asks how far it is
Step = Callable[[str, int, int], None]


def measure(  # noqa: PLR0913 - each is an option of the command
    files: Annotated[
        list[str],
        typer.Argument(
            help="Vector files of any format, folders of GeoParquet, or their addresses (s3://…)."
        ),
    ],
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
    scheduler: SchedulerOption = None,
    json_: Json = False,
) -> None:
    """Length, perimeter and area of features, on their own ellipsoid.

    Example: shekara measure parcels.gpkg --accuracy 0.5 --json
    """
    if straight and edges == "geodesic":
        raise UsageError("--straight and --edges geodesic exclude each other")
    chosen: Asked = {
        "edges": "straight" if straight else edges, "crs": crs, "layer": layer,
        "encoding": encoding, "strict": strict, "repair": repair,
    }  # fmt: skip
    with ExitStack() as spools:
        if scheduler is not None:
            from shekara.measuring.files import through
            from shekara.tasks import Cluster

            chosen["run"] = through(spools.enter_context(Cluster(scheduler)))
        if json_:
            _measure(files, accuracy, _Json(), spools, chosen)
        else:
            _measure(files, accuracy, _Tables(stated=accuracy is not None), spools, chosen)


def _measure(
    files: list[str], accuracy: float | None, show: Show[S], spools: ExitStack, asked: Asked
) -> None:  # fmt: skip
    """All files; what was measured of each lies in a spool until it is shown."""
    from shekara.measuring.files import measure_to

    def sink(layers: bool) -> S:
        spool = show.sink(layers)
        spools.callback(spool.close)
        return spool

    refused: list[InputError] = []
    left_out = False
    for path in files:
        try:
            with progress() as bar:
                told = partial(_tell, bar, path)
                measured = measure_to(path, accuracy, sink, step=told, **asked)
        except InputError as error:
            if len(files) == 1:
                raise
            refused.append(error)
            continue
        show.take(measured)
        left_out = left_out or any(head["left_out"] for head, _ in measured)
    show.end(alone=len(files) == 1)
    for refusal in refused:
        say(f"shekara: {refusal}")
    if refused or left_out:
        raise SystemExit(INVALID)


def _tell(bar: Step | None, path: str, done: int, total: int) -> None:
    """How far it is; a small file needs no bar."""
    if bar is not None and (total < 0 or total > SMALL):
        bar(Path(path).name, done, max(total, done))


S = TypeVar("S", bound="Sink")


class Show(Protocol[S]):
    """A way to show what was measured."""

    def sink(self, layers: bool) -> S:
        """Where the records of one reference system go."""

    def take(self, measured: list[tuple[Head, S]]) -> None:
        """The records of one file."""

    def end(self, *, alone: bool) -> None:
        """No file is left; `alone` where there was one only."""


class _Json:
    """All records as one document: one record, or a list of them."""

    def __init__(self) -> None:
        self._heads: list[tuple[Head, JsonSpool]] = []

    def sink(self, layers: bool) -> JsonSpool:
        """Records say their layer themselves."""
        del layers
        from shekara.measuring.spool import JsonSpool

        return JsonSpool()

    def take(self, measured: list[tuple[Head, JsonSpool]]) -> None:
        """The records of one file."""
        self._heads += measured

    def end(self, *, alone: bool) -> None:
        """Print them."""
        single = alone and len(self._heads) == 1
        write = sys.stdout.write
        if not single:
            write("[")
        comma = ""
        for head, spool in self._heads:
            write(comma if single else f"{comma}\n  ")
            for piece in spool.pieces(head, "" if single else "  "):
                write(obeyed_escaped(piece))
            comma = ","
        write("\n" if single else "\n]\n" if self._heads else "]\n")


class _Tables:
    """A table for each record, and what is to be said of it on standard error."""

    def __init__(self, *, stated: bool) -> None:
        self._stated = stated

    def sink(self, layers: bool) -> TableSpool:
        """Rows of a table."""
        from shekara.measuring.spool import TableSpool

        return TableSpool(stated=self._stated, layers=layers, shown=in_a_cell)

    def take(self, measured: list[tuple[Head, TableSpool]]) -> None:
        """The records of one file."""
        from shekara.gate import Remark
        from shekara.measuring.table import title

        for head, spool in measured:
            columns, rows, wide = spool.table()
            if spool.count <= MANY_ROWS:
                print_table(columns, list(rows), title(head))
            else:
                print_rows(columns, rows, wide, title(head))
            sys.stdout.flush()
            for said in head["remarks"]:
                remark = Remark(said["kind"], said["text"], tuple(said["features"]))
                say(f"{head['file']}: {remark}")

    def end(self, *, alone: bool) -> None:
        """Nothing is left to be said."""
