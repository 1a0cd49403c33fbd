"""Every control of the page is used once, in Chromium with the network cut, and its effect seen."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pyproj import Geod

from shekara import web
from shekara.scene.citations import Citation
from shekara.scene.model import LegendEntry, Style
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.browser import until

GEOD = Geod(ellps="WGS84")


# Where in the window a place [lon, lat] is drawn.
IN_WINDOW = """([lon, lat]) => {
    const map = shekara.page.map;
    const point = map.latLngToContainerPoint([lat, lon]);
    const box = map.getContainer().getBoundingClientRect();
    return [box.left + point.x, box.top + point.y];
}"""


# The years in which something on the map of the lake begins, or is gone.
STEPS = [1951, 1958, 1966, 1990, 1993, 1999]


def choose_year(page: Page, year: int) -> None:
    page.locator("#time input[type=range]").fill(str(STEPS.index(year)))


def feature(page: Page, name: str) -> Any:
    """The focusable path of a feature."""
    return page.locator(f'path[data-feature="{name}"]')


def centre(page: Page) -> tuple[float, float]:
    at = page.evaluate(
        "(() => { const c = shekara.page.map.getCenter(); return [c.lng, c.lat]; })()"
    )
    return at[0], at[1]


def test_buttons_zoom_and_bring_the_whole_map_back(page: Page) -> None:
    zoom = "shekara.page.map.getZoom()"
    before = page.evaluate(zoom)
    page.click("[data-tool=zoom_in]")
    until(page, f"{zoom} === {before + 1}")
    page.click("[data-tool=zoom_out]")
    until(page, f"{zoom} === {before}")
    page.evaluate("shekara.page.map.setView([0, 31], 9, {animate: false})")
    page.click("[data-tool=home]")
    until(page, f"{zoom} === {before}")


def test_a_layer_is_switched_and_keeps_its_place(page: Page) -> None:
    """Off and on again, the parks lie under the border as before: by pane, not by order."""
    box = page.locator("input[name=parks]")
    assert feature(page, "parks/1").count() == 1
    box.uncheck()
    assert feature(page, "parks/1").count() == 0
    expect(page).to_have_url(re.compile("layers=(?!.*parks)"))
    box.check()
    assert feature(page, "parks/1").count() == 1
    order = page.evaluate(
        "['parks', 'border', 'pipes', 'ports'].map(name => {"
        " const layer = shekara.page.layers.find(l => l.name === name);"
        " return Number(getComputedStyle(shekara.page.map.getPane(layer.pane)).zIndex); })"
    )
    assert order == sorted(order)
    assert len(set(order)) == 4


def test_layers_stand_in_groups_with_the_background_last(page: Page) -> None:
    groups = page.locator("#legend legend").all_inner_texts()
    assert groups[0] == "Economy"
    assert groups[-1] == "Background"
    economy = page.locator("#legend fieldset").first.locator("> ul > li")
    assert [row.get_attribute("data-layer") for row in economy.all()] == ["ports", "flow", "pipes"]


def test_a_detailed_layer_is_drawn_on_demand_only(shown: web_browser.Watched) -> None:
    page = shown.open("#lang=en")
    assert feature(page, "shore/1").count() == 0
    assert page.evaluate("shekara.page.layers.find(l => l.name === 'shore').items") is None
    page.check("input[name=shore]")
    assert feature(page, "shore/1").count() == 1


def test_legend_shows_dashes_hatches_and_graduated_circles(page: Page) -> None:
    pipes = page.locator('#legend li[data-layer="pipes"]')
    assert pipes.locator("path[stroke-dasharray='6 3']").count() == 1
    parks = page.locator('#legend li[data-layer="parks"]')
    assert parks.locator("pattern").count() == 2
    wide = [
        path.evaluate("node => node.getBBox().width")
        for path in page.locator('#legend li[data-layer="ports"] li svg path').all()
    ]
    # Kisumu 410, Mwanza 700, Entebbe 70: circles as large as on the map, 16.7, 20.5 and 9.2 wide.
    assert wide == pytest.approx([4 + n**0.5 / 1.6 for n in (410, 700, 70)], abs=0.1)


def test_what_stands_over_sizes_has_no_sign(browser: Browser, tmp_path: Path) -> None:
    lake = web_scenes.lake("en")
    over = LegendEntry("pipes", "Tonnes a day", "line", Style(width=2, arrow=True), heading=True)
    told = replace(lake, legend=(*lake.legend, over))
    with web_browser.watched(browser, web.page([told]), tmp_path) as shown:
        rows = shown.open("#lang=en").locator('#legend li[data-layer="pipes"] li')
        assert rows.filter(has_text="Tonnes a day").locator("svg, button").count() == 0
        assert rows.filter(has_text="Tonnes a day").count() == 1
        assert rows.filter(has_text="Gas").locator("svg").count() == 1


def test_graticule_can_be_switched_off(page: Page) -> None:
    assert page.locator("path.grid").count() > 4
    assert "32°\u00a0E" in page.locator(".grid-labels").inner_text()
    page.uncheck("input[name=graticule]")
    assert page.locator("path.grid").count() == 0


def test_search_finds_names_of_every_language(page: Page) -> None:
    """In English shown, Russian and Kazakh names are found too."""
    for typed, name in (("озеро", "Great Lake"), ("КӨЛ", "Great Lake"), ("mwan", "Mwanza")):
        page.fill(".search input", typed)
        assert name in page.locator(".search li").first.inner_text()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator(".leaflet-popup h2")).to_have_text(name)
        page.evaluate("shekara.page.map.closePopup()")
        expect(page.locator(".leaflet-popup")).to_have_count(0)  # it stays while it fades


def test_search_says_when_nothing_is_found(page: Page) -> None:
    page.fill(".search input", "qqq")
    assert page.locator(".search li").inner_text() == "Nothing found"
    page.keyboard.press("Escape")
    assert not page.locator(".search ul").is_visible()


def test_pointer_position_is_shown_in_degrees_and_minutes(page: Page) -> None:
    at = page.evaluate(IN_WINDOW, [31.25, -1.5])
    page.mouse.move(*at)
    shown = page.locator(".readout").inner_text()
    match = re.fullmatch(r"1°(\d\d\.\d)′\u00a0S, 31°(\d\d\.\d)′\u00a0E", shown)
    assert match, shown
    # 1.5° S is 1°30′, 31.25° E is 31°15′; a pixel is half a minute here.
    assert float(match[1]) == pytest.approx(30, abs=0.6)
    assert float(match[2]) == pytest.approx(15, abs=0.6)


def test_scale_bar_is_true_at_the_centre(page: Page) -> None:
    for latitude in (-3.0, 0.5):
        page.evaluate(f"shekara.page.map.setView([{latitude}, 33], 9, {{animate: false}})")
        wide = page.locator(".scale span").evaluate("node => parseFloat(node.style.width)")
        stated = float(page.locator(".scale").get_attribute("data-metres") or 0)
        ends = page.evaluate(
            """wide => {
                const map = shekara.page.map;
                const size = map.getSize();
                return [-wide / 2, wide / 2].map(d => {
                    const point = map.containerPointToLatLng([size.x / 2 + d, size.y / 2]);
                    return [point.lng, point.lat];
                });
            }""",
            wide,
        )
        assert GEOD.inv(*ends[0], *ends[1])[2] == pytest.approx(stated, rel=1e-3)


def test_full_screen_fills_the_window_and_goes_back(page: Page) -> None:
    before = page.locator("#plate").bounding_box()
    claims = page.locator("#claims .claim").first
    page.click("[data-tool=full_screen]")
    expect(page.locator("[data-tool=full_screen]")).to_have_attribute("aria-pressed", "true")
    box = page.locator("#plate").bounding_box()
    assert box is not None
    assert box["height"] >= 700
    # Legend and claims are kept beside the map.
    expect(page.locator("#legend")).to_be_in_viewport()
    expect(claims).to_be_in_viewport()
    page.click("[data-tool=full_screen]")
    expect(page.locator("[data-tool=full_screen]")).to_have_attribute("aria-pressed", "false")
    assert page.locator("#plate").bounding_box() == before


def test_the_address_keeps_view_language_layers_and_year(shown: web_browser.Watched) -> None:
    page = shown.open("#lang=ru")
    page.uncheck("input[name=ports]")
    choose_year(page, 1966)
    page.evaluate("shekara.page.map.setView([-1, 31.5], 8.5, {animate: false})")
    page = shown.open(page.evaluate("location.hash"))
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert not page.locator("input[name=ports]").is_checked()
    assert page.locator("#time output").inner_text() == "1966"
    assert page.evaluate("shekara.page.map.getZoom()") == 8.5
    lon, lat = centre(page)
    assert (lon, lat) == pytest.approx((31.5, -1), abs=0.01)


def test_an_address_is_followed_though_the_map_comes_to_rest_meanwhile(
    shown: web_browser.Watched,
) -> None:
    """What the map writes at the end of a move does not undo what was just typed."""
    page = shown.turn("#lang=en")
    page.evaluate(
        "() => { location.hash = '#lang=ru&year=1966'; shekara.page.map.fire('moveend'); }"
    )
    expect(page.locator("#time output")).to_have_text("1966")
    expect(page.locator("html")).to_have_attribute("lang", "ru")


def test_the_address_is_kept_after_the_way_to_a_place_of_the_page_and_back(
    shown: web_browser.Watched,
) -> None:
    page = shown.turn("#lang=en")
    page.locator("#skip").press("Enter")
    expect(page).to_have_url(re.compile("#after-map$"))
    page.evaluate(
        """() => new Promise(done => {
            window.addEventListener("hashchange", () => done(), { once: true });
            history.back();
        })"""
    )
    expect(page).to_have_url(re.compile("lang=en"))
    page.evaluate("() => { shekara.page.map.setView([-1, 33], 9, { animate: false }); }")
    expect(page).to_have_url(re.compile(r"view=-1\.0*,33\.0*,9&"))


def test_an_address_that_is_nonsense_opens_the_map_as_it_is(shown: web_browser.Watched) -> None:
    page = shown.open("#view=a,b&lang=xx&year=zz&layers=")
    assert page.locator("h1").inner_text() == "Көл және оның шекарасы"


def test_an_address_can_name_a_claim_and_keeps_the_one_that_is_shown(
    shown: web_browser.Watched,
) -> None:
    """What a report links to: the claim is chosen and its geometry is drawn on top."""
    page = shown.open("#claim=lake-area&lang=en")
    assert page.locator("[data-claim=lake-area] button").get_attribute("aria-pressed") == "true"
    assert page.evaluate("shekara.page.highlight.ids") == ["shore/1"]
    expect(page).to_have_url(re.compile("claim=lake-area"))
    page.locator("[data-claim=lake-area] button").click()
    expect(page).not_to_have_url(re.compile("claim="))
    page = shown.open("#claim=no-such-claim")
    assert page.locator("#claims [aria-pressed=true]").count() == 0


def test_choosing_a_claim_shows_what_was_measured(page: Page) -> None:
    """The lake's claim is on the detailed layer: it is switched on, framed and drawn on top."""
    rows = page.locator("#claims li")
    assert [row.get_attribute("data-claim") for row in rows.all()] == [
        "border-length", "lake-area", "pipe-length",
    ]  # fmt: skip
    text = rows.nth(0).inner_text()
    for said in ("holds", "longer than 300 km", "482 km", "480–484 km", "475 km"):
        assert said in text
    rows.nth(1).locator("button").click()
    assert page.is_checked("input[name=shore]")
    assert page.locator("path.glow").count() == 1
    assert page.evaluate("shekara.page.highlight.ids") == ["shore/1"]
    inside = page.evaluate("shekara.page.map.getBounds().contains([[-2.7, 31.6], [0.3, 34.2]])")
    assert inside
    rows.nth(1).locator("button").click()
    assert page.locator("path.glow").count() == 0


