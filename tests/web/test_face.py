"""The page has the sheet's face: its typeface, the relief under its map, and room for them."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Browser, expect
from pyproj import Transformer

from shekara import pagehead, web
from shekara.i18n import Translator
from shekara.pagehead.program import short_program
from shekara.pictures.raster import Raster
from shekara.scene.model import Relief
from shekara.scene.pictures import Backdrop
from shekara.web import document
from shekara.web.detail import Room
from shekara.web.relief import backdrop
from shekara.web.shapes import Outlines, Shapes
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.browser import until

BOUNDS = (20.0, -20.0, 50.0, 20.0)
SLOPE = (40.0, 5.0)  # where the only dark slope of the picture lies, lon lat


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> Relief:
    """Level grey land of 20 pixels to the degree, with one dark spot a degree wide."""
    grey = np.full((800, 600), 150, dtype=np.uint8)
    grey[::2] += 20  # land is never quite level
    column, row = round((SLOPE[0] - 20) * 20), round((20 - SLOPE[1]) * 20)
    grey[row - 10 : row + 10, column - 10 : column + 10] = 60
    file = tmp_path_factory.mktemp("relief") / "relief.png"
    Image.fromarray(grey).save(file)
    return Relief(str(file), BOUNDS)


ALBERS: dict[str, object] = {
    "proj": "aea", "lat_1": -5, "lat_2": 15, "lat_0": 5, "lon_0": 36,
}  # fmt: skip


@pytest.mark.parametrize("projection", [None, ALBERS])
def test_a_slope_lies_where_it_is_in_the_projection(
    relief: Relief, projection: dict[str, object] | None
) -> None:
    given = backdrop(relief, projection, (32, -3, 44, 10))
    assert given is not None
    left, bottom, right, top = given["bounds"]
    data = base64.b64decode(given["image"].split(",")[1])
    assert len(data) <= 60_000
    grey = np.asarray(Image.open(io.BytesIO(data)).convert("L"), dtype=float)
    rows, columns = np.nonzero(grey < 170)
    x = left + (columns.mean() + 0.5) / grey.shape[1] * (right - left)
    y = top - (rows.mean() + 0.5) / grey.shape[0] * (top - bottom)
    crs = "EPSG:3857"
    if projection:
        crs = " ".join(f"+{key}={value}" for key, value in projection.items()) + " +datum=WGS84"
    place = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(x, y)
    assert place == pytest.approx(SLOPE, abs=0.1)


def test_a_map_without_relief_or_far_from_it_has_none(relief: Relief) -> None:
    assert backdrop(None, None, (32, -3, 44, 10)) is None
    assert backdrop(relief, None, (-120, 40, -100, 60)) is None
    # Mountains in a corner would say that the rest of the map is level.
    assert backdrop(relief, None, (-60, -40, 60, 40)) is None


# How dark the relief is in the drawing of the view, by place: the greatest opacity of 255 within
# 20 pixels; null where the drawing has none.
SHADES = """async ([lon, lat]) => {
    const drawn = shekara.drawing(shekara.page).querySelector("#relief");
    if (!drawn) return null;
    const image = new Image();
    image.src = drawn.getAttribute("href");
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(image, 0, 0);
    const darkest = place => {
        const { x, y } = shekara.page.map.latLngToContainerPoint(place);
        const { data } = pen.getImageData(x - 20, y - 20, 40, 40);
        return Math.max(...data.filter((_, i) => i % 4 === 3));
    };
    return { slope: darkest([lat, lon]), level: darkest([0, 34]) };
}"""


# Whether the relief's picture has been unpacked: a drawing has nothing of it before.
LOADED = """(image => Boolean(image) && image.complete && image.naturalWidth > 0)(
    document.querySelector(".leaflet-relief-pane img"))"""


def test_the_relief_lies_under_what_is_told_and_can_be_switched_off(
    browser: Browser, relief: Relief, tmp_path: Path
) -> None:
    scene = replace(web_scenes.lake("en"), relief=relief, extent=(32.0, -3.0, 44.0, 10.0))
    with web_browser.watched(browser, web.page([scene]), tmp_path) as shown:
        page = shown.open()
        picture = page.locator(".leaflet-relief-pane img")
        expect(picture).to_have_css("opacity", "1")
        order = page.evaluate(
            "['relief', ...shekara.page.layers.map(l => l.pane)]"
            ".map(name => Number(getComputedStyle(shekara.page.map.getPane(name)).zIndex))"
        )
        told = page.evaluate("shekara.page.layers.map(l => !l.data.basemap)")
        assert all((z > order[0]) == above for z, above in zip(order[1:], told, strict=True))
        # The drawing of the view has it too, as a picture that hides nothing where it is light.
        until(page, LOADED)
        shades = page.evaluate(SHADES, SLOPE)
        assert shades["slope"] > 20
        assert shades["level"] < 10
        # A picture of the view that is asked for before the relief is unpacked waits for it.
        with page.expect_download() as given:
            page.evaluate(
                """() => {
                    const image = document.querySelector(".leaflet-relief-pane img");
                    image.src += "#again";
                    shekara.page.share.picture("svg");
                }"""
            )
        whole = "shekara.drawing(shekara.page).querySelector('#relief').getAttribute('href')"
        assert page.evaluate(whole) in given.value.path().read_text(encoding="utf-8")
        page.uncheck("input[name=relief]")
        expect(picture).to_have_css("opacity", "0")
        assert page.evaluate(SHADES, SLOPE) is None


def test_a_picture_under_the_map_is_in_its_drawing_where_it_is_on_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "picture.png"
    Image.new("RGB", (60, 40), "#aa3311").save(file)
    place = (31.0, 4 / 60, 0.0, 0.0, 0.0, -3 / 40)  # 31° to 35° east, 3° to 0° south
    raster = Backdrop(Raster(str(file), "EPSG:4326", place, 60, 40), 0.6)
    scene = replace(web_scenes.lake("en"), backdrop=raster)
    with web_browser.watched(browser, web.page([scene]), tmp_path) as shown:
        page = shown.open("#lang=en")
        overlay = page.locator(".leaflet-backdrop-pane img").bounding_box()
        canvas = page.locator(".folium-map").bounding_box()
        assert overlay is not None
        assert canvas is not None
        drawn = page.evaluate(
            """() => {
                const image = shekara.drawing(shekara.page).querySelector("#backdrop");
                return ["x", "y", "width", "height"].map(key => Number(image.getAttribute(key)));
            }"""
        )
        expected = (overlay["x"] - canvas["x"], overlay["y"] - canvas["y"],
                    overlay["width"], overlay["height"])  # fmt: skip
        assert drawn == pytest.approx(expected, abs=2)
        # A second map has it once, as clear as the first, and loses it with the first.
        page.get_by_role("button", name="Two years side by side").click()
        second = page.locator(".second .leaflet-backdrop-pane img")
        expect(second).to_have_count(1)
        expect(second).to_have_css("opacity", "0.6")
        page.uncheck("input[name=backdrop]")
        expect(second).to_have_css("opacity", "0")
        until(page, "shekara.drawing(shekara.page).querySelector('#backdrop') === null")


def test_nearer_than_the_lines_are_known_the_page_says_so(
    browser: Browser, document: str, tmp_path: Path
) -> None:
    with web_browser.watched(browser, document, tmp_path) as shown:
        page = shown.open("#lang=en")
        note = page.locator(".beyond")
        expect(note).to_be_hidden()
        page.evaluate("shekara.page.map.setZoom(shekara.page.map.getMaxZoom(), { animate: false })")
        expect(note).to_contain_text("Lines are drawn with a detail of about")


def test_the_typeface_has_every_letter_of_the_pages_words() -> None:
    """In the languages that come with the program and are written in its two alphabets."""
    for face in pagehead.FACES:
        font = TTFont(Path(pagehead.__file__).with_name("assets") / f"{face}.woff2")
        # The licence of the typeface that it is cut from reserves that one's name.
        names = {str(record) for record in font["name"].names if record.nameID in (1, 3, 4, 6, 16)}
        assert not any("source" in name.lower() for name in names)
        assert "Open Font License" in font["name"].getDebugName(13)
        letters = set(font.getBestCmap())
        for lang in ("kk", "ru", "en", "de", "fr", "es", "tr", "uz"):
            words = "".join(Translator(lang).messages("web_").values())
            lacking = {sign for sign in words if ord(sign) not in letters and not sign.isspace()}
            assert not lacking - set("▶❚"), (face, lang)


def test_a_heavy_map_is_drawn_coarser_until_the_page_is_small() -> None:
    """A rugged coast of 20,000 corners; the lake's map without it keeps its six doublings."""
    random = np.random.default_rng(1)
    count = 20_000
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    far = 1.5 + np.cumsum(random.normal(0, 1e-3, count))
    coast = shapely.Polygon(np.column_stack((33 + far * np.cos(turn), -1 + far * np.sin(turn))))
    lake = web_scenes.lake("en")
    layers = tuple(
        replace(layer, features=(replace(layer.features[0], geometry=coast),))
        if layer.name == "parks"
        else layer
        for layer in lake.layers
    )
    room = Room(first=8_000, whole=20_000)
    heavy = Shapes(Outlines(replace(lake, layers=layers)), room)
    sets = (heavy.told, heavy.ground)
    assert sum(len(each.arcs) for each in sets) <= room.first
    assert sum(len(each.arcs) + len(each.finer) for each in sets) <= room.whole
    light = Shapes(Outlines(lake))
    assert heavy.doublings < light.doublings == 6
    assert heavy.tolerance_m == pytest.approx(light.tolerance_m * 2 ** (6 - heavy.doublings))


