"""The report as a page: one file, three languages; sorted, filtered, printed, safe, for all."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from shekara import report
from shekara.web import guard
from tests.support import axe as report_axe
from tests.support import chromium, report_atlas
from tests.support.browser import Watched, watched

PAYLOADS = {
    "image": "<img src=x onerror='window.ran=1'>",
    "end of script": "</script><script>window.ran=2</script>",
    "end of template": "</template></table><script>window.ran=3</script>",
    "end of style": "</style><svg onload=window.ran=4>",
    "comment": "<!--<script>window.ran=5//",
    "quotes": "\" autofocus onfocus='window.ran=6' x=\"' onmouseover='window.ran=7' '",
    "template literal": "`${window.ran=8}`",
    "jinja": "{{ 7 * 7 }}{% raw %}",
    "entity": "&lt;img src=x onerror=window.ran=9&gt;",
    "line separator": "\u2028window.ran=10//\u2029\\u003cscript\\u003e",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = report_atlas.read(tmp_path_factory.mktemp("lake") / "atlas")
    return report.html(*found, report_atlas.LANGS)


@pytest.fixture
def view(browser: Browser, document: str, tmp_path: Path) -> Iterator[Watched]:
    with watched(browser, document, tmp_path) as found:
        yield found


def shown(page: Page) -> list[str]:
    """Ids of the claims that are seen, from top to bottom."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('tbody.claim')].filter(c => c.offsetParent !== null)"
        ".map(c => c.id.slice(6))"
    )
    return found


def address_is(page: Page, fragment: str) -> None:
    """Or soon will be: Playwright is told of an address a moment after the page has written it."""
    expect(page).to_have_url(re.compile(f"#{re.escape(fragment)}$"))


# Verdicts.


def test_a_verdict_is_told_by_its_sign_and_not_by_colour_alone(view: Watched) -> None:
    page = view.open()
    with Image.open(io.BytesIO(page.locator(".count .sign").first.screenshot())) as picture:
        red = np.asarray(picture.convert("RGB"))[3:13, 4:12, 0]
    assert red.min() < 120  # the disc
    assert red.max() > 200  # white strokes on it


# Languages.


def test_language_is_changed_without_loading_and_kept_in_the_address(view: Watched) -> None:
    page = view.open()
    assert page.locator("h1").inner_text() == "Тексерілген тұжырымдар"
    page.evaluate("window.same = true")
    for lang, name, heading in (
        ("ru", "Русский", "Проверенные утверждения"),
        ("en", "English", "Claims, checked"),
        ("kk", "Қазақ тілі", "Тексерілген тұжырымдар"),
    ):
        page.get_by_role("button", name=name, exact=True).click()
        assert page.locator("h1").inner_text() == heading
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.title().startswith(heading)
        address_is(page, f"lang={lang}")
        assert page.evaluate("document.activeElement.dataset.lang") == lang
    assert page.evaluate("window.same")


def test_address_opens_its_language_and_filters(view: Watched) -> None:
    page = view.open("#lang=ru&verdict=fails&layer=figures&sort=difference,desc")
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert shown(page) == ["treaty-year", "fish-catch", "treaty-secret"]


def test_filters_and_open_claims_stay_when_the_language_changes(view: Watched) -> None:
    page = view.open("#lang=en")
    page.select_option("[name=layer]", "shore")
    page.get_by_role("button", name="The lake is larger than 40,000 km².").click()
    page.get_by_role("button", name="Русский").click()
    assert shown(page) == ["lake-area", "lake-small", "lake-share", "lake-beauty"]
    assert page.locator("#more-lake-area").is_visible()
    assert page.locator("#more-lake-small").is_hidden()


@pytest.mark.parametrize("address", ["#lang=xx&verdict=wrong&layer=no&sort=__proto__", "#%E0%A4%A"])
def test_a_wrong_address_is_ignored(view: Watched, address: str) -> None:
    page = view.open(address)
    assert len(shown(page)) == 13
    assert page.evaluate("document.documentElement.lang") == "kk"


