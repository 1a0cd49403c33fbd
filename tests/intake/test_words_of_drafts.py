"""The claims that `add` proposes are said in every language of the atlas."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from shekara import intake
from shekara.i18n import built_in
from tests.support.atlases import feature, point

NBSP = "\u00a0"


def says(
    folder: Path, languages: tuple[str, ...], shape: dict[str, object]
) -> list[dict[str, str]]:
    file = folder / "wells.geojson"
    collection = {"type": "FeatureCollection", "features": [feature(shape, name="Fen")]}
    file.write_text(json.dumps(collection), encoding="utf-8")
    added = intake.add(file, folder / "atlas", languages=languages)
    table = tomllib.loads(added.layer.read_text(encoding="utf-8"))
    return [claim["says"] for claim in table["claim"]]


def test_each_built_in_language_says_a_draft_in_its_own_words(tmp_path: Path) -> None:
    (count,) = says(tmp_path, built_in(), point(10, 50))
    assert set(count) == set(built_in())
    assert len(set(count.values())) == len(count)
    assert count["de"] == "Anzahl der Objekte: 1."
    assert count["ru"] == "Число объектов: 1."
    assert all("1" in text for text in count.values())


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        # 10° of the equator are 1113.19 km: WGS 84's major axis times π/18; three figures of it.
        ("en", f"Length: about 1,110{NBSP}km."),
        ("de", f"Länge: etwa 1.110{NBSP}km."),
        ("kk", f"Ұзындығы: шамамен 1{NBSP}110{NBSP}км."),
        ("pl", f"Length: about 1,110{NBSP}km."),  # the program has no words in Polish
    ],
)
def test_a_size_is_written_as_the_language_writes_numbers(
    tmp_path: Path, lang: str, text: str
) -> None:
    line: dict[str, object] = {"type": "LineString", "coordinates": [[0, 0], [10, 0]]}
    _, size = says(tmp_path, (lang,), line)
    assert size == {lang: text}


def test_an_atlas_says_a_draft_in_the_words_that_it_has_itself(tmp_path: Path) -> None:
    words = tmp_path / "atlas" / "words"
    words.mkdir(parents=True)
    (words / "pl.toml").write_text('draft_count = "Liczba obiektów: {number}."\n', encoding="utf-8")
    (count,) = says(tmp_path, ("pl", "en"), point(10, 50))
    assert count == {"pl": "Liczba obiektów: 1.", "en": "Number of features: 1."}
