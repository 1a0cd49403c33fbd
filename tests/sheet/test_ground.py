"""The map under the names: a form in the PDF, drawn once for all languages that show the same."""

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pikepdf
import pytest
from PIL import Image

from shekara import sheet
from shekara.i18n import Translator
from shekara.scene.model import Relief, Scene
from shekara.scene.projection import choose
from shekara.sheet import ground
from shekara.sheet.book.workers import RenderedSheet, rendered
from shekara.sheet.export.files import SCREEN_DPI
from shekara.sheet.export.pdf import raw_pages
from shekara.sheet.export.picture import png_of
from shekara.sheet.lettering import LetteredSheet
from shekara.sheet.map.frame import fit
from shekara.sheet.map.relief import shade
from shekara.sheet.paper.paper import Box
from tests.support.sheet_scenes import scene

NO_NAMES = SimpleNamespace(
    names=SimpleNamespace(unnamed=()), plan=SimpleNamespace(page=None, map_frame=None), drawn=()
)


def in_kazakh(english: Scene) -> Scene:
    """The same shapes with the words of another language."""
    return replace(scene("kk"), layers=english.layers)


@pytest.fixture(scope="module")
def versions() -> Sequence[Scene]:
    english = scene("en")
    return english, in_kazakh(english)


@pytest.fixture(scope="module")
def sheets(versions: Sequence[Scene]) -> Sequence[RenderedSheet]:
    ground._drawn.cache_clear()
    return [rendered(version, "A5", versions) for version in versions]


def test_a_ground_is_drawn_once_for_all_languages(sheets: Sequence[RenderedSheet]) -> None:
    assert ground._drawn.cache_info().misses == 1
    assert sheets[0].pdf != sheets[1].pdf


def test_a_sheet_with_its_ground_as_a_form_looks_like_the_figure(
    versions: Sequence[Scene], sheets: Sequence[RenderedSheet]
) -> None:
    for version, drawn in zip(versions, sheets, strict=True):
        figure = sheet.figure(version, size="A5", versions=versions)
        assert drawn.png == png_of(raw_pages([figure]), SCREEN_DPI)


def test_the_form_lies_within_the_figure_of_the_document(sheets: Sequence[RenderedSheet]) -> None:
    with pikepdf.open(io.BytesIO(sheets[0].pdf)) as pdf:
        open_tags: list[str] = []
        around = []
        for item in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(item.operator) in ("BDC", "BMC"):
                open_tags.append(str(item.operands[0]))
            elif str(item.operator) == "EMC":
                open_tags.pop()
            elif str(item.operator) == "Do" and str(item.operands[0]) == "/Ground":
                around.append(tuple(open_tags))
    assert around == [("/Figure",)]


def test_another_look_is_another_ground(versions: Sequence[Scene]) -> None:
    english = versions[0]
    layers = [
        replace(
            layer,
            features=tuple(
                replace(item, style=replace(item.style, color="#ff00ff", fill="#ff00ff"))
                for item in layer.features
            ),
        )
        for layer in english.layers
    ]
    other = replace(in_kazakh(english), layers=tuple(layers))
    ground._drawn.cache_clear()
    pair = (english, other)
    assert [rendered(version, "A5", pair).png for version in pair]
    assert ground._drawn.cache_info().misses == 2


def test_a_relief_that_is_saved_anew_is_drawn_anew(tmp_path: Path) -> None:
    """A process can outlive a build: first level land, then land with a dark slope."""
    file, extent = tmp_path / "relief.png", (30.0, -10.0, 40.0, 0.0)
    relief = Relief(str(file), (20.0, -20.0, 50.0, 20.0))
    drawn = replace(scene("en"), relief=relief)
    frame = fit(choose(extent, None, Translator("en")), extent, Box(0, 0, 30, 30))
    grey = np.full((400, 300), 150, dtype=np.uint8)
    grey[::2] += 20  # land is never quite level
    keys, darkest = [], []
    for dark in (False, True):
        if dark:
            grey[240:260, 140:160] = 60  # at 35° E, 5° S
        Image.fromarray(grey).save(file)
        os.utime(file, (dark, dark))  # seconds: two savings within a tick of the clock differ too
        keys.append(ground._Ground(drawn, cast(LetteredSheet, NO_NAMES)))
        shadows = shade(relief, frame)
        assert shadows is not None
        darkest.append(shadows.max())
    assert darkest[0] < 0.3 < darkest[1]
    assert keys[0] != keys[1]
