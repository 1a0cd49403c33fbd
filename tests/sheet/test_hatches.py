"""A hatch in a PDF, as PDFium shows it, which Chromium shows PDFs with."""

import io

import numpy as np
import pikepdf
import pytest
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path as MplPath
from PIL import Image

from shekara.sheet.export.pdf import raw_pages
from shekara.sheet.export.picture import png_of
from shekara.sheet.paper.canvas import SheetFigure
from shekara.sheet.paper.paper import Page


def page(hatch: str) -> bytes:
    """A white page of 72 x 72 mm, its left half blue with a red hatch and a green edge."""
    figure = SheetFigure(Page(72, 72), "en", "t")
    look = {"facecolor": "#0000ff", "edgecolor": "#00ff00", "lw": 2, "hatchcolor": "#ff0000"}
    figure.add_artist(Rectangle((0, 0), 0.5, 1, hatch=hatch, **look))  # type: ignore[arg-type]
    return raw_pages([figure])


def red(pdf: bytes) -> np.ndarray:
    pixels = np.asarray(Image.open(io.BytesIO(png_of(pdf, 150))).convert("RGB")).astype(int)
    return np.asarray((pixels[..., 0] > 100) & (pixels[..., 1] < 100) & (pixels[..., 2] < 160))


@pytest.mark.parametrize("hatch", ["////", "----", "||", "xx", ".", "oo"])
def test_a_hatch_is_seen_within_its_area_and_nowhere_else(hatch: str) -> None:
    seen = red(page(hatch))
    middle = seen.shape[1] // 2
    assert 0.004 < seen[:, : middle - 6].mean() < 0.4
    assert not seen[:, middle + 6 :].any()
    # It covers the area: each quarter of its height has some.
    assert all(part.any() for part in np.array_split(seen[:, :middle], 4))


def test_a_hatch_stays_within_the_clip_of_its_artist() -> None:
    """A circle of 18 mm, 27 mm from the left and in the middle: it reaches beyond the area."""
    figure = SheetFigure(Page(72, 72), "en", "t")
    area = Rectangle((0, 0), 0.5, 1, hatch="xx", fill=False, lw=0, hatchcolor="#ff0000")
    figure.add_artist(area)
    area.set_clip_path(Circle((27 / 72, 0.5), 18 / 72, transform=figure.transFigure))
    seen = red(raw_pages([figure]))
    y, x = (np.indices(seen.shape).T / (seen.shape[0] / 72)).T
    inside = (np.hypot(x - 27, y - 36) < 18.3) & (x < 36.3)
    assert seen[inside].mean() > 0.01
    assert not seen[~inside].any()


@pytest.mark.parametrize("gap", [None, (np.nan, np.nan), (np.inf, 0.5)])
def test_a_hatched_path_without_a_position_or_with_a_gap_is_written(
    gap: tuple[float, float] | None,
) -> None:
    square = [(0.1, 0.1), (0.5, 0.1), (0.5, 0.9), (0.1, 0.9)]
    for points in ([], [gap], [gap, *square]) if gap else ([],):
        figure = SheetFigure(Page(72, 72), "en", "t")
        path = MplPath(np.reshape(points, (-1, 2)))
        figure.add_artist(PathPatch(path, hatch="xx", lw=0, fill=False, hatchcolor="#ff0000"))
        assert red(raw_pages([figure])).any() == (len(points) > 1)


def test_a_hatch_is_no_pattern() -> None:
    with pikepdf.open(io.BytesIO(page("//"))) as pdf:
        assert not [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and "/PatternType" in item
        ]


def test_an_area_without_a_hatch_stays_as_it_was() -> None:
    assert not red(page("")).any()
