"""Junctions: the points at equal distance from three owners, proved and mended."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shekara.median.ellipsoid import Floats, Ints
from shekara.median.solve.equidistance import WeightedDistance, meeting, on_ray
from shekara.median.trace.points import PROOF_M
from shekara.median.trace.rough_network import Network


@dataclass(frozen=True)
class Tripoints:
    """Points where three owners meet, in arrays."""

    owners: Ints
    """(n, 3)"""
    lon: Floats
    lat: Floats
    elements: Ints
    """(n, 3), in the order of the owners."""
    residual: Floats
    rival: Ints
    """An owner that is nearer than all three, or -1."""


@dataclass(frozen=True)
class Link:
    """One line between two owners: its rough samples and the nodes at its ends."""

    a: int
    b: int
    u: Floats
    path: Floats
    """The corners before and after each sample (n, 2, 3)."""
    start: tuple[str, int]
    end: tuple[str, int]


def solve_tripoints(
    weighted: WeightedDistance, owners: Ints, lon: Floats, lat: Floats
) -> Tripoints:
    """Junctions of three given owners each, from first guesses."""
    elements = np.full(owners.shape, -1)
    residual = np.full(len(lon), np.inf)
    lon, lat = lon.copy(), lat.copy()
    active = np.arange(len(lon))
    for _ in range(12):
        if not len(active):
            break
        nearest = np.stack(
            [
                weighted.finders.nearest(owners[active, column], lon[active], lat[active]).element
                for column in range(3)
            ],
            axis=1,
        )
        same = (nearest == elements[active]).all(axis=1)
        elements[active] = nearest
        active = active[~same]
        tied = _tied_column(weighted, elements[active])
        for use, solve in ((tied >= 0, _across_wedge), (tied < 0, meeting)):
            at = active[use]
            if len(at):
                lon[at], lat[at], _, residual[at] = solve(weighted, elements[at], lon[at], lat[at])
    rival = np.full(len(lon), -1)
    if len(lon):
        first = owners[:, 0]
        level = weighted.finders.nearest(first, lon, lat).distance / weighted.weight[first]
        owner, best = weighted.nearest(lon, lat)
        worse = best < level - PROOF_M / weighted.weight.max()
        rival = np.where(worse & ~(owners == owner[:, None]).any(axis=1), owner, -1)
    return Tripoints(owners, lon, lat, elements, residual, rival)


def _tied_column(weighted: WeightedDistance, elements: Ints) -> Ints:
    """Which column is the third where two of three elements are one land terminus; else -1."""
    shores, count = weighted.shores, len(weighted.shores.lon)
    place = np.where(elements < count, shores.place[np.minimum(elements, count - 1)], -1 - elements)
    out = np.full(len(elements), -1)
    for third, (i, j) in enumerate(((1, 2), (0, 2), (0, 1))):
        alike = weighted.alike(elements[:, i], elements[:, j])
        out[(place[:, i] == place[:, j]) & alike] = third
    return out


def _across_wedge(
    weighted: WeightedDistance, elements: Ints, lon: Floats, lat: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Junctions that a terminus holds for two owners: on its ray through the first guess."""
    third = _tied_column(weighted, elements)
    number = np.arange(len(elements))
    vertex, other = elements[number, (third + 1) % 3], elements[number, third]
    shores = weighted.shores
    azimuth, _, r = weighted.globe.inverse(shores.lon[vertex], shores.lat[vertex], lon, lat)
    return on_ray(weighted, vertex, azimuth, vertex, other, r)


def prove_tripoints(weighted: WeightedDistance, network: Network) -> tuple[Tripoints, list[Link]]:
    """The network with exact junctions; pairs of junctions that were the wrong way are swapped."""
    links = [Link(s.a, s.b, s.u, s.path, s.start, s.end) for s in network.stretches]
    triangles = sorted(
        {ref for link in links for kind, ref in (link.start, link.end) if kind == "junction"}
    )
    number = {triangle: n for n, triangle in enumerate(triangles)}
    links = [
        replace(link, start=_renumber(link.start, number), end=_renumber(link.end, number))
        for link in links
    ]
    owners = np.sort(network.label[network.mesh.corners[triangles]].reshape(-1, 3), axis=1)
    lon, lat = weighted.globe.from_conformal(network.mesh.centre[triangles].reshape(-1, 3))
    junctions = solve_tripoints(weighted, owners, lon, lat)
    for _ in range(4):
        swaps = _swaps(junctions, links)
        if not swaps:
            break
        for first, second, link in swaps:
            owners, links = _swap(owners, links, first, second, link)
        lon, lat = junctions.lon.copy(), junctions.lat.copy()
        junctions = solve_tripoints(weighted, owners, lon, lat)
    return junctions, links


def _renumber(end: tuple[str, int], number: dict[int, int]) -> tuple[str, int]:
    return ("junction", number[end[1]]) if end[0] == "junction" else end


def _swaps(junctions: Tripoints, links: list[Link]) -> list[tuple[int, int, int]]:
    """Neighbouring junctions (with their link) whose common line does not exist."""
    out: list[tuple[int, int, int]] = []
    busy: set[int] = set()
    for n in np.flatnonzero(junctions.rival >= 0).tolist():
        rival = int(junctions.rival[n])
        for number, link in enumerate(links):
            if link.start[0] != "junction" or link.end[0] != "junction":
                continue
            pair = [link.start[1], link.end[1]]
            if n not in pair or pair[0] == pair[1]:
                continue
            other = pair[1] if pair[0] == n else pair[0]
            if rival in junctions.owners[other] and not busy & {n, other}:
                busy |= {n, other}
                out.append((n, other, number))
                break
    return out


def _swap(
    owners: Ints, links: list[Link], first: int, second: int, link: int
) -> tuple[Ints, list[Link]]:
    """Junctions ABC and ABD joined by line AB become ACD and BCD joined by line CD."""
    a, b = links[link].a, links[link].b
    c = next(int(x) for x in owners[first] if x not in (a, b))
    d = next(int(x) for x in owners[second] if x not in (a, b))
    owners = owners.copy()
    owners[first], owners[second] = sorted((a, c, d)), sorted((b, c, d))
    out = []
    for number, other in enumerate(links):
        if number == link:
            low, high = sorted((c, d))
            out.append(
                Link(
                    low,
                    high,
                    other.u[:0],
                    other.path[:0],
                    ("junction", first),
                    ("junction", second),
                )
            )
            continue
        ends = []
        for end in (other.start, other.end):
            if end[0] == "junction" and end[1] in (first, second):
                end = ("junction", first if a in (other.a, other.b) else second)
            ends.append(end)
        out.append(replace(other, start=ends[0], end=ends[1]))
    return owners, out
