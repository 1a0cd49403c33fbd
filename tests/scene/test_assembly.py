"""A map resolved for one language: layers, legend, claims, notes, credits, names, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import site
from shekara.atlas.source import Source
from shekara.i18n import ENGLISH
from shekara.scene import Feature, Scene, SceneLayer, resolve
from shekara.scene.layers import Sources
from tests.support import lake_atlas


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scene]:
    atlas = site.load(lake_atlas.write(Path(tmp_path_factory.mktemp("scene") / "atlas")))
    return {
        "en": resolve(atlas, "all", "en"),
        "ru": resolve(atlas, "all", "ru"),
        "twice": resolve(atlas, "twice", "en"),
    }


@pytest.fixture(scope="module")
def scene(scenes: dict[str, Scene]) -> Scene:
    return scenes["en"]


def layer(scene: Scene, name: str) -> SceneLayer:
    return next(layer for layer in scene.layers if layer.name == name)


def town(scene: Scene, name: str) -> Feature:
    return next(f for f in layer(scene, "towns").features if f.id == f"towns/{name}")


def test_layers_come_bottom_to_top_as_the_map_lists_them(scene: Scene) -> None:
    assert [(one.name, one.kind) for one in scene.layers] == [
        ("land", "polygon"), ("lakes", "polygon"), ("roads", "line"), ("towns", "point"),
    ]  # fmt: skip


def test_texts_are_those_of_the_language(scenes: dict[str, Scene]) -> None:
    en, ru = scenes["en"], scenes["ru"]
    assert (en.title, ru.title, en.lang, ru.lang) == ("all en", "all ru", "en", "ru")
    assert (layer(en, "towns").title, layer(ru, "towns").title) == ("towns en", "towns ru")
    assert layer(en, "towns").group == "Places"
    assert (en.number, en.name, en.extent) == (1, "all", (9.5, 49.5, 12.5, 52.5))


def test_what_is_schematic_or_computed_or_ground_is_told(scene: Scene) -> None:
    told = {one.name: (one.schematic, one.computed, one.basemap) for one in scene.layers}
    assert told == {
        "land": (False, False, True),
        "lakes": (False, True, False),
        "roads": (True, False, False),
        "towns": (False, False, False),
    }
    assert layer(scene, "roads").precision == "schematic"


def test_notes_are_the_maps_own_then_what_is_schematic_computed_and_the_verdicts_mean(
    scene: Scene,
) -> None:
    assert scene.notes == (
        "Drawn by a test.",
        "Drawn schematically, no proof of size or place: roads en.",
        "Computed, not agreed by treaty: lakes en.",
        "holds — the whole measured interval agrees with the statement.",
    )


def test_the_legend_follows_the_layers_from_the_top(scene: Scene) -> None:
    # The largest town has 100 t: round values 100, 50, 10. The widest road 800 cars: 500, 200, 50.
    assert [(one.layer, one.title, one.heading) for one in scene.legend] == [
        ("towns", "towns en", True),
        ("towns", "Port", False),
        ("towns", "Mines", False),
        ("towns", "other", False),
        ("towns", "100.0\u00a0t", False),
        ("towns", "50.0\u00a0t", False),
        ("towns", "10.0\u00a0t", False),
        ("roads", "roads en", True),
        ("roads", "500", False),
        ("roads", "200", False),
        ("roads", "50", False),
        ("lakes", "lakes en", False),
    ]
    assert [one.note for one in scene.legend if one.note] == ["schematic", "computed"]


def test_every_feature_points_at_its_line_of_the_legend(scene: Scene) -> None:
    lines = {f.id: f.legend for one in scene.layers for f in one.features}
    assert lines == {
        "land/land": None,
        "lakes/lake": 11,
        "roads/wide": 7,
        "roads/narrow": 7,
        "roads/track": 7,
        "towns/a": 1,
        "towns/b": 2,
        "towns/c": 1,
        "towns/d": 0,
    }


def test_features_have_names_labels_ranks_and_years(scene: Scene) -> None:
    a, b = town(scene, "a"), town(scene, "b")
    assert (a.name, a.label, a.rank, a.start, a.end) == ("Aa", "Aa", 1, 1800.0, 1900.0)
    assert (b.rank, b.start, b.end) == (5, 1850.0, None)
    assert town(scene, "c").rank == 9
    assert a.names == ("Aa", "Аа")
    assert (a.geometry.x, a.geometry.y) == (10.1, 50.1)  # type: ignore[union-attr]


def test_names_and_codes_are_in_the_readers_language(scenes: dict[str, Scene]) -> None:
    a = town(scenes["ru"], "a")
    assert (a.name, a.label) == ("Аа", "Аа")
    assert [(row.title, row.value) for row in a.rows] == [
        ("People", "100,0\u00a0t"), ("Kind", "Порт"), ("Founded", "1800"),
    ]  # fmt: skip
    assert town(scenes["ru"], "b").name == "Bb"


def test_rows_sort_by_their_number(scene: Scene) -> None:
    assert [row.sort for row in town(scene, "a").rows] == [100.0, "port", 1800.0]


def test_a_claim_stands_beside_the_map_with_its_evidence(scene: Scene) -> None:
    (claim,) = scene.claims
    assert (claim.id, claim.layer, claim.says) == ("towns", "towns", "says towns")
    assert (claim.claimed, claim.measured, claim.interval) == ("=\u00a04", "4", "")
    assert (claim.verdict, claim.verdict_text) == ("holds", "holds")
    assert claim.features == ("towns/a", "towns/b", "towns/c", "towns/d")
    assert claim.source == "made by a test"


def test_one_source_of_several_layers_is_one_credit(scene: Scene) -> None:
    (credit,) = scene.credits
    assert (credit.name, credit.license, credit.date) == ("made by a test", "CC0-1.0", "2020")
    assert credit.layers == ("land en", "lakes en", "roads en", "towns en")
    assert [one.credit for one in scene.layers] == [(0,)] * 4


@pytest.mark.parametrize(
    ("written", "followed"),
    [
        ("doi:10.5555/made", "https://doi.org/10.5555/made"),
        ("doi:10.1000.10/made", "https://doi.org/10.1000.10/made"),
        (None, ""),
    ],
)
def test_a_credit_is_followed_where_a_citation_would_be(written: str | None, followed: str) -> None:
    sources = Sources(ENGLISH)
    sources.credit(Source(name="made", license="CC0-1.0", url=written), "towns")
    (credit,) = sources.found.values()
    assert credit.url == followed


def test_the_map_in_words_counts_what_is_drawn(scene: Scene) -> None:
    assert scene.alt == (
        "Map “all en”, longitude 9.5° to 12.5°, latitude 49.5° to 52.5°. Layers shown: "
        "lakes en (1); roads en (3); towns en (4). says towns — holds."
    )


def test_a_name_that_the_atlas_gives_is_never_given_again(scenes: dict[str, Scene]) -> None:
    twice = scenes["twice"]
    assert [one.name for one in twice.layers] == ["towns", "towns-3", "towns-2"]
    ids = [f.id for one in twice.layers for f in one.features]
    assert len(set(ids)) == len(ids) == 9
    assert ids[:4] == ["towns/a", "towns/b", "towns/c", "towns/d"]
    assert ids[4:8] == ["towns/a~2", "towns/b~2", "towns/c~2", "towns/d~2"]


def test_a_map_chooses_features_titles_and_looks(tmp_path: Path) -> None:
    folder = lake_atlas.write(tmp_path / "atlas")
    (folder / "maps" / "some.toml").write_text(
        'title = "Some"\nextent = [9.5, 49.5, 12.5, 52.5]\nlayers = [{ layer = "towns", '
        'where = { kind = "port" }, title = "Ports", visible = false, label = false, '
        'legend = false, style = { color = "#00ff00" } }]\n',
        encoding="utf-8",
    )
    (one,) = resolve(site.load(folder), "some", "en").layers
    assert (one.title, one.visible) == ("Ports", False)
    assert [f.id for f in one.features] == ["towns/a", "towns/c"]
    assert {f.label for f in one.features} == {""}
    assert {f.style.color for f in one.features} == {"#00ff00"}
    assert {f.legend for f in one.features} == {None}
    assert resolve(site.load(folder), "some", "en").legend == ()
