"""Small maps side by side on a page: pictures that are buttons, each of a year or a value."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from shekara import site, web
from shekara.scene import resolve
from tests.support import browser as web_browser
from tests.support.years_atlas import FIELD, YEARS, years_atlas


def opened(
    browser: Browser, folder: Path, multiples: str
) -> AbstractContextManager[web_browser.Watched]:
    atlas = site.load(years_atlas(folder / "atlas", multiples))
    page = web.page([resolve(atlas, "all", lang) for lang in ("en", "de")])
    return web_browser.watched(browser, page, folder)


def roads(page: Page) -> list[str]:
    """The roads that the large map shows."""
    names: list[str] = page.evaluate(
        "shekara.page.layers.find(l => l.name === 'roads').items"
        ".filter(item => item.parts.some(p => shekara.page.map.hasLayer(p)))"
        ".map(item => item.feature.id.split('/')[1])"
    )
    return names


def test_a_small_map_of_a_year_sets_the_year(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, YEARS) as watched:
        page = watched.open("#lang=en")
        small = page.locator("#multiples button")
        expect(small).to_have_count(3)
        expect(small.nth(1)).to_have_accessible_name("1975: land en (1); roads en (2)")
        # Each picture shows something else.
        sources = {small.nth(n).locator("img").get_attribute("src") or "" for n in range(3)}
        pixels = [np.asarray(Image.open(io.BytesIO(b64decode(s.split(",")[1])))) for s in sources]
        assert [image.shape for image in pixels] == [(240, 360, 3)] * 3
        small.nth(1).focus()
        page.keyboard.press("Enter")
        expect(small.nth(1)).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#time output")).to_have_text("1975")
        assert roads(page) == ["old", "long"]
        # The bar of years leads the small maps as well.
        page.evaluate("shekara.page.setYear(1990)")
        expect(small.nth(2)).to_have_attribute("aria-pressed", "true")
        small.nth(2).click()
        expect(page.locator("#multiples [aria-pressed=true]")).to_have_count(0)
        assert page.evaluate("shekara.page.year") is None


def test_a_small_map_of_a_value_leaves_out_the_others(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, FIELD) as watched:
        page = watched.open("#lang=de&small=2")
        small = page.locator("#multiples button")
        expect(small.locator(".small-title")).to_have_text(["gravel", "Asphalt"])
        expect(small.nth(1)).to_have_attribute("aria-pressed", "true")
        assert roads(page) == ["long", "new"]
        small.nth(0).click()
        expect(page).to_have_url(re.compile("small=1"))
        assert roads(page) == ["old"]
        small.nth(0).click()
        expect(page.locator("#multiples [aria-pressed=true]")).to_have_count(0)
        assert len(roads(page)) == 4
        expect(page).not_to_have_url(re.compile("small="))


def test_what_a_small_map_leaves_out_comes_back_when_it_is_asked_for(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, tmp_path, FIELD) as watched:
        page = watched.open("#lang=en&small=1")
        assert roads(page) == ["old"]
        page.evaluate("shekara.page.show([shekara.page.find('roads/new')])")
        expect(page.locator("#multiples [aria-pressed=true]")).to_have_count(0)
        assert "new" in roads(page)


def test_a_story_shows_every_value_and_gives_the_choice_back(
    browser: Browser, tmp_path: Path
) -> None:
    step = '\n[[step]]\ntext = { en = "All roads.", de = "Alle Wege." }\n'
    with opened(browser, tmp_path, FIELD + step) as watched:
        page = watched.open("#lang=en&small=1")
        page.locator("#story-open").click()
        expect(page.locator("#story li.told")).to_have_count(1)
        assert len(roads(page)) == 4
        page.locator("[data-story=end]").click()
        expect(page.locator("#story")).to_be_hidden()
        assert roads(page) == ["old"]


def test_a_page_without_small_maps_has_no_place_for_them(page: Page) -> None:
    expect(page.locator("#multiples")).to_be_hidden()
    assert page.evaluate("JSON.stringify(shekara.page.data.smallMaps)") == "[]"
