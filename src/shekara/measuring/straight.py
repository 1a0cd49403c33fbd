"""Lengths and areas whose edges are straight in longitude and latitude, as RFC 7946 has them.

Such an edge keeps latitude a linear function of longitude: a parallel where both ends lie on one.
Nothing is cut into pieces, so that edges may be as long as they like, and run round the globe.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from shekara.geometry.arrays import Floats
from shekara.geometry.seams import seam_shares
from shekara.measuring.areas import RADIAN, path_sums
from shekara.measuring.paths import CHUNK, paths
from shekara.measuring.size import WGS84, Edges, Geometries, edges

TERMS = 8  # of the series in e²; the ninth is below 1e-17 on every ellipsoid of the Earth
NODES = 12  # of Gauss's quadrature over at most PIECE_DEG of an edge
PIECE_DEG = 10.0


def straight_area_m2(geometries: Geometries, on: Geod = WGS84) -> Floats:
    """Area of polygons with straight edges, one number per geometry; 0 for points and lines.

    Parameters
    ----------
    geometries : sequence of shapely geometries, (n,)
        As `shekara.geometry.antimeridian.read` gives them: within ±180°, carried along 180° to
        the poles that they hold. Holes are taken away, however they are wound.
    on : pyproj.Geod
        The ellipsoid.

    Returns
    -------
    ndarray, (n,)
        Square metres.

    Notes
    -----
    The area between an edge and the equator is ∫ A(φ) dλ with A the area between the equator and
    a parallel for one radian of longitude (Snyder 1987, equation 3-12):
    A = a²(1 − e²)/2 · (sin φ/(1 − e² sin² φ) + artanh(e sin φ)/e). As a series
    A = Σ c(m) sin mφ over odd m it is integrated along the edge in closed form:
    Δλ Σ c(m) sin(mφ̄) sinc(mΔφ/2), φ̄ being the middle latitude.

    Examples
    --------
    >>> band = shapely.box(-180, 45, 180, 55)
    >>> round(float(straight_area_m2([band])[0]) / 1e6, 1)
    28671016.0
    """
    array: NDArray[np.object_] = np.empty(len(geometries), dtype=object)
    array[:] = list(geometries)
    drawn = paths(array)
    if not len(drawn.owner):
        return np.zeros(len(array))
    lon, lat = np.ascontiguousarray(drawn.points.T) * RADIAN
    signed = path_sums(_under_edges(lon, lat, on), drawn.offsets)
    return np.bincount(drawn.owner, drawn.sign * np.abs(signed), minlength=len(array)).astype(float)


def _under_edges(lon: Floats, lat: Floats, on: Geod) -> Floats:
    """Area between the equator and each edge from one position to the next.

    Positive eastwards in the north; radians in. The sines of odd multiples come from the two
    before: sin(m + 2)x = 2 cos 2x sin mx − sin(m − 2)x.
    """
    total = np.empty(len(lon) - 1)
    coefficients = series(on.a, on.es)
    for first in range(0, len(total), CHUNK):
        part = slice(first, min(first + CHUNK, len(total)))
        known = lat[part.start : part.stop + 1]
        middle, half = (known[1:] + known[:-1]) / 2, np.diff(known) / 2
        safe = np.where(half == 0, 1.0, half)
        sin, cut = np.sin(middle), np.where(half == 0, 1.0, np.sin(half) / safe)
        turn, swing = 2 - 4 * sin**2, 2 - 4 * (half * cut) ** 2  # 2 cos 2x
        before, cut_before = -sin, -cut  # of m = −1
        mean = np.zeros(len(middle))
        for order, coefficient in enumerate(coefficients):
            mean += coefficient / (2 * order + 1) * sin * cut
            before, sin = sin, turn * sin - before
            cut_before, cut = cut, swing * cut - cut_before
        total[part] = np.diff(lon[part.start : part.stop + 1]) * mean
    return total


@lru_cache
def series(a: float, es: float) -> tuple[float, ...]:
    """Coefficients c(1), c(3) … of the area under a parallel as a series of sines.

    Square metres for each radian of longitude.
    """
    count = 4096
    phi = (np.arange(count) + 0.5) * np.pi / count  # 0 … π
    sine = np.sin(phi)
    e = np.sqrt(es)
    artanh = np.arctanh(e * sine) / e if e > 0 else sine
    under = a * a * (1 - es) / 2 * (sine / (1 - es * sine**2) + artanh)
    return tuple(
        float(2 * (under * np.sin((2 * order + 1) * phi)).mean()) for order in range(TERMS)
    )


def straight_length_m(geometries: Geometries, on: Geod = WGS84) -> Floats:
    """Length of lines and perimeter of areas with straight edges, one number per geometry.

    Seams do not count; see `straight_edge_lengths_m`.
    """
    array: NDArray[np.object_] = np.empty(len(geometries), dtype=object)
    array[:] = list(geometries)
    drawn = edges(array)
    is_ring = np.isin(shapely.get_type_id(array), (3, 6, 7))
    weight = 1.0 - seam_shares(drawn.owner, drawn.start, drawn.end, is_ring[drawn.owner])
    lengths = weight * straight_edge_lengths_m(drawn, on)
    return np.bincount(drawn.owner, weights=lengths, minlength=len(array)).astype(float)


def straight_edge_lengths_m(drawn: Edges, on: Geod = WGS84) -> Floats:
    """Length of each straight edge.

    The arc element √(M² dφ² + N² cos² φ dλ²) is integrated along each edge by Gauss's quadrature,
    in pieces of at most 10°, to better than 1e-9.
    """
    lengths = np.zeros(len(drawn.start))
    for first in range(0, len(lengths), CHUNK):
        some = slice(first, first + CHUNK)
        lengths[some] = _edge_lengths(drawn.start[some], drawn.end[some], on)
    return lengths


def _edge_lengths(start: Floats, end: Floats, on: Geod) -> Floats:
    turn = end - start
    count = np.maximum(1, np.ceil(np.abs(turn).max(axis=1, initial=0.0) / PIECE_DEG)).astype(int)
    index = np.repeat(np.arange(len(count)), count)
    place = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    share = (place[:, None] + (nodes[None, :] + 1) / 2) / count[index][:, None]
    phi = np.radians(start[index, 1][:, None] + share * turn[index, 1][:, None])
    w = 1 - on.es * np.sin(phi) ** 2
    north = on.a * (1 - on.es) / w**1.5 * np.radians(turn[index, 1])[:, None]
    east = on.a / np.sqrt(w) * np.cos(phi) * np.radians(turn[index, 0])[:, None]
    pieces = (np.hypot(north, east) * weights).sum(axis=1) / 2 / count[index]
    return np.bincount(index, weights=pieces, minlength=len(count)).astype(float)
