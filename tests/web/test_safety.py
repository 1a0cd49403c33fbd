"""Text from an atlas stays text: each payload in every field, opened in Chromium, runs nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import folium
import pytest
from branca.element import Element
from folium import plugins
from playwright.sync_api import Browser, Page, expect

from shekara import web
from shekara.errors import ShekaraError, UsageError
from shekara.scene.model import Credit
from tests.support import browser as web_browser
from tests.support import web_scenes

PAYLOADS = {
    "image": "<img src=x onerror=\"window.ran='image'\">",
    "svg": "<svg onload=\"window.ran='svg'\"></svg>",
    "end of script": "</script><script>window.ran='script'</script>",
    "end of title": "</title><script>window.ran='title'</script>",
    "end of style": "</style><script>window.ran='style'</script>",
    "comment": "<!--<script>window.ran='comment'//",
    "template": "${window.ran='template'}",
    "jinja": "{{ 7 * 7 }}{% raw %}{{ cycler }}",
    "backtick": "`;window.ran='backtick';`",
    "double quote": '" onmouseover="window.ran=3" autofocus onfocus="window.ran=4" x="',
    "single quote": "' onmouseover='window.ran=1' autofocus onfocus='window.ran=1' '",
    "backslash": "\\';window.ran='backslash';//\u2028window.ran=2",
    "address": "javascript:window.ran='address'",
    "entity": "&lt;img src=x onerror=window.ran=1&gt;&#x3C;script&#x3E;",
}

# What is tried in one page: texts that do not hide each other. An unclosed comment, or a quote
# that ends an attribute early, would.
TOGETHER = [
    ("image", "svg", "entity", "template", "jinja", "backtick"),
    ("end of script", "end of title", "end of style"),
    ("comment",),
    ("double quote", "single quote", "address", "backslash"),
]


def test_every_payload_is_tried() -> None:
    assert sorted(name for names in TOGETHER for name in names) == sorted(PAYLOADS)


# Each feature is reached, opened and hovered over; how many answered with a popup of their own.
ANSWERS = """() => {
    const paths = [...document.querySelectorAll("path[data-feature][tabindex]")];
    const popups = new Set();
    for (const path of paths) {
        path.focus();
        path.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        popups.add(shekara.page.popup?.getContent());
        for (const kind of ["mouseover", "mouseout"])
            path.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
    }
    popups.delete(undefined);
    return popups.size;
}"""
TOUCH = """() => {
    for (const node of document.querySelectorAll("input, a, button:not(:disabled)")) {
        node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        node.dispatchEvent(new FocusEvent("focus"));
    }
}"""


def use_everything(page: Page) -> None:
    """Go through every place where text is shown: popups, names, search, tables, languages."""
    for layer in page.evaluate("shekara.page.layers.filter(l => !l.data.basemap).map(l => l.name)"):
        page.check(f"input[name={layer}]")
    assert page.evaluate(ANSWERS) >= 9
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
    page.fill(".search input", "a")
    page.fill(".search input", "")
    for button in page.locator(".claim").all():
        button.click()
    for lang in web_scenes.LANGS:
        web_browser.speak(page, lang)
    page.evaluate(TOUCH)


@pytest.mark.parametrize("names", TOGETHER, ids=", ".join)
def test_payload_in_every_text_is_shown_as_text(
    browser: Browser, tmp_path: Path, names: tuple[str, ...]
) -> None:
    payload = "".join(PAYLOADS[name] for name in names)
    scenes = [
        web_scenes.with_text(scene, lambda _, text: payload + text) for scene in web_scenes.lakes()
    ]
    with web_browser.watched(browser, web.page(scenes), tmp_path) as shown:
        page = shown.open()
        use_everything(page)
        assert page.evaluate("window.ran") is None
        # It is there to be read, in the title and in a popup, exactly as it was written.
        assert page.locator("h1").text_content() == scenes[2].title
        assert page.title().replace("\u2028", " ").startswith(payload.replace("\u2028", " ")[:20])
        assert page.locator("img, iframe, object, embed, base").count() == 0
        links = [link.get_attribute("href") or "" for link in page.locator("a[href]").all()]
        assert [link for link in links if link[:1] != "#" and link[:4] != "http"] == []


def test_every_text_field_of_the_scene_was_tried() -> None:
    """The walk reaches each field that holds text for readers; a new field must be decided on."""
    seen: set[str] = set()

    def note(field: str, text: str) -> str:
        seen.add(field)
        return text

    web_scenes.with_text(web_scenes.lake("en"), note)
    assert seen >= {
        "Scene.title", "Scene.subtitle", "Scene.atlas_title", "Scene.alt", "Scene.notes",
        "Projection.name", "Projection.sentence", "SceneLayer.title", "SceneLayer.about",
        "SceneLayer.group", "SceneLayer.precision", "Feature.name", "Feature.label",
        "Feature.names", "Row.title", "Row.value", "LegendEntry.title", "LegendEntry.note",
        "SceneClaim.says", "SceneClaim.claimed", "SceneClaim.measured", "SceneClaim.interval",
        "SceneClaim.verdict_text", "SceneClaim.reason", "SceneClaim.source", "SceneClaim.method",
        "SceneClaim.text", "SceneClaim.official", "Series.title", "Series.x", "Series.labels",
        "Reference.title", "Panel.title", "Panel.x_title", "Panel.y_title", "Panel.note",
        "Panel.alt", "Credit.name", "Credit.license", "Credit.date", "Credit.url", "Credit.layers",
    }  # fmt: skip


def test_payload_as_name_and_colour_is_harmless(browser: Browser, tmp_path: Path) -> None:
    """Names of maps, layers and features, file names and colours can hold anything too."""
    scenes = []
    for scene in web_scenes.lakes():
        layers = []
        for payload in PAYLOADS.values():
            for layer in scene.layers:
                features = tuple(
                    replace(
                        f, id=payload + f.id, style=replace(f.style, color=payload, fill=payload)
                    )
                    for f in layer.features
                )
                layers.append(replace(layer, name=payload + layer.name, features=features))
        name = "".join(PAYLOADS.values())
        scenes.append(replace(scene, name=name, layers=tuple(layers), legend=()))
    with web_browser.watched(browser, web.page(scenes), tmp_path) as shown:
        page = shown.open()
        page.locator(".legend input").first.uncheck()
        assert page.evaluate("window.ran") is None


NO_ADDRESSES = [
    "javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "java\nscript:alert(1)", "vbscript:x", "file:///etc/passwd", "//example.org/x", "http:///x",
]  # fmt: skip


def test_a_source_links_to_the_web_or_nowhere(browser: Browser, tmp_path: Path) -> None:
    bad = tuple(
        Credit(f"Source {n}", "MIT", "", url, ()) for n, url in enumerate(NO_ADDRESSES, start=1)
    )
    scenes = [replace(scene, credits=(*bad, scene.credits[0])) for scene in web_scenes.lakes()]
    with web_browser.watched(browser, web.page(scenes), tmp_path) as shown:
        page = shown.open()
        links = page.locator("#credits a")
        assert [link.get_attribute("href") for link in links.all()] == ["https://example.org/lake"]
        text = page.locator("#credits").inner_text()
        assert all(f"Source {n}" in text for n in range(1, len(NO_ADDRESSES) + 1))


def test_a_script_that_slips_in_does_not_run(browser: Browser, tmp_path: Path) -> None:
    """Even markup put into the finished file is stopped: the policy names scripts by their hash."""
    document = web.page(web_scenes.lakes()).replace(
        "</header>", "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'></header>"
    )
    file = tmp_path / "page.html"
    file.write_text(document, encoding="utf-8")
    shown = web_browser.Watched(browser, file)
    page = shown.open()
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in line for line in shown.said)
    shown.context.close()


def test_policy_forbids_every_network_access() -> None:
    document = web.page(web_scenes.lakes())
    policy = document.split('Content-Security-Policy" content="')[1].split('"')[0]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert "unsafe" not in rules["script-src"]
    assert "http" not in policy


@pytest.mark.parametrize(
    "element",
    [
        plugins.Fullscreen(),  # type: ignore[no-untyped-call]
        plugins.MiniMap(),  # type: ignore[no-untyped-call]
        folium.Marker((0, 32), popup="hello"),
        Element("<script src='https://example.org/x.js'></script>"),
        Element("<img src='//example.org/x.png'>"),
        Element("<style>p { background: url(https://example.org/x.png) }</style>"),
        Element("<style>@import 'https://example.org/x.css';</style>"),
        Element("<iframe src='http://example.org'></iframe>"),
        Element("<meta http-equiv=refresh content='0;url=https://example.org'>"),
        folium.TileLayer("OpenStreetMap"),
    ],
    ids=lambda element: type(element).__name__,
)
def test_anything_that_would_be_loaded_stops_the_page(element: Element) -> None:
    view = web.folium_map(web_scenes.lakes())
    page: Any = view.get_root()
    place = page.html if type(element) is Element else view
    place.add_child(element)
    with pytest.raises(ShekaraError):
        view.get_root().render()


def test_elements_of_folium_are_drawn_with_the_page(browser: Browser, tmp_path: Path) -> None:
    """Circles, GeoJSON with tooltip, and markers need Leaflet only."""
    view = web.folium_map(web_scenes.lakes())
    folium.CircleMarker((-1, 31), radius=9, color="#123456").add_to(view)
    folium.Marker((-2, 35)).add_to(view)
    point = {"type": "Point", "coordinates": [34, 0]}
    feature = {"type": "Feature", "properties": {"n": "x"}, "geometry": point}
    shape = {"type": "FeatureCollection", "features": [feature]}
    folium.GeoJson(shape, tooltip=folium.GeoJsonTooltip(["n"])).add_to(view)
    with web_browser.watched(browser, view.get_root().render(), tmp_path) as shown:
        page = shown.open()
        assert page.locator("path[stroke='#123456']").count() == 1
        assert page.locator("img.leaflet-marker-icon").count() == 2
        icon = page.locator("img.leaflet-marker-icon").first
        expect(icon).to_have_js_property("naturalWidth", 25)


def test_tiles_are_asked_for_by_name_only(tmp_path: Path) -> None:
    document = web.page(web_scenes.lakes(), tiles="OpenStreetMap.Mapnik")
    policy = document.split('Content-Security-Policy" content="')[1].split('"')[0]
    assert "img-src data: https://tile.openstreetmap.org;" in policy
    with pytest.raises(ShekaraError, match="no tiles called 'Nowhere'"):
        web.page(web_scenes.lakes(), tiles="Nowhere")


def test_tiles_lie_bare_and_are_the_only_thing_asked_for(browser: Browser, tmp_path: Path) -> None:
    """With tiles our own land and water are off at first, and only the tiles' host is asked."""
    file = tmp_path / "page.html"
    file.write_text(web.page(web_scenes.lakes(), tiles="OpenStreetMap.Mapnik"), encoding="utf-8")
    shown = web_browser.Watched(browser, file)
    page = shown.open("#lang=en")
    assert not page.is_checked("input[name=states]")
    assert page.is_checked("input[name=border]")
    expect(page.locator(".leaflet-tile").first).to_be_attached()
    web_browser.until(page, lambda: shown.asked)
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in shown.asked)
    assert "OpenStreetMap contributors" in page.locator(".leaflet-control-attribution").inner_text()
    assert "loads nothing" not in page.locator("#credits").inner_text()
    shown.context.close()


def test_scenes_that_are_not_one_map_are_refused() -> None:
    kk, ru, en = web_scenes.lakes()
    for wrong in ([], [en, en], [kk, ru, replace(en, layers=en.layers[1:])]):
        with pytest.raises(UsageError):
            web.page(wrong)
