"""Median lines: strict equidistance between any number of shores, on the ellipsoid."""

from shekara.median.circumcentre import EquidistantPoint, equidistant_point
from shekara.median.division import divide
from shekara.median.limits import limit
from shekara.median.result import Division
from shekara.median.simplify import simplified

__all__ = ["Division", "EquidistantPoint", "divide", "equidistant_point", "limit", "simplified"]
