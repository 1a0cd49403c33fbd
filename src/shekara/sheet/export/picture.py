"""A sheet as a picture: the page of its PDF, as a reader of PDFs shows it.

To draw a figure once for paper and once more for the screen takes four times as long, and the two
could differ.
"""

from __future__ import annotations

import io

POINTS_PER_INCH = 72
EFFORT = 3  # of zlib: 6 takes twice as long for a file smaller by four parts in a hundred


def png_of(pdf: bytes, dpi: float, page: int = 0) -> bytes:
    """One page of a PDF as PNG on white; the same page gives the same bytes.

    Parameters
    ----------
    pdf : bytes
        A document.
    dpi : float
        Dots to the inch.
    page : int
        Its number, from 0.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
        out = io.BytesIO()
        bitmap.to_pil().save(out, format="png", dpi=(dpi, dpi), compress_level=EFFORT)
        return out.getvalue()
    finally:
        document.close()
