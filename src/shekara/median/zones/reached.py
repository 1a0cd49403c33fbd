"""What each owner reaches: its shores with and without islands of no effect, and its slope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from shekara.errors import GeometryError, UsageError
from shekara.median.ellipsoid import Bools, Floats, Globe, Ints
from shekara.median.limit.limit import rings_at
from shekara.median.limit.run import Run
from shekara.median.shores.crossings import refuse_crossings
from shekara.median.shores.island_effect import effect_of
from shekara.median.shores.reading import lonlat, read_shores
from shekara.median.shores.shores import Shores
from shekara.median.shores.sites import automatic_spacing_m, place_sites
from shekara.median.solve.nearest import Finders
from shekara.median.zones.breadths import OUTERMOST_M, SLOPE_M, Breadths
from shekara.median.zones.low_tide import within_breadth
from shekara.median.zones.wedges import owners_by_side


@dataclass(frozen=True)
class Medians:
    """Median lines, each (n, 2) in degrees, between shores as they count up to a breadth."""

    full: tuple[Floats, ...] = ()
    """Of all shores."""
    effective: tuple[Floats, ...] = ()
    """Without islands of no effect; the same lines where there are none."""

    @property
    def lines(self) -> tuple[Floats, ...]:
        """Every line once."""
        return self.full if self.effective is self.full else (*self.full, *self.effective)


@dataclass(frozen=True)
class Reached:
    """Shores of all owners as they count for the territorial sea, and beyond it."""

    full: Shores
    effective: Shores
    """Without islands of no effect; the same object where there are none."""
    slope: Shores | None
    """Points at the foot of the slope."""
    farthest_m: float
    remarks: tuple[str, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        """Owners by number."""
        return self.full.owners

    @property
    def has_slope(self) -> bool:
        """Whether the foot of any slope is known."""
        return self.slope is not None

    def has_slope_of(self, number: int) -> bool:
        """Whether the foot of an owner's slope is known."""
        return self.slope is not None and self.owners[number] in self.slope.owners

    @cached_property
    def _finders(self) -> tuple[Finders, Finders]:
        full = Finders(place_sites(self.full, automatic_spacing_m(self.full)))
        if self.effective is self.full:
            return full, full
        return full, Finders(place_sites(self.effective, automatic_spacing_m(self.effective)))

    def finders(self, every_island: bool) -> Finders:
        """Finders of the shores with every island, or of those with effect."""
        return self._finders[0 if every_island else 1]

    def nearest(
        self, every_island: bool, lines: Sequence[Floats], lon: Floats, lat: Floats
    ) -> tuple[Ints, Floats]:
        """The owner (n) of the nearest shore, and the distance (n).

        The median lines of these shores decide off a vertex that two owners share.
        """
        finders = self.finders(every_island)
        if not len(finders.all.chosen):
            return np.zeros(len(lon), dtype=np.int64), np.full(len(lon), np.inf)
        base = finders.all.nearest(lon, lat)
        owner = owners_by_side(finders.sites.shores, lines, base.element, lon, lat)
        return owner, base.distance

    def within(self, every_island: bool, lon: Floats, lat: Floats, metres: float) -> Bools:
        """Whether places (n, owners) lie within a distance of every owner's shores."""
        finders = self.finders(every_island)
        return np.stack([f.within(lon, lat, metres) for f in finders.of], axis=1)

    def slope_distances_m(self, lon: Floats, lat: Floats) -> Floats:
        """Distances (n, owners) from the foot of every owner's slope; infinite where unknown."""
        out = np.full((len(lon), len(self.owners)), np.inf)
        if self.slope is not None:
            finders = Finders(place_sites(self.slope, 1_000.0))
            for name, finder in zip(self.slope.owners, finders.of, strict=True):
                out[:, self.owners.index(name)] = finder.nearest(lon, lat).distance
        return out

    def slope_rings(self, number: int, breadths: Breadths, chord_m: float) -> list[Run]:
        """The lines 60 M from the foot of an owner's slope (Gardiner's formula)."""
        if self.slope is None or not self.has_slope_of(number) or breadths.economic_m is None:
            return []
        slope = self.slope.of_owner(self.slope.owners.index(self.owners[number]))
        return rings_at(slope, SLOPE_M, chord_m)


def read_reached(  # noqa: PLR0913 - tables of the user and how they are read
    shores: gpd.GeoDataFrame,
    low_tide: gpd.GeoDataFrame | None,
    baselines: gpd.GeoDataFrame | None,
    slope: gpd.GeoDataFrame | None,
    by: str,
    effect: Mapping[str, float | str] | None,
    breadths: Breadths,
    earth: Globe,
) -> Reached:
    """The shores of every owner, low-tide elevations within the territorial sea among them."""
    remarks: tuple[str, ...] = ()
    read_shores(shores, by, earth, baselines)  # refuses what cannot be read, by its row
    weight = effect_of(shores, by, effect)
    if low_tide is not None:
        if by not in low_tide.columns:
            raise UsageError(f"low-tide elevations: no column {by!r}")
        near, remarks = within_breadth(shores, low_tide, by, earth, breadths.territorial_m)
        shores = _stacked(shores, lonlat(low_tide, "low-tide elevations")[near], by)
        weight = np.append(weight, np.ones(int(near.sum())))
    full = read_shores(shores, by, earth, baselines)
    refuse_crossings(full)
    effective = full
    if (weight == 0).any():
        effective = read_shores(shores[weight > 0], by, earth, baselines)
    foot = None
    if slope is not None:
        foot = read_shores(slope, by, earth)
        strange = sorted(set(foot.owners) - set(full.owners))
        if strange:
            raise GeometryError(
                f"foot of slope: {', '.join(strange)} has no shores; owners: "
                f"{', '.join(full.owners)}"
            )
    outermost = breadths.outermost_m
    if foot is not None and breadths.economic_m is not None:
        outermost = max(outermost, OUTERMOST_M)
    return Reached(full, effective, foot, outermost, remarks)


def _stacked(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame, by: str) -> gpd.GeoDataFrame:
    """Both tables one after the other; of the second the owners alone."""
    frames = [first, second[[by, second.geometry.name]]]
    bare = [pd.DataFrame(f.drop(columns=f.geometry.name)) for f in frames]
    shapes = np.concatenate([f.geometry.to_numpy() for f in frames])
    return gpd.GeoDataFrame(pd.concat(bare, ignore_index=True), geometry=shapes, crs=4326)
