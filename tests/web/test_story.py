"""A story is told step by step: each shows what belongs to it, and the end puts the map back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shekara import site, web
from shekara.errors import AtlasError
from shekara.scene import resolve
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.atlases import sound


def told(page: Page) -> int:
    number: int = page.evaluate("shekara.page.story.at")
    return number


def test_keys_lead_through_the_steps_and_end_the_story(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&year=1990")
    page.click("#story-open")
    assert (told(page), page.evaluate("shekara.page.year")) == (0, None)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("shekara.page.claims.chosen") == "lake-area"
    page.keyboard.press("PageDown")
    assert page.evaluate("shekara.page.claims.chosen") is None
    assert page.evaluate("shekara.page.year") == 1966
    layers = page.evaluate(
        "shekara.page.layers.filter(l => l.shown && !l.data.basemap).map(l => l.name)"
    )
    assert layers == ["parks"]
    assert page.evaluate("shekara.page.map.getCenter().lng") == pytest.approx(34.5, abs=0.2)
    page.keyboard.press("ArrowRight")  # there is no fourth step
    assert told(page) == 2
    page.keyboard.press("ArrowLeft")
    assert told(page) == 1
    page.keyboard.press("Escape")
    expect(page.locator("#story")).to_be_hidden()
    assert page.evaluate("shekara.page.year") == 1990
    assert page.is_checked("input[name=ports]")


def test_scrolling_tells_the_step_that_stands_in_the_middle(shown: web_browser.Watched) -> None:
    page = shown.open("#lang=en")
    page.click("#story-open")
    page.evaluate(
        "(list => { list.scrollTop = list.scrollHeight; })(document.querySelector('#story ol'))"
    )
    page.wait_for_selector("#story li[data-step='2'].told")
    expect(page.locator("#story li").nth(2)).to_be_in_viewport()


@pytest.mark.parametrize("place", ["#lang=en&", "#embed&lang=en&"])
def test_the_step_of_an_address_stays_where_all_steps_fit(
    browser: Browser, document: str, tmp_path: Path, place: str
) -> None:
    size = {"width": 1280, "height": 1500}
    with web_browser.watched(browser, document, tmp_path, viewport=size) as watched:
        page = watched.open(f"{place}step=1")
        # Two frames: whoever watches the list has been told where it stands.
        page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        assert told(page) == 0
        page.evaluate("(list => { list.scrollTop += 1000; })(document.querySelector('#story ol'))")
        page.wait_for_selector("#story li[data-step='2'].told")
        assert page.evaluate("document.querySelector('#story').clientWidth") > 250


def test_an_address_opens_a_step_and_a_language_keeps_it(shown: web_browser.Watched) -> None:
    page = shown.open("#lang=en&step=2")
    assert told(page) == 1
    expect(page).to_have_url(re.compile("step=2"))
    web_browser.speak(page, "ru")
    assert page.locator("#story li.told h3").inner_text() == web_scenes.TEXTS["lake"]["ru"]


def test_a_map_without_steps_offers_no_story(browser: Browser, tmp_path: Path) -> None:
    with web_browser.watched(browser, web.page([web_scenes.bare()]), tmp_path) as watched:
        expect(watched.open().locator("#story-open")).to_be_hidden()


def test_on_a_phone_the_step_stands_under_the_map(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    size = {"width": 390, "height": 800}
    with web_browser.watched(browser, document, tmp_path, viewport=size) as watched:
        page = watched.open("#lang=kk&step=2")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        expect(page.locator("#story li.told")).to_be_in_viewport()


def test_paper_holds_a_story_that_is_open(shown: web_browser.Watched) -> None:
    """Each step is whole on it, with the claims; controls stay on the screen."""
    page = shown.turn("#lang=en&step=1")
    page.emulate_media(media="print")
    for step in page.locator("#story li").all():
        expect(step).to_be_visible()
    held = page.locator("#story ol").evaluate("list => list.scrollHeight - list.clientHeight")
    assert held == 0
    expect(page.locator("#claims")).to_be_visible()
    expect(page.locator("#story button").first).to_be_hidden()
    page.emulate_media(media="screen")


STEP = """
[[step]]
title = { en = "First" }
text = { en = "The road." }
layers = ["road"]
claim = "towns"
year = 1990
view = [10.0, 50.0, 11.0, 51.0]
"""


def test_a_story_is_read_from_the_file_of_its_map(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    file = folder / "maps" / "all.toml"
    file.write_text(file.read_text() + STEP)
    (step,) = resolve(site.load(folder), "all", "en").steps
    assert (step.title, step.text, step.layers, step.year, step.claim) == (
        "First", "The road.", ("road",), 1990, "towns",
    )  # fmt: skip
    assert step.view == (10.0, 50.0, 11.0, 51.0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('claim = "town"', "is no claim of this map"),
        ('layers = ["raod"]', "is no layer of this map"),
        ("view = [1, 2, 3]", "view"),
        ('text = ""', "text"),
    ],
)
def test_a_step_that_shows_what_is_not_there_is_refused(
    tmp_path: Path, wrong: str, said: str
) -> None:
    folder = sound(tmp_path)
    file = folder / "maps" / "all.toml"
    key = wrong.split(" =")[0]
    lines = [line for line in STEP.splitlines() if not line.startswith(f"{key} =")]
    file.write_text(file.read_text() + "\n".join([*lines, wrong]) + "\n")
    with pytest.raises(AtlasError) as refused:
        site.load(folder)
    assert said in str(refused.value)
    assert "maps/all.toml" in str(refused.value)
