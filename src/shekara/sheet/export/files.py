"""A sheet as a file: PDF, PNG with 300 dots to the inch, or SVG; same scene, same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from shekara.errors import UsageError
from shekara.scene.model import Scene
from shekara.sheet.drawing import figure
from shekara.sheet.export.pdf import page_bytes, raw_pages
from shekara.sheet.export.picture import png_of
from shekara.sheet.export.svg import page_svg
from shekara.sheet.paper.canvas import SheetFigure
from shekara.storage import write_file

FORMATS = ("pdf", "png", "svg")
PRINT_DPI = 300
SCREEN_DPI = 150  # of the pictures that a site carries
LEAST_DPI, MOST_DPI = 36, 1200
THUMBNAIL_PX = 480  # as wide as a card of an index page on a fine screen


def single(
    scene: Scene,
    size: str | tuple[float, float] = "A4",
    format: str = "pdf",
    frame: bool = True,
    *,
    versions: Sequence[Scene] = (),
    dpi: float = PRINT_DPI,
) -> bytes:
    """One sheet as the bytes of a file.

    Parameters
    ----------
    scene : Scene
        What to draw.
    size, frame, versions
        As `figure` takes them.
    format : str
        "pdf", "png" or "svg".
    dpi : float
        Dots to the inch of a PNG.

    Raises
    ------
    UsageError
        No such format, paper or resolution.
    """
    _check(format)
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise UsageError(f"dpi = {dpi:g}: give {LEAST_DPI} to {MOST_DPI} dots to the inch")
    return bytes_of(figure(scene, size=size, frame=frame, versions=versions), format, dpi)


def _check(format: str) -> None:
    if format not in FORMATS:
        raise UsageError(f"format = {format!r}: a sheet is made as {', '.join(FORMATS)}")


def bytes_of(sheet: SheetFigure, format: str, dpi: float = PRINT_DPI) -> bytes:
    """A drawn sheet as the bytes of a file."""
    _check(format)
    if format == "pdf":
        return page_bytes(sheet)
    if format == "svg":
        return page_svg(sheet)
    return png_of(raw_pages([sheet]), dpi)


def save(
    what: SheetFigure | Scene,
    path: Path,
    *,
    size: str | tuple[float, float] = "A4",
    frame: bool = True,
) -> None:
    """Write a sheet; the name's ending says the format. The file is whole or not there.

    Parameters
    ----------
    what
        A figure of `figure`, or a scene.
    path
        Where to; ends in .pdf, .png or .svg.
    size
        Of a scene's paper.
    frame
        Of a scene.

    Raises
    ------
    UsageError
        The ending is none of .pdf, .png, .svg, or there is no such paper.
    """
    path = Path(path)
    format = path.suffix.lower().lstrip(".")
    if format not in FORMATS:
        raise UsageError(
            f"{path}: a sheet ends in .pdf, .png or .svg, not {path.suffix!r}; change the name"
        )
    sheet = figure(what, size=size, frame=frame) if isinstance(what, Scene) else what
    write_file(path, bytes_of(sheet, format))


def thumbnail(scene: Scene, width_px: int = THUMBNAIL_PX) -> bytes:
    """The sheet as a small PNG for an index page."""
    return shrunk(bytes_of(figure(scene), "png"), width_px)


def shrunk(png: bytes, width_px: int = THUMBNAIL_PX) -> bytes:
    """A PNG made small: to a width, and to a palette, which suits maps."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        height = round(picture.height * width_px / picture.width)
        small = picture.convert("RGB").resize((width_px, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(128).save(out, format="png", optimize=True)
    return out.getvalue()
