"""What the terminal shows: data on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from shekara.box_drawing import table_lines, widths
from shekara.errors import ShekaraError, StorageError, UsageError
from shekara.storage.faults import sentence

# Exit codes; 0 is: as recorded.
DIFFERS, USAGE, INVALID, REFUSED, INTERRUPTED = 1, 2, 3, 4, 130


# Characters that a terminal obeys instead of showing: control codes (but for tab and end of line),
# lone halves of surrogate pairs, and marks that turn the direction of what stands after them.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
MANY_ROWS = 1000  # more are not laid out anew for the width of a terminal
WIDEST = 300  # letters of a cell of a table; the rest is in the JSON


def harmless(text: str) -> str:
    """A text of anybody's, of which a terminal obeys nothing."""
    return OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)


def in_a_cell(text: str) -> str:
    """The same on one line of a table, cut short."""
    line = harmless(" ".join(text.split()))
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def say(text: str) -> None:
    """To standard error: everything that is not data."""
    typer.echo(harmless(text), err=True)


def print_text(text: str) -> None:
    """To standard output, with one end of line."""
    typer.echo(harmless(text.rstrip("\n")))


def print_json(record: object) -> None:
    """One JSON document."""
    print_json_text(json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False))


def obeyed_escaped(text: str) -> str:
    """A text of JSON in which what a terminal would obey is an escape."""
    return OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def print_json_text(text: str) -> None:
    """The same, written already; what a terminal would obey becomes an escape of JSON."""
    typer.echo(obeyed_escaped(text.rstrip("\n")))


def print_summary(record: Mapping[str, object], as_json: bool) -> None:
    """A record as JSON, or the tables in it for a reader."""
    if as_json:
        print_json(record)
        return
    for name, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            columns = [key.replace("_", " ") for key in value[0]]
            print_table(columns, [[_cell(cell) for cell in row.values()] for row in value], name)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return (
        f"{value:.9g}"
        if isinstance(value, float) and abs(value) < 1e3
        else (f"{value:,.1f}" if isinstance(value, float) else str(value))
    )


def split(values: list[str] | None) -> list[str]:
    """--only a,b is --only a --only b."""
    return [part for value in values or [] for part in value.split(",") if part]


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], title: str | None = None
) -> None:
    """Rows under their columns; text of an atlas is never read as markup.

    Written to a file or a pipe, a table is as wide as its contents; and so is one of many rows.
    """
    heads = [in_a_cell(column) for column in columns]
    if len(rows) > MANY_ROWS or not sys.stdout.isatty():
        cells = [[in_a_cell(cell) for cell in row] for row in rows]
        print_rows(heads, cells, widths(heads, cells), title)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    heading = None if title is None else Text(harmless(title))
    table = Table(title=heading, title_justify="left")
    for head in heads:  # an atlas may have words of its own for them
        table.add_column(Text(head))
    for row in rows:  # Text: brackets of an atlas are no markup
        table.add_row(*(Text(in_a_cell(cell)) for cell in row))
    Console().print(table)


def print_rows(
    columns: Sequence[str], rows: Iterable[Sequence[str]], wide: Sequence[int], title: str | None
) -> None:
    """A table row by row, of cells that `in_a_cell` has seen and whose widths are known."""
    heading = None if title is None else harmless(title)
    for line in table_lines(columns, rows, wide, heading):
        sys.stdout.write(line + "\n")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as bar:
        task = bar.add_task("", total=None)

        def step(title: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=harmless(title), refresh=True)

        yield step


@contextmanager
def faults_told() -> Iterator[None]:
    """End the program with one message and an exit code where the block meets an expected fault."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    usual, warnings.formatwarning = warnings.formatwarning, _warning
    _open_what_is_closed()
    try:
        try:
            yield
        finally:
            warnings.formatwarning = usual
            sys.stdout.flush()  # a full disk is told here, not when Python has gone
    except ShekaraError as error:
        _end(str(error), _code(error))
    except BrokenPipeError:
        _forget_output()
        raise SystemExit(0) from None
    except OSError as error:
        _forget_output()
        _end(sentence(error), REFUSED)
    except MemoryError:
        _end("no memory is left; free some, allow more, or give smaller files", REFUSED)
    except (_Stopped, KeyboardInterrupt) as stop:
        # At once: what other threads still wait for is of no use any more.
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(128 + stop.number if isinstance(stop, _Stopped) else INTERRUPTED)


def _warning(message: Warning | str, *_: object, **__: object) -> str:
    """A warning as a reader of an atlas needs it: no line of the program."""
    return f"shekara: {message}\n"


def _open_what_is_closed() -> None:
    """Where a stream was closed (>&-), what goes there is nobody's: no other file takes its number.

    Python has None for it, and what it opens next would be written over with what is printed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 (stays open)
            setattr(sys, name, nothing)


def _code(error: ShekaraError) -> int:
    if isinstance(error, UsageError):
        return USAGE
    return REFUSED if isinstance(error, StorageError) else INVALID


def _end(message: str, code: int) -> None:
    say(f"shekara: {message}")
    raise SystemExit(code)


def _forget_output() -> None:
    """What could not be written is not tried again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Stopped(BaseException):
    """A signal to end; no KeyboardInterrupt, which the library of commands makes its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _stop(number: int, _: object) -> None:
    raise _Stopped(number)
