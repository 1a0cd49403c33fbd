"""Tracks of GPX files as GDAL gives them: heights that it makes up, segments of one point."""

from __future__ import annotations

import struct

import numpy as np
import shapely
from numpy.typing import NDArray

MULTILINESTRING = 5  # its number in well-known binary, by thousands more with heights
FLAGS = 0x0FFFFFFF  # without the old marks of heights


def without_single_points(tracks: NDArray[np.object_]) -> NDArray[np.object_]:
    """Tracks, as well-known binary, without segments of a single point, which have no length."""
    kept = tracks.copy()
    for index, data in enumerate(tracks):
        if data is None:
            continue
        order = "<" if data[:1] == b"\x01" else ">"
        if (struct.unpack_from(f"{order}I", data, 1)[0] & FLAGS) % 1000 != MULTILINESTRING:
            continue
        (count,) = struct.unpack_from(f"{order}I", data, 5)
        place, segments = 9, list[bytes]()
        for _ in range(count):
            code, positions = struct.unpack_from(f"{order}II", data, place + 1)
            high = code >= 0x80000000 or code // 1000 == 1  # the old and the new mark of heights
            end = place + 9 + positions * (24 if high else 16)
            segments += [data[place:end]] * (positions != 1)
            place = end
        head = data[:5] + struct.pack(f"{order}I", len(segments))
        kept[index] = b"".join([head, *segments])
    return kept


def with_whole_heights(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Tracks with all their heights, or none: GDAL takes 0 for a point that has none."""
    points, owner = shapely.get_coordinates(shapes, include_z=True, return_index=True)
    flat = np.unique(owner[points[:, 2] == 0])
    shapes_kept = shapes.copy()
    shapes_kept[flat] = shapely.force_2d(shapes[flat])
    return shapes_kept
