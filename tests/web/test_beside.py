"""Two maps of an atlas side by side: windows of two files that keep one view and one pointer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shekara import web
from tests.support import web_scenes
from tests.support.browser import until

CENTRE = "(() => { const c = shekara.page.map.getCenter(); return [c.lat, c.lng]; })()"
SCALE = "shekara.ground.degreesPerPixel(shekara.page.map)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages that know of each other, in two projections."""
    folder = tmp_path_factory.mktemp("beside")
    lake = web_scenes.lake("en")
    hills = replace(
        lake,
        name="hills",
        title="Hills",
        projection=replace(lake.projection, definition="EPSG:3857"),
    )
    for scene, other in ((lake, hills), (hills, lake)):
        around = web.Surroundings(others=[web.Neighbour(f"{other.name}.html", other.title)])
        (folder / f"{scene.name}.html").write_text(
            web.page([scene], around=around), encoding="utf-8"
        )
    return folder


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(reduced_motion="reduce")
    context.set_offline(True)
    yield context
    context.close()


def opened(context: BrowserContext, folder: Path) -> tuple[Page, Page]:
    page = context.new_page()
    page.goto((folder / "lake.html").as_uri())
    page.wait_for_selector("html[data-whole]")
    with page.expect_popup() as waiting:
        page.get_by_role("combobox", name="Open another map beside").select_option("Hills")
    beside = waiting.value
    beside.wait_for_selector("html[data-whole]")
    return page, beside


def test_either_map_moves_the_other_at_the_same_scale(
    context: BrowserContext, folder: Path
) -> None:
    page, beside = opened(context, folder)
    expect(beside.locator("h1")).to_have_text("Hills")
    for mover, follower, place in ((page, beside, [-1.0, 33.0]), (beside, page, [-1.5, 32.5])):
        mover.evaluate("at => { shekara.page.map.setView(at, 8, { animate: false }); }", place)
        lat, lng = place
        near = f"(([lat, lng]) => Math.hypot(lat - {lat}, lng - {lng}) < 0.02)({CENTRE})"
        until(follower, near)
        assert follower.evaluate(SCALE) == pytest.approx(mover.evaluate(SCALE), rel=0.02)


def test_the_pointer_is_on_both_maps(context: BrowserContext, folder: Path) -> None:
    page, beside = opened(context, folder)
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.move(box["x"] + 310, box["y"] + 300)
    expect(beside.locator("path.twin")).to_have_count(1)


def test_nobody_else_is_listened_to(context: BrowserContext, folder: Path) -> None:
    page, _ = opened(context, folder)
    before = page.evaluate(CENTRE)
    page.evaluate(
        """async () => {
            const view = { lat: 0, lng: 35, degrees: 0.001 };
            const heard = new Promise(done => window.addEventListener("message", ({ data }) => {
                if (data.view?.lng === view.lng) done();  // the other window speaks, too
            }));
            window.postMessage({ shekara: 1, view }, "*");
            await heard;
        }"""
    )
    assert page.evaluate(CENTRE) == before
