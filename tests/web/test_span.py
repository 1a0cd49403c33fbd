"""A span of years: two handles, what lived in a part of it, its years in charts and address."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support import browser as web_browser

LIVED = ("parks/1", "parks/2", "pipes/1", "pipes/2")


def seen(page: Page) -> list[str]:
    shown = {
        node.get_attribute("data-feature") for node in page.locator("path[data-feature]").all()
    }
    return [name for name in LIVED if name in shown]


def test_a_span_shows_what_lived_in_a_part_of_it(shown: web_browser.Watched) -> None:
    """Parks of 1951-1992 and from 1990, pipes from 1966 and of 1958.5-1999."""
    for years, there in (
        ("1952-1957", ["parks/1"]),
        ("1952-1958", ["parks/1", "pipes/2"]),
        ("1960-1989", ["parks/1", "pipes/1", "pipes/2"]),
        ("1993-1999", ["parks/2", "pipes/1", "pipes/2"]),
        ("1958-1966", ["parks/1", "pipes/1", "pipes/2"]),
    ):
        page = shown.turn(f"#lang=en&year={years}")
        expect(page.locator("#time output")).to_have_text(years.replace("-", "–"))
        assert seen(page) == there


def test_two_handles_are_moved_by_keys_and_never_pass_each_other(page: Page) -> None:
    page.get_by_role("button", name="Span of years").click()
    output = page.locator("#time output")
    expect(output).to_have_text("1951–1999")
    start, end = page.get_by_role("slider", name="From"), page.get_by_role("slider", name="To")
    start.press("ArrowRight")
    expect(output).to_have_text("1958–1999")
    end.press("ArrowLeft")
    expect(output).to_have_text("1958–1993")
    expect(end).to_have_attribute("aria-valuetext", "1993")
    expect(page).to_have_url(re.compile("year=1958-1993"))
    end.press("Home")  # beyond the other end: it stays
    expect(output).to_have_text("1958–1993")
    page.get_by_role("button", name="Span of years").click()
    expect(output).to_have_text("1958")
    expect(end).to_have_count(0)


def test_either_handle_takes_the_mouse(page: Page) -> None:
    page.get_by_role("button", name="Span of years").click()
    box = page.locator(".ends").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    for at, to, said in ((0.01, 0.4, "1966–1999"), (0.99, 0.8, "1966–1993")):
        page.mouse.move(box["x"] + at * box["width"], y)
        page.mouse.down()
        page.mouse.move(box["x"] + to * box["width"], y)
        page.mouse.up()
        expect(page.locator("#time output")).to_have_text(said)


def test_charts_mark_every_year_of_the_span(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en")
    hits = page.locator("[data-chart='2'] .hit")
    years = [int(hit.get_attribute("data-at") or "") for hit in hits.all()]
    inside = years[:-1]
    page = shown.turn(f"#lang=en&year={inside[0] - 5}-{inside[-1] + 1}")
    here = page.locator("[data-chart='2'] .hit.here")
    expect(here).to_have_count(len(inside))
    assert [int(hit.get_attribute("data-at") or "") for hit in here.all()] == inside


def test_a_claim_gives_the_span_back(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&year=1952-1957")
    output = page.locator("#time output")
    claim = page.locator("[data-claim=pipe-length] button").first
    claim.click()
    expect(output).to_have_text("1951–1999")
    claim.click()
    expect(output).to_have_text("1952–1957")
