"""How a page opens: the map is laid out and drawn once, what lies below it comes after."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support import browser as web_browser
from tests.support.modules import run

# A browser that is never idle.
BUSY = "window.requestIdleCallback = () => 0"
# The room that the map had when a line or an area was put on it, each time.
COUNTED = """
window.rooms = [];
let leaflet;
Object.defineProperty(window, "L", {
    get: () => leaflet,
    set(given) {
        leaflet = given;
        const add = given.Polyline.prototype.onAdd;
        given.Polyline.prototype.onAdd = function (map) {
            window.rooms.push(map.getSize().toString());
            return add.call(this, map);
        };
    },
});"""


def test_the_map_has_its_room_before_anything_is_drawn(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    """Years, links and story take theirs first: nothing is drawn for a size that it does not keep,
    and the whole map is framed in what is left."""
    with web_browser.watched(browser, document, tmp_path) as watched:
        watched.context.add_init_script(COUNTED)
        page = watched.open("#lang=en")
        wide, high = page.evaluate(
            "(({ clientWidth, clientHeight }) => [clientWidth, clientHeight])"
            "(shekara.page.map.getContainer())"
        )
        assert set(page.evaluate("window.rooms")) == {f"Point({wide}, {high})"}
        before = page.evaluate("shekara.page.map.getZoom()")
        page.evaluate("shekara.page.view.look(null)")
        assert page.evaluate("shekara.page.map.getZoom()") == before


@pytest.mark.parametrize("act", ["a key", "the mouse", "paper"])
def test_what_lies_below_is_there_for_who_does_not_wait(
    browser: Browser, document: str, tmp_path: Path, act: str
) -> None:
    """The map is ready while tables and downloads still wait for a quiet moment; a key, the mouse
    or paper brings them at once."""
    with web_browser.watched(browser, document, tmp_path) as watched:
        watched.context.add_init_script(BUSY)
        page = watched.page
        page.goto(watched.file.as_uri() + "#lang=ru")
        page.wait_for_selector("html[data-ready]")
        expect(page.locator("#legend h2")).to_have_text("Условные знаки и слои")
        expect(page.locator("#tables details")).to_have_count(0)
        expect(page.locator("#share button")).to_have_count(0)
        if act == "a key":
            page.keyboard.press("Tab")
        elif act == "the mouse":
            page.locator("h1").click()
        else:
            page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        expect(page.locator("#tables details").first).to_be_attached()
        expect(page.locator("#share button").first).to_be_attached()
        expect(page.locator("#tables h2")).to_have_text("Данные карты")


def test_numbers_are_read_as_they_are_written() -> None:
    """Zigzag in sevens of bits, worked out by hand: 0, -1, 1, 63, and 64 in two bytes."""
    packed = "0, 1, 2, 126, 128, 1"
    (steps,) = run(
        "vertices",
        f"[...vertices.read(new Uint8Array([2, 10, {packed}, {packed}]).buffer).lat]",
    )
    assert steps == [0, -1, 0, 63, 127]
