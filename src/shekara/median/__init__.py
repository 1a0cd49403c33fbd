"""Median lines: strict equidistance between any number of shores, on the ellipsoid."""

from shekara.median.circumcentre import EquidistantPoint, equidistant_point
from shekara.median.division import Division, divide
from shekara.median.limits import limit

__all__ = ["Division", "EquidistantPoint", "divide", "equidistant_point", "limit"]
