"""Records of features kept aside, on the disk where they are many, until the head is known.

What is said of a file stands before its features, but is known only after the last of them.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Protocol

from shekara.box_drawing import cell_width
from shekara.measuring.record import FeatureRecord, Head
from shekara.measuring.table import columns, row

CELLS = "\x1f"  # between the cells of a row
IN_MEMORY_BYTES = 32 * 2**20  # more goes to a temporary file


class Sink(Protocol):
    """Where records of features go, batch by batch."""

    def add(self, records: Sequence[FeatureRecord]) -> None:
        """Take the next records."""

    def close(self) -> None:
        """Forget them."""


class Gathered:
    """A sink that keeps the records themselves."""

    def __init__(self) -> None:
        self.records: list[FeatureRecord] = []

    def add(self, records: Sequence[FeatureRecord]) -> None:
        """Take the next records."""
        self.records += records

    def close(self) -> None:
        """Nothing is kept on the disk."""


class _Spool:
    """A long text, written once and read once."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (closed by whoever made it)
            IN_MEMORY_BYTES, "w+", encoding="utf-8", errors="surrogatepass", newline="\n"
        )
        self.write = self._file.write
        self.close = self._file.close

    def parts(self) -> Iterator[str]:
        """A million letters after the other."""
        self._file.seek(0)
        return iter(lambda: self._file.read(2**20), "")

    def lines(self) -> Iterator[str]:
        """Line after line, without their ends."""
        self._file.seek(0)
        return (line.rstrip("\n") for line in self._file)


class JsonSpool:
    """Records as the text that `json.dumps` of two spaces' indent makes of them."""

    def __init__(self) -> None:
        self._spool, self._comma = _Spool(), ""

    def add(self, records: Sequence[FeatureRecord]) -> None:
        """Take the next records: flat mappings of texts and finite numbers."""
        texts = []
        for record in records:
            body = ",\n      ".join([f'"{key}": {_json(value)}' for key, value in record.items()])
            texts.append(f"{self._comma}\n    {{\n      {body}\n    }}")
            self._comma = ","
        self._spool.write("".join(texts))

    def pieces(self, head: Head, indent: str) -> Iterator[str]:
        """The whole record, text after text, its lines but the first after `indent`."""
        text = json.dumps({**head, "features": []}, ensure_ascii=False, indent=2, allow_nan=False)
        yield (text.removesuffix("]\n}")).replace("\n", "\n" + indent)
        for part in self._spool.parts():
            yield part.replace("\n", "\n" + indent) if indent else part
        yield f"\n  {indent}]\n{indent}}}" if self._comma else f"]\n{indent}}}"

    def close(self) -> None:
        """Forget the records."""
        self._spool.close()


def _json(value: object) -> str:
    """A value of a record; lengths and areas are the many."""
    if type(value) is float and math.isfinite(value):
        return repr(value)
    if value is None:
        return "null"
    if type(value) is str:
        return encode_basestring(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


class TableSpool:
    """Records as rows of a table, of which only the columns that hold something are shown.

    `shown` makes a cell fit for one line of a terminal: no control code is left in it.
    """

    def __init__(self, *, stated: bool, layers: bool, shown: Callable[[str], str]) -> None:
        self._spool, self._shown = _Spool(), shown
        self._stated, self._layers = stated, layers
        self._headings = columns(stated=stated, layers=layers)
        self._wide = [0] * len(self._headings)
        self.count = 0

    def add(self, records: Sequence[FeatureRecord]) -> None:
        """Take the next records."""
        self.count += len(records)
        lines = []
        for record in records:
            cells = row(record, stated=self._stated, layers=self._layers)
            cells = [self._shown(cell) if cell else cell for cell in cells]
            for place, cell in enumerate(cells):
                if len(cell) > self._wide[place] or not cell.isascii():
                    self._wide[place] = max(self._wide[place], cell_width(cell))
            lines.append(CELLS.join(cells) + "\n")
        self._spool.write("".join(lines))

    def table(self) -> tuple[list[str], Iterator[list[str]], list[int]]:
        """Columns, rows and widths of the table."""
        names = self._headings.index("name")
        kept = [n for n, wide in enumerate(self._wide) if wide or n <= names]
        headings = [self._headings[n] for n in kept]
        wide = [max(self._wide[n], cell_width(self._headings[n])) for n in kept]
        split = (line.split(CELLS) for line in self._spool.lines())
        return headings, ([cells[n] for n in kept] for cells in split), wide

    def close(self) -> None:
        """Forget the rows."""
        self._spool.close()
