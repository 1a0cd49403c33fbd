"""A logo is read with care: plain shapes as paths, and anything else refused by its name."""

from __future__ import annotations

import io
import math
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import shapely
from PIL import Image

from shekara.errors import InputError
from shekara.pictures import Logo, open_raster, read_logo
from shekara.sheet.map.projected import path_of
from shekara.sheet.marginalia.sign import even_odd

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'


def logo(tmp_path: Path, inside: str, whole: str = SVG) -> Logo:
    path = tmp_path / "logo.svg"
    path.write_text(whole.format(inside), encoding="utf-8")
    return read_logo(path)


def test_shapes_become_paths_in_their_places(tmp_path: Path) -> None:
    inside = (
        '<g transform="translate(10,5) scale(2)" fill="red">'
        '<rect x="1" y="1" width="3" height="2" style="stroke: #00F; stroke-width: 1.5"/></g>'
        '<path d="M0 0 Q 3 0 3 3" fill="none" stroke="black" opacity="0.5"/>'
    )
    drawn = logo(tmp_path, inside)
    square, curve = drawn.outlines
    corners = {point for _, points in square.steps for point in points}
    # By hand: x = 10 + 2 · (1 to 4), y = 5 + 2 · (1 to 3); a line of 1.5 is 3 wide.
    assert corners == {(12, 7), (18, 7), (18, 11), (12, 11)}
    assert (square.fill, square.stroke, square.width) == ("#ff0000", "#0000ff", 3.0)
    # A quadratic curve's control point counts two thirds (Bézier, raised by one degree).
    assert curve.steps[1] == ("curve", ((2, 0), (3, 1), (3, 3)))
    assert (curve.fill, curve.stroke_opacity) == ("", 0.5)
    assert (drawn.width, drawn.height) == (40, 20)


def test_the_rule_by_which_a_shape_is_filled_is_read(tmp_path: Path) -> None:
    square = "M0 0H9V9H0zM3 3H6V6H3z"  # both rings run alike: a hole by the even-odd rule alone
    inside = (
        f'<path d="{square}"/><g fill-rule="evenodd"><path d="{square}"/>'
        f'<path style="fill-rule: nonzero" d="{square}"/></g>'
    )
    drawn = logo(tmp_path, inside)
    assert [item.evenodd for item in drawn.outlines] == [False, True, False]


def test_a_star_that_crosses_itself_is_hollow_by_the_even_odd_rule() -> None:
    # By hand: a star in a unit circle; its inner corners lie on a circle of cos 72° / cos 36°, and
    # each of its five tips is a triangle upon a side of the hollow pentagon between them.
    turns = [math.pi / 2 + 4 * math.pi * k / 5 for k in range(6)]
    star = path_of(shapely.LinearRing([(math.cos(a), math.sin(a)) for a in turns]))
    assert star is not None
    tips = even_odd(star).to_polygons()
    inner = math.cos(math.radians(72)) / math.cos(math.radians(36))
    base = 2 * inner * math.sin(math.radians(36))
    height = 1 - inner * math.cos(math.radians(36))
    assert len(tips) == 5
    area = sum(shapely.Polygon(np.asarray(tip, dtype=float)).area for tip in tips)
    assert area == pytest.approx(5 * base * height / 2, rel=1e-9)


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<rect width="1" height="1" onload="alert(1)"/>', "onload"),
        ('<image href="https://example.org/a.png"/>', "<image>"),
        ('<g xmlns:x="http://www.w3.org/1999/xlink" x:href="a"/>', "href"),
        ("<text>A</text>", "<text>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<style>@import 'a'</style>", "<style>"),
        ('<defs><linearGradient id="a"/></defs>', "<defs>"),
        ('<rect width="1" height="1" fill="url(#a)"/>', "url(#a)"),
        ('<rect width="1" height="1" transform="skewX(3)"/>', "skewX"),
        ('<path d="M 1 x"/>', "<path>"),
        ('<circle cx="1" cy="1"/>', "<circle>"),
        ("", "draws nothing"),
        ('<metadata><script>alert(1)</script></metadata><path d="M0 0H1V1z"/>', "<script>"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/><path d="M0 0H1V1z"/>', "<script>"),
        ('<x:a xmlns:x="http://www.w3.org/1999/xhtml"/><path d="M0 0H1V1z"/>', "<a>"),
        ('<x:script xmlns:x="urn:x"/><path d="M0 0H1V1z"/>', "<script>"),
        ('<x:a xmlns:x="urn:x" onclick="a()"/><path d="M0 0H1V1z"/>', "onclick"),
        ('<metadata><a xmlns=""/></metadata><path d="M0 0H1V1z"/>', "<a>"),
        ('<path d="M0 0H1V1z"><animate attributeName="d"/></path>', "<animate>"),
        ('<path d="M0 0H1V1z" clip-path="url(#a)"/>', "clip-path"),
        ('<path d="M0 0H1V1z" style="transform: scale(2)"/>', "transform"),
        ('<path d="M0 0H1V1z" style="d\\69splay: none"/>', "style"),
        ('<path d="M0 0H1V1z" transform="scale(1e200) scale(1e200)"/>', "beyond"),
        ("<g>" * 3000 + '<path d="M0 0H1V1z"/>' + "</g>" * 3000, "50 groups"),
    ],
)
def test_what_is_no_plain_shape_is_refused(tmp_path: Path, inside: str, named: str) -> None:
    with pytest.raises(InputError, match=r".") as error:
        logo(tmp_path, inside)
    assert named in str(error.value)


