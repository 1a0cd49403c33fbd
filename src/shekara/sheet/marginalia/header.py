"""What stands above a map: its number, title, subtitle and first claim."""

from __future__ import annotations

from dataclasses import dataclass

from shekara.scene.model import Scene
from shekara.sheet.marginalia.claims import verdict_line
from shekara.sheet.paper.canvas import GREY, INK, RULE, Canvas
from shekara.sheet.paper.fonts import ASCENT, Face, line_mm, shorten, width_mm, wrap
from shekara.sheet.paper.paper import POINT_MM, Page
from shekara.verdicts import VERDICTS

TITLE_PT = 15.0
SUBTITLE_PT = 8.4
CLAIM_PT = 7.6
MOST_HEADER = 0.3  # of the page's height


@dataclass(frozen=True)
class Line:
    """A line of the header: text, size, face, colour, role, and a sign before it."""

    text: str
    size_pt: float
    face: Face = "plain"
    color: str = INK
    sign: str = ""
    first: bool = False


@dataclass(frozen=True)
class Header:
    """Everything above the map, measured."""

    badge: str
    running: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]  # role and lines
    height: float


def header_of(scene: Scene, page: Page) -> Header:
    """Number, title, subtitle, and the first claim with its verdict, as large as has room."""
    room = page.width - 2 * page.margin
    type_scale = page.type_scale
    for shrink in (1.0, 0.92, 0.84, 0.76, 0.68, 0.6):
        size = {
            "title": TITLE_PT * type_scale * shrink,
            "sub": max(SUBTITLE_PT * type_scale * shrink, 5.6),
        }
        claim_size = max(CLAIM_PT * type_scale * shrink, 5.6)
        badge = scene.say.message("sheet_map", number=scene.number)
        title = wrap(scene.title, room, size["title"], "bold")
        groups: list[tuple[str, tuple[Line, ...]]] = [
            ("H1", tuple(Line(text, size["title"], "bold") for text in title))
        ]
        subtitle = wrap(scene.subtitle, room, size["sub"])
        if subtitle:
            groups.append(("P", tuple(Line(text, size["sub"], color=GREY) for text in subtitle)))
        if scene.claims:
            claim = scene.claims[0]
            row = VERDICTS[claim.verdict]
            sign, color = row.sign, row.ink
            inner = room - 4 * type_scale
            says = [
                Line(text, claim_size, sign="", first=False)
                for text in wrap(claim.says, inner, claim_size)
            ]
            found = [
                Line(text, claim_size, "bold", color)
                for text in wrap(verdict_line(claim), inner, claim_size, "bold")
            ]
            if says:
                says[0] = Line(says[0].text, claim_size, sign=sign, color=INK, first=True)
            groups.append(("P", (*says, *found)))
        height = (
            line_mm(6.4 * type_scale)
            + sum(line_mm(line.size_pt) for _, lines in groups for line in lines)
            + 1.1 * type_scale * len(groups)
            + 2.2 * type_scale
        )
        if height <= MOST_HEADER * page.height and (len(title) <= 2 or shrink < 0.8):
            break
    return Header(badge, scene.atlas_title, tuple(groups), height)


def draw_header(canvas: Canvas, scene: Scene, header: Header) -> None:
    """Draw the header from the top margin."""
    page, type_scale = canvas.page, canvas.page.type_scale
    left, right = page.margin, page.width - page.margin
    size = 6.4 * type_scale
    y = page.height - page.margin - ASCENT * size * POINT_MM
    with canvas.tagged("P"):
        canvas.text(left, y, header.badge, size, "bold", color=GREY)
    badge = width_mm(header.badge, size, "bold")
    running = shorten(header.running, right - left - badge - 6 * type_scale, size)
    with canvas.tagged("Artifact"):
        canvas.text(right, y, running, size, color=GREY, ha="right")
        canvas.line([left, right], [y - 1.5 * type_scale, y - 1.5 * type_scale], 0.3, RULE)
    y -= 1.5 * type_scale + 1.2 * type_scale
    for role, lines in header.groups:
        with canvas.tagged(role):
            claim = any(line.first for line in lines)
            for line in lines:
                base = y - (ASCENT + 0.12) * line.size_pt * POINT_MM
                if line.first:
                    row = VERDICTS[scene.claims[0].verdict]
                    size = line.size_pt * 1.15
                    canvas.text(left, base, row.sign, size, "bold", color=row.ink)
                canvas.text(
                    left + (4 * type_scale if claim else 0),
                    base,
                    line.text,
                    line.size_pt,
                    line.face,
                    color=line.color,
                )
                y -= line_mm(line.size_pt)
        y -= 1.1 * type_scale
