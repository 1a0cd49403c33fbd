"""The page is drawn in the sheet's projection: its formulas agree with PROJ, there and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser
from pyproj import Transformer
from shapely.geometry import box

from shekara import web
from shekara.scene.model import Feature
from shekara.scene.projection import choose
from tests.support import browser as web_browser
from tests.support import web_scenes
from tests.support.modules import run

# Name and angles; the span of latitude that is looked at.
PROJECTIONS: dict[str, tuple[dict[str, float | str], tuple[float, float]]] = {
    "Albers": ({"proj": "aea", "lat_1": 43, "lat_2": 53.5, "lat_0": 48, "lon_0": 67}, (-60, 90)),
    "Albers, south": (
        {"proj": "aea", "lat_1": -20, "lat_2": -35, "lat_0": -28, "lon_0": 135},
        (-90, 50),
    ),
    "Albers, one parallel": (
        {"proj": "aea", "lat_1": 40, "lat_2": 40, "lat_0": 40, "lon_0": 0},
        (-50, 90),
    ),
    "equidistant": (
        {"proj": "eqdc", "lat_1": 47, "lat_2": 62, "lat_0": 54.5, "lon_0": 100},
        (-60, 90),
    ),
    "Lambert": ({"proj": "lcc", "lat_1": 49, "lat_2": 77, "lat_0": 63, "lon_0": -92}, (-60, 89)),
    "azimuthal": ({"proj": "laea", "lat_0": 52, "lon_0": 10}, (-30, 90)),
    "azimuthal, north pole": ({"proj": "laea", "lat_0": 90, "lon_0": 0}, (0, 90)),
    "azimuthal, south pole": ({"proj": "laea", "lat_0": -90, "lon_0": 0}, (-90, 0)),
    "azimuthal, equator": ({"proj": "laea", "lat_0": 0, "lon_0": 20}, (-70, 70)),
    "cylindrical": ({"proj": "cea", "lat_ts": 30, "lon_0": 20}, (-90, 90)),
    "Mercator": ({"proj": "merc", "lat_ts": 20, "lon_0": 0}, (-85, 85)),
    "Equal Earth": ({"proj": "eqearth", "lon_0": 11}, (-90, 90)),
}


@pytest.mark.parametrize("name", PROJECTIONS)
def test_positions_are_those_of_proj(name: str) -> None:
    """Within a millimetre on the plane, and the same place within 1e-9 degrees on the way back."""
    given, (south, north) = PROJECTIONS[name]
    random = np.random.default_rng(5)
    lon = float(given["lon_0"]) + random.uniform(-120, 120, 300)
    lat = random.uniform(south + 0.01, north - 0.01, 300)
    proj = " ".join(f"+{key}={value}" for key, value in given.items())
    x, y = Transformer.from_crs("EPSG:4326", f"{proj} +datum=WGS84", always_xy=True).transform(
        lon, lat
    )
    places = json.dumps(np.column_stack((lon, lat)).tolist())
    (answer,) = run(
        "projection",
        f"""(() => {{
            const made = projection.make({json.dumps(given)});
            return {places}.map(place => {{
                const point = made.forward(place);
                return [...point, ...made.inverse(point)];
            }});
        }})()""",
    )
    forward, back = np.array(answer)[:, :2], np.array(answer)[:, 2:]
    np.testing.assert_allclose(forward, np.column_stack((x, y)), atol=1e-3)
    turns = np.round((back[:, 0] - lon) / 360) * 360
    np.testing.assert_allclose(back, np.column_stack((lon + turns, lat)), atol=1e-9)


def _scene(extent: tuple[float, float, float, float], named: Any) -> Any:
    scene = web_scenes.lakes()[0]
    return replace(scene, extent=extent, projection=choose(extent, named, scene.say))


def test_the_window_is_the_plane_of_the_sheet(browser: Browser, tmp_path: Path) -> None:
    """Pixels and PROJ's metres differ by one scale and one shift, to a hundredth of a pixel."""
    extent = (46.0, 40.0, 88.0, 56.0)
    document = web.page(
        [_scene(extent, {"name": "albers", "parallels": [43, 53.5], "meridian": 67})]
    )
    lon, lat = (
        axis.ravel() for axis in np.meshgrid(np.linspace(46, 88, 9), np.linspace(40, 56, 7))
    )
    with web_browser.watched(browser, document, tmp_path) as shown:
        places = np.column_stack((lon, lat)).tolist()
        pixels = np.array(
            shown.open().evaluate(
                """places => places.map(([lon, lat]) => {
                    const { x, y } = shekara.page.map.project([lat, lon]);
                    return [x, y];
                })""",
                places,
            )
        )
        size = shown.page.evaluate(
            """places => places.every(
                ([lon, lat]) => shekara.ground.inWindow(shekara.page.map, [lat, lon]))""",
            places,
        )
    assert size, "the whole extent is seen when the page opens"
    x, y = Transformer.from_crs(
        "EPSG:4326",
        "+proj=aea +lat_1=43 +lat_2=53.5 +lat_0=48 +lon_0=67 +datum=WGS84",
        always_xy=True,
    ).transform(lon, lat)
    scale, right = np.polyfit(x, pixels[:, 0], 1)
    down, top = np.polyfit(y, pixels[:, 1], 1)
    assert down == pytest.approx(-scale, rel=1e-6)
    assert np.abs(scale * np.asarray(x) + right - pixels[:, 0]).max() < 0.01
    assert np.abs(down * np.asarray(y) + top - pixels[:, 1]).max() < 0.01


