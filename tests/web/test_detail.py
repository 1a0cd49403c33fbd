"""Finer lines from a second set of arcs: few vertices when the page opens, the rest on zoom."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import shapely.affinity
from playwright.sync_api import Browser, Page, expect
from shapely.geometry.base import BaseGeometry

from shekara import web
from shekara.scene.model import Scene
from shekara.web.detail import Room
from shekara.web.shapes import Outlines, Shapes
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.browser import until
from tests.support.modules import run

# Metres of a degree of the equator, on which the shore lies.
DEGREE = 111_320.0
# Vertices of the shore that the page draws now.
SHORE = """shekara.page.layers.find(layer => layer.name === "border").shape(0).lines
    .flat().map(({ lng, lat }) => [lng, lat])"""

# From cells of one degree to the lake's map.
CELL = (0.2, 0, 0, 0.2, 30, -4)


def shore() -> shapely.LineString:
    """A rugged line of 3,000 corners across the map, steps of 190 m."""
    random = np.random.default_rng(7)
    x = np.linspace(30.5, 35.5, 3_000)
    walk = np.cumsum(random.normal(0, 4e-4, len(x)))
    y = -1 + walk - np.linspace(0, walk[-1], len(x))
    return shapely.LineString(np.column_stack((x, y)).round(6))


def rugged(lang: str) -> Scene:
    """The lake with the shore as its border."""
    lake = web_scenes.lake(lang)
    layers = tuple(
        replace(layer, features=(replace(layer.features[0], geometry=shore()),))
        if layer.name == "border"
        else layer
        for layer in lake.layers
    )
    return replace(lake, layers=layers)


def carried(text: str) -> str:
    """Data of a page, unpacked, as node has them."""
    data = base64.b64encode(gzip.decompress(base64.b64decode(text))).decode()
    return f'new Uint8Array(Buffer.from("{data}", "base64")).buffer'


def farthest(drawn: BaseGeometry, true: BaseGeometry) -> float:
    """How far two lines are apart at most, in metres."""
    shapely.prepare([drawn, true])
    pairs = ((drawn, true), (true, drawn))
    ways = (shapely.distance(shapely.points(shapely.get_coordinates(a)), b) for a, b in pairs)
    return max(float(way.max()) for way in ways) * DEGREE


def test_the_second_set_holds_what_is_between_the_first() -> None:
    """Read by the page's own program: the first set is a part of the second, vertex for vertex, and
    the second is as near to the source as the page says; the first is not."""
    shapes = Shapes(Outlines(rugged("en")))
    told = shapes.told
    assert (told.first, told.doublings) == (2, 9)
    first, whole = run(
        "vertices",
        *(
            f"(({{lengths, lon, lat}}) => ({{lengths, lon: [...lon], lat: [...lat]}}))({arcs})"
            for arcs in (
                f"vertices.read({carried(told.arcs)})",
                f"vertices.between(vertices.read({carried(told.arcs)}), {carried(told.finer)})",
            )
        ),
    )
    drawn = shapes.of("border/1")
    assert isinstance(drawn, list)
    (refs,) = drawn
    lines = [put_together(arcs, refs, told.quantum) for arcs in (first, whole)]
    coarse, fine = lines
    assert len(coarse.coords) < len(fine.coords) / 2
    assert set(coarse.coords) < set(fine.coords)
    assert farthest(fine, shore()) <= shapes.tolerance_m
    first_m = shapes.tolerance_m * 2 ** (told.doublings - told.first)
    assert shapes.tolerance_m < 5 < farthest(coarse, shore()) <= first_m


def put_together(arcs: dict[str, list[int]], refs: Any, quantum: float) -> shapely.LineString:
    ends = np.cumsum(arcs["lengths"])
    rows = np.column_stack((arcs["lon"], arcs["lat"])) * quantum
    pieces = np.split(rows, ends[:-1])
    line: list[tuple[float, float]] = []
    for ref in refs:
        piece = pieces[ref] if ref >= 0 else pieces[~ref][::-1]
        line.extend(map(tuple, piece[1 if line else 0 :].tolist()))
    return shapely.LineString(line)


def stored(data: bytes, level: int, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31, 9, strategy)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("level", "strategy"),
    [(0, zlib.Z_DEFAULT_STRATEGY), (9, zlib.Z_FIXED), (9, zlib.Z_DEFAULT_STRATEGY)],
    ids=["stored", "fixed codes", "codes of its own"],
)
def test_a_browser_that_unpacks_nothing_is_helped(level: int, strategy: int) -> None:
    """All three kinds of blocks as zlib writes them, far copies and single bytes."""
    random = np.random.default_rng(3)
    noise = random.integers(0, 256, 40_000, dtype=np.uint8).tobytes()
    data = noise + b"a" * 700 + bytes(range(256)) * 9 + noise[:20_000]
    packed = base64.b64encode(stored(data, level, strategy)).decode()
    (answer,) = run(
        "inflate",
        "Buffer.from(inflate.inflate(new Uint8Array("
        f'Buffer.from("{packed}", "base64")))).toString("base64")',
    )
    assert base64.b64decode(answer) == data


@pytest.fixture(scope="module")
def rugged_page(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[web_browser.Watched]:
    scenes = [rugged("en"), rugged("ru")]
    folder = tmp_path_factory.mktemp("rugged")
    with web_browser.watched(browser, web.page(scenes), folder) as watched:
        yield watched


def line(page: Page) -> shapely.LineString:
    return shapely.LineString(page.evaluate(SHORE))


def test_coming_nearer_brings_finer_lines(rugged_page: web_browser.Watched) -> None:
    """Every vertex is there after four doublings: the drawn path has them, the download has them,
    and the promise at the foot of the page is kept."""
    page = rugged_page.open()
    coarse = line(page)
    assert farthest(coarse, shore()) > 50
    page.evaluate("""() => {
        const { map, view: { fitZoom } } = shekara.page;
        map.setView([-1, 33], fitZoom + 4, { animate: false });
    }""")
    until(page, "() => !shekara.page.detail.more.length")
    fine = line(page)
    metres = page.evaluate("() => shekara.page.detail.metres")
    assert metres < 5
    assert farthest(fine, shore()) <= metres
    # What is drawn has them, too.
    corners = page.evaluate("""() => {
        const layer = shekara.page.layers.find(each => each.name === "border");
        const part = layer.items[0].parts.at(-1);
        return part._rings.flat().length;
    }""")
    assert corners == len(fine.coords) > 2 * len(coarse.coords)


def test_a_download_has_the_finest_lines(rugged_page: web_browser.Watched) -> None:
    page = rugged_page.open()
    with page.expect_download() as waiting:
        page.locator('[data-give="geojson-border"]').click()
    given = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    drawn = shapely.geometry.shape(given["features"][0]["geometry"])
    assert given["detail_m"] <= 5
    assert farthest(drawn, shore()) <= 5


def test_a_claim_that_is_shown_gets_the_finer_lines(rugged_page: web_browser.Watched) -> None:
    """What is drawn over the layers follows them."""
    page = rugged_page.open("#claim=border-length")
    expect(page.locator("path.glow")).to_have_count(1)
    count = "() => shekara.page.highlight.group.getLayers().at(-1).getLatLngs().flat().length"
    before = page.evaluate(count)
    page.evaluate("() => shekara.page.detail.bring()")
    assert page.evaluate(count) > 2 * before


def test_a_second_set_that_is_damaged_leaves_the_first(browser: Browser, tmp_path: Path) -> None:
    """The map stays as it is, and its note says how coarse that is."""
    scene = rugged("en")
    whole = web.page([scene])
    start = whole.index('id="finer-told">') + len('id="finer-told">')
    damaged = whole[: start + 40] + whole[start + 80 :]
    with web_browser.watched(browser, damaged, tmp_path) as watched:
        page = watched.open()
        coarse = page.evaluate("() => shekara.page.detail.metres")
        page.evaluate("""async () => {
            const { map, view: { fitZoom } } = shekara.page;
            map.setView([-1, 33], fitZoom + 5, { animate: false });
            await shekara.page.detail.coming;
        }""")
        expect(page.locator(".beyond")).to_be_visible()
        assert page.evaluate("() => shekara.page.detail.metres") == coarse > 100
        assert len(page.evaluate(SHORE)) < 1000


def test_a_page_that_cannot_be_unpacked_says_so(browser: Browser, tmp_path: Path) -> None:
    """A program cut short on its way: title and subtitle stand, and a sentence in each language."""
    whole = web.page([rugged("en"), rugged("ru")])
    start = whole.index('id="program-2">') + len('id="program-2">')
    with web_browser.watched(browser, whole[:start] + whole[start + 64 :], tmp_path) as watched:
        page = watched.page
        page.goto(watched.file.as_uri())
        expect(page.locator("#plain p")).to_have_count(2)
        expect(page.locator("#plain")).to_be_visible()
        # It is not JavaScript that is lacking.
        expect(page.locator("#plain [lang=en]")).to_contain_text("This page is damaged")
        expect(page.locator("h1")).to_have_text(web_scenes.TEXTS["title"]["en"])
        watched.said.clear()


def test_an_old_browser_shows_the_whole_page(browser: Browser, tmp_path: Path) -> None:
    """Without DecompressionStream the page unpacks itself, finer lines too."""
    with web_browser.watched(browser, web.page([rugged("en")]), tmp_path) as watched:
        watched.context.add_init_script("delete window.DecompressionStream")
        page = watched.open()
        page.evaluate("() => shekara.page.detail.bring()")
        assert farthest(line(page), shore()) <= 5


def test_what_shapes_are_made_of_takes_room_from_the_background() -> None:
    """900 cells in the background: arcs and their numbers, packed as a page has them, fit."""
    lake = web_scenes.lake("en")
    back = next(layer for layer in lake.layers if layer.basemap)
    grown = [shapely.affinity.affine_transform(c, CELL) for c in web_scenes.cells(30, 24)]
    ground = tuple(
        replace(back.features[0], id=f"ground/{n}", geometry=cell) for n, cell in enumerate(grown)
    )
    layers = (replace(back, features=ground), *(each for each in lake.layers if each != back))
    shapes = Shapes(Outlines(replace(lake, layers=layers)), Room(60_000, 112_000))
    numbers = json.dumps([shapes.of(each.id) for each in ground], separators=(",", ":"))
    packed = base64.b64encode(gzip.compress(numbers.encode(), 9, mtime=0))
    arcs = sum(len(each.arcs) + len(each.finer) for each in (shapes.told, shapes.ground))
    assert len(packed) > 8_000
    assert 60_000 < arcs + len(packed) <= 112_000