def test_a_popup_gives_text_measured_and_official_values(page: Page) -> None:
    page.evaluate("shekara.page.map.setView([-2.2, 33.1], 9, {animate: false})")
    feature(page, "border/1").click(position={"x": 5, "y": 5}, force=True)
    feature(page, "border/1").press("Enter")
    text = page.locator(".leaflet-popup-content").inner_text()
    for said in ("Border", "482", "Claimed", "300 km", "Measured", "Official", "475 km"):
        assert said in text
    assert page.locator(".leaflet-popup a[href='https://example.org/lake']").count() == 1


def test_hovering_shows_the_name(page: Page) -> None:
    box = feature(page, "ports/1").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 30, y)
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip")).to_have_text("Mwanza")


def test_measuring_agrees_with_the_ellipsoid(page: Page) -> None:
    """A triangle clicked on the map: perimeter so far and area are those of GeographicLib."""
    page.click("[data-tool=measure]")
    corners = [(31.0, -2.5), (35.0, -2.0), (32.5, 0.2)]
    for lon, lat in corners:
        at = page.evaluate(IN_WINDOW, [lon, lat])
        page.mouse.click(*at)
    points = page.evaluate("shekara.page.measure.points")
    assert len(points) == 3
    lons, lats = zip(*points, strict=True)
    panel = page.locator(".measured")
    length = float(panel.get_attribute("data-metres") or 0)
    area = float(panel.get_attribute("data-square-metres") or 0)
    assert length == pytest.approx(GEOD.line_length(lons, lats), rel=1e-9)
    assert area == pytest.approx(abs(GEOD.polygon_area_perimeter(lons, lats)[0]), rel=1e-9)
    assert f"{length / 1000:.1f}\u00a0km" in panel.inner_text()
    assert re.search(r"\d\d,\d\d\d\u00a0km²", panel.inner_text())
    page.keyboard.press("Escape")
    assert not panel.is_visible()


