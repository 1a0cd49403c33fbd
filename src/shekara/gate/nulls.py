"""Which features of a large GeoJSON file say that they have no geometry, told from its text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WINDOW_BYTES = 16 * 2**20
OVERLAP_BYTES = 256  # longer than what is looked for, with the blanks that programs write
GEOMETRY = re.compile(rb'(?<!\\)"geometry"\s{0,100}:\s{0,100}(null|\{)')


def null_geometries(path: Path) -> NDArray[np.bool_]:
    """For each `"geometry"` in the text of a file, in its order, whether it is null.

    These are its features where their number is that of the features; it is not where attributes
    are called so, or where a feature leaves it out.
    """
    return _told(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)  # asked for every batch of a file
def _told(path: Path, _changed: int) -> NDArray[np.bool_]:
    nulls: list[bool] = []
    before = b""
    done = 0  # how many bytes of `before` belong to what was already found
    with path.open("rb") as file:
        while window := file.read(WINDOW_BYTES):
            text = before + window
            last = 0
            for match in GEOMETRY.finditer(text, done):
                nulls.append(match[1] == b"null")
                last = match.end()
            kept = min(OVERLAP_BYTES, len(text))
            done = max(0, last - (len(text) - kept))
            before = text[-kept:]
    return np.array(nulls, dtype=bool)
