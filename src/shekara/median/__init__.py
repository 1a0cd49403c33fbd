"""Median lines: strict equidistance between any number of shores, on the ellipsoid."""

from shekara.median.delimitation.band import uncertainty_band
from shekara.median.delimitation.coasts import coastal_lengths, disproportionality
from shekara.median.delimitation.command import (
    Asked,
    Delimitation,
    delimit,
    write_delimitation,
)
from shekara.median.delimitation.compare import Comparison, compare_line
from shekara.median.delimitation.final import FinalLine, final_line
from shekara.median.divide import divide
from shekara.median.limit.limit import limit
from shekara.median.solve.circumcentre import EquidistantPoint, equidistant_point
from shekara.median.tables.result import Division
from shekara.median.tables.simplify import simplify_line
from shekara.median.tables.uncertainty import with_uncertainty
from shekara.median.zones.breadths import Breadths
from shekara.median.zones.zones import Zones, zones

__all__ = [
    "Asked",
    "Breadths",
    "Comparison",
    "Delimitation",
    "Division",
    "EquidistantPoint",
    "FinalLine",
    "Zones",
    "coastal_lengths",
    "compare_line",
    "delimit",
    "disproportionality",
    "divide",
    "equidistant_point",
    "final_line",
    "limit",
    "simplify_line",
    "uncertainty_band",
    "with_uncertainty",
    "write_delimitation",
    "zones",
]
