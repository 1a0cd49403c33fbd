"""Thousands of features: painted instead of put into the document, tables by what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from shekara import web
from shekara.scene.model import Feature, LegendEntry, Row, Scene, SceneLayer, Style
from tests.support import browser as web_browser
from tests.support import web_scenes

COUNT = 2500
STYLES = (
    Style(color="#000000", fill="#d00000", fill_opacity=1, size=10),
    Style(color="#000000", fill="#0000d0", fill_opacity=1, size=10, marker="square"),
)


def many() -> Scene:
    """A grid of points in two classes over the lake."""
    features = tuple(
        Feature(
            f"dots/{i}",
            shapely.Point(30.1 + 5.8 * (i % 50) / 49, -3.1 + 4 * (i // 50) / 49),
            f"Dot {i}",
            STYLES[i % 2],
            rows=(Row("Number", str(i), float(i)),),
            legend=i % 2,
        )
        for i in range(COUNT)
    )
    layer = SceneLayer("dots", "Dots", "", "", "point", features, False, "mapped", ())
    legend = tuple(
        LegendEntry("dots", title, "point", style)
        for title, style in zip(("even", "odd"), STYLES, strict=True)
    )
    bare = web_scenes.bare()
    background = tuple(layer for layer in web_scenes.lake("en").layers if layer.basemap)
    return replace(bare, layers=(*background, layer), legend=legend)


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    document = web.page([many()])
    folder = tmp_path_factory.mktemp("many")
    size = {"width": 1280, "height": 800}
    with web_browser.watched(browser, document, folder, viewport=size) as watched:
        yield watched.open()


COLOURS = """places => {
    const { map } = shekara.page;
    const canvas = document.querySelector(".painted canvas");
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const offset = L.DomUtil.getPosition(canvas);
    const scale = width / canvas.clientWidth;
    return places.map(([lon, lat]) => {
        const point = map.latLngToLayerPoint([lat, lon]);
        const [x, y] = [point.x - offset.x, point.y - offset.y].map(v => Math.round(v * scale));
        return [...data.slice(4 * (y * width + x), 4 * (y * width + x) + 4)];
    });
}"""
LAST = [30.1 + 5.8 * 48 / 49, -3.1 + 4.0]  # of the even ones


def test_points_are_painted_in_their_own_signs_and_colours(page: Page) -> None:
    assert page.locator("path[data-feature]").count() == 0
    assert page.evaluate(COLOURS, [LAST, [35.9, 0.9]]) == [[208, 0, 0, 255], [0, 0, 208, 255]]


def test_a_painted_point_answers_the_mouse(page: Page) -> None:
    x, y = page.evaluate(
        """([lon, lat]) => {
            const point = shekara.page.map.latLngToContainerPoint([lat, lon]);
            const box = shekara.page.map.getContainer().getBoundingClientRect();
            return [box.left + point.x, box.top + point.y];
        }""",
        LAST,
    )
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip.name")).to_have_text(f"Dot {COUNT - 2}")
    page.mouse.click(x, y)
    expect(page.locator(".leaflet-popup h2")).to_have_text(f"Dot {COUNT - 2}")
    page.keyboard.press("Escape")


def test_a_class_is_switched_off_and_on_in_the_legend(page: Page) -> None:
    even = page.locator("#legend button.class").first
    even.click()
    assert even.get_attribute("aria-pressed") == "false"
    shown = page.evaluate(
        "shekara.page.layers.at(-1).items.filter(i => shekara.page.map.hasLayer(i.parts[0])).length"
    )
    assert shown == COUNT // 2
    even.click()
    assert even.get_attribute("aria-pressed") == "true"


def test_a_layer_is_made_clear(page: Page) -> None:
    page.locator(".opacities summary").click()
    page.locator(".opacities input").first.fill("40")
    assert page.locator(".painted").evaluate("node => node.style.opacity") == "0.4"
    page.locator(".opacities input").first.fill("100")


def test_a_long_table_holds_the_rows_that_are_seen(page: Page) -> None:
    page.locator("#tables summary").click()
    rows = page.locator("#tables tbody tr[aria-rowindex]")
    assert rows.count() <= 120
    assert page.locator("#tables table").get_attribute("aria-rowcount") == str(COUNT + 1)
    assert rows.first.locator("th").inner_text() == "Dot 0"
    page.locator("#tables .scroll").scroll_into_view_if_needed()
    page.locator("#tables .scroll").evaluate("node => { node.scrollTop = node.scrollHeight; }")
    expect(rows.last.locator("th")).to_have_text(f"Dot {COUNT - 1}")
    expect(rows.last).to_be_in_viewport()
    page.locator("#tables thead button").nth(2).click()
    page.locator("#tables thead button").nth(2).click()
    expect(rows.first.locator("td").last).to_have_text(str(COUNT - 1))


def test_names_of_thousands_are_few_and_apart(page: Page) -> None:
    boxes = page.locator(".label").evaluate_all(
        "nodes => nodes.map(n => n.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) <= 300
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = (
                one["right"] <= other["left"] or other["right"] <= one["left"]
                or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
            )  # fmt: skip
            assert apart


def test_the_drawing_of_a_painted_view_holds_its_points(page: Page) -> None:
    paths = page.evaluate(
        "shekara.drawing.drawing(shekara.page).querySelectorAll('#dots path').length"
    )
    assert paths == COUNT
