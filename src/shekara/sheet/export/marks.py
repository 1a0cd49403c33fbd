"""Bleed and crop marks: a page on a larger sheet that is cut after printing."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from shekara.errors import UsageError
from shekara.sheet.export.cmyk import add_resources
from shekara.sheet.paper.paper import INCH_MM

SLUG_MM = 10.0  # paper beyond the bleed, for the marks
MARK_MM, OFF_MM = 5.0, 3.0  # length of a mark, and how far it stays off the trimmed page
MARK_PT = 0.25
ALL_PLATES = "/AllPlates"
MOST_BLEED_MM = 20.0


def with_marks(pdf: bytes, bleed_mm: float, *, marks: bool = True) -> bytes:
    """A PDF whose pages say where they are trimmed and how far they bleed.

    Parameters
    ----------
    pdf : bytes
        A document whose media boxes are the trimmed pages.
    bleed_mm : float
        Of every side.
    marks : bool
        Whether crop marks are drawn, in all inks.

    Raises
    ------
    UsageError
        The bleed is negative or wider than 20 mm.
    """
    if not 0 <= bleed_mm <= MOST_BLEED_MM:
        raise UsageError(f"bleed = {bleed_mm:g}: give 0 to {MOST_BLEED_MM:g} mm")
    point = 72 / INCH_MM
    bleed, edge = bleed_mm * point, (bleed_mm + SLUG_MM) * point
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(side) for side in page.mediabox)
            page.obj.TrimBox = Array([left, bottom, right, top])
            page.obj.BleedBox = Array([left - bleed, bottom - bleed, right + bleed, top + bleed])
            page.obj.MediaBox = Array([left - edge, bottom - edge, right + edge, top + edge])
            if pikepdf.Name.CropBox in page.obj:
                del page.obj[pikepdf.Name.CropBox]
            if marks:
                lines = _lines(left, bottom, right, top, max(bleed, OFF_MM * point), point)
                _add_plate(page)
                page.contents_add(lines, prepend=False)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _add_plate(page: pikepdf.Page) -> None:
    """The colour of marks: it goes to every plate, spot colours too (ISO 32000-1, 8.6.6.4)."""
    like = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0, 0, 0, 1], N=1)
    plate = Array([Name.Separation, Name.All, Name.DeviceCMYK, like])
    add_resources(page.obj, "/ColorSpace", Dictionary({ALL_PLATES: plate}))


def _lines(left: float, bottom: float, right: float, top: float, off: float, point: float) -> bytes:
    """Two marks at each corner, as operators of a page."""
    long = MARK_MM * point
    parts = [f"/Artifact BMC q {ALL_PLATES} CS 1 SCN", f"{MARK_PT} w"]
    for x, way in ((left, -1), (right, 1)):
        for y in (bottom, top):
            parts.append(f"{x + way * off:.3f} {y:.3f} m {x + way * (off + long):.3f} {y:.3f} l S")
    for y, way in ((bottom, -1), (top, 1)):
        for x in (left, right):
            parts.append(f"{x:.3f} {y + way * off:.3f} m {x:.3f} {y + way * (off + long):.3f} l S")
    parts.append("Q EMC\n")
    return "\n".join(parts).encode()
