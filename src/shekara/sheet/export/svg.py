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
from shekara.sheet.paper.fonts import Face, font_path

CSS: dict[Face, str] = {
    "plain": "font-weight:400;font-style:normal",
    "bold": "font-weight:700;font-style:normal",
    "slanted": "font-weight:400;font-style:oblique",
    "bold slanted": "font-weight:700;font-style:oblique",
}


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
    used: dict[Face, set[str]] = {}
    for item in figure.findobj(Text):
        if isinstance(item, Text) and item.get_text():
            bold = item.get_fontweight() in ("bold", 700)
            slanted = item.get_fontstyle() != "normal"
            face: Face = "plain"
            if bold:
                face = "bold slanted" if slanted else "bold"
            elif slanted:
                face = "slanted"
            used.setdefault(face, set()).update(item.get_text())
    return "".join(
        f"@font-face{{font-family:'DejaVu Sans';{CSS[face]};"
        f"src:url(data:font/woff;base64,{_subset(face, ''.join(sorted(used[face])))})}}"
        for face in CSS
        if face in used
    )


def _subset(face: Face, letters: str) -> str:
    options = subset.Options(
        flavor="woff", layout_features=["kern"], notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["FFTM", "GPOS", "GSUB", "GDEF"]
    with TTFont(font_path(face), recalcTimestamp=False, lazy=True) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font.flavor = "woff"
        out = io.BytesIO()
        font.save(out)
    return base64.b64encode(out.getvalue()).decode("ascii")
