"""Drafts of claims are TOML that an author completes, in the keys that an atlas checks."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shekara.claims.kinds import KINDS
from shekara.texts import candidates, drafts

ENVELOPE = {"id", "draft", "says", "text", "verdict"}


def claims(text: str, lang: str | None = None) -> list[dict[str, object]]:
    readings = tomllib.loads(drafts(candidates(text, lang)))
    return list(readings.get("claim", []))


@pytest.mark.parametrize(
    ("phrase", "kind", "params"),
    [
        ("6,5 мың шақырымнан астам", "length_km", {"more_than": 6500}),
        ("104492 шаршы шақырым", "area_km2", {"about": 104492, "tolerance": 0.5}),
        ("104492 ± 500 км²", "area_km2", {"about": 104492, "tolerance": 500}),
        ("аумағының 3,8%", "share_percent", {"about": 3.8, "tolerance": 0.05}),
        ("about 2.7 million km²", "area_km2", {"about": 2700000}),
        ("4 полигон бар жер", "count", {"equals": 4}),
        ("не менее 5 полигонов", "count", {"at_least": 5}),
        ("12–15 %", "share_percent", {"between": [12, 15]}),
        ("up to 12 nautical miles", "length_M", {"at_most": 12}),
        # 1609.344 m a mile, 2.589988110336 km² a square mile (agreement of 1959)
        ("over 100 miles of it", "length_km", {"more_than": 160.9344}),
        ("over 100 square miles of it", "area_km2", {"more_than": 258.998811034}),
        ("27,5 га", "area_ha", {"about": 27.5, "tolerance": 0.05}),
        # 4046.8564224 m² an acre, 0.3048 m a foot (agreement of 1959)
        ("over 100 acres of it", "area_ha", {"more_than": 40.468564224}),
        ("at least 200 feet of it", "length_m", {"at_least": 60.96}),
        (
            "178 km as the crow flies",
            "distance_km",
            {"to": "fill_in", "about": 178, "tolerance": 0.5},
        ),
        (
            "a depth of 668 m",
            "value",
            {"field": "fill_in", "about": 668, "tolerance": 0.5, "unit": "m"},
        ),
        ("вдвое больше", "value", {"field": "fill_in", "about": 2, "unit": "fold"}),
    ],
)
def test_kind_and_relation(phrase: str, kind: str, params: dict[str, object]) -> None:
    """A measure becomes the kind of claim that an atlas has for it, in that kind's unit."""
    (claim,) = claims(phrase)
    assert set(claim) == {*ENVELOPE, kind}
    assert claim[kind] == params


@pytest.mark.parametrize(
    "text",
    [
        "6,5 мың шақырымнан астам",
        "104492 шаршы шақырым",
        "2,37 миллиард долларды",
        "55 милион халық",
        "Үш ғасыр",
        "1992 жыл мен 1998 жылдың 20 мамыры аралығында",
        "12–15 %",
        "148",
        "about 2.7 million km²",
        "at least 7 countries of the world",
        "6 people per km²",
    ],
)
def test_atlas_accepts(text: str) -> None:
    """Every draft has exactly one kind, with parameters that this kind's check accepts."""
    for claim in claims(text):
        (kind,) = set(claim) - ENVELOPE
        KINDS[kind].model_validate(claim[kind])
        assert claim["verdict"] == "cannot tell"
        assert claim["text"] == "paragraph 1"


def test_ambiguous_is_left_to_the_author() -> None:
    """A number with two readings shows both as comments and claims neither."""
    text = drafts(candidates("1,234 km"))
    (claim,) = tomllib.loads(text)["claim"]
    assert set(claim) == ENVELOPE
    assert "# length_km = { about = 1.234 }" in text
    assert "# length_km = { about = 1234 }" in text


def test_a_letter_with_two_meanings_shows_both_with_their_units() -> None:
    """27m may be millions or metres: both stand as comments, the likelier first."""
    text = drafts(candidates("27m passengers"))
    (claim,) = tomllib.loads(text)["claim"]
    assert set(claim) == ENVELOPE
    millions, metres = (
        text.index(part) for part in ("equals = 27000000", "length_m = { about = 27 }")
    )
    assert millions < metres


def test_names_are_unique_and_say_the_language() -> None:
    """Ids tell paragraph and kind and differ; the statement is filed under its language."""
    readings = claims("Бұл жол 5 км, ана жол 6 км.\n\nЖер 7 га.")
    assert [claim["id"] for claim in readings] == ["p1-length-1", "p1-length-2", "p2-area-1"]
    assert readings[0]["says"] == {"kk": "Бұл жол 5 км, ана жол 6 км."}


@pytest.mark.parametrize(
    "payload", ['"', "\\", '"""', "\x1b[31m", "]]\n[[x", "\x7f", "#", "\u2028"]
)
def test_hostile_text(payload: str) -> None:
    """Quotes, escapes and control characters of a text stay inside strings and comments."""
    text = f"{payload} 5 {payload} about 6 km{payload} of it {payload}"
    shown = drafts(candidates(text))
    tomllib.loads(shown)
    assert "\x1b" not in shown


@given(st.text(alphabet="15,. км%км²\"\\'\n\r\t\x00\x1b#[]{}=жг", max_size=60))
def test_always_toml(text: str) -> None:
    """Drafts of any text are TOML with as many tables as there are candidates."""
    readings = candidates(text)
    assert len(tomllib.loads(drafts(readings)).get("claim", [])) == len(readings)


def test_nothing_found() -> None:
    """A text with no numbers gives a comment and no table."""
    assert claims("Ешқандай сан жоқ.") == []
