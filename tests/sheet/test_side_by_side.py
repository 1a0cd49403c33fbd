"""Small maps side by side on a sheet: a grid with the right things in it, one legend, one scale."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shekara import sheet, site
from shekara.scene import Scene, resolve
from shekara.sheet.grid import Raster
from tests.support.sheet_reading import page_texts
from tests.support.years_atlas import YEARS, years_atlas


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return resolve(site.load(years_atlas(tmp_path_factory.mktemp("years"), YEARS)), "all", "en")


def roads_on(axes: object) -> set[str]:
    """Roads that are drawn in axes, by the ids in them."""
    ids = {str(item.get_gid()) for item in axes.get_children() if item.get_gid()}  # type: ignore[attr-defined]
    return {name.rsplit("/", 1)[1] for name in ids if "roads/" in name}


def test_each_small_map_has_what_was_there_in_its_year(scene: Scene) -> None:
    figure = sheet.figure(scene, size="A5")
    maps = [axes for axes in figure.axes if axes.get_label() == "map"]
    assert [roads_on(axes) for axes in maps] == [{"old", "track"}, {"old", "long"}, {"long", "new"}]
    # All show the same ground at the same scale.
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in maps}) == 1
    texts = [piece.text for piece in page_texts(figure)]
    assert [text for text in texts if text in ("1960", "1975", "1990")] == ["1960", "1975", "1990"]
    assert sum("1\u00a0:\u00a0" in text for text in texts) == 1
    alts = [tag.alt for tag in figure.tags if tag.role == "Figure"]
    assert alts[:3] == [small.alt for small in scene.small_maps]
    ids = [item.get_gid() for axes in maps for item in axes.get_children() if item.get_gid()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("size", ["A5", "85mm", "200x90mm"])
def test_small_maps_keep_apart_and_above_their_legend(scene: Scene, size: str) -> None:
    plan = sheet.plan_of(scene, size)
    assert len(plan.cells) == 3
    boxes = [*plan.cells, *(box for _, box in plan.insets)]
    for place, box in enumerate(boxes):
        assert box.x >= 0
        assert box.right <= plan.page.width
        assert 0 <= box.y < box.top <= plan.page.height
        assert not any(box.meets(other) for other in boxes[place + 1 :])


def test_an_author_says_how_many_stand_in_a_row(scene: Scene) -> None:
    for columns in (1, 2, 3):
        cells = sheet.plan_of(replace(scene, small_columns=columns), "A5 portrait").cells
        assert len({cell.x for cell in cells}) == columns


def test_a_raster_fills_its_rows_from_the_upper_left() -> None:
    cells = Raster(columns=2, width=40.0, height=30.0, title=5.0).cells(3, 10.0, 200.0)
    assert [(cell.x, cell.top) for cell in cells] == [(10, 195), (53, 195), (10, 157)]


def test_each_small_map_has_its_graticule_and_the_names_of_what_it_shows(scene: Scene) -> None:
    named = [
        replace(
            layer,
            features=tuple(
                replace(each, label=each.id.rsplit("/", 1)[1]) for each in layer.features
            ),
        )
        for layer in scene.layers
    ]
    figure = sheet.figure(replace(scene, layers=tuple(named)), size="A4")
    maps = [axes for axes in figure.axes if axes.get_label() == "map"]
    for axes in maps:
        ids = [str(item.get_gid()) for item in axes.get_children() if item.get_gid()]
        names = {name.rsplit("/", 1)[1] for name in ids if name.startswith("name-")}
        assert names & {"old", "track", "long", "new"} == roads_on(axes)
    texts = [piece.text for piece in page_texts(figure)]
    degrees = [text for text in texts if re.fullmatch(r"\d+°(\d+′)?\s[NE]", text)]
    assert degrees
    assert all(degrees.count(text) == len(maps) for text in degrees)
