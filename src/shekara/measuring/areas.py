"""Areas of all rings at once: what lies between each edge and the equator, added up.

On the auxiliary sphere of the reduced latitude β a geodesic is a great circle, whose tan β swings
harmonically over its longitude ω; there dλ = w dω with w = sqrt(1 − e² cos² β), and the zone from
the equator to β holds Y(β) for each radian of longitude, Y' = a² w cos β. An edge therefore lies
over S = ∫ Y w dω while Λ = ∫ w dω. Both integrals are taken by the trapezoid with its first
correction, ω²/12 times the difference of the derivatives; S/Λ then needs no solving for ω. Longer
edges are integrated with more nodes, and rings with the longest left to PROJ's routines.

Geodesics: C. F. F. Karney, Algorithms for geodesics, doi:10.1007/s00190-012-0578-z, section 6.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.measuring.sides import inside_m2, whole_m2
from shekara.measuring.zones import artanh_share, zone_m2

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

# Longest edge, in degrees, that the corrected trapezoid is used for. The next term is ω⁴/720 of
# an edge's zone: at 0.25° 5e-13 of it, which stays below 1e-10 of the area of rings.
LONGEST_DEG = 0.25
# Near a pole tan β is no smooth function any more: an edge may take this part of the way there.
POLEWARD = 0.002
CHUNK = 1 << 15  # edges worked on at a time: few enough for the processor's cache
SHORT_CHUNK = 1 << 12


class Rule(NamedTuple):
    """Gauss and Legendre's nodes for edges up to a length."""

    longest_deg: float
    poleward: float
    nodes: Floats
    weights: Floats
    rounds: int


RULES = (
    Rule(2.0, 0.03, *np.polynomial.legendre.leggauss(4), rounds=2),
    Rule(10.0, 0.2, *np.polynomial.legendre.leggauss(8), rounds=4),
)
RADIAN = math.pi / 180  # a product is quicker than np.radians, and the same
SMALLEST = 1e-9  # cosine of a latitude, beside a pole


class Latitudes(NamedTuple):
    """What edges need to know of the latitude φ of each of their ends."""

    sin: Floats
    cos: Floats
    inverse: Floats  # 1/√(1 − e² sin² φ): times a the radius across, times √(1 − e²) it is w
    zone: Floats  # Y, in square metres for each radian of longitude


def latitudes(phi: Floats, on: Geod) -> Latitudes:
    """Of latitudes in radians."""
    sin, cos = np.sin(phi), np.cos(phi)
    square = on.es * (sin * sin)
    inverse = 1 / np.sqrt(1 - square)
    zone = on.b**2 / 2 * sin * (inverse * inverse + artanh_share(square))
    return Latitudes(sin, cos, inverse, zone)


def ring_areas_m2(points: Floats, offsets: Ints, on: Geod) -> Floats:
    """Areas of closed rings, however they are wound.

    Parameters
    ----------
    points : ndarray, (n, 2)
        Longitude and latitude in degrees, ring after ring, the first position of a ring repeated
        at its end; edges are geodesics and go the short way round.
    offsets : ndarray, (rings + 1,)
        Where each ring begins.
    on : pyproj.Geod
        The ellipsoid.

    Returns
    -------
    ndarray, (rings,)
        Square metres of what the ring holds, in longitude and latitude, more than half of the
        globe too; round a pole, of what lies between the ring and that pole.
    """
    if not len(points) or len(offsets) < 2:
        return np.zeros(max(0, len(offsets) - 1))
    lon, lat = np.ascontiguousarray(points.T)
    turn = turns_deg(lon)
    under, short = _series(turn, lat, on)
    return sums_m2(Course(lon, lat, turn), offsets, Under(under, short), on)


class Course(NamedTuple):
    """Positions one after the other, degrees, and the n − 1 turns from each to the next."""

    lon: Floats
    lat: Floats
    turn: Floats


