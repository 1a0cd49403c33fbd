"""GeoParquet in many parts: a folder of files, or an address of object storage.

A part is named by its file and its groups of rows, so that any machine that reaches the file can
read it. Addresses (s3://…, gs://…, https://…, memory://…) are opened by fsspec, and only where
the user gives them on the command line: nothing that an atlas holds leads here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from shekara.errors import InputError, UsageError
from shekara.gate.gdal import RawLayer
from shekara.gate.naming import fields
from shekara.gate.parquet import About, Place, about, batches
from shekara.gate.sources import Source

if TYPE_CHECKING:
    import pyarrow.fs

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://.")
PART_BYTES = 32 * 2**20  # groups of rows are joined to parts of about this size


@dataclass(frozen=True)
class Part:
    """Some groups of rows of one file of a dataset: a few words, whatever it holds."""

    source: str  # the folder or address that was given
    path: str  # in its file system
    name: str  # of the layer
    keys: tuple[tuple[str, str], ...]
    groups: tuple[int, ...]
    columns: tuple[str, ...]

    def batches(self) -> Iterator[RawLayer]:
        """Its features, wherever this is called.

        Raises
        ------
        InputError
            This machine does not reach the file, or it is broken.
        """
        with _refusals_told(self.source):
            place = _place(self.source, self.path, self.keys)
            yield from batches(place, about(place), self.name, self.columns, self.groups)


@dataclass(frozen=True)
class Dataset:
    """A source that is read in order, and its parts, which may be read in any."""

    source: Source
    parts: tuple[Part, ...]


def is_dataset(source: Path | str) -> bool:
    """Whether this is an address, or a folder with GeoParquet files in it."""
    if ADDRESS.match(str(source)):
        return True
    path = Path(source)
    return path.is_dir() and next(path.rglob("*.parquet"), None) is not None


def dataset(source: Path | str) -> Dataset:
    """The parts of a folder or an address, in the order of their names.

    Parameters
    ----------
    source : Path or str
        A folder (folders in it may be called ``country=KZ``), or an address of a folder or file.

    Raises
    ------
    InputError
        There is nothing, or a file is broken, or files are in different reference systems.
    UsageError
        What opens such an address is not installed.
    """
    source = str(source)
    with _refusals_told(source):
        places = _places(source)
        said = [about(place) for place in places]
    first = said[0]
    for place, other in zip(places, said, strict=True):
        if (other.crs, other.stated) != (first.crs, first.stated):
            raise InputError(
                f"{place.label}: is in another reference system than {places[0].label}; "
                "measure them one by one"
            )
    shapes = frozenset[str]().union(*(item.shapes for item in said))
    keys = [key for place in places for key, _ in place.keys]
    listed = dict.fromkeys([*(name for item in said for name in item.names), *keys])
    columns = tuple(fields([name for name in listed if name not in shapes]))
    name = Path(source).stem
    parts = tuple(
        Part(source, place.path, name, place.keys, groups, columns)
        for place, item in zip(places, said, strict=True)
        for groups in _joined(item)
    )

    def read() -> Iterator[RawLayer]:
        for part in parts:
            yield from part.batches()

    count = sum(item.rows for item in said)
    return Dataset(Source(name, first.crs, first.stated, "utf-8", False, count, read), parts)


@contextmanager
def _refusals_told(source: str) -> Iterator[None]:
    """Whatever a file system raises (no right, no network, no such bucket) as one message.

    Raises
    ------
    InputError, UsageError
        Those of the gate as they are.
    """
    try:
        yield
    except (InputError, UsageError):
        raise
    except Exception as error:  # each file system has errors of its own
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise InputError(
            f"{source}: cannot be read ({why}); see that this machine reaches it and may read it"
        ) from error


def _joined(said: About) -> Iterator[tuple[int, ...]]:
    """Groups of rows that follow each other, together about `PART_BYTES`."""
    joined: list[int] = []
    size = 0
    for number, group in enumerate(said.groups):
        if not group.rows:
            continue
        if joined and size + group.bytes > PART_BYTES:
            yield tuple(joined)
            joined, size = [], 0
        joined.append(number)
        size += group.bytes
    if joined:
        yield tuple(joined)


def _places(source: str) -> list[Place]:
    """All Parquet files, by their paths; what begins with a dot or a line below is not read."""
    files, root = _opened(source)
    places = [_place(source, path, _keys(path, root)) for path in sorted(_paths(files, root))]
    if not places:
        raise InputError(f"{source}: there is no .parquet file; give a folder of GeoParquet")
    return places


def _paths(files: pyarrow.fs.FileSystem | None, root: str) -> list[str]:
    if files is None:
        listed = [str(path) for path in Path(root).rglob("*.parquet") if path.is_file()]
    else:
        import pyarrow.fs

        if files.get_file_info(root).type == pyarrow.fs.FileType.File:
            return [root]
        inside = files.get_file_info(pyarrow.fs.FileSelector(root, recursive=True))
        listed = [
            item.path
            for item in inside
            if item.path.endswith(".parquet") and item.type == pyarrow.fs.FileType.File
        ]
    return [
        path
        for path in listed
        if not any(step.startswith((".", "_")) for step in _steps(path, root))
    ]


def _steps(path: str, root: str) -> list[str]:
    """The folders below the root, and the file."""
    return path.removeprefix(root.rstrip("/")).strip("/").split("/")


def _keys(path: str, root: str) -> tuple[tuple[str, str], ...]:
    """What folders are called in hive's way: country=KZ."""
    pairs = (step.partition("=") for step in _steps(path, root)[:-1])
    return tuple(
        (unquote(key), unquote(value))
        for key, mark, value in pairs
        if mark and value != "__HIVE_DEFAULT_PARTITION__"
    )


def _place(source: str, path: str, keys: tuple[tuple[str, str], ...]) -> Place:
    files, _ = _opened(source)
    label = (
        path if files is None or ADDRESS.match(path) else f"{source.partition('://')[0]}://{path}"
    )
    return Place(label, path, files, keys)


@lru_cache(maxsize=8)
def _opened(source: str) -> tuple[pyarrow.fs.FileSystem | None, str]:
    """The file system of a source, and its path there; None is this machine's."""
    if not ADDRESS.match(source):
        return None, str(Path(source).resolve())
    try:
        import fsspec
        import pyarrow.fs

        files, path = fsspec.core.url_to_fs(source)
    except ImportError as error:
        raise UsageError(
            f"{source}: cannot be opened ({error}); install what opens such addresses, "
            "beside: pip install 'shekara[cluster]'"
        ) from error
    except ValueError as error:
        raise UsageError(f"{source}: is no address that is known ({error})") from error
    return pyarrow.fs.PyFileSystem(pyarrow.fs.FSSpecHandler(files)), path
