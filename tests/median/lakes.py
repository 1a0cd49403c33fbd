"""Random lakes of three owners: as a script, `python -m tests.median.lakes 0 200` tries so many."""

from __future__ import annotations

import sys

import geopandas as gpd
import numpy as np
import shapely

from shekara.errors import ShekaraError
from shekara.median import divide


def lake(seed: int) -> tuple[gpd.GeoDataFrame, shapely.Polygon, dict[str, float]]:
    """Shores of A, B and C round a star-shaped lake anywhere, the lake, and weights."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(9, 40))
    angle = np.sort(rng.uniform(0, 2 * np.pi, count))
    radius = rng.uniform(0.3, 1, count) * 10 ** rng.uniform(-1.5, 0.5)
    lon, lat = rng.uniform(-170, 170), rng.uniform(-65, 65)
    ring = np.column_stack(
        [lon + radius * np.cos(angle) / np.cos(np.radians(lat)), lat + radius * np.sin(angle)]
    )
    cuts = np.sort(rng.choice(count, 3, replace=False))
    ends = [*cuts[1:], cuts[0] + count]
    around = np.vstack([ring, ring])
    shores = [shapely.LineString(around[a : b + 1]) for a, b in zip(cuts, ends, strict=True)]
    weight = {"A": float(rng.choice([0.5, 2, 3, 1.3])), "B": float(rng.choice([1, 1, 2]))}
    table = gpd.GeoDataFrame({"owner": list("ABC")}, geometry=shores, crs=4326)
    return table, shapely.Polygon(ring), {} if seed % 4 == 0 else weight


def fault(seed: int) -> str:
    """What is wrong with the division of a lake; nothing where it is whole."""
    shores, sea, weight = lake(seed)
    try:
        result = divide(shores, by="owner", sea=sea, weight=weight)
    except ShekaraError as error:
        return f"{seed} {weight}: {error}"
    assert result.sectors is not None
    gap = abs(float(result.sectors["share"].sum()) - 1)
    if gap > 1e-9 or len(result.doubtful):
        return f"{seed} {weight}: gap {gap:.3g}, doubtful {len(result.doubtful)}"
    return ""


def main(first: int, last: int) -> int:
    """Tries the lakes of some seeds; tells the faults."""
    faults = [text for text in map(fault, range(first, last)) if text]
    print("\n".join([*faults, f"{len(faults)} of {last - first} lakes fail"]))  # noqa: T201
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
