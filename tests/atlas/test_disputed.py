"""Disputed areas: one list, one rule, the same on every map of the atlas that ships."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import shapely

from shekara import measuring, site
from shekara.i18n import Translator

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("kk", "ru", "en")
ATLAS = site.load(ROOT)
with (ROOT / "layers" / "disputed.csv").open(encoding="utf-8") as file:
    LISTED = {row["id"]: row for row in csv.DictReader(file)}
LAYER = ATLAS.layers["disputed"]
SHAPES: dict[str, Any] = {
    str(row["id"]): shape for row, shape in zip(LAYER.properties, LAYER.geometry, strict=True)
}
# What the sentence on every map must say: counted to no state, dashes, no judgement.
SENTENCE = {
    "kk": ("ешбір мемлекетке қосылмай", "үзік сызық", "мәртебе туралы пікір емес"),
    "ru": ("ни к одному государству", "пунктиром", "не суждение о статусе"),
    "en": ("assigned to no state", "outlined with dashes", "no judgement on their status"),
}
# Named by the review of an editor: each was drawn by a rule of its own.
REVIEWED = {
    "abkhazia", "south-ossetia", "transnistria", "donbas", "northern-cyprus", "somaliland",
    "jammu-kashmir", "azad-kashmir", "northern-areas", "siachen", "golan", "kurils", "kosovo",
    "western-sahara-west", "western-sahara-east", "crimea",
}  # fmt: skip


def test_the_list_holds_what_an_editor_named() -> None:
    assert set(LISTED) >= REVIEWED


@pytest.mark.parametrize("name", list(LISTED))
def test_an_area_of_the_list_says_who_holds_and_who_claims_it(name: str) -> None:
    row = LISTED[name]
    assert row["theme"] in LAYER.file.field["theme"].values
    assert row["held_by"] or row["claimed_by"]
    for column in ("held_by", "claimed_by"):
        words = LAYER.file.field[column].values
        for code in row[column].split():
            assert code in words or Translator("en").territory(code) != code, code


@pytest.mark.parametrize("name", list(LISTED))
def test_an_area_of_the_list_is_in_no_state(name: str) -> None:
    """A point well inside each outline; 0.02° beside it lies no line of another package."""
    shape = SHAPES[name]
    if shape.geom_type == "Point":
        assert LISTED[name]["lon"], "a place has a position"
        return
    inside = shape.representative_point()
    for base in ("countries", "world"):
        states = ATLAS.layers[base]
        holding = [
            own["id"]
            for own, state in zip(states.properties, states.geometry, strict=True)
            if shapely.contains(state, inside)
        ]
        assert holding == [], base


@pytest.mark.parametrize("name", [key for key, row in LISTED.items() if row["listed_area_km2"]])
def test_an_outline_is_as_large_as_the_list_says(name: str) -> None:
    """Natural Earth's own theme, measured on its shapes: square kilometres, within 2 %."""
    if SHAPES[name].geom_type == "Point":
        return
    km2 = float(measuring.area_m2([SHAPES[name]])[0]) / 1e6
    assert km2 == pytest.approx(float(LISTED[name]["listed_area_km2"]), rel=0.02)


def test_the_list_begins_at_a_thousand_square_kilometres() -> None:
    sizes = [float(row["listed_area_km2"]) for row in LISTED.values() if row["listed_area_km2"]]
    assert min(sizes) >= 1000


@pytest.mark.parametrize("shape", ["outline", "place"])
@pytest.mark.parametrize("name", list(ATLAS.maps))
def test_the_legend_tells_of_them_where_one_is_in_view(name: str, shape: str) -> None:
    chosen = {"shape": shape}
    item = ATLAS.maps[name]
    entry = next(one for one in item.layers if one.layer == "disputed" and one.where == chosen)
    shapes = [LAYER.geometry[index] for index in LAYER.select(chosen)]

    def seen(around: float) -> bool:
        """Whether one lies in the extent with a part of it around."""
        west, south, east, north = item.file.extent
        wide, high = around * (east - west), around * (north - south)
        view = shapely.box(west - wide, south - high, east + wide, north + high)
        return any(shapely.intersects(view, one) for one in shapes)

    # Page and sheet show more than the extent, a sheet that lies a tall one's width once more on
    # either side: there the author sees what is in view.
    assert seen(0) <= entry.legend <= seen(1.0)


@pytest.mark.parametrize("name", list(ATLAS.maps))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_map_says_the_rule(name: str, lang: str) -> None:
    notes = [note[lang] for note in ATLAS.maps[name].file.notes if isinstance(note, dict)]
    assert any(all(part in note for part in SENTENCE[lang]) for note in notes)


def test_the_rule_and_the_year_of_the_list_stand_with_the_layer() -> None:
    about: Any = LAYER.file.about
    for lang in LANGUAGES:
        assert "2017" in about[lang]
        assert "Natural Earth" in about[lang]
