"""What a reader takes along: files of layers and of the view, the embedded page, links around."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
import shapely
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from shekara import web
from shekara.cli import app
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.modules import run

AROUND = web.Surroundings(
    index="../index.html",
    report="../report.html",
    sheets={lang: f"../sheets/lake.{lang}.pdf" for lang in web_scenes.LANGS},
    before=web.Neighbour("hills.html", {"kk": "Төбелер", "ru": "Холмы", "en": "Hills"}),
    after=None,
    address="https://example.org/atlas/maps/lake.html",
    picture="pictures/lake.png",
)


@pytest.fixture(scope="module")
def document() -> str:
    return web.page(web_scenes.lakes(), around=AROUND)


def given(page: Page, name: str) -> tuple[str, bytes]:
    """Name and content of the file that a button gives."""
    with page.expect_download() as waiting:
        page.click(f"[data-give={name}]")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_layer_is_given_as_geojson(page: Page) -> None:
    name, content = given(page, "geojson-parks")
    assert name == "parks.en.geojson"
    layer = json.loads(content)
    shapes = [shapely.from_geojson(json.dumps(one["geometry"])) for one in layer["features"]]
    apart = shapes[0].symmetric_difference(web_scenes.PARK_A).area
    assert apart == pytest.approx(0, abs=1e-3)
    assert layer["features"][0]["properties"]["Length"] == 12
    assert layer["features"][0]["id"] == "parks/1"


def test_a_layer_is_given_as_a_table(page: Page) -> None:
    name, content = given(page, "csv-ports")
    assert name == "ports.en.csv"
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][0] == "Name"
    assert rows[0][-2:] == ["lon", "lat"]
    assert rows[1][:-2] == ["Kisumu", "410"]
    lon, lat, _ = web_scenes.PORTS["Kisumu"]
    assert [float(cell) for cell in rows[1][-2:]] == pytest.approx([lon, lat], abs=1e-3)


def test_areas_are_given_as_a_table_that_can_be_put_on_a_map(page: Page, tmp_path: Path) -> None:
    name, content = given(page, "csv-parks")
    file = tmp_path / name
    file.write_bytes(content)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    shapes = [shapely.from_wkt(row["WKT"]) for row in rows]
    for shape, park in zip(shapes, (web_scenes.PARK_A, web_scenes.PARK_B), strict=True):
        assert shape.symmetric_difference(park).area == pytest.approx(0, abs=1e-3)
    answer = CliRunner().invoke(app, ["measure", str(file), "--crs", "EPSG:4326", "--json"])
    assert answer.exit_code == 0, answer.output


def test_a_table_has_its_places_only_where_a_spreadsheet_takes_them() -> None:
    """A cell of more letters is torn apart there; collections and gaps are written, too."""
    line = {"type": "LineString", "coordinates": [[i, 0.5] for i in range(4000)]}
    point = {"type": "Point", "coordinates": [1, 2]}
    both = {
        "type": "GeometryCollection",
        "geometries": [point, line | {"coordinates": [[0, 1], [2, 3]]}],
    }
    long, points, mixed, nothing = run(
        "giving",
        *(f"giving.whereabouts({json.dumps(shapes)})" for shapes in
          ([line], [point, None], [both, None], [None])),
    )  # fmt: skip
    assert (long, nothing) == ([], [])
    assert points == [{"title": "lon", "cells": [1, None]}, {"title": "lat", "cells": [2, None]}]
    ((text, gap),) = [column["cells"] for column in mixed]
    assert shapely.from_wkt(text).geoms[1].coords[:] == [(0, 1), (2, 3)]
    assert gap is None


def test_the_view_is_given_as_a_drawing_that_stands_alone(page: Page) -> None:
    name, content = given(page, "view-svg")
    assert name.endswith(".en.svg")
    drawing = content.decode()
    for said in ("The lake and its border", "Kisumu", "Sources and licences"):
        assert said in drawing
    # With what the licences ask for, a scale, degrees, and the letters that names were placed for.
    credit = page.locator("#credits li", has_text="CC BY 4.0").first
    assert f"{credit.locator('a').inner_text()} (CC BY 4.0)" in re.sub("<[^>]*>", " ", drawing)
    for said in (
        page.locator(".scale").inner_text(),
        page.locator(".grid-label").first.inner_text(),
    ):
        assert said in drawing
    assert drawing.count("@font-face") == 2
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "<script" not in drawing
    assert not re.search(r'(href|src)="(?!#)|url\((?!"?(#|data:))', drawing)
    assert drawing.count("<path") > 20
    # Finer than the window: not in whole pixels.
    pipe = re.search(r'<g id="pipes".*?d="([^"]+)"', drawing)
    assert pipe is not None
    assert any(not part.endswith(".0") for part in re.findall(r"\d+\.\d", pipe[1]))


def test_a_chosen_claim_is_told_in_the_drawing(shown: web_browser.Watched) -> None:
    page = shown.turn("#lang=en&claim=lake-area")
    _, content = given(page, "view-svg")
    drawing = " ".join(re.sub("<[^>]*>", " ", content.decode()).split())
    assert "The lake covers 100,000 km²." in drawing
    verdict = page.locator("[data-claim=lake-area] .verdict").text_content()
    assert (verdict or "").lstrip("✗") in drawing
    assert (page.locator("#shown .key li").first.text_content() or "-") in drawing


def test_the_view_is_given_as_a_picture(page: Page) -> None:
    name, content = given(page, "view-png")
    assert name.endswith(".en.png")
    assert content.startswith(b"\x89PNG")
    width = int.from_bytes(content[16:20], "big")
    assert width > 2 * page.locator(".canvas").evaluate("node => node.clientWidth")


def test_the_code_to_embed_follows_the_view(page: Page) -> None:
    page.uncheck("input[name=parks]")
    code = page.locator("#share textarea").input_value()
    assert code.startswith("<iframe src=")
    assert "#embed&amp;view=" in code
    assert "lang=en" in code
    assert "parks" not in code.split("layers=")[1]


def test_embedded_the_map_fills_the_frame_with_legend_and_claims_at_hand(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    for size in ({"width": 1100, "height": 560}, {"width": 390, "height": 560}):
        with web_browser.watched(browser, document, tmp_path, viewport=size) as watched:
            page = watched.open("#embed&lang=ru")
            for part in ("header", "footer", "#tables", "#share", "#notes"):
                expect(page.locator(part).first).to_be_hidden()
            box = page.locator(".canvas").bounding_box()
            assert box is not None
            assert box["height"] > 420
            assert page.evaluate("document.documentElement.scrollHeight") <= size["height"]
            button = page.locator(".embed-line button")
            if size["width"] < 900:
                expect(page.locator("#legend")).to_be_hidden()
                button.click()
            expect(page.locator("#legend")).to_be_visible()
            expect(page).to_have_url(re.compile("#embed&"))
            assert "#embed" not in (page.locator(".embed-line a").get_attribute("href") or "")


def test_links_lead_to_first_page_neighbour_sheet_and_report(page: Page) -> None:
    def links() -> list[str | None]:
        return [a.get_attribute("href") for a in page.locator("#atlas a, #around a").all()]

    assert links() == [
        "../index.html#lang=en", "hills.html#lang=en", "../sheets/lake.en.pdf",
        "../report.html#lang=en",
    ]  # fmt: skip
    assert page.locator("#around a").first.inner_text() == "← Hills"
    entry = page.locator("[data-claim=lake-area] .claim-links a")
    assert entry.get_attribute("href") == "../report.html#claim-lake-area&lang=en"
    web_browser.speak(page, "ru")
    assert links()[1:3] == ["hills.html#lang=ru", "../sheets/lake.ru.pdf"]
    assert page.locator("#around a").first.inner_text() == "← Холмы"
    web_browser.speak(page, "en")


def test_those_who_show_links_find_title_and_picture(document: str) -> None:
    tags = dict(re.findall(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">', document))
    assert tags["og:title"] == web_scenes.TEXTS["title"]["kk"]
    assert tags["og:image"] == "https://example.org/atlas/pictures/lake.png"
    assert tags["og:url"] == "https://example.org/atlas/maps/lake.html"


def test_a_page_by_itself_names_no_surroundings(browser: Browser, tmp_path: Path) -> None:
    with web_browser.watched(browser, web.page([web_scenes.bare()]), tmp_path) as watched:
        page = watched.open()
        expect(page.locator("#around")).to_be_hidden()
        assert page.locator("#atlas a").count() == 0
        assert page.locator(".claim-links").count() == 0


def test_search_finds_layers_claims_places_and_forgives_slips(page: Page) -> None:
    field, first = page.locator(".search input"), page.locator("#found li").first

    def typed(text: str) -> str:
        field.fill(text)
        return first.inner_text().replace("\n", " ")

    assert typed("Kisimu") == "Kisumu Ports"
    assert typed("reserves").startswith("Reserves")
    assert typed("longer than 300").endswith("Claim")
    field.press("Enter")
    assert page.locator("[data-claim=border-length] button").get_attribute("aria-pressed") == "true"
    assert typed("1°30′ S, 33 E").endswith("Show the place")
    field.press("Enter")
    at = page.evaluate("[shekara.page.map.getCenter().lat, shekara.page.map.getCenter().lng]")
    assert at == pytest.approx([-1.5, 33], abs=0.02)
