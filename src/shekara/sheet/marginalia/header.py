"""What stands above a map: its topic, the finding as title, the proof and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shekara.scene.model import Scene
from shekara.sheet.marginalia.claims import verdict_line
from shekara.sheet.paper.canvas import GREY, INK, Canvas
from shekara.sheet.paper.fonts import ASCENT, FLOOR_PT, Face, line_mm, width_mm
from shekara.sheet.paper.lines import in_lines, shorten, wrap
from shekara.sheet.paper.paper import POINT_MM, Page
from shekara.verdicts import VERDICTS

TITLE_PT, LEAST_TITLE_PT = 20.0, 11.0
PROOF_PT = 10.0
ABOUT_PT = 8.0
TOPIC_PT = 8.0
MOST_TITLE_LINES = 2
GAP_MM = 2.8  # to the neatline: the letters of the index stand in it


@dataclass(frozen=True)
class Line:
    """A line of the header with its role in the document; "" is part of the line before."""

    text: str
    size_pt: float
    role: str
    face: Face = "plain"
    color: str = INK


@dataclass(frozen=True)
class Header:
    """Everything above the map, measured: as high in every language as in the longest."""

    topic: str
    running: str
    parts: tuple[tuple[Line, ...], ...]
    topic_mm: float  # height of the topic's line
    lines_mm: float  # height of the parts in the language that needs most
    gap_mm: float

    @property
    def height(self) -> float:
        """Of all parts and the white below, mm."""
        return self.topic_mm + self.lines_mm + self.gap_mm


def finding(scene: Scene) -> str:
    """The title of a sheet: what its first claim says and whether it holds; else the topic."""
    if not scene.claims or not scene.claims[0].says:
        return scene.title
    claim = scene.claims[0]
    says = claim.says.strip()
    key = f"sheet_finding_{VERDICTS[claim.verdict].slug.replace('-', '_')}"
    return scene.say.message(key, says=says.rstrip("."))


def headers_of(scenes: Sequence[Scene], page: Page) -> tuple[Header, ...]:
    """The headers of a map in all its languages: one size of title, one height."""
    room = page.width - 2 * page.margin
    type_scale = page.type_scale
    size = TITLE_PT * type_scale
    while size > LEAST_TITLE_PT * min(type_scale, 1.0) and any(
        len(wrap(finding(scene), room, size, "bold")) > MOST_TITLE_LINES for scene in scenes
    ):
        size *= 0.94
    most = max(len(wrap(finding(scene), room, size, "bold")) for scene in scenes)
    drafts = [_parts(scene, room, size, type_scale, most) for scene in scenes]
    lines = max(sum(line_mm(line.size_pt) for part in parts for line in part) for parts in drafts)
    topic = line_mm(TOPIC_PT * type_scale) + 0.6 * type_scale
    return tuple(
        Header(
            f"{scene.say.message('sheet_map', number=scene.number)} · {scene.title}",
            scene.atlas_title,
            parts,
            topic,
            lines,
            GAP_MM * max(type_scale, 1.0),
        )
        for scene, parts in zip(scenes, drafts, strict=True)
    )


def _parts(
    scene: Scene, room: float, size: float, type_scale: float, title_lines: int
) -> tuple[tuple[Line, ...], ...]:
    """Title, proof and subtitle in lines; a long title fills the lines that another language needs.

    Its second line then stands where there would be a gap above the map.
    """
    title = tuple(
        Line(text, size, "H1", "bold")
        for text in in_lines(finding(scene), title_lines, room, size, "bold")
    )
    proof: tuple[Line, ...] = ()
    proof_pt = max(PROOF_PT * type_scale, FLOOR_PT)
    if scene.claims:
        row = VERDICTS[scene.claims[0].verdict]
        text = f"{row.sign}\u00a0\u00a0{verdict_line(scene.claims[0], scene.say)}"
        proof = tuple(
            Line(line, proof_pt, "P", "semibold", row.ink)
            for line in wrap(text, room, proof_pt, "semibold")
        )
    about_pt = max(ABOUT_PT * type_scale, FLOOR_PT)
    about = tuple(
        Line(line, about_pt, "P", color=GREY) for line in wrap(scene.subtitle, room, about_pt)
    )
    return title, proof, about


def draw_header(canvas: Canvas, header: Header) -> None:
    """Draw the header from the top margin."""
    page, type_scale = canvas.page, canvas.page.type_scale
    left, right = page.margin, page.width - page.margin
    size = max(TOPIC_PT * type_scale, FLOOR_PT)
    with canvas.reading(left, right):
        _draw_lines(canvas, header, left, right, size)


def _draw_lines(canvas: Canvas, header: Header, left: float, right: float, size: float) -> None:
    page, type_scale = canvas.page, canvas.page.type_scale
    y = page.height - page.margin
    base = y - ASCENT * size * POINT_MM
    topic = shorten(header.topic, 0.7 * (right - left), size, "semibold")
    with canvas.tagged("P"):
        canvas.text(left, base, topic, size, "semibold", color=GREY)
    running = shorten(
        header.running, right - left - width_mm(topic, size, "semibold") - 6 * type_scale, size
    )
    with canvas.tagged("Artifact"):
        canvas.text(right, base, running, size, color=GREY, ha="right")
    y -= header.topic_mm
    for lines in header.parts:
        if lines:
            with canvas.tagged(lines[0].role):
                for line in lines:
                    base = y - (ASCENT + 0.14) * line.size_pt * POINT_MM
                    canvas.text(left, base, line.text, line.size_pt, line.face, color=line.color)
                    y -= line_mm(line.size_pt)
