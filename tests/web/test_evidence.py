"""A chosen claim draws what was measured, and puts the map back when it is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shekara import web
from tests.support import browser as web_browser
from tests.support import web_scenes


def choose(page: Page, name: str) -> None:
    page.locator(f"[data-claim={name}] button").click()


def test_a_corridor_an_offset_and_what_it_is_held_against_are_drawn(page: Page) -> None:
    choose(page, "pipe-length")
    on_map = page.locator("#plate .leaflet-pane")
    assert on_map.locator("path.figure.corridor").count() == 1
    assert on_map.locator("path.figure.greatest").count() == 1
    assert on_map.locator("path.against").count() == 1
    expect(page.locator(".label.measure")).to_have_text("55 km")
    key = page.locator("#shown .key li").all_inner_texts()
    assert key == [
        "what was measured", "what it is held against", "within 33 km", "greatest distance: 55 km",
    ]  # fmt: skip


def test_leaving_a_claim_takes_everything_off_again(page: Page) -> None:
    choose(page, "pipe-length")
    page.locator("#shown button").click()
    expect(page.locator("#shown")).to_be_hidden()
    assert page.locator("path.figure, path.against, path.glow, .label.measure").count() == 0
    assert page.locator("#claims [aria-pressed=true]").count() == 0


def test_a_layer_switched_on_for_a_claim_goes_off_with_it(page: Page) -> None:
    box = page.locator("input[name=shore]")
    choose(page, "lake-area")
    assert box.is_checked()
    assert "Switched on: Shore in full detail" in page.locator("#shown").inner_text()
    choose(page, "border-length")
    assert not box.is_checked()
    assert "Switched on" not in page.locator("#shown").inner_text()


def test_a_layer_that_the_reader_switched_on_stays(page: Page) -> None:
    page.check("input[name=shore]")
    choose(page, "lake-area")
    choose(page, "lake-area")
    assert page.is_checked("input[name=shore]")


def test_a_year_that_hides_what_was_measured_gives_way_and_comes_back(
    shown: web_browser.Watched,
) -> None:
    """The pipe was laid in 1966."""
    page = shown.turn("#lang=en&year=1951")
    choose(page, "pipe-length")
    assert page.evaluate("shekara.page.year") is None
    assert "in 1951 not all of what was measured" in page.locator("#shown").inner_text()
    choose(page, "pipe-length")
    assert page.evaluate("shekara.page.year") == 1951


def test_a_year_that_shows_all_of_it_is_kept(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&year=1990")
    choose(page, "pipe-length")
    assert page.evaluate("shekara.page.year") == 1990


def test_an_address_with_view_and_claim_keeps_the_view(shown: web_browser.Watched) -> None:
    page = shown.open("#view=-1,33,9&lang=en&claim=pipe-length")
    assert page.evaluate("shekara.page.map.getZoom()") == 9
    at = page.evaluate("[shekara.page.map.getCenter().lat, shekara.page.map.getCenter().lng]")
    assert at == pytest.approx([-1, 33], abs=0.01)
    assert page.locator("path.figure.corridor").count() == 1


def test_the_key_speaks_the_language_of_the_page(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=ru&claim=pipe-length")
    assert "что измерено" in page.locator("#shown .key").inner_text()
    web_browser.speak(page, "kk")
    assert "өлшенген нысан" in page.locator("#shown .key").inner_text()


def test_what_verdicts_mean_can_be_read_beside_the_claims(page: Page) -> None:
    page.locator("#claims details.verdicts summary").click()
    assert page.locator("#claims details.verdicts dt").count() == 3


def test_on_a_phone_the_claim_stands_with_the_map(browser: Browser, tmp_path: Path) -> None:
    with web_browser.watched(
        browser, web.page(web_scenes.lakes()[2:]), tmp_path, viewport={"width": 390, "height": 844}
    ) as watched:
        page = watched.open()
        choose(page, "pipe-length")
        expect(page.locator("#shown .shown-claim")).to_be_in_viewport(ratio=1)
        expect(page.locator(".canvas")).to_be_in_viewport(ratio=0.9)