def test_measuring_works_by_keyboard(page: Page) -> None:
    """Space sets a point at the centre, an arrow moves the map, Backspace takes a point back."""
    page.click("[data-tool=measure]")
    page.keyboard.press(" ")
    west = centre(page)[0]
    page.keyboard.press("ArrowRight")
    until(
        page,
        f"shekara.page.map.getCenter().lng > {west} && !shekara.page.map._panAnim?._inProgress",
    )
    page.keyboard.press(" ")
    points = page.evaluate("shekara.page.measure.points")
    assert len(points) == 2
    assert points[1][0] > points[0][0]
    page.keyboard.press("Backspace")
    assert len(page.evaluate("shekara.page.measure.points")) == 1


def test_the_slider_shows_what_there_was_in_a_year(page: Page) -> None:
    lived = ("parks/1", "parks/2", "pipes/1", "pipes/2")
    for year, seen in (
        (1951, ["parks/1"]),
        (1958, ["parks/1", "pipes/2"]),  # in service since the middle of 1958
        (1966, ["parks/1", "pipes/1", "pipes/2"]),
        (1990, ["parks/1", "parks/2", "pipes/1", "pipes/2"]),
        (1993, ["parks/2", "pipes/1", "pipes/2"]),
        (1999, ["parks/2", "pipes/1", "pipes/2"]),
    ):
        choose_year(page, year)
        assert page.locator("#time output").inner_text() == str(year)
        assert [name for name in lived if feature(page, name).count()] == seen
        # What has no years is always there.
        assert feature(page, "border/1").count() == 1


