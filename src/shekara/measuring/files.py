"""Measuring the features of any vector file, on the ellipsoid of its own reference system."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, Unpack

from shekara.gate import EdgeKind, Features, Remark, Stream, streams
from shekara.gate.dataset import Part
from shekara.gate.model import Kind
from shekara.gate.remarks import SHAPE_KINDS
from shekara.gate.stream import PartReader, PartSeen
from shekara.gate.wishes import FileWishes
from shekara.measuring.features import Measured, measured
from shekara.measuring.record import QUANTITIES, STRAIGHT, FeatureRecord, FileRecord, Head
from shekara.measuring.spool import Gathered, Sink
from shekara.tasks import Scheduler, Task

S = TypeVar("S", bound=Sink)
Answer = TypeVar("Answer")
Batch = tuple[Features, Measured]
Runs = Callable[["Work", Stream], Iterable[Batch]]


@dataclass(frozen=True)
class Work:
    """What is done to each batch, here or in another process."""

    edges: EdgeKind | None

    def __call__(self, features: Features) -> Measured:
        """What the features measure."""
        return measured(features, self.edges)


@dataclass(frozen=True)
class PartWork:
    """What is done to a part of a dataset, by whichever machine reaches its file."""

    work: Work
    reader: PartReader

    def __call__(self, part: Part) -> list[tuple[Features, Measured, PartSeen]]:
        """What its batches measure, and what is to be said of them."""
        return [
            (features.told(), self.work(features), seen)
            for features, seen in self.reader.read(part)
        ]


def here(work: Work, stream: Stream) -> Iterator[Batch]:
    """Batches measured one after the other in this process."""
    return ((features, work(features)) for features in stream)


def through(scheduler: Scheduler) -> Runs:
    """Batches measured by a scheduler, a few at a time; they come back in their order.

    Of a dataset only the names of its parts are sent: each worker reads its own.
    """

    def run(work: Work, stream: Stream) -> Iterator[Batch]:
        return _parts(scheduler, work, stream) if stream.parts else _sent(scheduler, work, stream)

    return run


def _parts(scheduler: Scheduler, work: Work, stream: Stream) -> Iterator[Batch]:
    part_work = PartWork(work, stream.reader())
    tasks = (Task(str(number), part_work, (part,)) for number, part in enumerate(stream.parts))
    told: list[PartSeen] = []
    for batches in _in_order(scheduler.run(tasks)):
        for features, result, seen in batches:
            told.append(seen)
            yield features, result
    stream.judge(told)


def _sent(scheduler: Scheduler, work: Work, stream: Stream) -> Iterator[Batch]:
    sent: dict[int, Features] = {}

    def tasks() -> Iterator[Task[Measured]]:
        for number, features in enumerate(stream):
            sent[number] = features
            yield Task(str(number), work, (features.without_attributes(),))

    for number, answer in enumerate(_in_order(scheduler.run(tasks()))):
        yield sent.pop(number), answer


def _in_order(answers: Iterable[tuple[str, Answer]]) -> Iterator[Answer]:
    """Answers of tasks whose titles are numbers from 0 on, by their numbers."""
    early: dict[int, Answer] = {}
    number = 0
    for title, answer in answers:
        early[int(title)] = answer
        while number in early:
            yield early.pop(number)
            number += 1


def measure_file(
    path: Path | str,
    accuracy_m: float | None = None,
    *,
    edges: EdgeKind | None = None,
    **wishes: Unpack[FileWishes],
) -> list[FileRecord]:
    """Length, perimeter and area of every feature of a file, each with its interval.

    Parameters
    ----------
    path : Path or str
        A file that `shekara.gate.read` takes, which `wishes` go to; or a folder of GeoParquet
        files, or its address.
    accuracy_m : float, optional
        Standard deviation of its positions, metres; without it nothing is known of how true the
        figures are, and there are no intervals.
    edges : "geodesic" or "straight", optional
        What edges are; where this is not chosen they are geodesics, and where the other reading
        differs by more than the interval, the interval holds both.

    Returns
    -------
    list of dict
        One JSON object for each reference system in the file, mostly one: "file", "crs",
        "ellipsoid", "accuracy_m", "edges", "remarks", "features" …; lengths in metres, areas in
        square metres, intervals of two standard deviations.

    Raises
    ------
    InputError
        The file cannot be read, names no reference system, or lies outside it.
    UsageError
        A wish that cannot be fulfilled.
    """
    sinks = [
        (head, sink.records)
        for head, sink in measure_to(path, accuracy_m, lambda *_: Gathered(), edges=edges, **wishes)
    ]
    return [{**head, "features": records} for head, records in sinks]


def measure_to(
    path: Path | str,
    accuracy_m: float | None,
    sink: Callable[[bool], S],
    *,
    edges: EdgeKind | None = None,
    step: Callable[[int, int], None] | None = None,
    run: Runs = here,
    **wishes: Unpack[FileWishes],
) -> list[tuple[Head, S]]:
    """The same for a file of any size: records of features go to sinks, batch by batch.

    Parameters
    ----------
    path, accuracy_m, edges, wishes
        See `measure_file`.
    sink : callable
        Makes a sink for each reference system in the file; it is told whether records say their
        layer.
    step : callable, optional
        Is told how many features have been measured, of how many (-1: not known).
    run : callable, optional
        Measures batches of features: `here`, or `through` a scheduler.

    Returns
    -------
    list of pairs
        What is said of all features together, and the sink, for each reference system.
    """
    pairs = []
    for stream in streams(path, accuracy_m=accuracy_m, **wishes):
        layers = len(stream.filled) > 1
        into = sink(layers)
        pairs.append((_gathered(stream, into, layers, edges, step, run), into))
    return pairs


def _gathered(
    stream: Stream, into: Sink, layers: bool, edges: EdgeKind | None,
    step: Callable[[int, int], None] | None, run: Runs,
) -> Head:  # fmt: skip
    """All batches of a stream measured into a sink; the head."""
    said: dict[tuple[Kind, str], list[int]] = {}
    differ: list[int] = []
    example = ""
    departure_m, left_out, first = 0.0, 0, 0
    features: Features | None = None
    for features, result in run(Work(edges), stream):
        for record in result.records:
            record["feature"] += first
            if layers:
                record["layer"] = features.layer[record["feature"] - first]
        if result.differ and not example:
            example = _example(result.records[result.differ[0]])
        differ += [first + index for index in result.differ]
        for remark in features.remarks:
            places = said.setdefault((remark.kind, remark.text), [])
            places += [first + index for index in remark.features]
        departure_m = max(departure_m, result.departure_m)
        left_out += len(features.left_out)
        into.add(result.records)
        first += len(features)
        if step is not None:
            step(first, stream.count)
    assert features is not None  # a stream has a batch, or is refused
    order = sorted(said, key=lambda key: SHAPE_KINDS.index(key[0]))
    remarks = [Remark(kind, text, tuple(said[kind, text])) for kind, text in order]
    about = [*stream.remarks, *remarks, *_edge_remarks(example, differ)]
    if first == 0:
        about.append(Remark("no-geometry", "holds no feature"))
    return _head(features, edges, departure_m, left_out, about)


def _head(
    features: Features, edges: EdgeKind | None, departure_m: float, left_out: int,
    remarks: Sequence[Remark],
) -> Head:  # fmt: skip
    """What is said of all features together."""
    on = features.ellipsoid
    return {
        "file": features.source,
        "crs": features.crs.to_string(),
        "crs_name": features.crs.name,
        "ellipsoid": {
            "a": on.a,
            "flattening": on.f,
            "inverse_flattening": 1 / on.f if on.f else None,
        },
        "accuracy_m": features.accuracy_m,
        "accuracy_stated": features.accuracy_m is not None,
        "edges": "straight in longitude and latitude" if edges == "straight" else "geodesic",
        "edges_chosen": edges is not None,
        "edge_departure_m": departure_m,
        "left_out": left_out,
        "remarks": [remark.record() for remark in remarks],
    }


def _example(record: FeatureRecord) -> str:
    """Both figures of a feature."""
    name = next(name for name in reversed(QUANTITIES) if STRAIGHT[name] in record)
    scale, unit = (1e6, "km²") if name == "area_m2" else (1e3, "km")
    here, there = record[name] / scale, record[STRAIGHT[name]] / scale
    # With as many decimals as show that they differ.
    places = max(3, 1 - math.floor(math.log10(abs(there - here)))) if here != there else 3
    return f"{here:,.{places}f} and {there:,.{places}f} {unit}"


def _edge_remarks(example: str, differ: list[int]) -> list[Remark]:
    """Which features' figures hang on what their edges are."""
    if not differ:
        return []
    text = (
        "edges are taken as geodesics; straight in longitude and latitude they give other figures"
    )
    return [Remark("edges", f"{text} ({example}); choose with --edges", tuple(differ))]
