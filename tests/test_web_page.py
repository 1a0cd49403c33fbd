"""A page is one file: it opens from disk and from a server with no network, always the same."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import chromium
import web_browser
import web_scenes
from shekara import web


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def document() -> str:
    return web.page(web_scenes.lakes())


def test_page_opens_from_disk_with_no_request_and_no_message(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    with web_browser.watched(browser, document, tmp_path) as shown:
        page = shown.open()
        assert page.locator("h1").inner_text() == "Көл және оның шекарасы"
        assert page.evaluate("document.documentElement.lang") == "kk"
        assert page.locator(".leaflet-pane path").count() > 8


class Silent(http.server.SimpleHTTPRequestHandler):
    asked: list[str] = []

    def log_message(self, format: str, *args: object) -> None:
        self.asked.append(self.path)


def test_page_opens_from_a_server_and_asks_it_for_nothing_else(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    (tmp_path / "lake.html").write_text(document, encoding="utf-8")
    handler = functools.partial(Silent, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/lake.html")
        page.wait_for_selector("html[data-ready]")
        page.close()
        server.shutdown()
        thread.join()
    assert Silent.asked == ["/lake.html"]


def test_two_builds_give_the_same_bytes(document: str) -> None:
    assert web.page(web_scenes.lakes()) == document


def test_page_holds_leaflet_once_and_nothing_of_jquery_or_bootstrap(document: str) -> None:
    assert document.count("Leaflet 1.9.3, a JS library") == 1
    for name in ("jquery", "bootstrap", "font-awesome", "fontawesome", "glyphicon"):
        assert name not in document.lower()


def test_head_has_title_language_and_a_viewport_that_may_be_zoomed(document: str) -> None:
    head = document.split("</head>")[0]
    assert '<html lang="kk">' in head
    assert "<title>Көл және оның шекарасы</title>" in head
    assert "user-scalable" not in document
    assert "maximum-scale" not in document


def test_a_notebook_shows_the_page_in_a_frame(browser: Browser, tmp_path: Path) -> None:
    """What a notebook gets is a frame that holds the whole page and draws it."""
    shown = web.folium_map(web_scenes.lakes())._repr_html_()
    body = f"<!DOCTYPE html><title>notebook</title>{shown}"
    file = tmp_path / "notebook.html"
    file.write_text(body, encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator('#languages button[lang="en"]').click()
    assert frame.locator("h1").inner_text() == "The lake and its border"
    assert page.locator("iframe").get_attribute("title") == "Көл және оның шекарасы"
    assert said == []
    page.close()


def test_a_map_without_a_name_for_anything_still_opens(browser: Browser, tmp_path: Path) -> None:
    """One language, no claims, panels, legend, notes or years: empty parts are not shown."""
    with web_browser.watched(browser, web.page([web_scenes.bare()]), tmp_path) as shown:
        page = shown.open()
        for part in ("claims", "charts", "time"):
            assert not page.locator(f"#{part}").is_visible()
        assert page.locator("#languages button").count() == 0
        assert page.locator("path[tabindex='0']").count() == 1
