"""Line-delimited GeoJSON: lines that GDAL passes over without a word are found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from shekara.errors import InputError

SEPARATOR = b"\x1e"  # RFC 8142: before each text, which may then run over several lines


def refuse_lost_lines(path: Path, read: int) -> None:
    """Refuse a file of which fewer features were read than it has texts.

    Parameters
    ----------
    path : Path
        A file of GeoJSON texts, one a line, or each after a record separator.
    read : int
        How many features were read of it.

    Raises
    ------
    InputError
        Names the first line that is no feature.
    """
    if sum(1 for _ in _texts(path)) <= read:
        return
    for number, text in _texts(path):
        if not _is_feature(text):
            raise InputError(
                f"{path}: line {number} is no feature of GeoJSON (cut off, or no JSON); "
                "correct it, or take it out"
            )


def _texts(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every text with the number of the line it begins on, counted from 1."""
    with path.open("rb") as file:
        separated = file.read(1) == SEPARATOR
        file.seek(0)
        begun, parts = 1, list[bytes]()
        for number, line in enumerate(file, start=1):
            if not separated or line.startswith(SEPARATOR):
                text = b"".join(parts).strip(b"\x1e \t\r\n\xef\xbb\xbf")
                if text:
                    yield begun, text
                begun, parts = number, []
            parts.append(line)
        text = b"".join(parts).strip(b"\x1e \t\r\n\xef\xbb\xbf")
        if text:
            yield begun, text


def _is_feature(text: bytes) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
