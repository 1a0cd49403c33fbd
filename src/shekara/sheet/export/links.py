"""Links inside a document: from where a source is used to its line in the bibliography."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from shekara.sheet.paper.canvas import Link
from shekara.sheet.paper.paper import INCH_MM

POINTS = 72 / INCH_MM  # of a millimetre
ABOVE_MM = 2.0  # of white over the place that a link opens
PRINTED = 4  # the flag of an annotation that is there on paper, too


def connect(pdf: pikepdf.Pdf, pages: Sequence[Sequence[Link]]) -> None:
    """Add the links of all pages to a document whose structure is complete.

    `pages` has the places of each page. A link whose key no place has is left out.
    """
    targets = {
        link.key: (place, link.box.top)
        for place, links in enumerate(pages)
        for link in links
        if link.target
    }
    tree = pdf.Root.StructTreeRoot
    document, numbers = tree.K[0], tree.ParentTree.Nums
    key = int(tree.ParentTreeNextKey)
    for place, links in enumerate(pages):
        page = pdf.pages[place]
        for link in links:
            if link.target or link.key not in targets:
                continue
            at, top = targets[link.key]
            annotation = pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=_rectangle(link),
                    Border=Array([0, 0, 0]),
                    F=PRINTED,
                    Dest=Array([pdf.pages[at].obj, Name.XYZ, 0, (top + ABOVE_MM) * POINTS, 0]),
                    Contents=String(link.key),
                    StructParent=key,
                )
            )
            reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj)
            element = pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Link, P=document, Pg=page.obj, K=reference)
            )
            document.K.append(element)
            numbers.append(key)
            numbers.append(element)
            key += 1
            if Name.Annots not in page.obj:
                page.obj.Annots = Array()
            page.obj.Annots.append(annotation)
    tree.ParentTreeNextKey = key


def _rectangle(link: Link) -> Array:
    box = link.box
    sides = (box.x, box.y, box.right, box.top)
    return Array([round(side * POINTS, 2) for side in sides])