def test_a_program_without_comments_says_the_same() -> None:
    given = (
        '// One.\n(() => {\n  // Two.\n  const a = "; // no comment";\n\n  f(a); // Three.\n})();\n'
    )
    assert short_program(given) == '(()=>{\nconst a = "; // no comment";\nf(a);\n})();'
    assert document.short_style("/* x */ a {\n  b: c d;\n}\n") == "a{b: c d}"


def test_the_sea_of_a_whole_world_ends_at_the_globe(browser: Browser, tmp_path: Path) -> None:
    """In Equal Earth the poles are lines of 0.59 of the equator's length: beside them is paper."""
    scene = replace(
        web_scenes.lake("en"),
        extent=(-180.0, -60.0, 180.0, 75.0),
        projection=replace(web_scenes.lake("en").projection, definition="+proj=eqearth"),
    )
    with web_browser.watched(browser, web.page([scene]), tmp_path) as shown:
        page = shown.open()
        edge = page.locator("path.globe")
        expect(edge).to_have_count(1)
        grounds = page.evaluate(
            """() => {
                const { map } = shekara.page;
                const edge = document.querySelector("path.globe");
                const inside = place => {
                    const { x, y } = map.latLngToLayerPoint(place);
                    return edge.isPointInFill(new DOMPoint(x, y));
                };
                const beside = map.latLngToLayerPoint([88, 0]);
                const corner = new DOMPoint(map.latLngToLayerPoint([0, 170]).x, beside.y);
                return [inside([88, 0]), inside([0, 170]), edge.isPointInFill(corner)];
            }"""
        )
        assert grounds == [True, True, False]