def test_a_border_along_a_parallel_is_bent(browser: Browser, tmp_path: Path) -> None:
    """The upper side of a box of 40 degrees is drawn along 50° N, not along the chord."""
    extent = (46.0, 40.0, 88.0, 56.0)
    scene = _scene(extent, "albers")
    wide = box(47, 42, 87, 50)
    layer = next(layer for layer in scene.layers if layer.kind == "polygon" and not layer.basemap)
    feature = replace(layer.features[0], geometry=wide)
    layers = tuple(
        replace(other, features=(feature,) if other is layer else ()) for other in scene.layers
    )
    scene = replace(scene, layers=layers, claims=())
    assert isinstance(feature, Feature)
    with web_browser.watched(browser, web.page([scene]), tmp_path) as shown:
        missed = shown.open().evaluate(
            """() => {
                const { map, layers } = shekara.page;
                const layer = layers.find(l => l.data.features.length);
                const ring = layer.shape(0).polygons[0][0].map(place => map.project(place));
                let worst = 0;
                for (let lon = 47; lon <= 87; lon += 0.5) {
                    const { x, y } = map.project([50, lon]);
                    let least = Infinity;
                    for (let i = 1; i < ring.length; i++) {
                        const [from, to] = [ring[i - 1], ring[i]];
                        const off = L.LineUtil.pointToSegmentDistance({ x, y }, from, to);
                        least = Math.min(least, off);
                    }
                    worst = Math.max(worst, least);
                }
                return worst;
            }"""
        )
    assert missed < 0.5, "pixels between the parallel and what is drawn"


def test_a_polar_map_shows_its_pole(browser: Browser, tmp_path: Path) -> None:
    """The pole is in the window, meridians run all around it, and the readout knows the place."""
    with web_browser.watched(
        browser, web.page([_scene((-180.0, 62.0, 180.0, 90.0), None)]), tmp_path
    ) as shown:
        page = shown.open()
        assert page.evaluate("shekara.ground.inWindow(shekara.page.map, [90, 0])")
        span = page.evaluate("shekara.ground.span(shekara.page.map)")
        assert (span["west"], span["east"], span["north"]) == (-180, 180, 90)
        middle = page.evaluate("shekara.page.map.getCenter().lat")
        assert middle == pytest.approx(90, abs=1)
        drawn = page.locator("path.grid").evaluate_all("all => all.map(p => p.getAttribute('d'))")
        assert len(drawn) == len(set(drawn)) > 10  # no meridian twice


def test_a_map_that_names_mercator_is_drawn_in_it_and_says_so(
    browser: Browser, tmp_path: Path
) -> None:
    scene = _scene((46.0, 40.0, 88.0, 56.0), "mercator")
    with web_browser.watched(browser, web.page([scene]), tmp_path) as shown:
        page = shown.open()
        assert page.evaluate("shekara.page.map.options.crs.code") == "EPSG:3857"
        assert "Веб-Меркатор" in page.locator("#notes").inner_text()
