"""Shores: the coasts, islands and baselines of each owner as points and geodesic segments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shekara.median.ellipsoid import Bools, Floats, Globe, Ints, unit


@dataclass(frozen=True)
class Shores:
    """Vertices and segments of all owners.

    A vertex belongs to one owner: a land terminus is two vertices at one place. A lone point is
    a segment of length zero, so that every base point lies on a segment. An *element* is a
    vertex (its number) or the inside of a segment (number of vertices + its number).
    """

    globe: Globe
    owners: tuple[str, ...]
    lon: Floats
    lat: Floats
    vertex_owner: Ints
    start: Ints
    end: Ints
    place: Ints
    """Number of the place of each vertex; vertices at one place share it."""
    feature: Ints
    """Row of the table from which each segment comes; baselines count on after the shores."""
    stated: Floats | None = None
    """Accuracy in metres that the feature of each segment states; NaN where it states none."""

    @cached_property
    def owner(self) -> Ints:
        """Owner of each segment."""
        return self.vertex_owner[self.start]

    @cached_property
    def _courses(self) -> tuple[Floats, Floats]:
        ahead, _, length = self.globe.inverse(
            self.lon[self.start], self.lat[self.start], self.lon[self.end], self.lat[self.end]
        )
        return ahead, length

    @property
    def azimuth(self) -> Floats:
        """Azimuth of each segment at its start, in degrees."""
        return self._courses[0]

    @property
    def length(self) -> Floats:
        """Length of each segment in metres."""
        return self._courses[1]

    @cached_property
    def _ways(self) -> tuple[Floats, Floats]:
        """Unit vectors (n, 3) at the start of each segment and, across them, along it."""
        a, b = (
            unit(self.globe.geocentric(self.lon[end], self.lat[end]))
            for end in (self.start, self.end)
        )
        return a, unit(b - a * (a * b).sum(axis=1)[:, None])

    def along_m(self, segment: Ints, lon: Floats, lat: Floats) -> Floats:
        """How far along each segment the foot of a point lies, as on a sphere (to 1 %)."""
        p = unit(self.globe.geocentric(lon, lat))
        a, ahead = (v[segment] for v in self._ways)
        out: Floats = self.globe.radius * np.arctan2((p * ahead).sum(axis=1), (p * a).sum(axis=1))
        return out

    @cached_property
    def termini(self) -> dict[int, dict[int, int]]:
        """Places that belong to two owners or more: place -> owner -> vertex."""
        count = np.bincount(self.place)
        shared: dict[int, dict[int, int]] = {}
        for vertex in np.flatnonzero(count[self.place] > 1):
            shared.setdefault(int(self.place[vertex]), {})[int(self.vertex_owner[vertex])] = int(
                vertex
            )
        return shared

    @cached_property
    def is_terminus(self) -> Bools:
        """Whether each vertex is a land terminus."""
        out: Bools = np.bincount(self.place)[self.place] > 1
        return out

    def owner_of(self, element: Ints) -> Ints:
        """Owner of each element."""
        count = len(self.lon)
        inside = element >= count
        return np.where(
            inside,
            self.owner[np.where(inside, element - count, 0)],
            self.vertex_owner[np.where(inside, 0, element)],
        )

    def stated_m(self, element: Ints) -> Floats:
        """Accuracy that the features of elements state, of several the worst; NaN if none."""
        if self.stated is None:
            return np.full(len(element), np.nan)
        inside = element >= len(self.lon)
        return np.where(
            inside,
            self.stated[np.where(inside, element - len(self.lon), 0)],
            self._stated_of_vertex[np.where(inside, 0, element)],
        )

    @cached_property
    def _stated_of_vertex(self) -> Floats:
        out = np.full(len(self.lon), np.nan)
        assert self.stated is not None
        for end in (self.start, self.end):
            np.fmax.at(out, end, self.stated)
        return out

    def of_owner(self, number: int) -> Shores:
        """The shores of one owner alone."""
        return self.of_segments(np.flatnonzero(self.owner == number))

    def of_segments(self, chosen: Ints) -> Shores:
        """Some segments, with those owners alone that have any of them."""
        used = np.unique(np.concatenate([self.start[chosen], self.end[chosen]]))
        number = np.full(len(self.lon), -1, dtype=np.int64)
        number[used] = np.arange(len(used))
        owners, owner = np.unique(self.vertex_owner[used], return_inverse=True)
        return Shores(
            self.globe,
            tuple(self.owners[n] for n in owners.tolist()),
            self.lon[used],
            self.lat[used],
            owner.astype(np.int64),
            number[self.start[chosen]],
            number[self.end[chosen]],
            np.unique(self.place[used], return_inverse=True)[1].astype(np.int64),
            self.feature[chosen],
            None if self.stated is None else self.stated[chosen],
        )

    def touching(self, segment: int) -> tuple[int, int]:
        """The two vertices of a segment."""
        return int(self.start[segment]), int(self.end[segment])
