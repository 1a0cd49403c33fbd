"""The atlas that ships: every layer, claim and map of it, in its three languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely

from shekara import claims, measuring, scene, site
from shekara.claims import Verdict
from shekara.i18n import Translator
from shekara.scene.model import Scene
from tests.support.shown import internal, shown
from tests.support.texts import texts

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("kk", "ru", "en")
ATLAS = site.load(ROOT)
# Published by the sources that the layers name; kilometres (within 0.1 %).
BORDER_KM = {
    "ne-110m": 4730.2, "ne-50m": 5458.8, "ne-10m": 6661.4, "osm-10km": 5840.3, "osm-5km": 6368.7,
    "osm-1km": 7119.1, "osm-100m": 7527.6, "osm-10m": 7590.5, "osm-full": 7799.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    return {one.claim.id: one for one in claims.check_all(ATLAS)}


@pytest.fixture(scope="module")
def scenes(verdicts: dict[str, Verdict]) -> dict[tuple[str, str], Scene]:
    return {
        (name, lang): scene.resolve(ATLAS, name, lang, verdicts)
        for name in ATLAS.maps
        for lang in LANGUAGES
    }


def one_of(layer: str, name: str) -> Any:
    found = ATLAS.layers[layer]
    index = next(i for i, own in enumerate(found.properties) if own["id"] == name)
    return found.geometry[index]


def area_km2(layer: str, name: str) -> float:
    return float(measuring.area_m2([one_of(layer, name)])[0]) / 1e6


def length_km(layer: str, name: str) -> float:
    return float(measuring.length_m([one_of(layer, name)])[0]) / 1e3


# Claims


@pytest.mark.parametrize("name", [claim.id for claim in ATLAS.claims])
def test_every_verdict_is_the_recorded_one(name: str, verdicts: dict[str, Verdict]) -> None:
    assert verdicts[name].verdict == verdicts[name].recorded


def test_every_claim_that_can_be_decided_stands_on_a_map_and_no_other_does() -> None:
    """What nothing can check is no evidence for a map: it stands in the report alone."""
    shown = {name for item in ATLAS.maps.values() for name in item.file.claims}
    kinds = ("not_checkable", "not_checked")
    unchecked = {claim.id for claim in ATLAS.claims if claim.kind in kinds}
    assert shown == {claim.id for claim in ATLAS.claims} - unchecked


def test_every_verdict_says_why_in_each_language(verdicts: dict[str, Verdict]) -> None:
    for name, one in verdicts.items():
        reasons = {lang: one.reason(Translator(lang)) for lang in LANGUAGES}
        assert all(reasons.values()), name
        assert len(set(reasons.values())) == 3, name


# Texts


@pytest.mark.parametrize("name", list(ATLAS.layers))
def test_every_text_of_a_layer_is_in_three_languages(name: str) -> None:
    for text in texts(ATLAS.layers[name].file.model_dump(), LANGUAGES):
        assert set(text) >= set(LANGUAGES)
        assert all(words.strip() == words for words in text.values())


@pytest.mark.parametrize("name", list(ATLAS.maps))
def test_every_text_of_a_map_is_in_three_languages(name: str) -> None:
    item = ATLAS.maps[name].file
    assert isinstance(item.title, dict)
    assert isinstance(item.about, dict)
    assert len(set(item.title.values())) == len(set(item.about.values())) == 3
    for text in texts(item.model_dump(), LANGUAGES):
        assert set(text) >= set(LANGUAGES)


def test_kazakh_is_written_in_kazakh_letters() -> None:
    """A text in three languages whose Kazakh is the Russian one was not translated."""
    for layer in ATLAS.layers.values():
        title = layer.file.title
        assert isinstance(title, dict)
        assert title["kk"] != title["ru"], layer.name


# Maps


def test_thirteen_maps_in_order() -> None:
    """Fourteen were planned; the continuity of borders has no open data, as its claim says."""
    assert [item.file.number for item in ATLAS.maps.values()] == list(range(1, 14))
    why = claims.claim_by_id(ATLAS, "g04-continuity")
    assert why.kind == "not_checked"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", list(ATLAS.maps))
def test_every_map_resolves(name: str, lang: str, scenes: dict[tuple[str, str], Scene]) -> None:
    found = scenes[name, lang]
    assert found.title
    assert found.subtitle
    assert found.legend
    assert found.claims
    assert found.credits
    assert any(not layer.basemap for layer in found.layers)
    for chart in found.panels:
        assert any(y is not None for series in chart.series for y in series.y)
        assert all(series.title for series in chart.series)


@pytest.mark.parametrize("name", list(ATLAS.maps))
def test_a_map_has_the_same_features_in_every_language(
    name: str, scenes: dict[tuple[str, str], Scene]
) -> None:
    def ids(lang: str) -> list[str]:
        return [one.id for layer in scenes[name, lang].layers for one in layer.features]

    assert ids("kk") == ids("ru") == ids("en")


def test_no_page_shows_a_package_a_code_a_file_or_an_iso_date(
    scenes: dict[tuple[str, str], Scene],
) -> None:
    talk = {
        (place, text): (name, lang, internal(text))
        for (name, lang), drawn in scenes.items()
        for place, text in shown(drawn)
        if internal(text)
    }
    assert talk == {}


def test_a_thing_has_one_colour_on_the_map_in_the_legend_and_in_the_charts(
    scenes: dict[tuple[str, str], Scene],
) -> None:
    """Where a series bears the name of a thing whose colour on the map is its own."""
    compared = 0
    for (name, lang), drawn in scenes.items():
        on_map: dict[str, set[str]] = {}
        for layer in drawn.layers:
            for feature in () if layer.basemap else layer.features:
                on_map.setdefault(feature.style.fill or feature.style.color, set()).add(
                    feature.name
                )
        colours = {next(iter(names)): colour for colour, names in on_map.items() if len(names) == 1}
        colours |= {entry.title: entry.style.fill or entry.style.color for entry in drawn.legend}
        for panel in drawn.panels:
            for series in panel.series if len(panel.series) > 1 else ():
                if series.title in colours:
                    colour = series.style.fill or series.style.color
                    assert colour == colours[series.title], (name, lang, panel.title, series.title)
                    compared += 1
    assert compared >= 10


@pytest.mark.parametrize("name", list(ATLAS.maps))
def test_what_a_map_is_about_lies_in_its_extent(name: str) -> None:
    west, south, east, north = ATLAS.maps[name].file.extent
    for entry in ATLAS.maps[name].layers:
        layer = ATLAS.layers[entry.layer]
        ground = layer.file.style.basemap and entry.basemap is not False
        if ground or entry.layer == "disputed":  # on every map, in view or not
            continue
        drawn = [layer.geometry[i] for i in layer.select(entry.where)]
        boxes = [one.bounds for one in drawn if one is not None]
        assert not drawn or any(
            box[0] <= east and west <= box[2] and box[1] <= north and south <= box[3]
            for box in boxes
        ), entry.layer


# Figures that the layers must measure


def test_kazakhstan_with_the_leased_land() -> None:
    """2,720,783 km² within 0.01 %."""
    assert area_km2("countries", "KAZ") == pytest.approx(2_720_783, rel=1e-4)


@pytest.mark.parametrize(("name", "km"), BORDER_KM.items())
def test_a_line_of_the_border_has_its_published_length(name: str, km: float) -> None:
    assert length_km("border", name) == pytest.approx(km, rel=1e-3)


def test_the_lease_the_sea_and_the_agreed_line() -> None:
    assert area_km2("baikonur", "lease") == pytest.approx(6504.1, rel=1e-4)
    assert area_km2("caspian-sea", "sea") == pytest.approx(379_838, rel=1e-4)
    assert length_km("caspian-treaty", "line") == pytest.approx(592.0, rel=1e-3)


def test_launches_of_the_log() -> None:
    """134 attempts, 5 of them failures, from 1 January 1992 to 20 May 1998."""
    rows = [own for own in ATLAS.layers["baikonur"].properties if own["kind"] == "launches"]
    totals = [sum(int(str(own[key])) for own in rows) for key in ("launches", "failures")]
    assert totals == [134, 5]


@pytest.mark.parametrize(
    ("name", "km2"), [("sary-shagan", 79007), ("929th", 19477), ("4th", 2928.25), ("emba", 3080)]
)
def test_a_range_is_drawn_as_large_as_it_is_documented(name: str, km2: float) -> None:
    assert area_km2("ranges", name) == pytest.approx(km2, rel=1e-6)


def test_the_corridor_on_the_map_is_the_one_that_the_claim_measures(
    verdicts: dict[str, Verdict],
) -> None:
    """Lengths inside the drawn areas over lengths inside the five states, lines since 2001."""
    lines, states = ATLAS.layers["pipelines"], ATLAS.layers["countries"]
    five = [s for s, own in zip(states.geometry, states.properties, strict=True)
            if own["id"] in {"KAZ", "KGZ", "TJK", "TKM", "UZB"}]  # fmt: skip
    late = [line for line, own in zip(lines.geometry, lines.properties, strict=True)
            if int(str(own["since"])) >= 2001]  # fmt: skip
    ground = shapely.union_all(five)
    for km in (50, 100):
        corridor = one_of("silk-corridor", f"within-{km}")
        assert shapely.covers(shapely.buffer(ground, 1e-3), corridor)
        near = measuring.length_m([shapely.intersection(line, corridor) for line in late]).sum()
        whole = measuring.length_m([shapely.intersection(line, ground) for line in late]).sum()
        share = verdicts[f"g06-silk-{km}"].measurement.interval
        assert share is not None
        assert 100 * near / whole == pytest.approx(share.value, abs=0.3)


def test_flows_of_trade_are_those_of_the_importers() -> None:
    """Correlates of War 4.0, million dollars: what one side imports is what the other exports."""
    value = {own["id"]: own["value_musd"] for own in ATLAS.layers["trade"].properties}
    assert [value[f"rus-kaz-{year}"] for year in range(1994, 1999)] == [
        1293,
        1900,
        2325,
        1969,
        1712,
    ]
    assert [value[f"kaz-rus-{year}"] for year in range(1994, 1999)] == [
        1996,
        2742,
        3041,
        2743,
        1877,
    ]


def test_layers_stay_small() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "geo").glob("*.geojson")]
    assert sum(sizes) < 12e6
    assert max(sizes) < 3e6


@pytest.mark.parametrize("name", list(ATLAS.maps))
def test_every_map_draws_all_disputed_areas_with_dashes(
    name: str, scenes: dict[tuple[str, str], Scene]
) -> None:
    listed = {own["id"] for own in ATLAS.layers["disputed"].properties}
    drawn = [one for one in scenes[name, "en"].layers if one.name.startswith("disputed")]
    assert {one.id.split("/")[-1] for layer in drawn for one in layer.features} == listed
    for layer in drawn:
        assert layer.visible
        assert not layer.basemap
        assert all(one.style.dash for one in layer.features if layer.kind == "polygon")
