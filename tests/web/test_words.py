"""The words of a page: what an atlas keeps as codes, dates and licences is shown in words."""

from __future__ import annotations

import pytest

from shekara import scene, site
from shekara.scene.model import Scene
from shekara.web import wording
from tests.support.atlases import feature, point, write_layer, write_map
from tests.support.shown import internal, shown

STATES = """
[field.state]
title = { en = "State" }
kind = "territory"
[field.kind]
title = { en = "Kind" }
values = { port_city = { en = "port", ru = "порт" }, oil_field = { en = "field", ru = "поле" } }
[field.founded]
title = { en = "Founded" }
[field.open]
title = { en = "Open" }
[[claim]]
id = "many"
says = { en = "there are two", ru = "их два" }
count = { equals = 2 }
verdict = "holds"
"""


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, ...]:
    folder = tmp_path_factory.mktemp("words")
    places = [
        feature(point(10.2, 50.2), id="a", name="Aa", state="KAZ", kind="port_city",
                founded="1991-12-16", open=True),
        feature(point(10.8, 50.8), id="b", name="Bb", state="RUS DEU", kind="oil_field",
                founded="1994-03", open=False),
    ]  # fmt: skip
    write_layer(folder, "places", places, STATES, languages=("en", "ru"))
    file = folder / "layers" / "places.toml"
    text = file.read_text("utf-8").replace("CC0-1.0", "LicenseRef-Public-Domain")
    file.write_text(text.replace("date = 2020", "date = 2020-05-17"), "utf-8")
    write_map(folder, "all", ["places"], [10, 50, 11, 51], ["many"], languages=("en", "ru"))
    atlas = site.load(folder)
    return tuple(scene.resolve(atlas, "all", lang) for lang in ("en", "ru"))


def test_codes_dates_and_licences_are_told_in_words(scenes: tuple[Scene, ...]) -> None:
    for drawn in scenes:
        assert [(place, text) for place, text in shown(drawn) if internal(text)] == []
    english = {text for _, text in shown(scenes[0])}
    assert {
        "Kazakhstan",
        "Russia, Germany",
        "port",
        "yes",
        "December 16, 1991",
        "March 1994",
    } <= english


def test_a_column_of_codes_is_sorted_by_its_words(scenes: tuple[Scene, ...]) -> None:
    """Only numbers and dates carry what they are sorted by."""
    layers = wording.text(scenes[0])["layers"]
    assert isinstance(layers, list)
    rows = {tuple(row[1:]) for feature in layers[0]["features"] for row in feature[2]}
    assert ("Kazakhstan",) in rows
    assert ("port",) in rows
    assert ("December 16, 1991", "1991-12-16") in rows


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("LicenseRef-Public-Domain", "a licence of our own making"),
        ("as of 1994-03-28", "an ISO date"),
        ("world-atlas 2.0.2", "a package"),
        ("npm:datamaps@0.5.10", "a package"),
        ("see layers/border.toml", "a file"),
        ("cannot_tell", "a key"),
        ("KAZ RUS", "a code of a state"),
        ("{'en': 'Border'}", "a value of the program"),
        ("None", "a value of the program"),
    ],
)
def test_the_walk_sees_what_it_looks_for(text: str, kind: str) -> None:
    assert internal(text) == [kind]


@pytest.mark.parametrize(
    "text", ["1994–1995", "CC-BY-4.0", "None of the lines", "Natural Earth 4.1", "12.5 km", "U.S."]
)
def test_the_walk_lets_words_pass(text: str) -> None:
    assert internal(text) == []
