"""What a page carries as data, read without a browser: years, legend, verdicts, addresses, JSON."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from shekara import site
from shekara.colour import luminance
from shekara.i18n import Translator
from shekara.scene import Scene, resolve
from shekara.scene.citations import licence_text
from shekara.scene.model import Style
from shekara.web.detail import zipped
from shekara.web.payload import as_json, structure
from shekara.web.shapes import Outlines, Shapes
from shekara.web.wording import text
from tests.support import lake_atlas


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    atlas = site.load(lake_atlas.write(Path(tmp_path_factory.mktemp("payload") / "atlas")))
    return resolve(atlas, "all", "en")


@pytest.fixture(scope="module")
def carried(scene: Scene) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(as_json(structure([scene], Shapes(Outlines(scene)))))
    return loaded


def rows(carried: dict[str, object], key: str) -> list[dict[str, object]]:
    found = carried[key]
    assert isinstance(found, list)
    return found


def town(carried: dict[str, object], name: str) -> dict[str, object]:
    layers = {row["name"]: row for row in rows(carried, "layers")}
    features = layers["towns"]["features"]
    assert isinstance(features, list)
    return next(row for row in features if row["id"] == f"towns/{name}")


def test_years_legend_and_rank_of_a_feature(carried: dict[str, object]) -> None:
    a, b = town(carried, "a"), town(carried, "b")
    assert (a["from"], a["to"], a["l"], a["r"]) == (1800, 1900, 1, 1)
    assert (b["from"], "to" in b, b["l"], "r" in b) == (1850, False, 2, False)


def test_a_hatch_on_paper_lies_on_dark_paper_at_night(scene: Scene) -> None:
    towns = next(layer for layer in scene.layers if layer.name == "towns")
    looks = [
        Style(color="#5c5648", fill="#f4f0e6", fill_opacity=1, hatch=hatch) for hatch in ("/", "")
    ]
    features = tuple(
        replace(each, style=look) for each, look in zip(towns.features, looks, strict=False)
    )
    given = replace(scene, layers=(replace(towns, features=features),), legend=(), panels=())
    rows_ = structure([given], Shapes(Outlines(given)))["styles"]
    hatched, plain = (luminance(row["fillDark"]) for row in rows_)
    assert hatched < 0.1 < plain


def test_a_layer_beyond_the_map_is_marked(scene: Scene) -> None:
    """Nobody can push the map to it: legend and tables leave it out."""
    far = next(layer for layer in scene.layers if layer.name == "towns")
    moved = replace(
        far,
        name="far",
        features=tuple(
            replace(each, id=f"far/{number}", geometry=shapely.Point(-150, -60))
            for number, each in enumerate(far.features)
        ),
    )
    shapes = Shapes(Outlines(replace(scene, layers=(*scene.layers, moved))))
    assert shapes.unseen == {"far"}
    claim = replace(scene.claims[0], layer="far")
    claimed = replace(scene, layers=(*scene.layers, moved), claims=(claim,))
    assert not Outlines(claimed).unseen  # what was measured can be read and taken


def test_a_verdict_carries_its_sign_and_class(carried: dict[str, object]) -> None:
    (claim,) = rows(carried, "claims")
    assert (claim["sign"], claim["kind"]) == ("✓", "holds for")
    assert claim["features"] == ["towns/a", "towns/b", "towns/c", "towns/d"]


def test_flags_of_layers(carried: dict[str, object]) -> None:
    flags = {
        row["name"]: sorted(key for key in row if row[key] is True)
        for row in rows(carried, "layers")
    }
    assert flags == {
        "land": ["basemap", "visible"],
        "lakes": ["computed", "visible"],
        "roads": ["schematic", "visible"],
        "towns": ["visible"],
    }


def test_charts_keep_axes_sums_and_estimates(carried: dict[str, object]) -> None:
    bars = rows(carried, "panels")[0]
    series = bars["series"]
    assert isinstance(series, list)
    assert (bars["kind"], bars["xLog"], bars["yLog"], bars["yZero"]) == ("bars", False, True, True)
    assert (series[0]["y"], series[0]["estimated"]) == ([104, 25, 0], [True, False, False])


def test_texts_of_a_feature_are_in_the_order_of_the_columns(scene: Scene) -> None:
    """Last what the size of its sign stands for: towns are drawn by their people."""
    layers = text(scene)["layers"]
    assert isinstance(layers, list)
    towns = layers[3]
    assert towns["columns"] == ["People", "Kind", "Founded"]
    assert towns["features"][0] == [
        "Aa", "Aa", [[0, "100.0\u00a0t", 100], [1, "Port"], [2, "1800", 1800]],
        "100.0\u00a0t",
    ]  # fmt: skip


def test_json_in_a_page_holds_no_markup() -> None:
    assert as_json({"a": "</script>&\u2028"}) == r'{"a":"\u003c/script\u003e\u0026\u2028"}'


def test_the_same_data_is_packed_to_the_same_bytes() -> None:
    assert zipped(b"border") == zipped(b"border")
    assert zipped(b"border").startswith("H4sI")  # gzip in base64
    # RFC 1952: no time, and no name of the system that packed it.
    assert base64.b64decode(zipped(b"border"))[4:10] == bytes([0, 0, 0, 0, 2, 255])
    assert gzip.decompress(base64.b64decode(zipped(b"border"))) == b"border"


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("LicenseRef-Public-Domain", "public domain"),
        ("LicenseRef-terms-of-use", "terms of use"),
        ("CC-BY-4.0", "CC BY 4.0"),
        ("CC-BY-NC-SA-3.0", "CC BY-NC-SA 3.0"),
        ("ODbL-1.0", "ODbL 1.0"),
        ("LGPL-3.0-or-later", "LGPL 3.0 or later"),
        ("MIT OR LicenseRef-our-own", "MIT OR our own"),
        ("DocumentRef-x:LicenseRef-y", "y"),
    ],
)
def test_a_licence_is_told_in_words(licence: str, said: str) -> None:
    assert licence_text(licence, Translator("en")) == said
