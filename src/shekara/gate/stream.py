"""A file of any size, batch by batch: what each layer's system makes of it, in flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Unpack

from pyproj import CRS

from shekara.errors import InputError
from shekara.gate import formats
from shekara.gate.ahead import ahead
from shekara.gate.dataset import Part, dataset, is_dataset
from shekara.gate.gdal import RawLayer, quiet
from shekara.gate.model import SHOWN, Features, Remark
from shekara.gate.pieces import Reader, Seen, numbered, refuse_nothing
from shekara.gate.reading import raw_layers, source_remarks, system_of
from shekara.gate.sources import Source, batched_sources, is_batched, whole
from shekara.gate.wishes import Wishes, WishWords


class Stream:
    """The features of a file that are in one reference system, to be read once, in order.

    `filled` names the layers that hold features; `count` is how many there are, -1 where only
    reading tells. After the last batch `remarks` holds what is to be said of how the file was
    read; what is said of shapes comes with each batch, features numbered within it.

    `parts` may be read one by one on other machines, by `reader`; then `judge` takes what all of
    them saw.
    """

    def __init__(
        self,
        path: Path | str,
        kind: str,
        sources: list[Source],
        wished: Wishes,
        parts: tuple[Part, ...] = (),
    ) -> None:
        self.source = str(path)
        self.parts = parts
        self._kind, self._sources, self._wished = kind, sources, wished
        self.filled = [source.name for source in sources if source.count]
        counts = [source.count for source in sources]
        self.count = -1 if -1 in counts else sum(counts)
        self.remarks: tuple[Remark, ...] = ()

    def __iter__(self) -> Iterator[Features]:
        reader: Reader | None = None
        refusal: InputError | None = None
        read, unread = 0, 0
        faults: dict[int, str] = {}
        try:
            crs: CRS | None = system_of(
                self.source, self._kind, self._sources[0].head, self._wished
            )
        except InputError as error:  # said only if there is a feature to be placed
            crs, refusal = None, error
        for raw in self._raw():
            count = len(raw.geometry)
            missed = numbered([raw])
            unread += len(missed)
            if len(faults) < SHOWN:
                faults |= {read + index: why for index, why in missed.items()}
            if crs is None and refusal is not None:
                if len(missed) < count:
                    raise refusal
                read += count
                continue
            assert crs is not None
            if reader is None:
                reader = Reader(self.source, self._kind, crs, self._wished)
                first = self._sources[0].head
                said = source_remarks(first, self.filled, self._wished, crs)
                self.remarks = tuple(said)
            read += count
            yield reader.features([raw])
        if refusal is not None and not unread:
            raise refusal
        if unread and unread == read:
            refuse_nothing(self.source, faults, unread)
        if reader is not None:
            reader.judge()

    def reader(self) -> PartReader:
        """What reads a part of this stream, wherever it is sent.

        Raises
        ------
        InputError
            The source says no reference system, or one that cannot be used.
        """
        crs = system_of(self.source, self._kind, self._sources[0].head, self._wished)
        return PartReader(self.source, self._kind, crs, self._wished)

    def judge(self, told: Iterable[PartSeen]) -> None:
        """Refuse what is refused only after all parts have been read; set `remarks`.

        Raises
        ------
        InputError
            No feature can be read, or most lie outside the system's area of use.
        """
        by = self.reader()
        reader = Reader(by.source, by.kind, by.crs, by.wished)
        unread, read = 0, 0
        faults: dict[int, str] = {}
        for part in told:
            reader.take(part.seen)
            faults |= {read + index: why for index, why in part.faults.items()}
            unread, read = unread + part.unread, read + part.read
        if unread and unread == read:
            refuse_nothing(self.source, faults, unread)
        reader.judge()
        head = self._sources[0].head
        self.remarks = tuple(source_remarks(head, self.filled, self._wished, by.crs))

    def _raw(self) -> Iterator[RawLayer]:
        """All batches; one without features where there is none, so that something is said."""
        some = False
        with quiet():
            for source in self._sources:
                for raw in ahead(source.batches()):
                    some = True
                    yield raw
        if not some:
            yield self._sources[0].head


class PartSeen(NamedTuple):
    """What is to be known of a part when all have been read."""

    seen: Seen
    read: int  # features
    unread: int  # of them, those that cannot be read
    faults: dict[int, str]  # why, of the first few


@dataclass(frozen=True)
class PartReader:
    """Reads parts of one stream; small, so that it goes with each."""

    source: str
    kind: str
    crs: CRS
    wished: Wishes

    def read(self, part: Part) -> Iterator[tuple[Features, PartSeen]]:
        """Features of a part, batch by batch, and what is to be known of each batch."""
        for raw in part.batches():
            reader = Reader(self.source, self.kind, self.crs, self.wished)
            features = reader.features([raw])
            some = dict(list(raw.faults.items())[:SHOWN])
            yield features, PartSeen(reader.seen, len(features), len(raw.faults), some)


def streams(path: Path | str, **wishes: Unpack[WishWords]) -> tuple[Stream, ...]:
    """The features of a file to be read in order, one stream for each reference system in it.

    Takes the wishes of `shekara.gate.read` but for `where`, and refuses what that refuses, partly
    when the last batch has been read. Of attributes only those are read that name features.

    Raises
    ------
    InputError
        The file cannot be read.
    UsageError
        A wish that cannot be fulfilled.
    """
    wished = Wishes.of(**wishes)
    if is_dataset(path):
        many = dataset(path)
        return (Stream(path, "Parquet", [many.source], wished, many.parts),)
    path = Path(path)
    kind = formats.format_of(path)
    if is_batched(path, kind):
        sources = batched_sources(path, kind, wished.layer)
    else:
        kind, layers = raw_layers(path, wished)
        sources = [whole(raw) for raw in layers]
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(wished.crs or source.crs or "", []).append(source)
    return tuple(Stream(path, kind, same, wished) for same in groups.values())
