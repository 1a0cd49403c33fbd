"""The atlas of one language as one PDF: cover, contents, sheets, statements, sources, index."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
from pikepdf import Name

from shekara.errors import UsageError
from shekara.scene.model import Credit, Scene, SceneClaim, Translator
from shekara.sheet.book.bibliography import bibliography_blocks, numbered
from shekara.sheet.book.claim_table import Head, claim_blocks
from shekara.sheet.book.front_pages import ImprintPage, cover
from shekara.sheet.book.text_pages import (
    LaidPage,
    Reference,
    TextPage,
    contents_blocks,
    index_blocks,
    mirrored,
    reading_blocks,
    set_pages,
    source_blocks,
)
from shekara.sheet.book.workers import BookPage, Size, leaves, leaves_of
from shekara.sheet.export.links import connect
from shekara.sheet.export.pdf import finish, raw_pages, share_fonts, share_shadows, written
from shekara.sheet.paper.canvas import GREY, Canvas
from shekara.sheet.paper.columns import Block
from shekara.sheet.paper.fonts import FLOOR_PT, use_fonts
from shekara.sheet.paper.paper import INCH_MM, Page, read_size
from shekara.sheet.paper.paragraph import Paragraph
from shekara.storage import write_file

FOLIO_PT = 7.5
Mark = tuple[str, int]  # title of a bookmark, page index
Done = Callable[[Scene, int, int], None]
Draws = Callable[[Sequence[LaidPage]], list[BookPage]]


def book(
    scenes: Sequence[Scene],
    path: Path,
    *,
    size: Size = "A4",
    workers: int | None = None,
    on_done: Done | None = None,
    sheets: Sequence[BookPage] | None = None,
) -> None:
    """Bind the sheets of one language into one PDF; the file is whole or not there.

    Parameters
    ----------
    scenes
        In the order of the book, all in one language.
    path
        Where to.
    size
        Paper of the sheets and the text pages.
    workers
        Processes that draw; None takes the cores there are.
    on_done
        Called after each sheet with its scene, how many are done, how many there are.
    sheets
        The scenes' sheets of `press.leaves` when they are drawn already.

    Raises
    ------
    UsageError
        No scenes, or scenes in more than one language.
    """
    write_file(
        Path(path), bound(scenes, size=size, workers=workers, on_done=on_done, sheets=sheets)
    )


def books(
    languages: Mapping[str, Sequence[Scene]],
    folder: Path,
    *,
    size: Size = "A4",
    workers: int | None = None,
    on_done: Done | None = None,
) -> list[Path]:
    """One book per language, atlas.LANG.pdf, all sheets drawn by the same workers."""
    every = [scene for scenes in languages.values() for scene in scenes]
    drawn = leaves(every, size=size, workers=workers, on_done=on_done)
    result, start = [], 0
    for lang, scenes in languages.items():
        path = Path(folder) / f"atlas.{lang}.pdf"
        book(scenes, path, size=size, sheets=drawn[start : start + len(scenes)])
        start += len(scenes)
        result.append(path)
    return result


def bound(
    scenes: Sequence[Scene],
    *,
    size: Size = "A4",
    workers: int | None = None,
    on_done: Done | None = None,
    sheets: Sequence[BookPage] | None = None,
    draws: Draws | None = None,
) -> bytes:
    """The book of one language as bytes; `draws` draws its pages of text, or has drawn them."""
    langs = sorted({scene.lang for scene in scenes})
    if len(langs) != 1:
        raise UsageError(
            f"a book is in one language and has at least one map; these have {langs or 'none'}"
        )
    say, title = scenes[0].say, scenes[0].atlas_title
    if sheets is None:
        sheets = leaves(scenes, size=size, workers=workers, on_done=on_done)
    # A process that has drawn no sheet does not know the atlas's fonts yet.
    use_fonts([Path(path) for path in scenes[0].fonts], dict(scenes[0].typefaces))
    paper = read_size(size)
    page = paper if paper.free else paper.upright()
    claims = _claims(scenes)
    if not paper.free and _mostly_lying(sheets):
        page = paper.lying()
    across = 2 if page.width > page.height else 1  # columns of a text

    def text(
        key: str, blocks: list[Block], columns: int = 1, head: Block | None = None
    ) -> list[TextPage]:
        return set_pages(page, say, say.message(key), title, blocks, columns, head)

    # How long the contents are does not depend on the page numbers in it.
    draft = [(str(scene.number), scene.title, 999) for scene in scenes]
    parts = ("reading", "claims", "sources", "index")
    draft += [("", say.message(f"book_{part}"), 999) for part in parts]
    length = len(text("book_contents", contents_blocks(draft)))
    reading = text("book_reading", reading_blocks(say), columns=across)
    before = 2  # the title and the imprint
    first = before + length + len(reading)
    names: dict[str, list[Reference]] = {}
    for place, sheet in enumerate(sheets):
        for name, cell in sheet.names:
            names.setdefault(name, []).append((first + place + 1, cell))
    cited = numbered((claim for claim, _ in claims), say.lang)
    numbers = {key: number for key, (number, _) in cited.items()}
    tables = text(
        "book_claims", claim_blocks(claims, say, numbers), head=Head(say) if claims else None
    )
    references = bibliography_blocks(cited, say.message("book_bibliography"), say)
    credited = source_blocks(_credits(scenes), say)
    if references:
        heading = say.message("book_credits")
        credited = [Paragraph(heading, 9.0, "bold", role="H2", above=1.0, keep=True), *credited]
    sources = text("book_sources", [*references, *credited], columns=across)
    index = text("book_index", index_blocks(names, say), columns=3 + across // 2)
    after = first + len(sheets)
    starts = {
        "book_claims": after,
        "book_sources": after + len(tables),
        "book_index": after + len(tables) + len(sources),
    }
    lines = [
        (str(scene.number), scene.title, first + place + 1) for place, scene in enumerate(scenes)
    ]
    lines += [("", say.message(key), at + 1) for key, at in starts.items()]
    lines = [("", say.message("book_reading"), before + length + 1), *lines]
    contents = mirrored(text("book_contents", contents_blocks(lines)), before)
    reading = mirrored(reading, before + length)
    tables, sources, index = (
        mirrored(part, starts[key])
        for part, key in (
            (tables, "book_claims"),
            (sources, "book_sources"),
            (index, "book_index"),
        )
    )
    bookmarks = [(title, 0), (say.message("book_contents"), before)]
    bookmarks += [(say.message("book_reading"), before + length)]
    bookmarks += [
        (f"{scene.number}. {scene.title}", first + place) for place, scene in enumerate(scenes)
    ]
    bookmarks += [(say.message(key), at) for key, at in starts.items()]
    front: list[LaidPage] = [cover(page, scenes, [claim for claim, _ in claims])]
    front += [ImprintPage(page, say, title, scenes[0].imprint), *contents, *reading]
    texts = (draws or text_leaves)([*front, *tables, *sources, *index])
    every = [*texts[: len(front)], *sheets, *texts[len(front) :]]
    return _bind(every, title, say, bookmarks)


def text_leaves(pages: Sequence[LaidPage]) -> list[BookPage]:
    """Pages of text as pages to be bound, each drawn apart: one does not depend on the others."""
    return [leaf for page in pages for leaf in leaves_of([page.draw()])]


def _mostly_lying(sheets: Sequence[BookPage]) -> bool:
    """Whether more than half of the plates lie: then the pages of text lie, too."""
    lying = 0
    for leaf in sheets:
        with pikepdf.open(io.BytesIO(leaf.pdf)) as pdf:
            _, _, width, height = (float(side) for side in pdf.pages[leaf.at].mediabox)
        lying += width > height
    return 2 * lying > len(sheets)


def _bind(
    pages: Sequence[BookPage], title: str, say: Translator, marks: list[tuple[str, int]]
) -> bytes:
    with pikepdf.new() as pdf:
        elements = []
        opened: dict[int, pikepdf.Pdf] = {}
        for place, leaf in enumerate(pages):
            # One copy of a source keeps the fonts that its pages share.
            if id(leaf.pdf) not in opened:
                opened[id(leaf.pdf)] = pikepdf.open(io.BytesIO(leaf.pdf))
            pdf.pages.append(opened[id(leaf.pdf)].pages[leaf.at])
            section = ("Sect", 0)
            elements += [(place, replace(tag, path=(section, *tag.path))) for tag in leaf.tags]
        _number(pdf, say)
        share_fonts(pdf)
        share_shadows(pdf)
        finish(pdf, title, say.lang, elements, marks)
        connect(pdf, [leaf.links for leaf in pages])
        return written(pdf)


def _number(pdf: pikepdf.Pdf, say: Translator) -> None:
    """Page numbers at the foot of every page but the cover."""
    result = []
    for place, page in enumerate(pdf.pages):
        _, _, width, height = (float(side) / 72 * INCH_MM for side in page.mediabox)
        canvas = Canvas(Page(width, height), say, "", ground=False)
        type_scale = canvas.page.type_scale
        canvas.text(
            width / 2,
            4.6 * type_scale,
            str(place + 1),
            max(FOLIO_PT * type_scale, FLOOR_PT),
            color=GREY,
            ha="center",
        )
        result.append(canvas.figure)
    with pikepdf.open(io.BytesIO(raw_pages(result))) as numbers:
        for place, (page, folio) in enumerate(zip(pdf.pages, numbers.pages, strict=True)):
            if place == 0:
                continue
            form = pdf.copy_foreign(folio.as_form_xobject())
            # Pages that were made together share their resources: each number has its own name.
            name = Name(f"/Folio{place + 1}")
            page.add_resource(form, Name.XObject, name=name)
            page.contents_add(f"/Artifact BMC q {name} Do Q EMC\n".encode(), prepend=False)


def _claims(scenes: Sequence[Scene]) -> list[tuple[SceneClaim, tuple[int, ...]]]:
    """Every claim once, with the numbers of the maps that it stands on."""
    claim_maps: dict[tuple[str, str], tuple[SceneClaim, list[int]]] = {}
    for scene in scenes:
        for claim in scene.claims:
            _, maps = claim_maps.setdefault((claim.layer, claim.id), (claim, []))
            maps.append(scene.number)
    return [(claim, tuple(dict.fromkeys(maps))) for claim, maps in claim_maps.values()]


def _credits(scenes: Sequence[Scene]) -> list[Credit]:
    """Every source once, with all layers that it gave."""
    credit_maps: dict[tuple[str, str, str, str], list[str]] = {}
    for scene in scenes:
        for credit in scene.credits:
            key = (credit.name, credit.license, credit.date, credit.url)
            credit_maps.setdefault(key, []).extend(credit.layers)
    return [Credit(*key, tuple(dict.fromkeys(layers))) for key, layers in credit_maps.items()]
