"""Sites: points set densely along the shores, by which the nearest shore is found fast."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Ints
from shekara.median.shores.shores import Shores

# How many sites the automatic spacing aims at, twice the number of segments within bounds: few
# enough that triangulating takes a fraction of a second and a query meets few of them.
AIM = (1_000, 10_000)
# No shore needs spans shorter than a metre, nor longer than 5 km (sagitta half a metre).
SHORTEST_M, LONGEST_M = 1.0, 5_000.0


@dataclass(frozen=True)
class Sites:
    """Sites and the spans between neighbouring sites of one segment."""

    shores: Shores
    lon: Floats
    lat: Floats
    vertex: Ints
    """Vertex of each site, or -1."""
    segment: Ints
    """Segment on which the site lies (for a vertex: one of them)."""
    along: Floats
    """Metres from the start of that segment."""
    head: Ints
    tail: Ints
    """Sites at both ends of each span."""
    span_segment: Ints
    span_from: Floats
    span_to: Floats

    @property
    def owner(self) -> Ints:
        """Owner of each site."""
        return self.shores.owner[self.segment]

    @cached_property
    def xyz(self) -> Floats:
        """Geocentric coordinates (n, 3) in metres."""
        return self.shores.globe.geocentric(self.lon, self.lat)

    @cached_property
    def spans_of(self) -> tuple[Ints, Ints]:
        """Spans that touch each site, as (offsets, spans)."""
        site = np.concatenate([self.head, self.tail])
        span = np.tile(np.arange(len(self.head)), 2)
        order = np.argsort(site, kind="stable")
        offsets = np.concatenate([[0], np.cumsum(np.bincount(site, minlength=len(self.lon)))])
        return offsets.astype(np.int64), span[order].astype(np.int64)

    @cached_property
    def span_length(self) -> Floats:
        """Length of each span in metres."""
        return self.span_to - self.span_from


def automatic_spacing_m(shores: Shores) -> float:
    """A spacing that suits the extent of the shores."""
    aim = np.clip(2 * len(shores.start), *AIM)
    return float(np.clip(shores.length.sum() / aim, 10 * SHORTEST_M, LONGEST_M))


def place_sites(shores: Shores, spacing_m: float, mask: Bools | None = None) -> Sites:
    """Sites no farther apart than the spacing along every segment (of a mask, or all)."""
    chosen = np.arange(len(shores.start)) if mask is None else np.flatnonzero(mask)
    pieces = np.maximum(np.ceil(shores.length[chosen] / spacing_m - 1e-9), 1).astype(np.int64)
    return divide_segments(shores, chosen, pieces)


def divide_segments(shores: Shores, chosen: Ints, pieces: Ints) -> Sites:
    """Sites at the vertices and at equal steps inside each chosen segment."""
    repeat = np.repeat(np.arange(len(chosen)), pieces)
    offset = np.concatenate([[0], np.cumsum(pieces)])
    step = np.arange(len(repeat)) - offset[repeat]
    fraction_from, fraction_to = step / pieces[repeat], (step + 1) / pieces[repeat]
    length = shores.length[chosen]
    return from_spans(
        shores, chosen[repeat], length[repeat] * fraction_from, length[repeat] * fraction_to
    )


def from_spans(shores: Shores, segment: Ints, begin: Floats, finish: Floats) -> Sites:
    """The sites at the ends of given spans, each place once.

    Spans that end at a vertex share its site; spans of one segment share the site between them
    when they follow each other in the order given.
    """
    at_start, at_end = begin <= 0, finish >= shores.length[segment]
    count = len(shores.lon)
    inner = np.flatnonzero(~at_end)
    lon, lat, _ = shores.globe.direct(
        shores.lon[shores.start[segment[inner]]],
        shores.lat[shores.start[segment[inner]]],
        shores.azimuth[segment[inner]],
        finish[inner],
    )
    used = np.unique(np.concatenate([shores.start[segment[at_start]], shores.end[segment[at_end]]]))
    number = np.full(count, -1, dtype=np.int64)
    number[used] = np.arange(len(used))
    tail = np.where(at_end, number[shores.end[segment]], -1)
    tail[inner] = len(used) + np.arange(len(inner))
    head = np.where(at_start, number[shores.start[segment]], np.roll(tail, 1))
    of_segment = np.zeros(len(used), dtype=np.int64)
    of_segment[number[shores.start[segment[at_start]]]] = segment[at_start]
    along = np.zeros(len(used))
    end_site = number[shores.end[segment[at_end]]]
    only_end = np.ones(len(used), dtype=bool)
    only_end[number[shores.start[segment[at_start]]]] = False
    fill = only_end[end_site]
    of_segment[end_site[fill]] = segment[at_end][fill]
    along[end_site[fill]] = shores.length[segment[at_end][fill]]
    return Sites(
        shores,
        np.concatenate([shores.lon[used], lon]),
        np.concatenate([shores.lat[used], lat]),
        np.concatenate([used, np.full(len(inner), -1)]),
        np.concatenate([of_segment, segment[inner]]),
        np.concatenate([along, finish[inner]]),
        head,
        tail,
        segment,
        begin,
        finish,
    )
