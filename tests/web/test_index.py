"""The site's first page: maps with picture, titles, verdict counts, links; nothing loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shekara import web
from shekara.errors import UsageError
from shekara.i18n import Translator
from tests.support import axe as report_axe
from tests.support import browser as web_browser
from tests.support import web_scenes

PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><rect width="3" height="2"/></svg>'
)
TITLE = {"kk": "Көлдер атласы", "ru": "Атлас озёр", "en": "Atlas of lakes"}
SHEETS = {lang: [f"sheets/lake.{lang}.pdf", f"sheets/lake.{lang}.png"] for lang in TITLE}


def document(payload: str = "") -> str:
    scenes = [
        web_scenes.with_text(scene, lambda _, text: payload + text) for scene in web_scenes.lakes()
    ]
    entries = [
        web.entry(scenes, PICTURE, SHEETS),
        replace(web.entry(scenes), name=f"2 maps {payload}", verdicts={"documented": 12}, steps=0),
    ]
    return web.index(
        {lang: payload + text for lang, text in TITLE.items()},
        payload + "About",
        entries,
        languages=[Translator("kk"), Translator("ru"), Translator("en")],
        atlases={lang: f"atlas.{lang}.pdf" for lang in TITLE},
        reports=["report.html", "report.csv", "report.claimreview.json", "report.junit.xml"],
        notes=[payload],
    )


@pytest.fixture(scope="module")
def first_page(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[web_browser.Watched]:
    with web_browser.watched(browser, document(), tmp_path_factory.mktemp("index")) as watched:
        yield watched


@pytest.fixture
def page(first_page: web_browser.Watched) -> Page:
    first_page.page.goto("about:blank")
    first_page.page.goto(first_page.file.as_uri() + "#lang=en")
    return first_page.page


def test_maps_stand_with_picture_title_and_verdict_counts(page: Page) -> None:
    first, second = page.locator(".maps > li").all()
    assert first.locator("h2").inner_text() == "The lake and its border"
    expect(first.locator("img")).to_have_js_property("complete", True)
    assert first.locator("img").evaluate("image => image.naturalWidth") > 0
    # Three claims of the scene: one of each.
    counts = [" ".join(row.split()) for row in first.locator(".verdict").all_inner_texts()]
    assert [row.strip("✓✗? ") for row in counts] == [
        "holds 1", "fails 1", "cannot tell 1",
    ]  # fmt: skip
    assert second.locator(".verdict").inner_text().split()[-2:] == ["documented", "12"]


def test_links_lead_to_files_beside_the_page(page: Page) -> None:
    links = [link.get_attribute("href") for link in page.locator("a:visible").all()]
    assert links == [
        "./report.html#lang=en", "./atlas.en.pdf",
        "./maps/lake.html#lang=en", "./maps/lake.html#step=1&lang=en",
        "./sheets/lake.en.pdf", "./sheets/lake.en.png",
        "./maps/2%20maps%20.html#lang=en", "./atlas.kk.pdf", "./atlas.ru.pdf", "./atlas.en.pdf",
        "./report.html#lang=en", "./report.csv", "./report.claimreview.json", "./report.junit.xml",
    ]  # fmt: skip
    # Each file has a name of its own.
    names = page.locator(".files a").all_inner_texts()
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("lang", TITLE)
def test_languages_are_switched_and_remembered(page: Page, lang: str) -> None:
    web_browser.speak(page, lang)
    assert page.locator("h1").inner_text() == TITLE[lang]
    assert page.title() == TITLE[lang]
    assert page.evaluate("document.documentElement.lang") == lang
    page.reload()
    assert page.locator("h1").inner_text() == TITLE[lang]
    others = [text for key, text in TITLE.items() if key != lang]
    said = page.locator("body").inner_text()
    assert not any(text in said for text in others)
    expect(page.locator("a.card").first).to_have_attribute("href", f"./maps/lake.html#lang={lang}")


@pytest.mark.parametrize(("width", "lang"), [(1280, "kk"), (360, "ru"), (1280, "en")])
def test_axe_finds_nothing(page: Page, width: int, lang: str) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    web_browser.speak(page, lang)
    assert report_axe.violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert report_axe.violations(page, colours=True) == []
    page.emulate_media(color_scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1280, "height": 720})


@pytest.mark.parametrize(
    "payload",
    [
        "<img src=x onerror=\"window.ran=1\">", "</script><script>window.ran=2</script>",
        "{{ 7 * 7 }}${window.ran=3}`", "\" onload=\"window.ran=4\" onfocus='window.ran=5' ",
        "javascript:window.ran=6//", "../../",
    ],
)  # fmt: skip
def test_texts_and_file_names_stay_text(browser: Browser, tmp_path: Path, payload: str) -> None:
    with web_browser.watched(browser, document(payload), tmp_path) as shown:
        page = shown.page
        page.goto(shown.file.as_uri() + "#lang=en")
        assert page.locator("h1").inner_text().strip() == (payload + TITLE["en"]).strip()
        for place in page.locator("a, button, img").all():
            place.dispatch_event("focus")
        assert page.evaluate("window.ran") is None
        links = [link.get_attribute("href") or "" for link in page.locator("a").all()]
        assert all(link.startswith("./") for link in links)


def test_without_scripts_all_languages_are_there(browser: Browser, tmp_path: Path) -> None:
    with web_browser.watched(browser, document(), tmp_path, java_script_enabled=False) as shown:
        shown.page.goto(shown.file.as_uri())
        said = shown.page.locator("body").inner_text()
        assert all(text in said for text in TITLE.values())


def test_a_thumbnail_must_be_a_picture() -> None:
    entry = web.entry(web_scenes.lakes(), b"GIF89a")
    with pytest.raises(UsageError, match="thumbnail"):
        web.index("Atlas", "", [entry], languages=[Translator("en")])


def test_two_builds_are_the_same() -> None:
    assert document() == document()