class Under(NamedTuple):
    """Areas between edges and the equator, and which edges were short enough for the series."""

    area: Floats
    short: Flags


def sums_m2(course: Course, offsets: Ints, known: Under, on: Geod) -> Floats:
    """Areas of rings from what lies under their edges; of long edges that is found here.

    Parameters
    ----------
    course : Course
        Of the rings, with the joints between them.
    offsets : ndarray, (rings + 1,)
        Where each ring begins.
    known : Under
        Of each turn; it is written over.
    on : pyproj.Geod
        The ellipsoid.
    """
    lon, lat, turn = course
    under, short = known
    joints = offsets[1:-1] - 1  # from the end of a ring to the beginning of the next
    short[joints] = True
    rest = np.flatnonzero(~short)
    under[rest], short[rest] = _by_nodes(turn[rest], lat[rest], lat[rest + 1], on)
    total = path_sums(under, offsets)
    rounds = np.round(path_sums(turn, offsets) / 360.0)
    whole = whole_m2(on)
    # A ring round a pole leaves out what lies between it and the pole, not the equator.
    total = np.where(rounds != 0, whole / 2 - np.abs(total), np.abs(total))
    if not len(rest):
        return np.asarray(np.abs(total))
    for ring in np.flatnonzero(~np.logical_and.reduceat(short, _firsts(offsets, len(short)))):
        at = slice(offsets[ring], offsets[ring + 1])
        signed = float(on.polygon_area_perimeter(lon[at], lat[at])[0])
        total[ring] = inside_m2(turn[at.start : at.stop - 1], lat[at], signed, on)
    return np.asarray(np.abs(total))


def turns_deg(lon: Floats) -> Floats:
    """Changes of longitude, the short way round, to the last digit over 180° too."""
    turn = np.diff(lon)
    for edge in np.flatnonzero(np.abs(turn) > 180.0):
        whole = math.copysign(360.0, turn[edge])
        turn[edge] = math.fsum((lon[edge + 1], -lon[edge], -whole))
    return turn


def _firsts(offsets: Ints, count: int) -> Ints:
    return np.minimum(offsets[:-1], count - 1)


def path_sums(values: Floats, offsets: Ints) -> Floats:
    """Sums over the edges of each ring or line; the joints between them are set to 0."""
    values[offsets[1:-1] - 1] = 0.0
    sums: Floats = np.add.reduceat(values, _firsts(offsets, len(values)))
    return np.where(np.diff(offsets) > 1, sums, 0.0)


def _series(turn: Floats, lat: Floats, on: Geod) -> tuple[Floats, Flags]:
    """Areas below edges by the series, and whether an edge is short enough for it."""
    under, short = np.empty(len(turn)), np.empty(len(turn), dtype=bool)
    for first in range(0, len(turn), CHUNK):
        part = slice(first, min(first + CHUNK, len(turn)))
        known = lat[part.start : part.stop + 1]
        ends = latitudes(known * RADIAN, on)
        under[part], short[part] = under_m2(turn[part], np.diff(known), ends, on)
    return under, short


def under_m2(turn: Floats, rise: Floats, ends: Latitudes, on: Geod) -> Under:
    """Areas under short edges.

    Parameters
    ----------
    turn, rise : ndarray, (n,)
        Changes of longitude and latitude, degrees.
    ends : Latitudes
        Of their n + 1 positions.
    on : pyproj.Geod
        The ellipsoid.
    """
    poleward = np.minimum(ends.cos[1:], ends.cos[:-1]) * math.degrees(POLEWARD)
    short = (np.abs(turn) <= LONGEST_DEG) & (np.abs(rise) <= poleward)
    return Under(_below(turn * RADIAN, ends, on), np.asarray(short))


