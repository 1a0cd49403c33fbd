"""The structure tree of a PDF: sections, headings, lists, tables, figures with their boxes, links.

ISO 32000-1, 14.7 and 14.8. Every element of `Canvas.tagged` is a leaf with its marked content; the
groups around it are elements of their here, one for each page that they stand on.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from shekara.sheet.paper.canvas import Tag
from shekara.sheet.paper.paper import POINT_MM, Box


def grow(pdf: pikepdf.Pdf, lang: str, elements: Sequence[tuple[int, Tag]]) -> None:
    """Give a document its structure tree and the links that its elements are.

    Parameters
    ----------
    pdf
        The document, changed in place.
    lang
        Of the document, a BCP 47 code.
    elements
        Page index and tag, in reading order.
    """
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = _element(pdf, "Document", tree)
    document.Lang = String(lang)
    tree.K = Array([document])
    groups: dict[tuple[int, int], pikepdf.Object] = {}
    by_page: dict[int, dict[int, pikepdf.Object]] = {}
    links: list[tuple[pikepdf.Object, int, Tag]] = []
    for page, tag in elements:
        parent = document
        for role, number in tag.path:
            if (page, number) not in groups:
                groups[page, number] = _element(pdf, role, parent)
                parent.K.append(groups[page, number])
            parent = groups[page, number]
        leaf = _element(pdf, tag.role, parent)
        leaf.Pg, leaf.K = pdf.pages[page].obj, Array([tag.mcid])
        if tag.lang:  # ISO 14289-1, 7.2: where the language is not that of the document
            leaf.Lang = String(tag.lang)
        if tag.role == "Figure":
            leaf.Alt = String(tag.alt)
            leaf.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=_bounds(pdf, page, tag))
        parent.K.append(leaf)
        by_page.setdefault(page, {})[tag.mcid] = leaf
        if tag.to is not None and tag.box is not None and tag.to < len(pdf.pages):
            links.append((leaf, page, tag))
    numbers = Array()
    for page in sorted(by_page):
        leaves = by_page[page]
        numbers.append(page)
        numbers.append(pdf.make_indirect(Array([leaves[mcid] for mcid in sorted(leaves)])))
        pdf.pages[page].obj.StructParents = page
        pdf.pages[page].obj.Tabs = Name.S
    for place, (leaf, page, tag) in enumerate(links, start=len(pdf.pages)):
        _link(pdf, leaf, page, tag, place)
        numbers.append(place)
        numbers.append(leaf)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pdf.pages) + len(links)
    pdf.Root.StructTreeRoot = tree


def _element(pdf: pikepdf.Pdf, role: str, parent: pikepdf.Object) -> pikepdf.Object:
    element = Dictionary(Type=Name.StructElem, S=Name("/" + role), P=parent, K=Array())
    if role == "TH":
        element.A = Dictionary(O=Name.Table, Scope=Name.Column)
    if role == "L":
        element.A = Dictionary(O=Name.List, ListNumbering=Name("/None"))
    return pdf.make_indirect(element)


def _bounds(pdf: pikepdf.Pdf, page: int, tag: Tag) -> Array:
    """The place of a figure in points; its page where nobody said it."""
    return Array(_points(tag.box) if tag.box else list(pdf.pages[page].mediabox))


def _points(box: Box) -> list[float]:
    return [
        round(side / POINT_MM, 2) for side in (box.x, box.y, box.x + box.width, box.y + box.height)
    ]


def _link(pdf: pikepdf.Pdf, leaf: pikepdf.Object, page: int, tag: Tag, place: int) -> None:
    """The annotation of a link, known to its element as an object (14.7.4.3)."""
    assert tag.box is not None
    assert tag.to is not None
    target = pdf.pages[tag.to].obj
    annotation = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(_points(tag.box)),
            Border=Array([0, 0, 0]),
            Dest=Array([target, Name.Fit]),
            Contents=String(tag.alt),
            F=4,
            StructParent=place,
        )
    )
    here = pdf.pages[page].obj
    if Name.Annots not in here:
        here.Annots = Array()
    here.Annots.append(annotation)
    leaf.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=here))
