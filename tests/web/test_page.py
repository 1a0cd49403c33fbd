"""A page is one file: it opens from disk and from a server with no network, always the same."""

from __future__ import annotations

import base64
import functools
import gzip
import http.server
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
import shapely
from playwright.sync_api import Browser, expect
from shapely.geometry.base import BaseGeometry

from shekara import web
from shekara.scene.model import (
    Feature,
    Kind,
    Panel,
    Reference,
    SceneLayer,
    Series,
    Style,
)
from tests.support import browser as web_browser
from tests.support import scene_parts, web_scenes


def test_page_opens_from_disk_with_no_request_and_no_message(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    with web_browser.watched(browser, document, tmp_path) as shown:
        page = shown.open()
        assert page.locator("h1").inner_text() == "Көл және оның шекарасы"
        assert page.evaluate("document.documentElement.lang") == "kk"
        assert page.locator(".leaflet-pane path").count() > 8


def test_a_page_that_a_browser_saved_opens_again(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    """What stands in the document after it was opened holds the program once, and one map."""
    with web_browser.watched(browser, document, tmp_path) as shown:
        page = shown.open()
        whole, saved = page.locator("[id], script").count(), page.content()
    (tmp_path / "saved").mkdir()
    with web_browser.watched(browser, saved, tmp_path / "saved") as shown:
        page = shown.open()
        assert page.locator("[id], script").count() == whole
        assert page.locator("script").count() == document.count("<script")
        assert page.locator(".leaflet-control-container").count() == 1
        assert page.evaluate("shekara.page.lang") == "kk"


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
        page.wait_for_selector("html[data-whole]")
        page.close()
        server.shutdown()
        thread.join()
    assert Silent.asked == ["/lake.html"]


def test_two_builds_give_the_same_bytes(document: str) -> None:
    assert web.page(web_scenes.lakes()) == document


def test_page_holds_leaflet_once_and_nothing_of_jquery_or_bootstrap(document: str) -> None:
    packed = re.findall(r'class="program" id="program-\d">([^<]*)<', document)
    programs = "".join(gzip.decompress(base64.b64decode(data)).decode() for data in packed)
    assert programs.count("Leaflet 1.9.3, a JS library") == 1
    for name in ("jquery", "bootstrap", "font-awesome", "fontawesome", "glyphicon"):
        assert name not in (document + programs).lower()


def test_who_runs_no_program_reads_the_claims(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    """Each with its verdict in words and what was measured, in the page's first language."""
    claims = web_scenes.lakes()[0].claims
    with web_browser.watched(browser, document, tmp_path, java_script_enabled=False) as watched:
        watched.page.goto(watched.file.as_uri())
        rows = watched.page.locator("#claims li")
        expect(rows).to_have_count(len(claims))
        for row, claim in zip(rows.all(), claims, strict=True):
            expect(row).to_be_visible()
            for said in (claim.verdict_text, claim.says, claim.measured):
                expect(row).to_contain_text(said)
        expect(watched.page.locator(".unrun p").first).to_be_visible()
        steps = watched.page.locator("section.unrun li")
        expect(steps).to_have_count(len(web_scenes.lakes()[0].steps))
        expect(steps.last).to_be_visible()


@pytest.mark.parametrize(
    ("policy", "runs"),
    [
        ("default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
         "img-src data:; font-src data:", True),
        ("default-src 'self'", False),
    ],
    ids=["a host that allows what the page names", "a host that allows no inline program"],
)  # fmt: skip
def test_a_host_with_a_policy_of_its_own(
    browser: Browser, document: str, policy: str, runs: bool
) -> None:
    """Both policies hold: the page runs where the host's one allows it, and else it is read."""
    page = browser.new_page()
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=document,
            headers={"Content-Security-Policy": policy, "Content-Type": "text/html"},
        ),
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("https://lake.example/maps/lake.html")
    if runs:
        page.wait_for_selector("html[data-whole]")
        expect(page.locator("path[aria-label^='Шекара']").first).to_be_attached()
        assert page.locator(".unrun").count() == 0
    else:
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("#claims li").first).to_be_visible()
        # Why there is no map.
        expect(page.locator(".unrun p").first).to_be_visible()
        assert page.locator("html[data-ready]").count() == 0
    assert errors == []
    page.close()


def test_head_has_title_language_and_a_viewport_that_may_be_zoomed(document: str) -> None:
    head = document.split("</head>")[0]
    assert '<html lang="kk" dir="ltr">' in head
    assert "<title>Көл және оның шекарасы – Көлдер атласы</title>" in head
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
    frame.locator("html[data-whole]").wait_for()
    web_browser.speak(frame, "en")
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


def test_a_value_of_an_area_stands_under_what_it_is_the_value_of(
    browser: Browser, tmp_path: Path
) -> None:
    """A name that begins with a number is a name; the drawing of the view has both lines."""
    square = shapely.box(1, 1, 4, 4)
    style = Style(color="#555555", fill="#ccaa88")
    features = (
        Feature("x/1", square, "Westland", style, label="36.9\u00a0%"),
        Feature("x/2", shapely.transform(square, lambda at: at + 5), "Range", style, label="4th"),
    )
    shares = scene_parts.layer("x", "polygon", features, title="X", precision="", credit=())
    scene = replace(web_scenes.bare(), layers=(shares,), extent=(0.0, 0.0, 10.0, 10.0))
    with web_browser.watched(browser, web.page([scene]), tmp_path) as shown:
        page = shown.open()
        labels = page.locator(".label").evaluate_all("all => all.map(one => one.textContent)")
        assert sorted(labels) == ["4th", "Westland\n36.9\u00a0%"]
        texts = page.evaluate(
            "[...shekara.drawing(shekara.page).querySelectorAll('text')].map(t => t.textContent)"
        )
        assert {"Westland", "36.9\u00a0%", "4th"} <= set(texts)


LINE = Style(color="#b3261e")


def layer(*shapes: BaseGeometry | None, kind: Kind = "polygon") -> SceneLayer:
    features = tuple(
        Feature(f"x/{i}", shape, f"n{i}", LINE, label=f"n{i}") for i, shape in enumerate(shapes)
    )
    return scene_parts.layer("x", kind, features, title="X", precision="", credit=())


ODD = {
    "whole world": replace(web_scenes.lake("en"), extent=(-180.0, -90.0, 180.0, 90.0)),
    "a pole": replace(web_scenes.lake("en"), extent=(-180.0, 60.0, 180.0, 90.0)),
    "a point": replace(
        web_scenes.bare(),
        extent=(32.0, -1.0, 32.0, -1.0),
        layers=(layer(shapely.Point(32, -1), kind="point"),),
    ),
    "no layers": replace(web_scenes.bare(), layers=()),
    "no geometry": replace(web_scenes.bare(), layers=(layer(None, shapely.Polygon()),)),
    "mixed": replace(
        web_scenes.bare(),
        layers=(
            layer(
                shapely.from_wkt(
                    "GEOMETRYCOLLECTION(POINT(31 -1), LINESTRING(31 0, 32 0),"
                    " POLYGON((33 0, 34 0, 34 1, 33 0)))"
                )
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_map_is_drawn_without_a_message(browser: Browser, tmp_path: Path, name: str) -> None:
    with web_browser.watched(browser, web.page([ODD[name]]), tmp_path) as shown:
        shown.open()


def test_a_collection_is_drawn_whole(browser: Browser, tmp_path: Path) -> None:
    """A point, a line (with its wide twin for the finger) and an area: three things to reach."""
    with web_browser.watched(browser, web.page([ODD["mixed"]]), tmp_path) as shown:
        assert shown.open().locator("path[data-feature='x/0']").count() == 3


AXES = [(False, False), (True, False), (False, True), (True, True)]
VALUES: list[tuple[tuple[float | str, ...], tuple[float | None, ...]]] = [
    ((), ()),
    ((1.0,), (5.0,)),
    (("a", "b"), (None, None)),
    ((-1.0, 10.0, 1000.0), (0.0, 100.0, -5.0)),
    (("long " * 8, "longer " * 6, "z"), (1.0, 2.0, 3.0)),
]


def test_every_panel_is_drawn_whatever_its_values(browser: Browser, tmp_path: Path) -> None:
    """Nothing, one value, gaps, zero and less on a logarithmic axis: no number is missing."""
    kinds: tuple[Literal["line", "bars", "stacked"], ...] = ("line", "bars", "stacked")
    lines = (Reference(0.0, "none", LINE), Reference(7.0, "seven", LINE))
    panels = tuple(
        Panel(kind, "t", "x", "y", (Series("s", x, y, LINE), Series("u", x, y, LINE)), lines,
              x_log, y_log, not y_log)
        for kind in kinds
        for x, y in VALUES
        for x_log, y_log in AXES
    )  # fmt: skip
    scene = replace(web_scenes.bare(), panels=panels)
    with web_browser.watched(browser, web.page([scene]), tmp_path) as shown:
        page = shown.open()
        charts = page.locator(".chart > svg")
        assert charts.count() == len(panels)
        assert not any("NaN" in chart.inner_html() for chart in charts.all())
