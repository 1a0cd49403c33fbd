"""What the tests of the page share: one browser, the lake's page, and that page open on a desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from shekara import web
from tests.support import browser as web_browser
from tests.support import chromium, web_scenes

DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium.chromium() as started:
        yield started


@pytest.fixture(scope="package")
def document() -> str:
    """The lake's page in three languages."""
    return web.page(web_scenes.lakes())


@pytest.fixture(scope="module")
def shown(
    browser: Browser, document: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[web_browser.Watched]:
    """The page on a desk; `shown.open` loads it anew, `shown.turn` leads it elsewhere."""
    folder = tmp_path_factory.mktemp("desk")
    with web_browser.watched(browser, document, folder, viewport=DESK) as watched:
        yield watched


@pytest.fixture
def page(shown: web_browser.Watched) -> Page:
    """The page in English as it opens, loaded once for all tests of a module."""
    return shown.turn("#lang=en")
