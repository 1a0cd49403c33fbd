"""Measuring on the ellipsoid: lengths, areas, distances, and the interval of each."""

from shekara.measuring.inside import along_geodesics
from shekara.measuring.interval import (
    COVERAGE,
    ONE_PLACE,
    TAIL,
    Interval,
    student_quantile,
    tail_of_extreme,
)
from shekara.measuring.near import Sample, distances_to_m, farther_than, sample, shortest_m
from shekara.measuring.size import (
    WGS84,
    area_m2,
    distances_m,
    edge_departure_m,
    edge_lengths_m,
    edges,
    geod,
    length_m,
    rounding_m,
    straight_edges,
    to_lonlat,
)
from shekara.measuring.uncertainty import area_deviation_m2, area_interval, length_interval

__all__ = [
    "COVERAGE",
    "ONE_PLACE",
    "TAIL",
    "WGS84",
    "Interval",
    "Sample",
    "along_geodesics",
    "area_deviation_m2",
    "area_interval",
    "area_m2",
    "distances_m",
    "distances_to_m",
    "edge_departure_m",
    "edge_lengths_m",
    "edges",
    "farther_than",
    "geod",
    "length_interval",
    "length_m",
    "rounding_m",
    "sample",
    "shortest_m",
    "straight_edges",
    "student_quantile",
    "tail_of_extreme",
    "to_lonlat",
]
