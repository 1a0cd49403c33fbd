"""The logo of an atlas, read with care: a PNG, or an SVG of plain shapes.

An SVG is untrusted: what is no plain shape is refused by its name. So there is nothing in it that
could run or load, and a sheet can draw all of it as paths.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from shekara.errors import InputError
from shekara.pictures.raster import UNREADABLE
from shekara.pictures.svg import Outline, read_svg

MOST_BYTES = 200_000  # a page carries it, and a sheet of each language
MOST_PIXELS = 4_000_000


@dataclass(frozen=True)
class Logo:
    """A logo: the file's own bytes, its size in its own units, and its shapes where it is SVG."""

    kind: str  # "svg" or "png"
    data: bytes
    width: float
    height: float
    outlines: tuple[Outline, ...] = ()

    @property
    def media_type(self) -> str:
        """As a data address names it."""
        return "image/svg+xml" if self.kind == "svg" else "image/png"


def read_logo(path: Path) -> Logo:
    """A logo from its file.

    Raises
    ------
    InputError
        The file is too large, no picture, or an SVG with more than plain shapes.
    """
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise InputError(
            f"has {len(data):,} bytes; {MOST_BYTES:,} are the most: simplify or shrink it"
        )
    if path.suffix.lower() != ".svg":
        return _png(data)
    width, height, outlines = read_svg(data)
    return Logo("svg", data, width, height, outlines)


def _png(data: bytes) -> Logo:
    from PIL import Image

    many = f"{MOST_PIXELS:,} pixels are the most: shrink it"
    try:
        with warnings.catch_warnings():  # of too many pixels, or of a damaged note
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise InputError(f"has {width} × {height} pixels; {many}")
                picture.load()
    except Image.DecompressionBombError as error:
        raise InputError(f"has far too many pixels; {many}") from error
    except UNREADABLE as error:
        raise InputError("is no PNG that can be read; save it anew as PNG") from error
    return Logo("png", data, float(width), float(height))
