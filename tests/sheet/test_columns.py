"""Figures of a given width: legend and list of numbers beneath the map, nothing lost or hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace

import pytest
from shapely.geometry import LineString, box

from shekara import sheet
from shekara.scene.model import Feature, Kind, Scene, Style
from shekara.sheet import lettering, plan_of
from shekara.sheet.labels.numbers import bears_value, number_places, number_pt
from shekara.sheet.labels.rules import Lettering, violations
from shekara.sheet.lettering import LetteredSheet, letter
from shekara.sheet.map.drawn import Drawn
from shekara.sheet.marginalia.foot import foot_of
from shekara.sheet.marginalia.inset import Inset, sized
from shekara.sheet.marginalia.legend import COLUMN, in_look, legend_blocks
from shekara.sheet.paper.fonts import width_mm
from shekara.sheet.paper.paper import Box
from shekara.sheet.paper.text import HaloText
from shekara.sheet.view import on_paper
from tests.support.scene_parts import layer
from tests.support.sheet_scenes import EXTENT, scene

NAMES = {"en": "District of the {} Lighthouse", "ru": "Район {} маяка у пролива"}
COLUMNS, ROWS = 4, 3


@lru_cache(maxsize=2)
def districts(lang: str) -> Scene:
    """A dozen districts side by side, of all of which a claim speaks."""
    west, south, east, north = EXTENT
    wide, high = (east - west) / COLUMNS, (north - south) / ROWS
    style = Style(color="#7a5c1e", fill="#e9d8a6", fill_opacity=1, width=0.6)
    features = []
    for place in range(COLUMNS * ROWS):
        x, y = west + place % COLUMNS * wide, south + place // COLUMNS * high
        name = NAMES[lang].format(chr(ord("A") + place))
        area = box(x, y, x + wide, y + high)
        features.append(Feature(f"d/{place}", area, name, style, label=name, rank=3, legend=0))
    whole = scene(lang, panel_count=0)
    claim = replace(whole.claims[0], features=tuple(item.id for item in features))
    return replace(whole, layers=(layer("districts", "polygon", features),), claims=(claim,))


@lru_cache(maxsize=4)
def lettered(lang: str, size: str) -> LetteredSheet:
    versions = [on_paper(districts(code)) for code in NAMES]
    return letter(on_paper(districts(lang)), size, frame=False, versions=versions)


@pytest.mark.parametrize("lang", list(NAMES))
def test_all_that_claims_speak_of_has_a_name_or_a_number_with_its_line(lang: str) -> None:
    found = lettered(lang, "60mm")
    names, taken, claimed = found.names, found.taken, found.claimed
    assert len(claimed) == COLUMNS * ROWS
    assert violations(Lettering(names, names.items, taken, found.plan.map_box, claimed)) == []


def test_a_list_without_room_on_the_map_stands_beneath_it() -> None:
    found = lettered("en", "60mm")
    said = " ".join(found.list_lines).replace("\u00a0", " ")
    numbered = {item.text for item in found.names.placed if item.candidate.numbered}
    assert numbered
    # In full it takes a line more: "District" is said as maps say it.
    for number, name in enumerate(sorted(numbered), start=1):
        assert f"{number} {name.replace('District', 'Dist.')}" in said
    assert found.names.key is None
    assert not [line for line in found.list_lines if line.startswith("·")]


def test_a_value_without_room_is_no_line_of_a_list_of_names() -> None:
    whole = districts("en")
    (areas,) = whole.layers
    values = [
        replace(item, label=f"{place + 30}.0\u00a0%" if place % 2 else item.label)
        for place, item in enumerate(areas.features)
    ]
    valued = replace(whole, layers=(replace(areas, features=tuple(values)),))
    names = letter(on_paper(valued), "60mm", frame=False).names
    numbered = {item.text for item in names.placed if item.candidate.numbered}
    assert numbered
    assert not {text for text in numbered if "%" in text}


@pytest.mark.parametrize(
    ("label", "kind", "value"),
    [
        ("30.0\u00a0%", "polygon", True),
        ("−1\u202f250,5 км", "polygon", True),
        ("20–25", "polygon", True),
        ("District 9", "polygon", False),
        ("12-mile zone", "polygon", False),
        ("1991", "polygon", False),
        ("45.6 km", "line", False),
    ],
)
def test_a_label_of_an_area_that_is_not_its_name_may_be_a_value(
    label: str, kind: Kind, value: bool
) -> None:
    shape = box(0, 0, 1, 1)
    feature = Feature("d", shape, "1991", Style(), label=label)
    drawn = Drawn(layer("districts", kind, [feature]), feature, shape, Style())
    assert bears_value(drawn) is value


def test_the_value_of_a_flow_becomes_no_number_of_a_list() -> None:
    """A bold 1 upon an arrow of 12 thousand t would say that its value is 1."""
    shape = LineString([(0, 0), (1, 1)])
    feature = Feature("f", shape, "Suva", Style(), label="12 thousand t", amount="12 thousand t")
    flow = Drawn(layer("ships", "line", [feature]), feature, shape, Style(arrow=True))
    assert bears_value(flow)
    assert not bears_value(replace(flow, feature=replace(feature, label="Suva – Apia")))


def test_the_plan_keeps_as_many_lines_as_the_longest_language_needs() -> None:
    sheets = [lettered(lang, "60mm") for lang in NAMES]
    assert len({item.plan.page for item in sheets}) == 1
    assert sheets[0].plan.list_lines == max(len(item.list_lines) for item in sheets)


def test_legend_and_words_of_a_column_hide_nothing_of_the_map() -> None:
    sheet_of_it = lettered("ru", "60mm")
    plan, areas = sheet_of_it.plan, [shape for shape, _ in sheet_of_it.names.items]
    boxes = [box(place.x, place.y, place.right, place.top) for _, place in plan.insets]
    hidden = sum(area.intersection(inset).area for area in areas for inset in boxes)
    assert boxes
    assert hidden < 0.04 * sum(area.area for area in areas)
    assert min(place.y for _, place in plan.insets) >= plan.words_top - 1e-6
    assert plan.words_top > 1.0


@pytest.mark.parametrize("width", [85, 120, 170])
def test_a_figure_is_map_for_the_most_part_and_no_higher_than_a_page(width: int) -> None:
    plan = lettered("ru", f"{width}mm").plan
    share = plan.map_box.width * plan.map_box.height / (plan.page.width * plan.page.height)
    assert plan.page.width == width
    assert plan.page.height <= 1.42 * width
    assert share >= 0.75


@pytest.mark.parametrize(
    ("title", "columns"), [("Timber port", 3), ("Donaudampfschifffahrtsgesellschaft", 1)]
)
def test_no_word_of_a_legend_is_cut_for_the_sake_of_another_column(
    title: str, columns: int
) -> None:
    entry = scene("en").legend[0]
    entries = tuple(replace(entry, title=f"{title} {n}") for n in range(9))
    blocks = in_look(legend_blocks(entries, tuple(item.style for item in entries)), COLUMN)
    legend = Inset("legend", blocks)
    foot = foot_of([(legend,)], 83.0, 1.0)
    assert foot.columns == (columns,)
    room = replace(legend, columns=columns).column_mm(83.0, 1.0)
    assert width_mm(title, COLUMN.body_pt) + COLUMN.sign_mm + COLUMN.gap_mm <= room
    assert sized([(legend,)], Box(0, 0, 83, 46), 1.0)[0][0] <= columns


def test_a_chart_that_would_take_half_of_a_figure_is_left_out_of_it() -> None:
    with_chart = scene("en", panel_count=2)
    kinds = {
        size: {inset.kind for inset, _ in plan_of(with_chart, size, frame=False).insets}
        for size in ("60mm", "170mm")
    }
    assert "chart" in kinds["170mm"]
    assert "chart" not in kinds["60mm"]
    assert "legend" in kinds["60mm"]


def test_type_is_nowhere_smaller_than_what_is_read() -> None:
    # 6.5 pt; the degrees at the rim are 6.
    figure = sheet.figure(districts("en"), size="60mm", frame=False)
    texts = [text for text in figure.findobj(HaloText) if text.get_text().strip()]
    sizes = {round(float(text.get_fontsize()), 2) for text in texts}
    assert len(texts) > COLUMNS * ROWS
    assert min(sizes) == 6.0
    assert sorted(sizes)[1] >= 6.5


def test_numbers_and_their_list_grow_with_the_paper() -> None:
    assert [number_pt(scale) for scale in (0.9, 1.0, 2.4)] == pytest.approx([6.5, 6.5, 15.6])
    sheets = letter(on_paper(districts("en")), "60mm", frame=False)
    name = next(item.name for item in sheets.names.placed if item.candidate.numbered)
    small, large = (number_places(0, name, size)[0].box for size in (6.5, 13.0))
    assert large.width == pytest.approx(2 * small.width, rel=0.05)


@pytest.mark.parametrize(
    ("needs", "fits"),
    [
        (lambda lines: min(lines + 2, 9), True),
        (lambda lines: min(2 * lines + 1, 20), True),
        (lambda lines: lines + 1, False),  # for ever more than there is
    ],
)
def test_the_list_has_its_lines_even_after_many_trials(
    monkeypatch: pytest.MonkeyPatch, needs: Callable[[int], int], fits: bool
) -> None:
    trials: list[int] = []

    def made_up(*given: object) -> SimpleNamespace:
        lines = given[-1]
        assert isinstance(lines, int)
        trials.append(lines)
        return SimpleNamespace(lines=lines, list_lines=("a",) * needs(lines))

    monkeypatch.setattr(lettering, "_lettered", made_up)
    sheet_of_it = letter(districts("en"), "60mm", frame=False)
    lines = getattr(sheet_of_it, "lines")  # noqa: B009
    assert len(sheet_of_it.list_lines) <= lines or not fits
    assert lines == max(trials)
    assert lines >= max(needs(trial) for trial in trials[:-1])
    assert len(trials) < 12
