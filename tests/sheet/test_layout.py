"""The furniture of a page: nothing overlaps and nothing leaves the page, whatever the texts."""

import itertools
import random
from dataclasses import replace
from typing import Any

import pytest

from shekara import sheet
from shekara.errors import UsageError
from shekara.scene.model import Scene
from shekara.sheet.paper.canvas import SheetFigure
from shekara.sheet.paper.columns import split
from shekara.sheet.paper.paragraph import Paragraph
from tests.support.sheet_reading import boxes_of_axes, chart_texts, drawn, overlaps, page_texts
from tests.support.sheet_scenes import crowded, scene

pytestmark = pytest.mark.long


def faults(figure: SheetFigure) -> list[str]:
    """What overlaps or lies off the page."""
    page, texts, axes = figure.page, page_texts(figure), boxes_of_axes(figure)
    numbers = chart_texts(figure)
    charts = [item for item in axes if item.text != "map"]
    found = overlaps(texts) + overlaps(charts) + overlaps(numbers)
    found += [f"{a.text} over {b.text}" for a in numbers for b in texts if a.meets(b)]
    found += [f"{a.text} over {b.text}" for a in charts for b in texts if a.meets(b)]
    for piece in texts + axes + numbers:
        if piece.x0 < 0 or piece.y0 < 0 or piece.x1 > page.width or piece.y1 > page.height:
            found.append(f"off the page: {piece}")
    return found


CASES: list[tuple[str, int, int, dict[str, Any]]] = [
    ("nothing beside", 0, 0, {}),
    ("one of each", 1, 1, {}),
    ("five claims, two charts", 5, 2, {}),
    ("A3", 5, 3, {"size": "A3"}),
    ("A5", 3, 2, {"size": "A5"}),
    ("square", 2, 0, {"size": "200x200mm"}),
    ("a figure for a paper", 2, 1, {"size": "170x120mm", "frame": False}),
    ("one column of a journal", 2, 2, {"size": "85x70mm", "frame": False}),
]


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
@pytest.mark.parametrize(("title", "claims", "charts", "how"), CASES)
def test_nothing_overlaps(
    title: str, claims: int, charts: int, how: dict[str, Any], lang: str
) -> None:
    one = scene(lang, claim_count=claims, panel_count=charts)
    assert faults(drawn(sheet.figure(one, **how))) == [], title


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
@pytest.mark.parametrize("size", ["A4", "A3", "A5"])
def test_nothing_overlaps_with_far_too_much_text(lang: str, size: str) -> None:
    assert faults(drawn(sheet.figure(crowded(lang), size=size))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Ұ" * 120},
        {"title": "", "subtitle": ""},
        {"subtitle": "слово " * 120},
        {"legend": ()},
        {"credits": (), "notes": ()},
        {"atlas_title": "атлас " * 40},
    ],
)
def test_strange_texts_keep_to_the_page(change: dict[str, Any]) -> None:
    assert faults(drawn(sheet.figure(replace(scene("ru"), **change)))) == []


def test_what_has_no_room_is_counted_on_the_page() -> None:
    one = crowded("en")
    one = replace(one, claims=one.claims * 8)
    said = " ".join(piece.text for piece in page_texts(sheet.figure(one, size="A5")))
    assert "more in the atlas’s table of statements" in said


def test_every_text_of_the_page_is_on_it() -> None:
    one = scene("kk", claim_count=3, panel_count=1)
    said = " ".join(piece.text for piece in page_texts(sheet.figure(one)))
    wanted = [one.title, one.subtitle, one.atlas_title, *one.notes, "3-карта"]
    wanted += [claim.says.rstrip(".") for claim in one.claims]
    wanted += [claim.verdict_text for claim in one.claims]
    wanted += [entry.title for entry in one.legend]
    wanted += [one.panels[0].title, one.panels[0].x_title, "Альберстің тең шамалы"]
    assert [text for text in wanted if text not in said] == []


def test_a_figure_for_a_paper_has_no_title_but_names_its_sources() -> None:
    one = scene("en")
    said = " ".join(p.text for p in page_texts(sheet.figure(one, size="170x120mm", frame=False)))
    assert one.title not in said
    assert one.claims[0].says not in said
    assert "© Survey of the Southern Sea, CC\u00a0BY\u00a04.0" in said
    assert one.legend[-1].title in said


@pytest.mark.parametrize(
    ("extent", "lying"),
    [((46, 40, 88, 56), True), ((-76, -56, -66, -17), False), ((10, 10, 11, 20), False)],
)
def test_the_page_lies_or_stands_as_the_extent_does(
    extent: tuple[float, float, float, float], lying: bool
) -> None:
    page = sheet.figure(scene(extent=extent, panel_count=0)).page
    assert (page.width > page.height) == lying


def test_paper_that_is_too_small_for_a_framed_sheet_is_refused() -> None:
    with pytest.raises(UsageError, match="--no-frame"):
        sheet.figure(crowded("kk"), size="60x50mm")


def test_columns_are_split_where_the_highest_is_lowest() -> None:
    blocks = [Paragraph(str(place)) for place in range(5)]
    # By hand: 5 | 1+2+2+3 = 8 is lower than 5+1+2 = 8 | 5? both 8; 5+1 | 2+2+3 = 7 is lowest.
    assert split(blocks, [5, 1, 2, 2, 3], 2) == [[0, 1], [2, 3, 4]]


def test_columns_split_as_by_trying_every_way() -> None:
    draws = random.Random(3)
    for _ in range(200):
        count, total = draws.randint(1, 4), draws.randint(1, 8)
        heights = [draws.choice([0.5, 1, 2, 3.25, 7]) for _ in range(total)]
        blocks = [Paragraph("x", keep=draws.random() < 0.3 and i < total - 1) for i in range(total)]
        starts = [i for i in range(1, total) if not blocks[i - 1].keep]
        ways = [
            [0, *cut, total]
            for parts in range(count)
            for cut in itertools.combinations(starts, parts)
        ]
        least = min(max(sum(heights[a:b]) for a, b in itertools.pairwise(way)) for way in ways)
        columns = split(blocks, heights, count)
        assert len(columns) == count
        assert [i for column in columns for i in column] == list(range(total))
        assert not any(blocks[column[-1]].keep for column in columns if column)
        assert max(sum(heights[i] for i in column) for column in columns) <= least + 0.011


def test_splitting_a_thousand_blocks_does_not_look_at_every_pair() -> None:
    asked: list[int] = []

    class Counting(list[float]):
        def __getitem__(self, place: Any) -> Any:
            asked.append(1)
            return super().__getitem__(place)

    split([Paragraph("x")] * 1024, Counting([1.0] * 1024), 6)
    # Looking at every pair of blocks would be half a million for each column.
    assert len(asked) < 1024 * 40


def test_a_heading_never_stands_last_in_a_column() -> None:
    blocks = [Paragraph("a"), Paragraph("heading", keep=True), Paragraph("b")]
    assert split(blocks, [3, 1, 3], 2) == [[0], [1, 2]]


def test_scenes_are_left_as_they_were() -> None:
    one = scene()
    before: Scene = replace(one)
    sheet.figure(one)
    assert one == before