def test_the_slider_stops_only_where_something_changes(page: Page) -> None:
    """Its ticks are the years of a beginning or an end; empty years between are skipped."""
    ticks = page.locator("#time datalist option")
    assert [tick.get_attribute("label") for tick in ticks.all()] == [str(year) for year in STEPS]


def test_the_wheel_scrolls_the_page_until_the_map_is_asked(shown: web_browser.Watched) -> None:
    page = shown.open("#lang=en")
    zoom = "shekara.page.map.getZoom()"
    before = page.evaluate(zoom)
    page.set_viewport_size({"width": 1280, "height": 500})
    page.hover(".canvas", position={"x": 400, "y": 250})
    page.mouse.wheel(0, 240)
    until(page, "window.scrollY > 0")
    assert page.evaluate(zoom) == before
    expect(page.locator(".wheel-hint")).to_have_class("wheel-hint shown")
    page.hover(".canvas", position={"x": 400, "y": 250})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    until(page, f"{zoom} > {before}")
    page.keyboard.up("Control")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_all_years_and_playing(page: Page) -> None:
    assert page.locator("#time output").inner_text() == "1951–1999"
    page.click("#time button")
    expect(page.locator("#time output")).to_have_text("1958")  # the first step is 1951
    page.click("#time button")
    assert page.evaluate("shekara.page.time.timer") is None
    page.check("#time input[type=checkbox]")
    expect(page).not_to_have_url(re.compile("year="))
    assert feature(page, "parks/2").count() == 1


