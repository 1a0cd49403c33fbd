"""The nearest point of the shores: a k-d tree names candidates, geodesics decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.spatial import cKDTree

from shekara.median.ellipsoid import Bools, Floats, Ints, unit
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import Sites

# A foot nearer to an end of its segment than this is that end (1 micrometre).
END_M = 1e-6
# Points whose candidates are sought together: some hundred megabytes at a time.
AT_ONCE = 50_000
# Sites that are asked for first: for the nearest shore, and for all within a margin.
FEW, MANY = 4, 12


@dataclass(frozen=True)
class Base:
    """Base points: for each query point its distance, direction and nature."""

    element: Ints
    segment: Ints
    along: Floats
    lon: Floats
    lat: Floats
    distance: Floats
    azimuth: Floats
    """Azimuth in degrees at the query point towards the base point."""

    def __getitem__(self, index: Ints | Bools | slice) -> Base:
        return Base(*(getattr(self, name)[index] for name in self.__dataclass_fields__))

    def with_rows(self, index: Ints | Bools, other: Base) -> Base:
        """A copy in which the rows of an index are those of another."""
        columns = []
        for name in self.__dataclass_fields__:
            column = getattr(self, name).copy()
            column[index] = getattr(other, name)
            columns.append(column)
        return Base(*columns)

    @property
    def toward(self) -> Floats:
        """Unit vectors (n, 2), east and north, from the query point to the base point."""
        a = np.radians(self.azimuth)
        return np.stack([np.sin(a), np.cos(a)], axis=-1)


def feet(shores: Shores, segment: Ints, lon: Floats, lat: Floats, along: Floats) -> Base:
    """The nearest point of one segment to each point, from a first guess of where it lies.

    Each step solves the right triangle on the sphere (Napier) at the present foot; what it
    neglects is the flattening, so an error shrinks about three hundredfold. An error e of the
    foot changes the distance d by e²/2d only.
    """
    globe, length = shores.globe, shores.length[segment]
    lon0, lat0 = shores.lon[shores.start[segment]], shores.lat[shores.start[segment]]
    course = shores.azimuth[segment]
    along = np.clip(along, 0, length)
    for step in range(5):
        foot_lon, foot_lat, back = globe.direct(lon0, lat0, course, along)
        out, home, distance = globe.inverse(foot_lon, foot_lat, lon, lat)
        forward = np.where(along > 0, back + 180, course)
        angle, arc = np.radians(out - forward), distance / globe.radius
        shift = globe.radius * np.arctan2(np.sin(arc) * np.cos(angle), np.cos(arc))
        moved = np.clip(along + shift, 0, length)
        change = np.abs(moved - along)
        if step == 4 or change.max(initial=0) < 1e-5:
            break
        along = moved
    at_start, at_end = along <= END_M, along >= length - END_M
    element = np.where(
        at_start,
        shores.start[segment],
        np.where(at_end, shores.end[segment], segment + len(shores.lon)),
    )
    return Base(element, segment, along, foot_lon, foot_lat, distance, home)


def chord_slack_m(distance: Floats) -> Floats:
    """By how much chords of equal geodesics can differ on the ellipsoid, with a margin of two.

    Measured on WGS 84: 0.084 m at 200 km, 0.69 m at 400 km, 2.4 m at 600 km, as the cube.
    """
    out: Floats = 0.01 + 0.2 * (distance / 200e3) ** 3
    return out


@dataclass(frozen=True)
class Finder:
    """Answers which point of a set of sites' segments is nearest."""

    sites: Sites
    chosen: Ints = field(repr=False)
    """The sites that are searched."""

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.sites.xyz[self.chosen])

    @cached_property
    def _half(self) -> float:
        return float(self.sites.span_length.max(initial=0)) / 2

    def nearest(self, lon: Floats, lat: Floats) -> Base:
        """The nearest base point to each point."""
        point, base = self.near(lon, lat, 0.0)
        order = np.lexsort((base.distance, point))
        first = np.ones(len(order), dtype=bool)
        first[1:] = point[order][1:] != point[order][:-1]
        return base[order[first]]

    def distance_m(self, lon: Floats, lat: Floats) -> Floats:
        """The distance to the nearest base point; infinite for an owner without shore."""
        if not len(self.chosen):
            return np.full(len(lon), np.inf)
        return self.nearest(lon, lat).distance

    def within(self, lon: Floats, lat: Floats, metres: float) -> Bools:
        """Whether a shore lies within a distance of each place; far places cost little."""
        out = self.maybe_within(lon, lat, metres)
        maybe = np.flatnonzero(out)
        out[maybe] = self.distance_m(lon[maybe], lat[maybe]) <= metres
        return out

    def maybe_within(self, lon: Floats, lat: Floats, metres: float) -> Bools:
        """Which places may lie within a distance of a shore: all that do, and some beyond it."""
        if not len(lon) or not len(self.chosen):
            return np.zeros(len(lon), dtype=bool)
        # A chord is shorter than its geodesic; between two sites the shore may be nearer by half.
        xyz = self.sites.shores.globe.geocentric(lon, lat)
        most = metres + self._half + self._sagitta
        near: Bools = np.isfinite(self._tree.query(xyz, distance_upper_bound=most)[0])
        return near

    def none_nearer(self, element: Ints, lon: Floats, lat: Floats, than_m: float) -> Bools:
        """Whether no shore is nearer to each point than its element, which is so far from it.

        The element is a vertex, the point between the normals of the segments that meet there,
        or the inside of a segment. Only where spans of others come near geodesics decide.
        """
        shores, count = self.sites.shores, len(self.sites.shores.lon)
        out: Bools = np.ones(len(lon), dtype=bool)
        if not len(lon):
            return out
        xyz = shores.globe.geocentric(lon, lat)
        point, span, _, _ = self._candidates(xyz, np.zeros(len(lon)), FEW)
        segment, mine = self.sites.span_segment[span], element[point]
        touching = (shores.start[segment] == mine) | (shores.end[segment] == mine)
        other = (segment + count != mine) & ~((mine < count) & touching)
        doubtful = np.unique(point[other])
        out[doubtful] = self.nearest(lon[doubtful], lat[doubtful]).distance >= than_m
        return out

    def near(self, lon: Floats, lat: Floats, margin: Floats | float) -> tuple[Ints, Base]:
        """All segments whose distance exceeds the least by no more than a margin in metres.

        Returns the number of the query point for each row, and the base points. Segments a
        little beyond the margin may be among them; none within it is missing.
        """
        if not len(lon):
            empty = np.zeros(0, dtype=np.int64)
            return empty, feet(self.sites.shores, empty, lon, lat, np.zeros(0))
        xyz = self.sites.shores.globe.geocentric(lon, lat)
        margins = np.broadcast_to(np.asarray(margin, dtype=np.float64), lon.shape)
        sites = MANY if margins.any() else FEW
        point, span, gap, guess = self._candidates(xyz, margins, sites)
        segment = self.sites.span_segment[span]
        # One row per point and segment: the span that lies nearest.
        order = np.lexsort((gap, segment, point))
        point, segment, guess = point[order], segment[order], guess[order]
        first = np.ones(len(point), dtype=bool)
        first[1:] = (point[1:] != point[:-1]) | (segment[1:] != segment[:-1])
        point, segment, guess = point[first], segment[first], guess[first]
        return point, feet(self.sites.shores, segment, lon[point], lat[point], guess)

    def about_m(self, lon: Floats, lat: Floats) -> Floats:
        """Distances to the nearest shore without geodesics: right to a few parts in a million.

        The chord to the nearest point of a span, raised from its chord to the surface, is made
        an arc of the mean sphere.
        """
        least = np.full(len(lon), np.inf)
        if not len(lon) or not len(self.chosen):
            return least
        globe = self.sites.shores.globe
        xyz = globe.geocentric(lon, lat)
        point, span, _, along = self._candidates(xyz, np.zeros(len(lon)), FEW)
        head, tail = self.sites.xyz[self.sites.head[span]], self.sites.xyz[self.sites.tail[span]]
        length = np.maximum(self.sites.span_length[span], 1e-9)
        t = (along - self.sites.span_from[span]) / length
        foot = head + t[:, None] * (tail - head)
        rise = t * (1 - t) * length**2 / (2 * globe.radius)
        foot += unit(foot) * rise[:, None]
        chord = np.linalg.norm(xyz[point] - foot, axis=1)
        arc = 2 * globe.radius * np.arcsin(np.minimum(chord / (2 * globe.radius), 1))
        np.minimum.at(least, point, arc)
        return least

    def _candidates(
        self, xyz: Floats, margin: Floats, first: int
    ) -> tuple[Ints, Ints, Floats, Floats]:
        """Spans that may lie within a margin of the least distance: point, span, gap, along."""
        starts = range(0, max(len(xyz), 1), AT_ONCE)
        chunks = [slice(start, start + AT_ONCE) for start in starts]
        parts = [self._candidates_at_once(xyz[at], margin[at], first) for at in chunks]
        point = np.concatenate([p[0] + start for p, start in zip(parts, starts, strict=True)])
        span, gap = np.concatenate([p[1] for p in parts]), np.concatenate([p[2] for p in parts])
        return point, span, gap, np.concatenate([p[3] for p in parts])

    def _candidates_at_once(
        self, xyz: Floats, margin: Floats, first: int
    ) -> tuple[Ints, Ints, Floats, Floats]:
        """The candidates of points that are few enough for memory.

        So many sites are asked for first; where they do not suffice, four times as many.
        """
        points, spans, guesses = [], [], []
        rows, count = np.arange(len(xyz)), min(first, len(self.chosen))
        while len(rows):
            chord, site = self._tree.query(xyz[rows], k=count)
            chord = np.reshape(chord, (len(rows), count))
            site = np.reshape(site, (len(rows), count))
            row, span, gap, guess = self._spans(xyz[rows], self.chosen[site])
            least = np.full(len(rows), np.inf)
            np.minimum.at(least, row, gap)
            reach = least + margin[rows]
            limit = reach + 2 * chord_slack_m(reach) + self._sagitta
            complete = chord[:, -1] ** 2 >= limit**2 + self._half**2
            complete |= count >= len(self.chosen)
            use = complete[row] & (gap <= limit[row])
            points.append(rows[row[use]])
            spans.append(span[use])
            guesses.append(np.stack([gap[use], guess[use]]))
            rows, count = rows[~complete], min(4 * count, len(self.chosen))
        gap, guess = np.concatenate(guesses, axis=1)
        return np.concatenate(points), np.concatenate(spans), gap, guess

    @cached_property
    def _sagitta(self) -> float:
        return self._half**2 / self.sites.shores.globe.radius

    def _spans(self, xyz: Floats, site: Ints) -> tuple[Ints, Ints, Floats, Floats]:
        """Spans at the sites: row, span, straight distance, metres along the segment."""
        offsets, spans = self.sites.spans_of
        flat = site.ravel()
        count = offsets[flat + 1] - offsets[flat]
        row = np.repeat(np.repeat(np.arange(len(site)), site.shape[1]), count)
        begin = np.repeat(offsets[flat], count)
        within = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        span = spans[begin + within]
        head, tail = self.sites.head[span], self.sites.tail[span]
        a, b, p = self.sites.xyz[head], self.sites.xyz[tail], xyz[row]
        along = b - a
        square = np.maximum((along**2).sum(axis=1), 1e-12)
        t = np.clip(((p - a) * along).sum(axis=1) / square, 0, 1)
        gap = np.linalg.norm(p - a - t[:, None] * along, axis=1)
        return row, span, gap, self.sites.span_from[span] + t * self.sites.span_length[span]


@dataclass(frozen=True)
class Finders:
    """A finder for each owner and one for all together."""

    sites: Sites

    @cached_property
    def all(self) -> Finder:
        """The finder over every shore."""
        return Finder(self.sites, np.arange(len(self.sites.lon)))

    @cached_property
    def of(self) -> tuple[Finder, ...]:
        """The finder of each owner, by its number."""
        owner = self.sites.owner
        count = len(self.sites.shores.owners)
        return tuple(Finder(self.sites, np.flatnonzero(owner == number)) for number in range(count))

    def nearest(self, owner: Ints, lon: Floats, lat: Floats) -> Base:
        """The nearest base point of a given owner to each point."""
        base: Base | None = None
        for number in np.unique(owner):
            rows = np.flatnonzero(owner == number)
            part = self.of[int(number)].nearest(lon[rows], lat[rows])
            if base is None:
                base = _blank(len(owner), part)
            base = base.with_rows(rows, part)
        return base if base is not None else self.all.nearest(lon, lat)


def _blank(count: int, like: Base) -> Base:
    kinds = (getattr(like, name).dtype for name in like.__dataclass_fields__)
    return Base(*(np.zeros(count, dtype=kind) for kind in kinds))