def _below(turn: Floats, ends: Latitudes, on: Geod) -> Floats:
    """Between edges and the equator; with h = Y w and g = w over ω, see the module's head.

    On the auxiliary sphere tan β = √(1 − e²) tan φ, cos β = cos φ/√(1 − e² sin² φ), and w is
    √((1 − e²)/(1 − e² sin² φ)).
    """
    sin, cos, inverse, y = ends
    flat = 1 - on.f
    square = inverse * inverse
    w = flat * inverse
    tan = flat * sin / np.maximum(cos, SMALLEST)
    scale = cos * cos * square  # cos² β
    g = on.es * sin * cos * inverse  # e² sin β cos β/w
    h = y * g + (on.a**2 * flat**2) * cos * inverse * square
    zone = y * w
    half = (w[1:] + w[:-1]) * 0.5
    omega = turn / half
    # tan β is harmonic over ω: its slopes are Δ tan β/sin ω ± tan β·tan(ω/2)
    angle = omega * omega
    sine = omega * (1 - angle * (1 - angle * (1 / 20)) * (1 / 6))
    slope = (tan[1:] - tan[:-1]) / np.where(sine == 0, 1.0, sine)
    bend = omega * (0.5 + angle * (1 / 24))
    starts = (slope + bend * tan[:-1]) * scale[:-1]
    stops = (slope - bend * tan[1:]) * scale[1:]
    part = omega * (1 / 12)
    over = (zone[1:] + zone[:-1]) * 0.5 - part * (h[1:] * stops - h[:-1] * starts)
    return np.asarray(turn * over / (half - part * (g[1:] * stops - g[:-1] * starts)))


def _by_nodes(turn: Floats, start: Floats, end: Floats, on: Geod) -> tuple[Floats, Flags]:
    """The same for longer edges by nodes along ω, and whether the nodes are enough."""
    under, enough = np.zeros(len(turn)), np.zeros(len(turn), dtype=bool)
    for rule in RULES:
        open_ = np.flatnonzero(~enough)
        for first in range(0, len(open_), SHORT_CHUNK):
            part = open_[first : first + SHORT_CHUNK]
            tangents, cosines = [], []
            for lat in (start[part], end[part]):
                phi = lat * RADIAN
                cosines.append(np.cos(phi) / np.sqrt(1 - on.es * np.sin(phi) ** 2))
                tangents.append((1 - on.f) * np.tan(phi))
            poleward = np.degrees(rule.poleward * np.minimum(*cosines))
            rise = np.abs(end[part] - start[part])
            fit = (np.abs(turn[part]) <= rule.longest_deg) & (rise <= poleward)
            enough[part] = fit
            tan = [tangent[fit] for tangent in tangents]
            under[part[fit]] = _integral(np.radians(turn[part[fit]]), tan[0], tan[1], rule, on)
    return under, enough


def _integral(turn: Floats, sums: Floats, two: Floats, rule: Rule, on: Geod) -> Floats:
    """∫ Y w dω between two values of tan β, ω from ∫ w dω = Λ by rounds that each gain digits."""
    share = ((rule.nodes + 1) / 2)[:, None]
    mean_w = (np.sqrt(1 - on.es / (1 + sums**2)) + np.sqrt(1 - on.es / (1 + two**2))) / 2
    for _ in range(rule.rounds):
        omega = np.where(turn == 0, 1.0, turn) / mean_w
        sines = np.sin(omega * share)  # the nodes lie symmetrically: from the other end, reversed
        tan = (sums * sines[::-1] + two * sines) / np.sin(omega)
        w = np.sqrt(1 - on.es / (1 + tan**2))
        mean_w = _weighed(rule, w) / 2
    sin_phi = tan / np.sqrt((1 - on.f) ** 2 + tan**2)
    return np.asarray(turn / mean_w * _weighed(rule, zone_m2(sin_phi, on) * w) / 2)


def _weighed(rule: Rule, values: Floats) -> Floats:
    """The sum over nodes, in their order: a product of matrices adds up as the machine likes."""
    total = np.zeros(values.shape[1])
    for weight, row in zip(rule.weights, values, strict=True):
        total += weight * row
    return total