def test_charts_draw_every_series_reference_and_estimate(page: Page) -> None:
    line, bars, stacked = (page.locator(f'[data-chart="{n}"]') for n in range(3))
    # Kisumu has a gap: its line is in two pieces, so its path starts twice.
    paths = [
        path.get_attribute("d") or "" for path in line.locator("svg > path[stroke-linejoin]").all()
    ]
    assert [path.count("M") for path in paths] == [2, 1]
    assert "500" in (line.locator("> svg").text_content() or "")
    assert line.locator(".hollow").count() == 1
    assert bars.locator("rect[fill^='url']").count() == 1
    heights = [float(r.get_attribute("height") or 0) for r in bars.locator("> svg > rect").all()]
    # 410, 700 and 70 thousand: bars in this proportion, wherever they stand.
    assert [h / heights[1] for h in heights] == pytest.approx([410 / 700, 1, 0.1], abs=0.01)
    lefts = [float(r.get_attribute("x") or 0) for r in bars.locator("> svg > rect").all()]
    assert lefts[1] < lefts[0] < lefts[2]
    tops = [r.bounding_box() for r in stacked.locator("> svg > rect").all()]
    assert len(tops) == 4
    # In 1980 gas stands on oil: its bar ends where oil's begins.
    oil, gas = tops[0], tops[3]
    assert oil is not None
    assert gas is not None
    assert gas["y"] + gas["height"] == pytest.approx(oil["y"], abs=1)
    assert bars.locator("svg").first.get_attribute("aria-label") == "Mwanza is largest."


def test_tables_hold_every_feature_and_sort(page: Page) -> None:
    table = page.locator('details[data-table="ports"]')
    rows = table.locator("tbody th")
    assert rows.all_inner_texts() == ["Kisumu", "Mwanza", "Entebbe"]
    table.get_by_role("button", name="Inhabitants").click()
    assert rows.all_inner_texts() == ["Entebbe", "Kisumu", "Mwanza"]
    head = table.locator("thead th").nth(1)  # what a class says is not said twice
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert rows.all_inner_texts() == ["Mwanza", "Kisumu", "Entebbe"]
    pipes = page.locator('details[data-table="pipes"]')
    pipes.locator("summary").click()
    assert "1958" in pipes.locator("tbody").inner_text()
    counted = {
        node.get_attribute("data-table"): node.locator("summary small").inner_text()
        for node in page.locator("details[data-table]").all()
    }
    assert counted["parks"] == "(2)"
    assert "states" not in counted


def test_a_row_of_the_table_leads_to_the_map(page: Page) -> None:
    page.locator('details[data-table="ports"]').get_by_role("button", name="Mwanza").click()
    assert page.locator(".leaflet-popup h2").inner_text() == "Mwanza"
    lon, lat = centre(page)
    assert (lon, lat) == pytest.approx((32.9, -2.52), abs=1.2)


