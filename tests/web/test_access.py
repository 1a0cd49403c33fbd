"""Everybody can use the page: axe-core, keyboard only, a narrow phone, dark screens, paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from shekara import pagehead
from shekara.colour import contrast
from shekara.web import colour
from tests.support import axe as report_axe
from tests.support import browser as web_browser
from tests.support import web_scenes

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def phone(
    browser: Browser, document: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[web_browser.Watched]:
    with web_browser.watched(
        browser, document, tmp_path_factory.mktemp("phone"), **PHONE
    ) as watched:
        yield watched


def everything_open(page: Page) -> None:
    """All that can be opened: tables and notes, a measured point, a popup, a search."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.click("[data-tool=measure]")
    page.keyboard.press(" ")
    page.keyboard.press("Escape")
    page.locator('path[data-feature="border/1"]').press("Enter")
    page.fill(".search input", "a")


def in_every_language_and_scheme(page: Page) -> dict[str, list[str]]:
    """What axe-core says of the page as it stands, by language and scheme.

    A dark screen has other colours and nothing else: there, the rules on colours are asked.
    """
    said = {}
    for lang in web_scenes.LANGS:
        page.evaluate("lang => shekara.page.speak(lang)", lang)
        said[lang] = report_axe.violations(page)
        page.emulate_media(color_scheme="dark")
        said[f"{lang}, dark"] = report_axe.violations(page, colours=True)
        page.emulate_media(color_scheme="light")
    return {where: rules for where, rules in said.items() if rules}


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_axe_finds_nothing(
    shown: web_browser.Watched, phone: web_browser.Watched, device: str
) -> None:
    page = (shown if device == "desk" else phone).open("#lang=kk")
    assert report_axe.violations(page) == []
    everything_open(page)
    assert in_every_language_and_scheme(page) == {}


@pytest.mark.parametrize("place", ["#embed&lang=kk", "#lang=kk&step=2"])
@pytest.mark.parametrize("device", ["desk", "phone"])
def test_axe_finds_nothing_in_a_frame_and_in_a_story(
    shown: web_browser.Watched, phone: web_browser.Watched, device: str, place: str
) -> None:
    page = (shown if device == "desk" else phone).open(place)
    if place.startswith("#embed") and device == "phone":
        page.click(".embed-line button")
    assert in_every_language_and_scheme(page) == {}


def focused(page: Page) -> list[str | None]:
    """The focused feature's id and name."""
    stop: list[str | None] = page.evaluate(
        "(node => [node.dataset.feature, node.getAttribute('aria-label')])(document.activeElement)"
    )
    return stop


def test_tab_reaches_search_first_and_then_each_layer_once(shown: web_browser.Watched) -> None:
    page = shown.open("#lang=en")
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        searching = page.evaluate("document.activeElement.getAttribute('role') === 'combobox'")
        stops.append("search" if searching else focused(page)[0])
    reached = [stop for stop in stops if stop]
    assert reached == ["search", "parks/1", "border/1", "median/1", "pipes/1", "flow/1", "ports/0"]


def test_arrows_lead_through_the_features_of_a_layer_by_name(page: Page) -> None:
    page.locator('path[data-feature="ports/0"]').focus()
    names = []
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "End", "Home", "ArrowLeft"):
        page.keyboard.press(key)
        names.append(focused(page)[1])
    assert names == [
        "Mwanza (Ports)", "Entebbe (Ports)", "Kisumu (Ports)", "Entebbe (Ports)",
        "Kisumu (Ports)", "Entebbe (Ports)",
    ]  # fmt: skip
    assert page.locator('path[data-feature="ports/2"]').get_attribute("tabindex") == "0"
    assert page.locator('path[data-feature="ports/0"]').get_attribute("tabindex") == "-1"


def test_the_map_can_be_skipped(shown: web_browser.Watched) -> None:
    """The first stop is a link past the map; it leads to the claims' side of the page."""
    page = shown.open("#lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.side, .time') !== null")


