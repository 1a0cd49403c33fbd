"""Printed sheets and the book of an atlas: a scene in, paper out.

figure(scene)            a matplotlib Figure
single(scene, ...)       one sheet as the bytes of a PDF, PNG or SVG
save(scene, path)        the same in a file
thumbnail(scene)         a small PNG
book(scenes, path)       all sheets of one language bound in one PDF
books({lang: scenes})    the books of all languages, drawn in parallel
to_cmyk(path)            a PDF in the inks of a press
with_marks(pdf, bleed)   a PDF with bleed and crop marks
pressed(pdf, Press())    a PDF as a printing house wants it, PDF/X-4 too
"""

from shekara.sheet.book.book import book, books, bound, text_leaves
from shekara.sheet.book.text_pages import LaidPage
from shekara.sheet.book.workers import BookPage, RenderedSheet, leaves, rendered
from shekara.sheet.drawing import figure, plan_of
from shekara.sheet.export.cmyk import to_cmyk
from shekara.sheet.export.files import save, shrunk, single, thumbnail
from shekara.sheet.export.marks import with_marks
from shekara.sheet.export.press import Press, pressed

__all__ = [
    "BookPage",
    "LaidPage",
    "Press",
    "RenderedSheet",
    "book",
    "books",
    "bound",
    "figure",
    "leaves",
    "plan_of",
    "pressed",
    "rendered",
    "save",
    "shrunk",
    "single",
    "text_leaves",
    "thumbnail",
    "to_cmyk",
    "with_marks",
]
