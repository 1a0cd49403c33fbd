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
SMALLEST = 1e-9  # cosine of a latitude, beside a pole


class Latitudes(NamedTuple):
    """What an edge needs to know of each of its ends."""

    sin: Floats  # of β
    cos: Floats
    zone: Floats  # Y, in square metres for each radian of longitude


def zone_m2(sin_phi: Floats, on: Geod) -> Floats:
    """Area from the equator to a latitude, for each radian of longitude.

    b²/2·(s/(1 − e² s²) + artanh(e s)/e) with s = sin φ (Snyder, Map projections, USGS Professional
    Paper 1395, equation 3-12).
    """
    square = on.es * sin_phi**2
    series = np.zeros_like(square)
    for power in range(TERMS, 0, -1):  # artanh(x)/x = 1 + x²/3 + x⁴/5 + …
        series = square * (1 / (2 * power + 1) + series)
    return np.asarray(on.b**2 / 2 * sin_phi * (1 / (1 - square) + 1 + series))


TERMS = 7  # e² is below 0.007: the eighth term is below 1e-17


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
        Square metres; of the two sides of a ring of geodesics the smaller one.
    """
    if not len(points) or len(offsets) < 2:
        return np.zeros(max(0, len(offsets) - 1))
    lon, lat = np.ascontiguousarray(points.T)
    turn = _turn_deg(lon)
    under, short = _series(turn, lat, on)
    rest = np.flatnonzero(~short)
    under[rest], short[rest] = _by_nodes(turn[rest], lat[rest], lat[rest + 1], on)
    joints = offsets[1:-1] - 1  # from the end of a ring to the beginning of the next
    short[joints] = True
    total = _sums(under, offsets)
    rounds = np.round(_sums(turn, offsets) / 360.0)
    whole = 4 * math.pi * float(zone_m2(np.array([1.0]), on)[0])
    # A ring round a pole leaves out what lies between it and the pole, not the equator.
    total = np.where(rounds != 0, whole / 2 - np.abs(total), np.abs(total))
    total = np.minimum(total, whole - total)
    for ring in np.flatnonzero(~np.logical_and.reduceat(short, _firsts(offsets, len(short)))):
        slice_value = slice(offsets[ring], offsets[ring + 1])
        total[ring] = abs(on.polygon_area_perimeter(lon[slice_value], lat[slice_value])[0])
    return np.asarray(np.abs(total))


def _turn_deg(lon: Floats) -> Floats:
    """Changes of longitude, the short way round, to the last digit over 180° too."""
    turn = np.diff(lon)
    for edge in np.flatnonzero(np.abs(turn) > 180.0):
        whole = math.copysign(360.0, turn[edge])
        turn[edge] = math.fsum((lon[edge + 1], -lon[edge], -whole))
    return turn


def _firsts(offsets: Ints, count: int) -> Ints:
    return np.minimum(offsets[:-1], count - 1)


def _sums(values: Floats, offsets: Ints) -> Floats:
    """Sums over the edges of each ring; the joints between rings do not count."""
    values[offsets[1:-1] - 1] = 0.0
    sums: Floats = np.add.reduceat(values, _firsts(offsets, len(values)))
    return np.where(np.diff(offsets) > 1, sums, 0.0)


def _series(turn: Floats, lat: Floats, on: Geod) -> tuple[Floats, Flags]:
    """Areas below edges by the series, and whether an edge is short enough for it."""
    under, short = np.empty(len(turn)), np.empty(len(turn), dtype=bool)
    for first in range(0, len(turn), CHUNK):
        part = slice(first, min(first + CHUNK, len(turn)))
        ends = _latitudes(lat[part.start : part.stop + 1], on)
        under[part] = _below(np.radians(turn[part]), ends, on)
        rise = np.abs(np.diff(lat[part.start : part.stop + 1]))
        poleward = np.degrees(POLEWARD * np.minimum(ends.cos[1:], ends.cos[:-1]))
        short[part] = (np.abs(turn[part]) <= LONGEST_DEG) & (rise <= poleward)
    return under, np.asarray(short)


def _latitudes(lat: Floats, on: Geod) -> Latitudes:
    phi = np.radians(lat)
    sin_phi = np.sin(phi)
    sin, cos = (1 - on.f) * sin_phi, np.cos(phi)
    size = 1 / np.sqrt(sin**2 + cos**2)
    sin *= size
    cos *= size
    return Latitudes(sin, cos, zone_m2(sin_phi, on))


def _below(turn: Floats, ends: Latitudes, on: Geod) -> Floats:
    """Between edges and the equator; with h = Y w and g = w over ω, see the module's head."""
    a2, e2 = on.a**2, on.es
    fall = e2 * ends.sin * ends.cos
    w2 = 1 - e2 * ends.cos**2
    w = np.sqrt(w2)
    half = (w[1:] + w[:-1]) / 2
    omega = turn / half
    # tan β is harmonic over ω: its slopes are Δ tan β/sin ω ± tan β·tan(ω/2)
    square = omega**2
    tan = ends.sin / np.maximum(ends.cos, SMALLEST)
    sine = omega * (1 - square / 6 * (1 - square / 20))
    slope = np.diff(tan) / np.where(sine == 0, 1.0, sine)
    bend = omega / 2 * (1 + square / 12)
    scale = ends.cos**2
    starts = (slope + bend * tan[:-1]) * scale[:-1]
    stops = (slope - bend * tan[1:]) * scale[1:]
    g = fall / w
    h = a2 * ends.cos * w2 + ends.zone * g
    part = omega / 12
    zone = ends.zone * w
    over = (zone[1:] + zone[:-1]) / 2 - part * (h[1:] * stops - h[:-1] * starts)
    return np.asarray(turn * over / (half - part * (g[1:] * stops - g[:-1] * starts)))


def _by_nodes(turn: Floats, start: Floats, end: Floats, on: Geod) -> tuple[Floats, Flags]:
    """The same for longer edges by nodes along ω, and whether the nodes are enough."""
    under, enough = np.zeros(len(turn)), np.zeros(len(turn), dtype=bool)
    for rule in RULES:
        open_ = np.flatnonzero(~enough)
        for first in range(0, len(open_), SHORT_CHUNK):
            part = open_[first : first + SHORT_CHUNK]
            item, two = _latitudes(start[part], on), _latitudes(end[part], on)
            poleward = np.degrees(rule.poleward * np.minimum(item.cos, two.cos))
            rise = np.abs(end[part] - start[part])
            fit = (np.abs(turn[part]) <= rule.longest_deg) & (rise <= poleward)
            enough[part] = fit
            tan = [(latitudes.sin[fit] / latitudes.cos[fit]) for latitudes in (item, two)]
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
