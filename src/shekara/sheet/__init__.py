"""Printed sheets and the book of an atlas: a scene in, paper out.

figure(scene)            a matplotlib Figure
single(scene, ...)       one sheet as the bytes of a PDF, PNG or SVG
save(scene, path)        the same in a file
thumbnail(scene)         a small PNG
book(scenes, path)       all sheets of one language bound in one PDF
books({lang: scenes})    the books of all languages, drawn in parallel
to_cmyk(path)            a PDF for a printing house, by Ghostscript
"""

from shekara.sheet.book import book, books
from shekara.sheet.drawing import figure
from shekara.sheet.files import save, shrunk, single, thumbnail
from shekara.sheet.ghostscript import to_cmyk
from shekara.sheet.press import Leaf, Pressed, leaves, pressed

__all__ = [
    "Leaf",
    "Pressed",
    "book",
    "books",
    "figure",
    "leaves",
    "pressed",
    "save",
    "shrunk",
    "single",
    "thumbnail",
    "to_cmyk",
]
