"""A page watched in Chromium: the network is cut, and everything that it says or asks is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Dialog, FrameLocator, Page, Route, expect

from tests.support.patience import PATIENT_S

expect.set_options(timeout=PATIENT_S * 1000)

# Leads an open page to another address, and is there when the page has followed it: it then writes
# its own address, in the same step in which it draws. A page that stands at the address has written
# none since it was opened there: nothing has changed.
TURN = """address => new Promise(done => {
    if (location.hash === address) return done();
    location.hash = address;
    const asked = location.hash;
    const look = () => (location.hash === asked ? setTimeout(look, 5) : done());
    look();
})"""


def speak(page: Page | FrameLocator, lang: str) -> None:
    """Another language by its button, and the page has followed: it unpacks its words meanwhile.

    The button is pressed in the same step in which the page is drawn.
    """
    page.locator(f'#languages [data-lang="{lang}"]').click()
    page.locator(f'#languages [data-lang="{lang}"][aria-pressed="true"]').wait_for()


def until(page: Page, condition: str | Callable[[], object], seconds: float = PATIENT_S) -> None:
    """Ask the page, or ourselves of what it was heard to do, until a condition is true.

    The page's policy forbids Playwright's own asking.
    """
    end = time.monotonic() + seconds
    while not (page.evaluate(condition) if isinstance(condition, str) else condition()):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(30)


class Watched:
    """One page in a browser context of its own."""

    def __init__(self, browser: Browser, file: Path, **context: Any) -> None:
        # Flights of the view would be waited for: the page keeps still for who asks for it.
        self.context = browser.new_context(**{"reduced_motion": "reduce", **context})
        self.context.set_offline(True)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENT_S * 1000)
        self.file = file
        self.said: list[str] = []  # console messages and errors
        self.asked: list[str] = []  # requests for anything but the page itself
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.route("**/*", self._route)

    def _dialog(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    def _route(self, route: Route) -> None:
        if route.request.url.split("#")[0] == self.file.as_uri():
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def open(self, address: str = "") -> Page:
        """The page, drawn."""
        self.page.goto("about:blank")
        self.page.goto(self.file.as_uri() + address)
        self.page.wait_for_selector("html[data-whole]")
        return self.page

    def turn(self, address: str) -> Page:
        """The page as an address says, without loading it again: a tenth of the time.

        What no address names (a search, a sorted table, the size of the window) stays as it is.
        """
        if self.page.url == "about:blank":
            return self.open(address)
        self.page.evaluate(TURN, address)
        return self.page

    @property
    def quiet(self) -> bool:
        """Whether the page said nothing and asked for nothing."""
        return not self.said and not self.asked


@contextmanager
def watched(browser: Browser, document: str, folder: Path, **context: Any) -> Iterator[Watched]:
    """A document written to a file and ready to be opened; it must stay quiet to the end."""
    file = folder / "page.html"
    file.write_text(document, encoding="utf-8", newline="\n")
    page = Watched(browser, file, **context)
    try:
        yield page
        assert (page.said, page.asked) == ([], [])
    finally:
        page.context.close()