@pytest.mark.parametrize(
    "whole",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">{}</svg>',
        "<svg>{}</svg>",
        '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9">{}</svg>',
        "no svg {}",
        '<?xml-stylesheet href="a.css"?>' + SVG,
        SVG.replace("<svg ", '<svg onload="alert(1)" '),
        SVG.replace("<svg ", '<svg xmlns:x="http://www.w3.org/1999/xlink" x:href="a" '),
        SVG.replace("<svg ", '<svg display="none" '),
        SVG.replace("<svg ", '<svg transform="scale(2)" '),
        SVG.replace("<svg ", '<svg visibility="hidden" '),
    ],
)
def test_what_is_no_svg_is_refused(tmp_path: Path, whole: str) -> None:
    with pytest.raises(InputError):
        logo(tmp_path, '<rect width="1" height="1"/>', whole)


def test_what_the_root_says_holds_for_all(tmp_path: Path) -> None:
    whole = SVG.replace(
        "<svg ", '<svg fill="none" stroke="#f00" style="stroke-width: 2; height: auto" '
    )
    (line,) = logo(tmp_path, '<path d="M0 0H9"/>', whole).outlines
    assert (line.fill, line.stroke, line.width) == ("", "#ff0000", 2.0)


@pytest.mark.parametrize(
    "hidden",
    [
        '<g display="none"><rect width="9" height="9"/></g>',
        '<g style="display:none"><g style="display:inline"><rect width="9" height="9"/></g></g>',
        '<rect width="9" height="9" style="fill:#f00; DISPLAY : none !important"/>',
        '<rect width="9" height="9" display="none"/>',
        '<g visibility="hidden"><rect width="9" height="9"/></g>',
        '<rect width="9" height="9" style="visibility:collapse"/>',
    ],
)
def test_what_a_page_hides_is_on_no_sheet(tmp_path: Path, hidden: str) -> None:
    (line,) = logo(tmp_path, f'{hidden}<circle r="3" fill="#0f0"/>').outlines
    assert line.fill == "#00ff00"


def test_a_shape_can_be_seen_within_a_hidden_group(tmp_path: Path) -> None:
    # CSS 2.2, 11.2: a descendant is seen again by visibility: visible.
    inside = '<g visibility="hidden"><circle r="3" style="visibility:visible"/></g>'
    assert len(logo(tmp_path, inside).outlines) == 1


def test_more_than_opaque_is_opaque(tmp_path: Path) -> None:
    (spot,) = logo(tmp_path, '<circle r="3" opacity="2" fill-opacity="-1"/>').outlines
    assert (spot.fill_opacity, spot.stroke_opacity) == (0.0, 1.0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-be", "iso-8859-1", "utf-7"])
def test_a_file_that_is_not_in_utf_8_is_refused(tmp_path: Path, encoding: str) -> None:
    path, inside = tmp_path / "logo.svg", '<rect width="1" height="1"/>'
    doctype = '<!DOCTYPE svg [<!ENTITY a "b">]>'
    whole = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{SVG.format(inside)}'
    path.write_bytes(whole.encode(encoding))
    with pytest.raises(InputError, match="UTF-8"):
        read_logo(path)


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a PNG (PNG specification, 5.3)."""
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


@pytest.mark.parametrize(("width", "height"), [(20_000, 10_000), (10_000, 9_500)])
def test_a_png_of_too_many_pixels_is_refused(tmp_path: Path, width: int, height: int) -> None:
    path = tmp_path / "logo.png"
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    )
    with pytest.raises(InputError, match="pixels"):
        read_logo(path)
    with pytest.raises(InputError, match="pixels"):
        open_raster(path, [0, 0, 1, 1], None)


def test_a_png_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    data = io.BytesIO()
    Image.new("RGBA", (30, 10), "#336699").save(data, "PNG")
    path.write_bytes(data.getvalue())
    assert (read_logo(path).width, read_logo(path).height) == (30, 10)
    path.write_bytes(data.getvalue()[:40])
    with pytest.raises(InputError, match="no PNG"):
        read_logo(path)
    path.write_bytes(b"x" * 300_000)
    with pytest.raises(InputError, match="bytes"):
        read_logo(path)
