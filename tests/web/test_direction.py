"""A page from right to left is mirrored, also after a change of language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page

from shekara import web
from shekara.i18n import Translator
from tests.support import web_scenes
from tests.support.browser import speak, watched


def sides(page: Page) -> tuple[str, str, float, float, bool]:
    """Language, direction, left edges of map and legend, and whether boxes are left of names."""
    left = "(selector) => document.querySelector(selector).getBoundingClientRect().left"
    lang, way = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    plate, legend = (page.evaluate(left, selector) for selector in ("#plate", "#legend"))
    box, name = (page.evaluate(left, f"#legend li label {tag}") for tag in ("input", "span"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return lang, way, plate, legend, box < name


def test_arabic_runs_from_right_to_left_and_english_back(browser: Browser, tmp_path: Path) -> None:
    scene = web_scenes.lakes()[-1]
    scenes = [replace(scene, say=Translator(lang)) for lang in ("ar", "en")]
    wide = {"width": 1200, "height": 800}
    with watched(browser, web.page(scenes), tmp_path, viewport=wide) as shown:
        page = shown.open()
        lang, way, plate, legend, box_first = sides(page)
        assert (lang, way, box_first) == ("ar", "rtl", False)
        assert legend < plate
        assert page.locator("#legend h2").inner_text() == "المفتاح والطبقات"
        code = page.locator("#share textarea")
        assert code.evaluate("node => getComputedStyle(node).direction") == "ltr"
        with page.expect_download() as waiting:
            page.click("[data-give=view-svg]")
        title = re.search(r"<text[^>]*>", Path(waiting.value.path()).read_text("utf-8"))
        assert title is not None
        assert 'direction="rtl"' in title[0]
        assert 'text-anchor="start"' in title[0]  # at the right edge
        # A story runs with the page: on is to the left.
        page.evaluate("shekara.page.story.open(0, true)")
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("shekara.page.story.at") == 1
        assert page.locator("[data-story=on]").inner_text().endswith("←")
        page.evaluate("shekara.page.story.close()")
        speak(page, "en")
        lang, way, plate, legend, box_first = sides(page)
        assert (lang, way, box_first) == ("en", "ltr", True)
        assert plate < legend
