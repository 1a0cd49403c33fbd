"""Two years side by side with one pointer; charts, map and slider speak of the same things."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support import browser as web_browser


def parks(page: Page, view: str) -> list[bool]:
    """Which of the two reserves a view shows: the first closed in 1990, the second is of 1990."""
    shown: list[bool] = page.evaluate(
        f"(() => {{ const view = shekara.page{view};"
        " const layer = view.layers.find(l => l.name === 'parks');"
        " return layer.items.map(item => item.parts.some(p => view.map.hasLayer(p))); })()"
    )
    return shown


def test_two_years_stand_side_by_side_in_one_view(page: Page) -> None:
    page.get_by_role("button", name="Two years side by side").click()
    assert page.evaluate("[shekara.page.year, shekara.page.compare.view.year]") == [1951, 1999]
    assert parks(page, "") == [True, False]
    assert parks(page, ".compare.view") == [False, True]
    # Either map moves the other.
    page.evaluate("shekara.page.map.setView([-1, 33], 9, {animate: false})")
    centre = "(() => { const m = shekara.page.{}map; return [m.getCenter().lat, m.getZoom()]; })()"
    assert page.evaluate(centre.replace("{}", "compare.view.")) == pytest.approx([-1, 9], abs=0.01)
    page.evaluate("shekara.page.compare.view.map.setView([-2, 33], 8, {animate: false})")
    assert page.evaluate(centre.replace("{}", "")) == pytest.approx([-2, 8], abs=0.01)
    # The pointer over one is marked on the other.
    box = page.locator(".canvas .folium-map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 300)
    expect(page.locator(".second path.twin")).to_have_count(1)
    # Layers are switched on both, years on each.
    page.uncheck("input[name=parks]")
    assert parks(page, ".compare.view") == [False, False]
    # The second map has its own graticule, which goes with the first one's.
    assert page.locator(".second path.grid").count() > 3
    assert page.locator(".second .grid-label").count() > 1
    page.uncheck("input[name=graticule]")
    expect(page.locator(".second path.grid")).to_have_count(0)
    page.check("input[name=graticule]")
    page.check("input[name=parks]")
    page.locator(".years select").select_option("1990")
    assert parks(page, ".compare.view") == [True, True]
    page.get_by_role("button", name="Two years side by side").click()
    expect(page.locator(".second")).to_have_count(0)


def test_two_years_are_kept_in_the_address(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&year=1951&compare=1990")
    expect(page.locator(".years select")).to_have_value("1990")
    assert parks(page, "") == [True, False]
    assert parks(page, ".compare.view") == [True, True]
    page.locator(".years select").select_option("1999")
    expect(page).to_have_url(re.compile("compare=1999"))
    page = shown.open(page.evaluate("location.hash"))
    expect(page.locator(".years select")).to_have_value("1999")
    page = shown.turn("#lang=en")
    expect(page.locator(".second")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("compare"))


def test_all_years_end_the_comparison(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&year=1951&compare=1990")
    expect(page.locator(".second")).to_have_count(1)
    page.get_by_role("checkbox", name="All years").check()
    expect(page.locator(".second")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("year=|compare="))
    expect(page.get_by_role("button", name="Two years side by side")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert shown.said == []


def test_a_claim_of_other_years_ends_the_comparison(shown: web_browser.Watched) -> None:
    """The pipe is of 1966: to show it, the year of the address gives way, and so does the pair."""
    page = shown.open("#lang=en&year=1951&compare=1990&claim=pipe-length")
    claim = page.locator("[data-claim=pipe-length] button").first
    expect(claim).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".second")).to_have_count(0)
    expect(page).to_have_url(re.compile("claim=pipe-length"))
    assert shown.said == []


def test_a_chart_of_years_moves_the_slider_and_shows_its_year(page: Page) -> None:
    hit = page.locator("[data-chart='2'] .hit").first
    hit.click()
    expect(page.locator("[data-chart='2'] .chart-tip")).to_have_text(
        re.compile("1960.*Oil: 0.*Gas: 1,010")
    )
    assert page.locator("#time output").inner_text() == "1960"
    expect(page.locator("[data-chart='2'] .hit.here")).to_have_count(1)
    page.locator("[data-chart='2'] .hit").first.click()
    assert page.evaluate("shekara.page.year") is None
    page.mouse.move(0, 0)
    expect(page.locator(".hit.here")).to_have_count(0)
    expect(page.locator("[data-chart='2'] .chart-tip")).to_be_hidden()


def test_a_name_in_a_chart_leads_to_its_place_and_back(page: Page) -> None:
    page.locator("[data-chart='1'] .hit[data-at=Mwanza]").click()
    expect(page.locator(".leaflet-popup h2")).to_have_text("Mwanza")
    page.evaluate("shekara.page.map.closePopup()")
    page.locator('path[data-feature="ports/0"]').dispatch_event("mouseover")
    here = page.locator("[data-chart='1'] .hit.here")
    expect(here).to_have_attribute("data-at", "Kisumu")


def test_keys_read_a_chart_place_by_place(page: Page) -> None:
    """Each place in a box and for who listens; its thing glows on the map; a key leads there."""
    chart = page.locator("[data-chart='1']")
    chart.locator("> svg").focus()
    said = []
    for key in ("ArrowRight", "ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        said.append(page.locator("#announce").inner_text().split("; ")[0])
        expect(chart.locator(".chart-tip strong")).to_have_text(said[-1])
        expect(page.locator("path.glow")).to_have_count(1)
    assert said == ["Mwanza", "Kisumu", "Entebbe", "Mwanza"]  # by their size
    page.keyboard.press("Escape")
    expect(chart.locator(".chart-tip")).to_be_hidden()
    expect(page.locator("path.glow")).to_have_count(0)
    page.keyboard.press("ArrowLeft")  # from nowhere: the last one
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup h2")).to_have_text("Entebbe")


def test_a_thing_has_one_colour_on_the_map_in_the_legend_and_in_the_chart(page: Page) -> None:
    """Oil is a pipe on the map, an entry of the legend, and bars of the third chart."""
    on_map = page.locator('path[data-feature="pipes/1"] + path').get_attribute("stroke")
    entry = page.locator("#legend .row", has_text="Oil").first.locator("svg.sign path")
    key = page.locator("[data-chart='2'] li", has_text="Oil").locator("svg :is(path, rect)").last
    bar = page.locator("[data-chart='2'] > svg > rect").first
    assert on_map == entry.get_attribute("stroke") == bar.get_attribute("fill")
    assert on_map in (key.get_attribute("fill"), key.get_attribute("stroke"))


def test_a_picture_of_two_years_shows_both(shown: web_browser.Watched) -> None:
    """Side by side, each with its year and with what was there in it."""
    page = shown.turn("#lang=en&year=1951&compare=1990")
    expect(page.locator(".years select")).to_have_value("1990")
    wide = page.evaluate("shekara.page.map.getSize().x")
    windows, width, years = page.evaluate(
        """() => {
            const drawing = shekara.drawing(shekara.page);
            const windows = [...drawing.querySelectorAll('[clip-path="url(#window)"]')];
            const hatched = node => [...new Set([...node.querySelectorAll('path')]
                .map(path => path.getAttribute('fill')).filter(fill => fill?.startsWith('url')))];
            return [windows.map(hatched), Number(drawing.getAttribute('width')),
                [...drawing.querySelectorAll('text')].map(text => text.textContent)
                    .filter(text => /^\\d{4}$/.test(text))];
        }"""
    )
    # One reserve in 1951, both in 1990.
    assert [len(fills) for fills in windows] == [1, 2]
    assert set(windows[0]) < set(windows[1])
    assert width > 2 * wide
    assert years == ["1951", "1990"]
    page = shown.turn("#lang=en&year=1951")
    expect(page.locator(".second")).to_have_count(0)
    assert (
        page.evaluate(
            "shekara.drawing(shekara.page).querySelectorAll('[clip-path=\"url(#window)\"]').length"
        )
        == 1
    )
