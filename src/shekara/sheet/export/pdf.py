"""A page as PDF: letters as text, title, language, structure with descriptions, no date inside."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import IO, cast

import matplotlib as mpl
import pikepdf
from matplotlib import _path
from matplotlib.backends import _backend_pdf_ps
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.font_manager import FontPath
from pikepdf import Dictionary, String

from shekara.sheet.export.glyphs import cut, together
from shekara.sheet.export.hatches import stroked_hatches
from shekara.sheet.export.lines_of_text import quick_lines
from shekara.sheet.export.structure import grow
from shekara.sheet.export.tounicode import write_single_mappings
from shekara.sheet.paper.canvas import GROUND, WRITING, SheetFigure, Tag

DIGITS = 2  # of a coordinate, points: 0.01 pt is a thirtieth of the thinnest line
# Without these four, the same figure gives the same bytes on every day and version.
SILENT: dict[str, None] = {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None}


@contextmanager
def _slim() -> Iterator[None]:
    """Fonts are embedded with nothing but glyphs, paths have two decimals.

    fontTools takes apart every table of a font before it cuts it down, which takes longer than to
    write the rest of the page; matplotlib writes six decimals of a point.
    """
    paths, fonts = vars(_path), vars(_backend_pdf_ps)  # both have no types
    convert, subset = paths["convert_to_string"], fonts["get_glyphs_subset"]

    def few(file: FontPath, wanted: Collection[int]) -> AbstractContextManager[object]:
        font = cut(str(file), file.face_index, wanted)
        if font is None:  # outlines of PostScript
            return cast("AbstractContextManager[object]", subset(file, wanted))
        return nullcontext(_CutFont(font, {number: number for number in wanted}))

    def rounded(*given: object) -> object:
        *before, digits, codes, postfix = given
        assert isinstance(digits, int)
        return convert(*before, min(digits, DIGITS), codes, postfix)

    fonts["get_glyphs_subset"], paths["convert_to_string"] = few, rounded
    try:
        yield
    finally:
        fonts["get_glyphs_subset"], paths["convert_to_string"] = subset, convert


@dataclass(frozen=True)
class _CutFont:
    """What matplotlib takes for a font of fontTools with the new numbers of its glyphs."""

    data: bytes
    glyph_index_map: Mapping[int, int]

    @property
    def font(self) -> _CutFont:
        return self

    def save(self, file: IO[bytes], **_: object) -> None:
        file.write(self.data)


def raw_pages(figures: Sequence[SheetFigure]) -> bytes:
    """The figures as matplotlib writes them, a page each: marked content, and no structure yet."""
    raw = io.BytesIO()
    with (
        mpl.rc_context(WRITING),
        _slim(),
        quick_lines(),
        stroked_hatches(),
        PdfPages(raw, metadata=SILENT) as pages,
    ):
        for figure in figures:
            pages.savefig(figure)
    if not any(figure.ground for figure in figures):
        return raw.getvalue()
    with pikepdf.open(raw) as pdf:
        for page, figure in zip(pdf.pages, figures, strict=True):
            if figure.ground:
                _add_ground(pdf, page, figure.ground)
        return written(pdf)


def _add_ground(pdf: pikepdf.Pdf, page: pikepdf.Page, ground: bytes) -> None:
    """The form that a page calls by `GROUND`."""
    with pikepdf.open(io.BytesIO(ground)) as drawn:
        form = pdf.copy_foreign(drawn.pages[0].as_form_xobject())
        page.add_resource(form, pikepdf.Name.XObject, name=pikepdf.Name(f"/{GROUND.decode()}"))


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


def share_fonts(pdf: pikepdf.Pdf) -> None:
    """Pages that were made apart have one file of each font, not one each."""
    described = [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
    ]
    files = together([item.FontFile2.read_bytes() for item in described])
    streams = {data: pdf.make_stream(data, Length1=len(data)) for data in dict.fromkeys(files)}
    for item, data in zip(described, files, strict=True):
        item.FontFile2 = streams[data]


def share_shadows(pdf: pikepdf.Pdf) -> None:
    """Pages that were made apart have one copy of the same relief: its shadows are a soft mask."""
    first: dict[bytes, pikepdf.Object] = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/SMask" in item:
            mask = item.SMask
            key = mask.stream_dict.unparse() + mask.read_raw_bytes()
            item.SMask = first.setdefault(key, mask)


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
