"""A page as SVG: letters stay text, and the glyphs that it needs travel within the file."""

from __future__ import annotations

import base64
import io
import re
from xml.sax.saxutils import escape, quoteattr

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from matplotlib.text import Text

from shekara.sheet.paper.canvas import SheetFigure
from shekara.sheet.paper.fonts import font_files
from shekara.sheet.paper.machine_fonts import charmap

Use = tuple[str, str, int, str]  # family, file, weight, slant


def page_svg(figure: SheetFigure) -> bytes:
    """The figure as SVG with its title, description, language and fonts; always the same bytes."""
    out = io.BytesIO()
    metadata = {"Date": None, "Creator": None, "Title": figure.title, "Language": figure.lang}
    figure.savefig(out, format="svg", metadata=metadata)
    text = out.getvalue().decode("utf-8")
    alt = next((tag.alt for tag in figure.tags if tag.role == "Figure"), "")
    head = (
        f"<title>{escape(figure.title)}</title>\n<desc>{escape(alt)}</desc>\n"
        f"<style>{_fonts(figure)}</style>\n"
    )
    opening = re.search(r"<svg\b[^>]*>", text)
    assert opening is not None
    tag = opening[0][:-1] + f' xml:lang={quoteattr(figure.lang)} role="img">'
    return (text[: opening.start()] + tag + "\n" + head + text[opening.end() :]).encode("utf-8")


def _fonts(figure: SheetFigure) -> str:
    """The rules that carry every letter of the figure, each from the font that draws it."""
    used: dict[Use, set[str]] = {}
    for item in figure.findobj(Text):
        if not isinstance(item, Text) or not item.get_text():
            continue
        files = font_files(item.get_fontproperties())
        for char in item.get_text():
            use = next((file for file in files if ord(char) in charmap(file[1])), None)
            if use is not None:
                used.setdefault(use, set()).add(char)
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{slant};"
        f"src:url(data:font/woff;base64,{_subset(path, ''.join(sorted(used[use])))})}}"
        for use in sorted(used)
        for family, path, weight, slant in [use]
    )


def _subset(path: str, letters: str) -> str:
    options = subset.Options(
        flavor="woff", layout_features=["kern"], notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["FFTM", "GPOS", "GSUB", "GDEF"]
    with TTFont(path, recalcTimestamp=False, lazy=True) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font.flavor = "woff"
        out = io.BytesIO()
        font.save(out)
    return base64.b64encode(out.getvalue()).decode("ascii")