def test_without_a_program_everything_of_the_first_language_is_read(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    with watched(browser, document, tmp_path, java_script_enabled=False) as found:
        found.page.goto(found.file.as_uri())
        assert found.page.locator("tbody.claim").count() == 13
        assert found.page.locator("#more-lake-area dl").is_visible()
        assert found.page.get_by_text("Жағалау түсірілімі").first.is_visible()
        assert found.page.locator(".tools").is_hidden()


# What is said.


def test_summary_counts_every_verdict_in_words_and_in_the_bar(view: Watched) -> None:
    page = view.open("#lang=en")
    counts = [" ".join(text.split()) for text in page.locator(".count").all_inner_texts()]
    assert counts == ["5 holds", "4 fails", "2 cannot tell", "1 documented", "1 not checkable"]
    widths = [float(rect.get_attribute("width") or 0) for rect in page.locator(".bar rect").all()]
    # 1000 units over 13 claims.
    assert widths == pytest.approx([384.62, 307.69, 153.85, 76.92, 76.92], abs=0.01)


def test_a_claim_shows_everything_that_stands_behind_it(view: Watched) -> None:
    page = view.open("#claim-lake-area&lang=en")
    cells = page.locator("#claim-lake-area > tr").first
    text = " ".join(cells.inner_text().split())
    for part in (
        "The lake is larger than 40,000 km².", "essay, paragraph 2", "Lake shore", "area",
        "> 40,000 km²", "49,2", "km² 49,0", "km² +9,2", "+23.1 %", "holds",
    ):  # fmt: skip
        assert part in text
    more = " ".join(page.locator("#more-lake-area").inner_text().split())
    for part in (
        "The whole measured interval agrees with the statement.", "68,870 km² (register)",
        "A plain quadrangle.", "Geodesic area on the ellipsoid", "mapped, position ± 100 m (1σ)",
        "resolution 30 m", "Survey of the shore, May 7, 2019", "CC BY 4.0",
        "https://example.org/essay", "Lake and border", "Link to this statement",
    ):  # fmt: skip
        assert part in more
    link = page.locator("#more-lake-area .maps a")
    assert link.get_attribute("href") == "maps/lake.html#claim=lake-area&lang=en"
    permalink = page.locator("#more-lake-area .permalink a")
    assert permalink.get_attribute("href") == "#claim-lake-area"
    source = page.locator("#more-lake-area .origins a")
    assert source.get_attribute("href") == "https://example.org/shore?a=1&b=2"
    assert "noopener" in (source.get_attribute("rel") or "")


def test_several_sources_are_a_table_of_their_own(view: Watched) -> None:
    page = view.open("#claim-border-surveys&lang=en")
    rows = [" ".join(t.split()) for t in page.locator(".each tbody tr").all_inner_texts()]
    # 1, 1.2 and 1.4 degrees of the equator against 120 km.
    assert re.fullmatch(r"A 111\.\d+ km 111\.\d+–111\.\d+ km −8\.\d+ km fails", rows[0])
    assert re.fullmatch(r"B 133\.\d+ km 133\.\d+–133\.\d+ km \+13\.\d+ km holds", rows[1])
    assert re.fullmatch(r"C 155\.\d+ km ≥ 155\.\d+ km \+35\.\d+ km holds", rows[2])


def test_a_verdict_that_is_not_the_recorded_one_is_pointed_out(
    browser: Browser, tmp_path: Path
) -> None:
    def edit(text: str) -> str:
        return text.replace(
            'less_than = 10000 }\nverdict = "fails"', 'less_than = 10000 }\nverdict = "holds"'
        )

    found = report_atlas.read(tmp_path / "atlas", edit)
    with watched(browser, report.html(*found, ["en"]), tmp_path) as view:
        page = view.open()
        assert page.locator(".summary .differs").inner_text().endswith("atlas: 1")
        assert page.locator("#claim-lake-small .differs").inner_text() == "Recorded: holds"
        assert page.locator("tbody .differs").count() == 1
        assert page.locator(".languages").count() == 0  # one language needs no switch


# Sorting and filtering.


def test_headings_sort_up_down_and_back(view: Watched) -> None:
    page = view.open("#lang=en")
    usual = shown(page)
    heading = page.get_by_role("columnheader", name="Difference")
    button = heading.get_by_role("button")
    button.click()
    assert heading.get_attribute("aria-sort") == "ascending"
    # By percent where there is one, else by the number; what has none stands last.
    first = [
        "border-coarse", "fish-catch", "treaty-year", "sums", "lake-share", "border-degree",
        "lake-area", "lake-small",
    ]  # fmt: skip
    assert shown(page)[:8] == first
    address_is(page, "lang=en&sort=difference")
    button.click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert shown(page)[:8] == first[::-1]
    assert page.evaluate("document.activeElement.textContent") == "Difference"
    button.click()
    assert heading.get_attribute("aria-sort") is None
    assert shown(page) == usual


def test_place_in_the_text_sorts_as_numbers(view: Watched) -> None:
    page = view.open("#lang=en")
    page.select_option("[name=sort]", "text")
    order = [name for name in shown(page) if name.startswith("lake")]
    assert order == ["lake-beauty", "lake-area", "lake-share", "lake-small"]  # 1, 2, 3, 10


def test_numbers_are_sorted_within_their_unit(view: Watched) -> None:
    page = view.open("#lang=en&sort=measured")
    lengths = [name for name in shown(page) if name in ("border-degree", "border-coarse")]
    assert lengths == ["border-degree", "border-coarse"]
    areas = [shown(page).index(name) for name in ("lake-area", "lake-small")]
    assert areas[1] == areas[0] + 1


def test_verdicts_layer_kind_and_text_filter_together(view: Watched) -> None:
    page = view.open("#lang=en")
    page.get_by_role("button", name=re.compile("fails")).first.click()
    assert shown(page) == ["fish-catch", "treaty-year", "treaty-secret", "lake-small"]
    page.get_by_role("button", name=re.compile("not checkable")).click()
    assert shown(page) == [
        "fish-catch",
        "treaty-year",
        "treaty-secret",
        "lake-small",
        "lake-beauty",
    ]
    page.select_option("[name=layer]", "shore")
    assert shown(page) == ["lake-small", "lake-beauty"]
    page.select_option("[name=kind]", "area")
    assert shown(page) == ["lake-small"]
    assert page.locator("output").inner_text() == "1 of 13 shown"
    address_is(page, "lang=en&verdict=fails,not_checkable&layer=shore&kind=area")
    page.fill("[name=q]", "nowhere")
    assert shown(page) == []
    assert page.locator(".none").inner_text() == "No statement passes these filters."
    page.get_by_role("button", name="Clear filters").click()
    assert len(shown(page)) == 13
    address_is(page, "lang=en")


def test_a_count_of_the_text_chooses_as_many_statements_as_it_says(
    browser: Browser, tmp_path: Path
) -> None:
    """The atlas's own checks are counted apart, and chosen apart."""

    def edit(text: str) -> str:
        own = 'origin = "atlas"\nrole = "check"\nverdict = "fails"'
        return text.replace(
            'less_than = 10000 }\nverdict = "fails"', f"less_than = 10000 }}\n{own}"
        )

    atlas = report_atlas.read(tmp_path / "atlas", edit)
    with watched(browser, report.html(*atlas, ["en"]), tmp_path) as view:
        page = view.open()
        count = page.get_by_role("button", name=re.compile("fails")).first
        assert count.locator("b").inner_text() == "3"
        count.click()
        assert shown(page) == ["fish-catch", "treaty-year", "treaty-secret"]
        address_is(page, "lang=en&verdict=fails&origin=text")
        page.select_option("[name=origin]", "atlas")
        assert shown(page) == ["lake-small"]
        page.get_by_role("button", name="Clear filters").click()
        assert len(shown(page)) == 13


@pytest.mark.parametrize(
    ("lang", "wanted", "found"),
    [
        ("en", "LAKE day", ["lake-small"]),
        ("ru", "договор", ["treaty-year", "treaty-signed", "treaty-secret"]),
        ("kk", "КӨЛДІҢ", ["lake-area", "lake-share"]),
        ("en", "49,2", ["lake-area", "lake-small"]),  # also what was measured
        ("en", "lake-beauty", ["lake-beauty"]),  # and ids
    ],
)
def test_search_takes_words_in_any_case(
    view: Watched, lang: str, wanted: str, found: list[str]
) -> None:
    page = view.open(f"#lang={lang}")
    page.fill("[name=q]", wanted)
    assert shown(page) == found
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert shown(page) == found
    assert page.input_value("[name=q]") == wanted


def test_a_permalink_opens_its_claim_even_behind_a_filter(view: Watched) -> None:
    page = view.open("#claim-lake-small&lang=ru&verdict=holds")
    assert page.locator("#more-lake-small").is_visible()
    assert page.locator("#claim-lake-small").evaluate(
        "c => c.getBoundingClientRect().top >= 0 && c.getBoundingClientRect().top < innerHeight"
    )
    assert page.evaluate("document.activeElement.closest('tbody').id") == "claim-lake-small"
    page.evaluate("location.hash = '#claim-lake-area'")
    page.wait_for_function("!document.getElementById('more-lake-area').hidden")
    assert page.evaluate("document.documentElement.lang") == "ru"  # the reader's language stays


def test_a_link_to_a_source_leaves_the_filters_alone(view: Watched) -> None:
    page = view.open("#lang=en&verdict=fails&sort=measured")
    before = shown(page)
    page.evaluate("location.hash = '#source-law'")
    page.get_by_role("button", name="Open all").click()
    expect(page.locator("[name=sort]")).to_have_value("measured")
    assert shown(page) == before


@pytest.mark.parametrize("lang", report_atlas.LANGS)
def test_on_a_phone_every_figure_says_what_it_is(
    browser: Browser, document: str, tmp_path: Path, lang: str
) -> None:
    """Heads of columns are not seen there: each cell has its own, in one piece."""
    size = {"width": 360, "height": 800}
    with watched(browser, document, tmp_path, viewport=size) as view:
        page = view.open(f"#lang={lang}")
        page.locator(".all").click()
        rows = page.evaluate(
            """[...document.querySelectorAll("td.figure")]
            .filter(cell => cell.textContent && cell.offsetParent)
            .map(cell => {
                const look = getComputedStyle(cell, "::before");
                const pen = document.createElement("canvas").getContext("2d");
                pen.font = look.font;
                const words = cell.dataset.label.split(" ");
                return [
                    look.content.includes(cell.dataset.label),
                    Math.max(...words.map(word => pen.measureText(word).width)),
                    parseFloat(getComputedStyle(cell).gridTemplateColumns) || cell.clientWidth,
                ];
            })"""
        )
        assert len(rows) > 20
        assert all(said and word <= room for said, word, room in rows)


def test_the_link_of_a_claim_gives_its_address(view: Watched) -> None:
    page = view.open("#lang=en")
    page.get_by_role("button", name="Open all").click()
    page.locator("#more-border-degree .permalink a").click()
    address_is(page, "claim-border-degree&lang=en")
    expect(page.locator("#claim-border-degree")).to_have_class(re.compile("chosen"))


def test_keyboard_reaches_everything(view: Watched) -> None:
    """Skip link, atlas, languages, counts, fields, headings, claims: in this order."""
    page = view.open("#lang=en")
    seen: list[str] = []
    for _ in range(26):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(e => e.className || e.name || e.dataset.lang || e.closest('th')?.dataset.sort"
                " || e.tagName)(document.activeElement)"
            )
        )
    assert seen[:11] == [
        "skip", "A", "kk", "ru", "en", "count", "count", "count", "count", "count", "q",
    ]  # fmt: skip
    assert seen[11:15] == ["layer", "kind", "sort", "all"]
    assert seen[15:20] == ["statement", "claimed", "measured", "difference", "verdict"]
    assert set(seen[20:]) == {"says"}
    first = page.locator(".says").first
    first.focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Space")
    assert first.get_attribute("aria-expanded") == "false"
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#claims")).to_be_focused()
    address_is(page, "lang=en")