def test_every_language_changes_the_whole_page(page: Page) -> None:
    for lang, title, scale, search in (
        ("kk", "Көл және оның шекарасы – Көлдер атласы", "50\u00a0км", "Картадан іздеу"),
        ("ru", "Озеро и его граница – Атлас озёр", "50\u00a0км", "Поиск на карте"),
        ("en", "The lake and its border – Atlas of lakes", "50\u00a0km", "Search the map"),
    ):
        web_browser.speak(page, lang)
        assert page.title() == title
        assert page.locator(".scale").inner_text() == scale
        assert page.get_attribute(".search input", "placeholder") == search
        expect(page).to_have_url(re.compile(f"lang={lang}"))
        said = page.locator("body").inner_text()
        for other in {"kk", "ru", "en"} - {lang}:
            for key in ("title", "note", "says", "parks", "people"):
                text = web_scenes.TEXTS[key][other]
                if text not in {web_scenes.TEXTS[key][lang]}:
                    assert text not in said
        border = web_scenes.TEXTS["border"][lang]
        assert feature(page, "border/1").get_attribute("aria-label") == f"{border} ({border})"


def test_numbers_follow_the_language(page: Page) -> None:
    """A thousand has a comma in English, a space that does not break in Russian and Kazakh."""
    texts = {
        lang: page.evaluate(
            "async lang => { const p = shekara.page; await p.speak(lang);"
            " return shekara.nodes.lengthText(7119400, p.text.numbers)"
            " + ' ' + shekara.nodes.lengthText(12.34, p.text.numbers); }",
            lang,
        )
        for lang in ("en", "ru", "kk")
    }
    assert texts == {
        "en": "7,119\u00a0km 12.3\u00a0m",
        "ru": "7\u00a0119\u00a0км 12,3\u00a0м",
        "kk": "7\u00a0119\u00a0км 12,3\u00a0м",
    }


def test_the_popup_changes_its_language_too(page: Page) -> None:
    feature(page, "ports/0").press("Enter")
    page.evaluate("shekara.page.speak('ru')")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Порты")


def test_leaflet_is_credited_in_plain_text(page: Page) -> None:
    """No flag, no link, no picture in the corner."""
    corner = page.locator(".leaflet-control-attribution")
    assert corner.inner_text().strip() == "Leaflet"
    assert corner.locator("a, svg, img").count() == 0


def test_credits_notes_and_projection_are_said(page: Page) -> None:
    credits = page.locator("#credits").inner_text()
    for said in ("Survey of the lake", "CC BY 4.0", "1 March 2020", "loads nothing"):
        assert said in credits
    notes = page.locator("#notes").inner_text()
    for said in (
        "in one projection",
        "WGS 84",
        "Lambert azimuthal",
        "drawn schematically",
        "14\u00a0m",  # 10.4 m of a pixel of the nearest view, 3.7 m of half a step
    ):
        assert said in notes
    assert "schematic" in page.locator('#legend li[data-layer="pipes"]').inner_text()
    assert "computed" in page.locator('#legend li[data-layer="median"]').inner_text()


def test_a_map_across_the_antimeridian_is_one_piece(browser: Browser, tmp_path: Path) -> None:
    """Shapes at 177°–180° and at 180°–178° W touch on the map."""
    with web_browser.watched(browser, web.page(web_scenes.antimeridian()), tmp_path) as shown:
        page = shown.open("#lang=en")
        boxes = [feature(page, f"isles/{n}").bounding_box() for n in (1, 2)]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["x"] + boxes[0]["width"] == pytest.approx(boxes[1]["x"], abs=2.5)
        frame = page.locator(".canvas").bounding_box()
        assert frame is not None
        third = feature(page, "isles/3").bounding_box()
        assert third is not None
        assert frame["x"] < third["x"] < frame["x"] + frame["width"]


def test_a_claim_leads_to_its_sources(browser: Browser, tmp_path: Path) -> None:
    """Each source of a claim, by its name, leads to its line in the list of sources."""
    survey = Citation("Survey, 2020", "CC0-1.0", "2020", "2020", "", key="survey")
    scenes = [
        replace(scene, claims=(replace(scene.claims[0], citations=(survey,)), *scene.claims[1:]))
        for scene in web_scenes.lakes()
    ]
    with web_browser.watched(browser, web.page(scenes), tmp_path) as shown:
        page = shown.open("#lang=en")
        page.locator("#claims li >> nth=0").get_by_role("link", name="Survey, 2020").click()
        assert page.evaluate("document.activeElement.textContent").startswith("Survey, 2020")
