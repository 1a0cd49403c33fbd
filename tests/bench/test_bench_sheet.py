"""How long sheets and books take: `pytest tests/bench/test_bench_sheet.py`, by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from shekara import sheet
from shekara.scene.model import Scene
from tests.support.sheet_scenes import crowded, scene


def test_one_sheet(benchmark: Any) -> None:
    """A crowded sheet as PDF; promised are at most 4 s."""
    benchmark.pedantic(sheet.single, args=(crowded("kk"),), rounds=3, warmup_rounds=1)


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
