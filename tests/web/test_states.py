"""What a reader changes comes back, goes everywhere, and outlives neither language nor claim."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from shekara import web
from shekara.scene.model import Evidence, Feature, Style
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.browser import speak

MAP = "shekara.page.map"
SECOND = "shekara.page.compare.view"


@pytest.fixture(scope="module")
def document() -> str:
    """The lake with a line beside a claimed one, and a port of which nobody knows where it is."""
    scenes = []
    for scene in web_scenes.lakes():
        beside = Evidence("subject", web_scenes.PIPE, f"beside {scene.say.lang}")
        claims = (replace(scene.claims[0], evidence=(beside,)), *scene.claims[1:])
        lost = Feature("ports/lost", None, "Lost harbour", Style(), names=("Lost harbour",))
        layers = tuple(
            replace(layer, features=(*layer.features, lost)) if layer.name == "ports" else layer
            for layer in scene.layers
        )
        scenes.append(replace(scene, claims=claims, layers=layers))
    return web.page(scenes)


def parks(page: Page, view: str = "shekara.page") -> list[bool]:
    """Which of the two reserves a view shows."""
    shown: list[bool] = page.evaluate(
        f"{view}.layers.find(l => l.name === 'parks').items"
        f".map(item => item.parts.some(p => {view}.map.hasLayer(p)))"
    )
    return shown


def test_the_second_map_has_classes_opacity_and_language_of_the_first(
    shown: web_browser.Watched,
) -> None:
    page = shown.turn("#lang=en&year=1990&compare=1991")
    page.locator("[data-layer=parks] button.class").first.click()
    assert parks(page) == [False, True]
    assert parks(page, SECOND) == [False, True]
    page.locator(".opacities summary").click()
    page.locator(".opacities label", has_text="Reserves").locator("input").fill("40")
    faded = f"{SECOND}.map.getPane('layer-4').style.opacity"
    assert page.evaluate(faded) == "0.4"
    speak(page, "ru")
    expect(page.locator(".second .label", has_text="Большое озеро")).to_have_count(1)
    expect(page.locator(".second path[aria-label^='Граница']")).to_have_count(1)
    page.emulate_media(color_scheme="dark")
    border = "path[data-feature='border/1']"
    stroke = page.locator(f".folium-map {border}").get_attribute("stroke")
    expect(page.locator(f".second {border}")).to_have_attribute("stroke", stroke or "")
    page.emulate_media(color_scheme="light")
    # Another address brings all classes back.
    page = shown.turn("#lang=en&year=1990")
    assert parks(page) == [True, True]
    expect(page.locator("[data-layer=parks] button[aria-pressed=false]")).to_have_count(0)


def test_the_end_of_a_comparison_gives_view_and_years_back(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en")
    zoom = page.evaluate(f"{MAP}.getZoom()")
    button = page.get_by_role("button", name="Two years side by side")
    button.click()
    expect(page.locator(".second")).to_have_count(1)
    assert page.evaluate(f"{MAP}.getZoom()") < zoom
    button.click()
    expect(page.locator(".second")).to_have_count(0)
    assert page.evaluate(f"[{MAP}.getZoom(), shekara.page.year]") == [zoom, None]


def test_the_wheel_over_the_second_map_scrolls_the_page(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&year=1951&compare=1990")
    box = page.locator(".second").bounding_box()
    assert box is not None
    zoom = page.evaluate(f"{MAP}.getZoom()")
    page.mouse.move(box["x"] + 150, box["y"] + 150)
    page.mouse.wheel(0, 200)
    expect(page.locator(".second .wheel-hint")).to_have_class("wheel-hint shown")
    assert page.evaluate(f"{SECOND}.map.getZoom()") == zoom
    page.evaluate("window.scrollTo(0, 0)")


def test_a_claim_speaks_the_new_language_in_every_part(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&claim=border-length")
    lines = page.locator(".loupe li")
    expect(lines).to_have_text(["Border", "beside en"])  # and no word of the program
    # Eight times nearer: places are not those of whole pixels of the map.
    drawn = page.locator(".loupe path:not(.other)").first.get_attribute("d") or ""
    apart = {round(float(part) % 8, 1) for part in re.findall(r"[\d.]+", drawn)}
    assert len(apart) > 2
    speak(page, "ru")
    expect(lines).to_have_text(["Граница", "beside ru"])


def test_an_address_with_a_claim_lends_its_layers_only(shown: web_browser.Watched) -> None:
    """The claim on the lake switches the detailed shore on; the pipe's gives the year up."""
    page = shown.turn("#lang=en&claim=lake-area")
    assert page.is_checked("input[name=shore]")
    page = shown.open(page.evaluate("location.hash"))
    assert page.is_checked("input[name=shore]")
    page.locator("#shown button").click()
    assert not page.is_checked("input[name=shore]")
    page = shown.turn("#lang=en&year=1951&claim=pipe-length")
    assert page.evaluate("shekara.page.year") is None
    page = shown.open(page.evaluate("location.hash"))
    page.locator("#shown button").click()
    assert page.evaluate("shekara.page.year") == 1951


