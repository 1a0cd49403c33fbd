"""A logo is read with care: plain shapes as paths, and anything else refused by its name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from shekara.errors import InputError
from shekara.pictures import Logo, read_logo

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
    ],
)
def test_what_is_no_svg_is_refused(tmp_path: Path, whole: str) -> None:
    with pytest.raises(InputError):
        logo(tmp_path, '<rect width="1" height="1"/>', whole)


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
