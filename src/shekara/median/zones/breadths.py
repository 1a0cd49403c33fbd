"""Breadths of the zones, in metres from the baselines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shekara.errors import UsageError
from shekara.geometry.units import NAUTICAL_MILE_M

TERRITORIAL, CONTIGUOUS = "territorial sea", "contiguous zone"
ECONOMIC, SHELF, INTERNAL = "exclusive economic zone", "outer continental shelf", "internal waters"
# UNCLOS, article 76: 60 M from the foot of the slope (4 a ii), 350 M from the baselines (5).
SLOPE_M, OUTERMOST_M = 60 * NAUTICAL_MILE_M, 350 * NAUTICAL_MILE_M


@dataclass(frozen=True)
class Limit:
    """The outer limit of a zone."""

    name: str
    metres: float
    every_island: bool
    """Whether islands without effect count."""
    shelf: bool = False


@dataclass(frozen=True)
class Breadths:
    """Breadths in metres; None leaves a zone out. By default 12, 24 and 200 nautical miles."""

    territorial_m: float = 12 * NAUTICAL_MILE_M
    contiguous_m: float | None = 24 * NAUTICAL_MILE_M
    economic_m: float | None = 200 * NAUTICAL_MILE_M

    def __post_init__(self) -> None:
        for name, value in (
            ("territorial", self.territorial_m),
            ("contiguous", self.contiguous_m),
            ("economic", self.economic_m),
        ):
            if value is None:
                continue
            if not (np.isfinite(value) and 1.0 <= value <= 5e6):
                raise UsageError(f"{name}: {value} m; give 1 m to 5000 km, such as 12M")
            if name != "territorial" and value <= self.territorial_m:
                raise UsageError(
                    f"{name}: {value:g} m is no more than the territorial sea's "
                    f"{self.territorial_m:g} m; give a greater breadth, or none"
                )

    @property
    def outermost_m(self) -> float:
        """The greatest of the breadths."""
        return max(self.territorial_m, self.contiguous_m or 0.0, self.economic_m or 0.0)

    def limits(self, shelf: bool) -> list[Limit]:
        """The outer limits, inside to outside; with that of the outermost shelf."""
        out = [Limit(TERRITORIAL, self.territorial_m, True)]
        if self.contiguous_m is not None:
            out.append(Limit(CONTIGUOUS, self.contiguous_m, False))
        if self.economic_m is not None:
            out.append(Limit(ECONOMIC, self.economic_m, False))
        if shelf:
            out.append(Limit("350 M constraint", OUTERMOST_M, False, shelf=True))
        return out