def test_what_was_searched_glows_as_long_as_its_card_is_open(page: Page) -> None:
    for name in ("Kisumu", "Mwanza"):
        page.get_by_role("combobox").first.fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name=f"{name} (Ports)")).to_have_count(1)
        expect(page.locator("path.glow")).to_have_count(1)
    # The first card fades while the second is there.
    expect(page.locator(".leaflet-popup")).to_have_count(1)
    page.locator(".leaflet-popup-close-button").click()
    expect(page.locator("path.glow")).to_have_count(0)


def test_a_search_leaves_the_evidence_of_a_claim_alone(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&claim=pipe-length")
    expect(page.locator("path.glow")).to_have_count(1)
    page.get_by_role("combobox").first.fill("Kisumu")
    page.keyboard.press("Enter")
    expect(page.locator("path.glow")).to_have_count(2)
    page.locator(".leaflet-popup-close-button").click()
    expect(page.locator("path.glow")).to_have_count(1)
    assert page.evaluate("shekara.page.highlight.ids") == ["pipes/1"]


def test_what_has_no_place_is_found_in_its_table(page: Page) -> None:
    page.locator("[data-table=ports] summary").click()
    expect(page.locator("[data-table=ports]")).not_to_have_attribute("open", "")
    page.get_by_role("combobox").first.fill("Lost harbour")
    page.keyboard.press("Enter")
    expect(page.locator("[data-table=ports]")).to_have_attribute("open", "")


def test_what_is_asked_for_is_seen_though_its_class_was_switched_off(page: Page) -> None:
    first = page.locator("[data-layer=parks] button.class").first
    first.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    assert parks(page) == [False, True]
    page.evaluate("(({layer, i}) => shekara.page.show([{layer, i}]))(shekara.page.find('parks/1'))")
    expect(first).to_have_attribute("aria-pressed", "true")
    assert parks(page) == [True, True]


def test_a_place_that_the_map_does_not_show_is_not_offered(page: Page) -> None:
    page.get_by_role("combobox").first.fill("-1.5, -327")  # once more around the globe
    expect(page.locator("#found li").first).to_contain_text("Show the place")
    page.get_by_role("combobox").first.fill("60, 100")
    expect(page.locator("#found li").first).to_have_text("Nothing found")


def test_no_layer_at_all_is_kept_in_the_address(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en")
    on = page.locator("#legend [data-layer] label input:checked")
    while on.count():
        on.first.uncheck()
    page = shown.open(page.evaluate("location.hash"))
    expect(page.locator("#legend [data-layer] label input:checked")).to_have_count(0)


def test_the_last_language_asked_for_is_spoken(shown: web_browser.Watched) -> None:
    """Kazakh is unpacked first, English is there at once; the reader asked for English last."""
    page = shown.open("#lang=en")
    page.evaluate("Promise.all([shekara.page.speak('kk'), shekara.page.speak('en')])")
    assert page.evaluate("[shekara.page.lang, document.documentElement.lang]") == ["en", "en"]


def test_the_last_address_is_followed(shown: web_browser.Watched) -> None:
    """The first asks for a language that has to be unpacked, the second is there at once."""
    page = shown.open("#lang=en")
    page.evaluate("""async () => {
        const heard = () =>
            new Promise(done => addEventListener("hashchange", done, { once: true }));
        for (const address of ["lang=kk&year=1966", "year=1951"]) {
            const moved = heard();
            location.hash = address;
            await moved;
        }
    }""")
    page.evaluate("shekara.page.load('kk').then(() => shekara.page.load('en'))")
    expect(page.locator("#time output")).to_have_text("1951")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "year=1951" in page.evaluate("location.hash")


def test_playing_ends_where_something_else_sets_the_year(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&year=1951")
    page.get_by_role("button", name="Play", exact=False).click()
    page = shown.turn("#lang=en&year=1966")
    assert page.evaluate("shekara.page.time.timer") is None
    page.get_by_role("button", name="Play", exact=False).click()
    page.evaluate("shekara.page.story.open(0)")
    assert page.evaluate("shekara.page.time.timer") is None
    page.evaluate("shekara.page.story.close()")


def test_the_code_to_embed_follows_a_move_of_the_map(page: Page) -> None:
    page.evaluate(f"{MAP}.setView([-1.5, 32.5], 9, {{animate: false}})")
    code = page.locator("#share textarea").input_value()
    assert "view=-1.5" in code
    assert page.evaluate("location.hash").split("view=")[1].split("&")[0] in code


def test_a_card_is_named_in_the_language_of_the_page(page: Page) -> None:
    page.evaluate("shekara.page.openPopup(...Object.values(shekara.page.find('parks/1')))")
    expect(page.get_by_role("dialog")).to_have_accessible_name("Reserves (Reserves)")
    speak(page, "ru")
    expect(page.get_by_role("dialog")).to_have_accessible_name("Заповедники (Заповедники)")
    expect(page.locator(".leaflet-popup-close-button")).to_have_accessible_name("Закрыть")


def test_the_way_back_of_the_browser_is_no_way_through_features(page: Page) -> None:
    path = page.locator("path[data-feature='parks/1']")
    path.focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(path).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("path[data-feature='parks/2']")).to_be_focused()


def test_paper_that_is_laid_out_twice_gives_the_view_back(page: Page) -> None:
    view = f"[{MAP}.getCenter().lat, {MAP}.getCenter().lng, {MAP}.getZoom()]"
    page.evaluate(f"{MAP}.setView([-1.5, 32.5], 9, {{animate: false}})")
    before = page.evaluate(view)
    for name in ("beforeprint", "beforeprint", "afterprint"):
        page.evaluate(f"window.dispatchEvent(new Event('{name}'))")
    assert page.evaluate(view) == pytest.approx(before, abs=1e-6)


def test_after_a_finger_the_mouse_moves_the_map(page: Page) -> None:
    touch = """name => {
        const node = document.querySelector(".folium-map");
        const at = new Touch({identifier: 1, target: node, clientX: 200, clientY: 200});
        const touches = name === "touchend" ? [] : [at];
        node.dispatchEvent(new TouchEvent(name, {touches, changedTouches: [at], bubbles: true}));
    }"""
    page.evaluate(touch, "touchstart")
    assert page.evaluate(f"{MAP}.dragging.enabled()") is False
    page.evaluate(touch, "touchend")
    assert page.evaluate(f"{MAP}.dragging.enabled()") is True


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("year=99999", [1999, None]),
        ("year=-400", [1951, None]),
        ("year=1960-4000", [1960, 1999]),
        ("year=3000-4000", [1999, None]),
        ("year=1960&compare=2500", [1960, None]),
    ],
)
def test_a_year_that_the_map_has_not_is_said(
    shown: web_browser.Watched, asked: str, held: list[int | None]
) -> None:
    """The nearest that it has is shown, until the reader chooses one."""
    page = shown.turn(f"#lang=en&{asked}")
    said = page.locator("#time .said")
    expect(said).to_contain_text("The map has the years 1951–1999")
    assert page.evaluate("[shekara.page.year, shekara.page.until]") == held
    page.evaluate("shekara.page.setYear(1970)")
    expect(said).to_have_text("")
