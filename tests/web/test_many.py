"""Thousands of features: painted instead of put into the document, tables by what is seen.

Where points would lie over each other a number stands for them, which mouse and keys open.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from shekara import web
from shekara.scene.model import Feature, LegendEntry, Row, Scene, SceneLayer, Style
from tests.support import axe, web_scenes
from tests.support import browser as web_browser
from tests.support.browser import until

COUNT = 2500
TWINS = 12  # at one place: no view tells them apart
TWIN = (33.0, -1.0)
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
    twins = tuple(
        Feature(f"dots/twin-{i}", shapely.Point(*TWIN), f"Twin {i}", STYLES[0], legend=0)
        for i in range(TWINS)
    )
    layer = SceneLayer("dots", "Dots", "", "", "point", features + twins, False, "mapped", ())
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
LAST = (30.1 + 5.8 * 48 / 49, -3.1 + 4.0)  # of the even ones
PLACE = """([lon, lat]) => {
    const point = shekara.page.map.latLngToContainerPoint([lat, lon]);
    const box = shekara.page.map.getContainer().getBoundingClientRect();
    return [box.left + point.x, box.top + point.y];
}"""
# Marks of the window in its pixels, and how many points each stands for.
MARKS = """() => {
    const { min } = shekara.page.map.getPixelBounds();
    const box = shekara.page.map.getContainer().getBoundingClientRect();
    return shekara.page.layers.at(-1).crowd.inWindow().map(({ x, y, radius, points }) =>
        [box.left + x - min.x, box.top + y - min.y, radius, points.length]);
}"""
ZOOM = "shekara.page.map.getZoom()"


def close_cards(page: Page) -> None:
    """No card is open, and the last one has faded: Leaflet keeps it for a fifth of a second."""
    page.evaluate("() => { shekara.page.map.closePopup(); }")
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def home(page: Page) -> None:
    close_cards(page)
    page.evaluate("shekara.page.view.look()")


def nearer(page: Page, place: tuple[float, float], doublings: float) -> None:
    close_cards(page)
    page.evaluate(
        """([lon, lat, more]) => {
            const { map, view: { fitZoom } } = shekara.page;
            map.setView([lat, lon], fitZoom + more, { animate: false });
        }""",
        [*place, doublings],
    )


def test_points_that_have_room_are_painted_in_their_own_signs_and_colours(page: Page) -> None:
    assert page.locator("path[data-feature]").count() == 0
    nearer(page, LAST, 3)
    assert page.evaluate(COLOURS, [LAST, [35.9, 0.9]]) == [[208, 0, 0, 255], [0, 0, 208, 255]]


def test_a_painted_point_answers_the_mouse(page: Page) -> None:
    nearer(page, LAST, 3)
    x, y = page.evaluate(PLACE, LAST)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip.name")).to_have_text(f"Dot {COUNT - 2}")
    page.mouse.click(x, y)
    expect(page.locator(".leaflet-popup h2")).to_have_text(f"Dot {COUNT - 2}")
    page.keyboard.press("Escape")


def test_from_afar_numbers_stand_for_all_points_and_over_nothing(page: Page) -> None:
    home(page)
    marks = page.evaluate(MARKS)
    assert sum(count for *_, count in marks) == COUNT + TWINS
    circles = [(x, y, radius) for x, y, radius, _ in marks if radius]
    assert len(circles) > 50
    for n, (x, y, radius) in enumerate(circles):
        for east, south, other in circles[n + 1 :]:
            assert math.hypot(x - east, y - south) > radius + other
    names = page.locator(".label").evaluate_all(
        "nodes => nodes.map(n => n.getBoundingClientRect().toJSON())"
    )
    for x, y, radius in circles:
        for name in names:
            east, south = (
                min(max(at, name[low]), name[high])
                for at, low, high in ((x, "left", "right"), (y, "top", "bottom"))
            )
            assert math.hypot(x - east, y - south) >= radius - 1


def test_a_number_says_how_many_and_a_click_comes_nearer(page: Page) -> None:
    home(page)
    before = page.evaluate(ZOOM)
    x, y, _, count = next(mark for mark in page.evaluate(MARKS) if mark[2])
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip.name")).to_have_text(f"{count} × Dots")
    page.mouse.click(x, y)
    until(page, f"{ZOOM} > {before}")


def test_points_at_one_place_are_told_apart_by_a_list(page: Page) -> None:
    most = page.evaluate("shekara.page.map.getMaxZoom() - shekara.page.view.fitZoom")
    nearer(page, TWIN, most)
    page.mouse.click(*page.evaluate(PLACE, TWIN))
    popup = page.locator(".leaflet-popup")
    expect(popup.locator("h2")).to_have_text(f"{TWINS} × Dots")
    expect(popup.locator("li")).to_have_text([f"Twin {i}" for i in range(TWINS)])
    popup.get_by_role("button", name="Twin 7").click()
    expect(page.locator(".leaflet-popup h2")).to_have_text(["Twin 7"])


def test_keys_lead_through_numbers_to_a_point(page: Page) -> None:
    home(page)
    mark = page.locator(".mark")
    mark.focus()
    page.keyboard.press("Home")
    first = mark.get_attribute("style")
    page.keyboard.press("End")
    expect(mark).not_to_have_attribute("style", str(first))
    expect(mark).to_be_focused()
    page.keyboard.press("Home")
    expect(mark).to_have_attribute("style", str(first))
    # A number comes a doubling nearer at least, or to where there is no nearer; a point opens.
    for _ in range(math.ceil(page.evaluate(f"shekara.page.map.getMaxZoom() - {ZOOM}")) + 1):
        label = str(mark.get_attribute("aria-label"))
        before = page.evaluate(ZOOM)
        expect(mark).to_be_focused()
        page.keyboard.press("Enter")
        if re.fullmatch(r"Dot \d+ \(Dots\)", label):
            break
        until(page, f"{ZOOM} > {before}")
    expect(page.locator(".leaflet-popup h2")).to_have_text(label.removesuffix(" (Dots)"))
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_axe_finds_nothing_among_numbers(page: Page) -> None:
    home(page)
    assert axe.violations(page) == []


def test_a_search_finds_what_a_number_hides(page: Page) -> None:
    home(page)
    field = page.get_by_role("combobox")
    field.fill("Dot 1717")
    expect(page.locator("[role=option]").first).to_contain_text("Dot 1717")
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup h2")).to_have_text("Dot 1717")


def test_a_class_is_switched_off_and_on_in_the_legend(page: Page) -> None:
    even = page.locator("#legend button.class").first
    even.click()
    assert even.get_attribute("aria-pressed") == "false"
    home(page)
    assert sum(count for *_, count in page.evaluate(MARKS)) == COUNT // 2
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
    assert page.locator("#tables table").get_attribute("aria-rowcount") == str(COUNT + TWINS + 1)
    assert rows.first.locator("th").inner_text() == "Dot 0"
    # The button that has the focus keeps it when other rows are made.
    page.get_by_role("button", name="Dot 60", exact=True).focus()
    page.locator("#tables .scroll").evaluate("node => { node.scrollTop = 55 * 29; }")
    expect(rows.first.locator("th")).to_have_text("Dot 25")
    expect(page.get_by_role("button", name="Dot 60", exact=True)).to_be_focused()
    page.locator("#tables .scroll").scroll_into_view_if_needed()
    page.locator("#tables .scroll").evaluate("node => { node.scrollTop = node.scrollHeight; }")
    expect(rows.last.locator("th")).to_have_text(f"Twin {TWINS - 1}")
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
    home(page)
    signs, numbers = page.evaluate(
        """() => {
            const dots = shekara.drawing(shekara.page).querySelector("#dots");
            const numbers = [...dots.querySelectorAll("text")].map(n => Number(n.textContent));
            return [dots.querySelectorAll("path").length, numbers];
        }"""
    )
    assert numbers
    assert signs + sum(numbers) == COUNT + TWINS