def test_enter_opens_a_popup_and_escape_leads_back(page: Page) -> None:
    path = page.locator('path[data-feature="ports/1"]')
    path.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Mwanza (Ports)")
    assert dialog.is_visible()
    assert page.evaluate("document.activeElement.closest('.leaflet-popup') !== null")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.feature") == "ports/1"


def test_the_focus_is_seen(page: Page) -> None:
    path = page.locator('path[data-feature="parks/1"]')
    path.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_phone_needs_no_sideways_scrolling(phone: web_browser.Watched) -> None:
    page = phone.open("#lang=ru")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    # The map is free: legend and layers stand under it, not on it.
    canvas = page.locator(".canvas").bounding_box()
    legend = page.locator("#legend").bounding_box()
    assert canvas is not None
    assert legend is not None
    assert legend["y"] >= canvas["y"] + canvas["height"]
    assert canvas["height"] > 400
    for button in page.locator(".leaflet-bar button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 32
    page.locator(".claim").first.tap()
    expect(page.locator("path.glow")).to_have_count(1)
    plate = page.locator("#plate").bounding_box()
    assert plate is not None
    assert abs(plate["y"]) < 40


def test_dark_screens_get_a_dark_page_and_paper_a_light_one(
    shown: web_browser.Watched, page: Page
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    border = page.locator('path[data-feature="border/1"] + path')
    page.emulate_media(color_scheme="dark")
    page = shown.open("#lang=en")
    assert page.evaluate(ground) == "rgb(21, 24, 27)"
    assert border.get_attribute("stroke") == colour.for_dark("#b3261e")
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    expect(border).to_have_attribute("stroke", "#b3261e")
    page.emulate_media(media="screen", color_scheme="light")


def test_paper_holds_map_legend_claims_and_credits_but_no_controls(page: Page) -> None:
    page.uncheck("input[name=ports]")
    page.emulate_media(media="print")
    for gone in (".search", ".leaflet-bar >> nth=0", "#languages", "#tables", "#time .compare"):
        assert not page.locator(gone).is_visible(), gone
    assert not page.locator('#legend li[data-layer="ports"]').is_visible()
    for kept in (".canvas", "#legend", "#claims", "#charts", "#notes", "#credits", ".scale"):
        assert page.locator(kept).is_visible(), kept
    # A4 has 680 pixels between margins of 15 mm: the map takes them all, frame and all within.
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sizes = page.evaluate(
        "['.plate', '.canvas', '.canvas .folium-map'].map(name => document.querySelector(name))"
        ".map(node => node.clientWidth)"
    )
    assert sizes == [680] * 3
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    # After printing the map has its size and view back.
    assert page.locator(".canvas").evaluate("node => node.style.width") == ""
    page.emulate_media(media="screen")


def test_contrast_follows_the_published_definition() -> None:
    """Black on white is 21 : 1, #767676 on white 4.54 : 1 (WCAG 2.2, understanding 1.4.3)."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(
    "given", ["#000000", "#b3261e", "#1b6ca8", "#2f7d4f", "#777777", "#ffff00"]
)
def test_colours_stand_out_from_a_dark_map(given: str) -> None:
    assert contrast(colour.for_dark(given), colour.DARK_LAND) >= 3
    assert contrast(colour.for_text(given, colour.LIGHT_LAND), colour.LIGHT_LAND) >= 4.5
    assert contrast(colour.for_text(given, colour.DARK_LAND), colour.DARK_LAND) >= 4.5


def test_verdicts_differ_for_the_colour_blind_and_in_grey() -> None:
    """Holds and fails keep apart in blue against yellow, which all common kinds of colour
    blindness keep, and each has a sign of its own besides."""
    style = pagehead.style()
    light = dict(
        part.strip().split(": ") for part in style.split("--holds", 1)[1].split(";")[1:3]
    )  # --fails, --open
    holds = style.split("--holds: ", 1)[1][:7]
    fails = light["--fails"]
    blue = [int(c[5:7], 16) - (int(c[1:3], 16) + int(c[3:5], 16)) / 2 for c in (holds, fails)]
    assert blue[0] - blue[1] > 100


def test_headings_are_in_order(page: Page) -> None:
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
