"""A page is one file: it opens from disk with no network, in every language, and stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

import chromium
import web_scenes
from shekara import web


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def document() -> str:
    return web.page(web_scenes.lakes())


class Watched:
    """A page in Chromium with the network cut; keeps what it says and what it asks for."""

    def __init__(self, browser: Browser, file: Path, **context: object) -> None:
        self.context = browser.new_context(**context)  # type: ignore[arg-type]
        self.context.set_offline(True)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.file = file
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.route("**/*", self._route)

    def _route(self, route: Route) -> None:
        if route.request.url.split("#")[0] == self.file.as_uri():
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def open(self, address: str = "") -> Page:
        self.page.goto(self.file.as_uri() + address)
        self.page.wait_for_selector("html[data-ready]")
        return self.page


def test_page_opens_from_disk_with_no_request_and_no_message(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    file = tmp_path / "lake.html"
    file.write_text(document, encoding="utf-8")
    watched = Watched(browser, file)
    page = watched.open()
    assert page.locator("h1").inner_text() == "Көл және оның шекарасы"
    assert page.evaluate("document.documentElement.lang") == "kk"
    assert page.locator(".leaflet-pane path").count() > 8
    assert (watched.said, watched.asked) == ([], [])
    watched.context.close()


def test_two_builds_give_the_same_bytes(document: str) -> None:
    assert web.page(web_scenes.lakes()) == document
