"""Attributes as a reader sees them: dates by the language, states by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import scene, site
from shekara.i18n import Translator
from shekara.scene.columns import shown
from tests.support.atlases import feature, point, sound, write_layer

TOML = """title = "Papers"
source = [{ name = "test", license = "CC0-1.0" }]
[quality]
precision = "documentary"
[field.signed]
title = "Signed"
[field.parties]
title = "Parties"
kind = "territory"
"""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    atlas = tmp_path_factory.mktemp("atlas")
    for folder in ("layers", "geo", "maps"):
        (atlas / folder).mkdir()
    (atlas / "layers" / "papers.toml").write_text(TOML, encoding="utf-8")
    (atlas / "geo" / "papers.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
        '{"id":"one","signed":"1815-06-09","parties":"AUT FR"},"geometry":null}]}',
        encoding="utf-8",
    )
    return atlas


@pytest.mark.parametrize(
    ("lang", "field", "value", "words"),
    [
        ("en", "signed", "1815-06-09", "June 9, 1815"),
        ("ru", "signed", "1815-06-09", "9 июня 1815 г."),
        ("en", "signed", "1815", "1815"),
        ("en", "signed", "after 1815-06-09", "after 1815-06-09"),
        ("ru", "parties", "AUT FR", "Австрия, Франция"),
        ("kk", "parties", "DEU", "Германия"),
        ("en", "parties", "QQQ", "QQQ"),
    ],
)
def test_a_date_and_a_state_are_told_in_words(
    papers: Path, lang: str, field: str, value: str, words: str
) -> None:
    layer = site.load(papers).layers["papers"]
    assert shown(layer, field, value, Translator(lang)).replace("\u00a0", " ") == words


def test_sources_are_shown_by_their_titles(tmp_path: Path) -> None:
    atlas = sound(tmp_path / "atlas")
    towns = [
        feature(point(10.2, 50.5), id="a", by="census"),
        feature(point(10.3, 50.5), id="b", by="law; census"),
    ]
    write_layer(atlas, "towns", towns, '[field.by]\ntitle = "By"\nkind = "source"\n')
    (atlas / "maps" / "sources.toml").write_text(
        '[census]\ntitle = "Census of 1999"\ndate = 1999\n'
        '[law]\ntitle = "Law on towns"\ndate = 1994\n'
    )
    (atlas / "maps" / "all.toml").write_text(
        'title = "t"\nlayers = ["towns"]\nextent = [9.5, 49.5, 11.5, 51.5]\n'
    )
    (layer,) = scene.resolve(site.load(atlas), "all", "en").layers
    values = [row.value for town in layer.features for row in town.rows]
    assert values == ["Census of 1999", "Law on towns; Census of 1999"]
