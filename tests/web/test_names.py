"""Names on the map: with what a size stands for, in two lines, in ink that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Browser, expect

from shekara import web
from shekara.scene.model import Feature, Scene
from shekara.web import wording
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.modules import run

LONG = "Community for the northern shore"
SHORE = "Northern shore reserve"


def told(of: Scene) -> Scene:
    """Ports by their people; a small white reserve with a long name beside a large one."""
    white = replace(of.layers[0].features[0].style, fill="#ffffff", fill_opacity=1.0)
    shore = (
        Feature("parks/1", shapely.box(31.55, -2.0, 31.8, -1.8), LONG, white, label=LONG, rank=1),
        Feature(
            "parks/2", shapely.box(31.85, -2.5, 33.0, -1.3), "Plain", white, label="Plain", rank=2
        ),
    )
    layers = []
    for layer in of.layers:
        if layer.name == "ports":
            features = tuple(
                replace(port, amount=f"{port.rows[0].value} thousand") for port in layer.features
            )
            layers.append(replace(layer, features=features))
        elif layer.name == "parks":
            layers.append(replace(layer, features=shore))
        else:
            layers.append(layer)
    return replace(of, layers=tuple(layers))


@pytest.fixture(scope="module")
def names(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[web_browser.Watched]:
    folder = tmp_path_factory.mktemp("names")
    document = web.page([told(web_scenes.lake("en"))])
    desk = {"width": 1280, "height": 800}
    with web_browser.watched(browser, document, folder, viewport=desk) as watched:
        yield watched


def test_a_circle_bears_what_its_size_stands_for(names: web_browser.Watched) -> None:
    page = names.open()
    label = page.locator(".label", has_text="Kisumu")
    expect(label).to_have_count(1)
    assert label.evaluate("node => node.textContent") == "Kisumu\n410 thousand"


def test_a_long_name_beside_its_area_stands_in_two_lines_and_on_no_other(
    names: web_browser.Watched,
) -> None:
    page = names.open()
    label = page.locator(".label", has_text="Community")
    expect(label).to_have_count(1)
    first, second = label.evaluate("node => node.textContent.split('\\n')")
    assert f"{first} {second}" == LONG
    assert abs(len(first) - len(second)) <= 12
    box = label.bounding_box()
    other = page.locator("path[data-feature='parks/2']").bounding_box()
    assert box is not None
    assert other is not None
    apart = (
        box["x"] + 0.9 * box["width"] < other["x"]
        or box["x"] > other["x"] + other["width"]
        or box["y"] + box["height"] / 2 < other["y"]
        or box["y"] + box["height"] / 2 > other["y"] + other["height"]
    )
    assert apart


def test_a_name_on_a_bright_area_of_a_dark_page_is_dark(names: web_browser.Watched) -> None:
    """On what is as bright as paper no light ink is read; on the dark map the ink is light."""
    page = names.open()
    ink = "node => getComputedStyle(node).color"
    page.emulate_media(color_scheme="dark")
    plain, port = (page.locator(".label", has_text=name) for name in ("Plain", "Kisumu"))
    expect(plain).to_have_css("color", "rgb(20, 23, 26)")
    light = [int(part) for part in port.evaluate(ink)[4:-1].split(",")]
    assert sum(light) > 300
    page.emulate_media(color_scheme="light")
    expect(plain).not_to_have_css("color", "rgb(20, 23, 26)")


def test_figures_stand_without_their_unit_and_one_bears_it() -> None:
    """Where the unit is long; "%" stays. The legend says it once, where no entry says it."""
    lake = web_scenes.lake("en")
    ports = next(layer for layer in lake.layers if layer.name == "ports")
    figures = tuple(
        replace(port, label=f"{n} 200\u00a0million dollars", amount=f"{n} 200\u00a0million dollars")
        for n, port in enumerate(ports.features)
    )
    priced = replace(ports, features=figures, unit="million dollars")
    shares = tuple(replace(port, label=f"{n}\u00a0%") for n, port in enumerate(ports.features))
    for layer, labels, unit in (
        (priced, ["0 200", "1 200", "2 200"], "million dollars"),
        (replace(ports, features=shares, unit="%"), ["0\u00a0%", "1\u00a0%", "2\u00a0%"], ""),
        (replace(ports, unit="million dollars"), list(web_scenes.PORTS), ""),
    ):
        words: Any = wording.text(replace(lake, layers=(layer,)))
        (told,) = words["layers"]
        assert [label for _, label, *_ in told["features"]] == labels
        assert told["unit"] == unit
        titles = [title for title, _ in words["legend"]]
        assert sum(title.endswith(", million dollars") for title in titles) == bool(unit)


def test_one_figure_of_a_layer_bears_the_unit(browser: Browser, tmp_path: Path) -> None:
    lake = web_scenes.lake("en")
    ports = next(layer for layer in lake.layers if layer.name == "ports")
    same = "410\u00a0million dollars"
    figures = tuple(replace(port, label=same) for port in ports.features)
    priced = replace(ports, features=figures, unit="million dollars")
    document = web.page([replace(lake, layers=(priced,), claims=(), panels=(), steps=())])
    with web_browser.watched(browser, document, tmp_path) as watched:
        labels = watched.open().locator(".label").all_text_contents()
    assert sorted(labels) == ["410", "410", same]


def test_a_told_name_lies_upon_a_line_rather_than_half_outside_its_area(
    browser: Browser, tmp_path: Path
) -> None:
    """A line from north to south parts the area; the name is wider than either half."""
    lake = web_scenes.lake("en")
    parks = next(layer for layer in lake.layers if layer.name == "parks")
    pipes = next(layer for layer in lake.layers if layer.name == "pipes")
    area = Feature(
        "parks/1", shapely.box(31.5, -2.5, 32.7, -0.5), "x", parks.features[0].style, label=SHORE
    )
    line = replace(
        pipes.features[0], geometry=shapely.LineString([(32.1, -2.6), (32.1, -0.4)]), label=""
    )
    layers = (replace(parks, features=(area,)), replace(pipes, features=(line,)))
    scene = replace(
        lake, extent=(30.1, -3.0, 34.1, 0.0), layers=layers, claims=(), panels=(), steps=()
    )
    desk = {"width": 1280, "height": 800}
    with web_browser.watched(browser, web.page([scene]), tmp_path, viewport=desk) as watched:
        page = watched.open()
        name = page.locator(".label", has_text=SHORE).bounding_box()
        held = page.locator("path[data-feature='parks/1']").bounding_box()
    assert name is not None
    assert held is not None
    assert held["width"] / 2 < name["width"] < held["width"]
    assert name["x"] > held["x"]
    assert name["x"] + name["width"] < held["x"] + held["width"]


def test_a_figure_stands_upon_its_line_and_on_no_other() -> None:
    """Level lines 9 pixels apart: beside them there is no room for a figure of 12 pixels, whose
    digits are 6.7 high; of a line as wide as it is thick the sides are asked, too."""
    answers = run(
        "spots",
        """(() => {
            const strokes = new spots.Strokes([]);
            const lines = [21, 30, 39];
            for (let x = 0; x < 90; x += 6) lines.forEach((y, n) => strokes.add([x, y, n]));
            const beside = [[20, 14], [20, 31]];
            const upon = [[20, 24, 1], [20, 20, 1]];
            const one = strokes.beside(beside, upon, [20, 12], 8, 1);
            strokes.add([24, 28, 0, true]); // the side of the upper line
            const other = strokes.beside(beside, upon, [20, 12], 8, 1);
            return [one, other ?? null];
        })()""",
    )
    assert answers == [[[20, 24, 1], None]]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Gulf", ["Gulf"]),
        ("The Gulf of Riga", ["The Gulf", "of Riga"]),
        ("A community of states", ["A community", "of states"]),
    ],
)
def test_a_text_is_broken_at_the_space_nearest_to_its_middle(words: str, lines: list[str]) -> None:
    assert run("breaking", f"breaking.inTwo('{words}')") == [lines]
