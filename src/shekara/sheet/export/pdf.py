"""A page as PDF: letters as text, title, language, structure with descriptions, no date inside."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import matplotlib as mpl
import pikepdf
from fontTools import subset  # type: ignore[import-untyped]
from matplotlib import _path
from matplotlib.backends.backend_pdf import PdfPages
from pikepdf import Dictionary, String

from shekara.sheet.export.lines_of_text import quick_lines
from shekara.sheet.export.structure import grow
from shekara.sheet.export.tounicode import write_single_mappings
from shekara.sheet.paper.canvas import WRITING, SheetFigure, Tag

DIGITS = 2  # of a coordinate, points: 0.01 pt is a thirtieth of the thinnest line
SETTING_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT")
# Without these four, the same figure gives the same bytes on every day and version.
SILENT: dict[str, None] = {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None}


@contextmanager
def _slim() -> Iterator[None]:
    """Fonts are embedded without the tables that set a line of text, paths with two decimals.

    On a page every glyph has its place already, and to read and cut down those tables takes longer
    than to write the rest of it; matplotlib writes six decimals of a point.
    """
    paths = vars(_path)  # the module is compiled, and its types are nowhere
    load, convert = subset.load_font, paths["convert_to_string"]

    def bare(file: object, options: subset.Options, **rest: object) -> object:
        font = load(file, options, **rest)
        for table in SETTING_TABLES:
            if table in font:
                del font[table]
        return font

    def rounded(*given: object) -> object:
        *before, digits, codes, postfix = given
        assert isinstance(digits, int)
        return convert(*before, min(digits, DIGITS), codes, postfix)

    subset.load_font, paths["convert_to_string"] = bare, rounded
    try:
        yield
    finally:
        subset.load_font, paths["convert_to_string"] = load, convert


def raw_pages(figures: Sequence[SheetFigure]) -> bytes:
    """The figures as matplotlib writes them, a page each: marked content, and no structure yet."""
    raw = io.BytesIO()
    with mpl.rc_context(WRITING), _slim(), quick_lines(), PdfPages(raw, metadata=SILENT) as pages:
        for figure in figures:
            pages.savefig(figure)
    return raw.getvalue()


def page_bytes(figure: SheetFigure, raw: bytes | None = None) -> bytes:
    """The figure as a tagged PDF of one page; the same figure gives the same bytes.

    `raw` is what `raw_pages` made of it, where that is there already.
    """
    with pikepdf.open(io.BytesIO(raw or raw_pages([figure]))) as pdf:
        elements = [(0, tag) for tag in figure.tags]
        finish(pdf, figure.title, figure.lang, elements, [(figure.title, 0)])
        return written(pdf)


def finish(
    pdf: pikepdf.Pdf,
    title: str,
    lang: str,
    elements: Sequence[tuple[int, Tag]],
    outline: list[tuple[str, int]],
) -> None:
    """Give a document its structure tree, links, outline, title and language.

    Parameters
    ----------
    pdf
        The document, changed in place.
    title
        Of the document.
    lang
        Of the document, a BCP 47 code.
    elements
        Page index and tag, in reading order.
    outline
        Titles of bookmarks and the page index that each opens.
    """
    write_single_mappings(pdf)
    grow(pdf, lang, elements)
    root = pdf.Root
    root.MarkInfo = Dictionary(Marked=True)
    root.Lang = String(lang)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_outline() as marks:
        marks.root.clear()
        for text, page in outline:
            marks.root.append(pikepdf.OutlineItem(text, page))
    pdf.docinfo["/Title"] = title
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = title
        meta["dc:language"] = {lang}


def written(pdf: pikepdf.Pdf) -> bytes:
    """The document as bytes that depend on nothing but its content."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        recompress_flate=False,
    )
    return out.getvalue()
