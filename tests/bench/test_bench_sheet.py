"""How long sheets and books take: `pytest tests/bench/test_bench_sheet.py`, by hand.

With `--benchmark-timer=time.process_time` the processor's seconds, which nothing else disturbs.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shekara import scene as scenes
from shekara import sheet, site
from shekara.scene.model import Scene
from shekara.sheet import ground, lettering, plan
from shekara.sheet.book.workers import rendered
from shekara.sheet.map import projected
from tests.support.sheet_scenes import crowded, scene


@pytest.fixture(scope="module")
def plate() -> list[Scene]:
    """A map of the bundled atlas with relief, rivers and a chart, in all its languages."""
    atlas = site.load(None)
    return [scenes.resolve(atlas, "ranges", lang) for lang in atlas.languages]


def test_one_sheet(benchmark: Any) -> None:
    """A crowded sheet as PDF; promised are at most 4 s."""
    benchmark.pedantic(sheet.single, args=(crowded("kk"),), rounds=3, warmup_rounds=1)


def test_a_plate_in_its_first_language(benchmark: Any, plate: list[Scene]) -> None:
    """PDF, PNG and page of a book, with the plan and the ground of all languages; promised 2.5 s.

    What a process does once (fonts, relief) was done by the round before.
    """

    def again() -> None:
        for cached in (lettering._lettered, plan._best, ground._drawn, projected._cut):
            cached.cache_clear()

    benchmark.pedantic(
        rendered, args=(plate[0], "A4", plate), setup=again, rounds=2, warmup_rounds=1
    )


def test_a_plate_in_a_further_language(benchmark: Any, plate: list[Scene]) -> None:
    """Its plan and its ground are there; promised are 1 s."""
    rendered(plate[0], "A4", plate)
    benchmark.pedantic(rendered, args=(plate[1], "A4", plate), rounds=2, warmup_rounds=1)


def test_one_picture(benchmark: Any) -> None:
    """A sheet as PNG with 300 dots to the inch."""
    benchmark.pedantic(sheet.single, args=(scene("kk"), "A4", "png"), rounds=3, warmup_rounds=1)


def test_three_books_of_fourteen_sheets(benchmark: Any, tmp_path: Path) -> None:
    """Three languages on all cores; promised are at most 90 s on two."""
    every: dict[str, list[Scene]] = {
        lang: [replace(crowded(lang), number=place + 1, name=f"m{place}") for place in range(14)]
        for lang in ("kk", "ru", "en")
    }
    benchmark.pedantic(sheet.books, args=(every, tmp_path), rounds=1)
