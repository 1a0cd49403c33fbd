"""Median lines: strict equidistance between any number of shores, on the ellipsoid."""

from shekara.median.divide import divide
from shekara.median.limit.limit import limit
from shekara.median.solve.circumcentre import EquidistantPoint, equidistant_point
from shekara.median.tables.result import Division
from shekara.median.tables.simplify import simplify_line
from shekara.median.tables.uncertainty import with_uncertainty
from shekara.median.zones.breadths import Breadths
from shekara.median.zones.zones import Zones, zones

__all__ = [
    "Breadths",
    "Division",
    "EquidistantPoint",
    "Zones",
    "divide",
    "equidistant_point",
    "limit",
    "simplify_line",
    "with_uncertainty",
    "zones",
]