# On paper, on a telephone, in the dark, by ear.


def test_on_paper_everything_that_is_not_filtered_is_open(view: Watched) -> None:
    page = view.open("#lang=en&layer=shore")
    assert page.locator("#more-lake-area").is_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#more-lake-area").is_visible()
    assert page.locator("#claim-fish-catch").is_hidden()
    assert page.locator("#more-fish-catch").is_hidden()
    for gone in (".languages", ".tools input", ".files", ".permalink"):
        assert page.locator(gone).first.is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    # A verdict is told by its sign's shape, not only by its colour.
    signs = page.locator("tbody.claim .outcome use")
    shapes = {use.get_attribute("href") for use in signs.all()}
    assert len(shapes) == 5
    assert page.pdf(format="A4")[:5] == b"%PDF-"


TOO_WIDE = """[...document.querySelectorAll("main *")]
    .filter(e => e.getClientRects().length && !e.closest("thead"))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
    .map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", [320, 360, 760, 1280])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, document: str, tmp_path: Path, width: int
) -> None:
    size = {"width": width, "height": 740}
    with watched(browser, document, tmp_path, viewport=size) as view:
        for lang in report_atlas.LANGS:
            page = view.open(f"#lang={lang}")
            page.locator(".all").click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(TOO_WIDE) == [], lang


# Colours depend on the scheme, layout on the width, words on the language: each with the others
# at their plainest, and all in one for the narrow dark page.
SCREENS = [
    (1280, "light", report_atlas.LANGS),
    (1280, "dark", ("kk",)),
    (360, "light", ("ru",)),
    (360, "dark", ("en",)),
]


@pytest.mark.parametrize(("width", "scheme", "langs"), SCREENS)
def test_axe_finds_no_fault(
    browser: Browser, document: str, tmp_path: Path, width: int, scheme: str, langs: tuple[str, ...]
) -> None:
    size = {"width": width, "height": 900}
    with watched(browser, document, tmp_path, viewport=size, color_scheme=scheme) as view:
        for lang in langs:
            page = view.open(f"#claim-lake-area&lang={lang}&verdict=holds,fails,cannot_tell")
            page.locator(".all").click()
            assert report_axe.violations(page) == []


def test_roles_of_the_table_stay_on_a_narrow_screen(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    with watched(browser, document, tmp_path, viewport={"width": 360, "height": 740}) as view:
        page = view.open("#lang=en")
        row = page.get_by_role("row", name=re.compile("larger than 40,000"))
        assert row.get_by_role("rowheader").count() == 1
        assert row.get_by_role("cell").count() == 4


# What an atlas says is text.


# Texts that do not hide each other are tried in one page; an unclosed comment would.
TOGETHER = [
    ("image", "entity", "jinja"),
    ("end of script", "end of template", "end of style"),
    ("comment",),
    ("quotes", "template literal", "line separator"),
]


def test_every_payload_is_tried() -> None:
    assert sorted(name for names in TOGETHER for name in names) == sorted(PAYLOADS)


# Each choice of each field is made, as by a reader.
EVERY_OPTION = """() => {
    for (const field of document.querySelectorAll("select")) {
        for (const value of [...field.options].map(option => option.value).concat("")) {
            field.value = value;
            field.dispatchEvent(new Event("change", {bubbles: true}));
            field.dispatchEvent(new Event("input", {bubbles: true}));
        }
    }
}"""


@pytest.mark.parametrize("names", TOGETHER, ids=", ".join)
def test_text_of_an_atlas_never_runs(
    browser: Browser, tmp_path: Path, names: tuple[str, ...]
) -> None:
    payload = "".join(PAYLOADS[name] for name in names)
    coded = json.dumps(payload, ensure_ascii=False)[1:-1]
    found = report_atlas.read(tmp_path / "atlas", _everywhere(coded))
    document = report.html(*found, report_atlas.LANGS)
    guard.check(document, "report")
    with watched(browser, document, tmp_path) as view:
        for lang in report_atlas.LANGS:
            page = view.open(f"#lang={lang}")
            page.locator(".all").click()
            said = page.locator("tbody.claim .says").all_text_contents()
            assert all(payload in text for text in said)
            assert payload in (page.locator("#more-lake-area").text_content() or "")
            assert payload in page.title()
            page.evaluate(EVERY_OPTION)
            page.fill("[name=q]", payload)
            assert len(shown(page)) == 13
            page.hover(".says >> nth=0")
            assert page.evaluate("window.ran") is None
            assert page.locator("img, iframe, object, embed, [onerror], [onload]").count() == 0
        reviews = json.loads(page.locator("script[type='application/ld+json']").inner_text())
        assert all(payload in one["claimReviewed"] for one in reviews)


def _everywhere(coded: str) -> Callable[[str], str]:
    """Put a text at the end of every string of the atlas that is free text."""

    def edit(text: str) -> str:
        if text.startswith("{"):
            return text
        free = r"(?m)^((?:title|says|text|official|note|documented\.by|name)[^\n]*)$"

        def line(match: re.Match[str]) -> str:
            return re.sub(
                r'(?<== )"([^"]*)"', lambda m: f'"{m[1]}{coded}"', match[1].replace("\\", "\\\\")
            )

        text = re.sub(free, line, text)
        return re.sub(
            r"(why = \{ )(.*)( \} \})",
            lambda m: m[1] + re.sub(r'"([^"]*)"', lambda n: f'"{n[1]}{coded}"', m[2]) + m[3],
            text,
        )

    return edit


def test_policy_lets_nothing_in(document: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', document)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    guard.check(document, "report")
