"""What an atlas still owes its readers is told, and is no error."""

from __future__ import annotations

from pathlib import Path

from shekara import site
from shekara.atlas.unfinished import owed
from tests.support.atlases import feature, line, write_layer, write_map

CLAIM = """
[field.kind]
title = "Kind"
values = { a = { ka = "ა" } }

[[claim]]
id = "c"
says = { ka = "ა", en = "a" }
not_checkable = { why = { en = "An opinion." } }
verdict = "not checkable"
"""


def test_texts_that_lack_a_language_are_listed_with_their_keys(tmp_path: Path) -> None:
    way = feature(line([[10, 50], [11, 50]]), kind="a")
    write_layer(tmp_path, "way", [way], CLAIM, languages=("ka", "en"))
    write_map(tmp_path, "all", ["way"], [9, 49, 12, 52], languages=("en",))
    index = 'title = { en = "One" }\nlanguages = ["ka", "en"]\n'
    (tmp_path / "maps" / "index.toml").write_text(index, encoding="utf-8")
    georgian, english = owed(site.load(tmp_path))
    assert georgian.startswith("ka: 4 texts")
    for key in ("maps/index.toml title", "maps/all.toml title", "maps/all.toml about",
                "layers/way.toml claim c why"):  # fmt: skip
        assert key in georgian
    assert english == (
        "en: 1 texts of the atlas are in another language, for want of their own: "
        "layers/way.toml field.kind.values.a"
    )


def test_a_text_for_all_and_a_region_owe_nothing(tmp_path: Path) -> None:
    way = feature(line([[10, 50], [11, 50]]))
    write_layer(tmp_path, "way", [way], languages=("pt",))
    write_map(tmp_path, "all", ["way"], [9, 49, 12, 52], languages=("pt",))
    index = 'title = "Um"\nlanguages = ["pt-BR"]\n'
    (tmp_path / "maps" / "index.toml").write_text(index, encoding="utf-8")
    assert owed(site.load(tmp_path)) == ()


def test_a_licence_that_nobody_filled_in_is_named(tmp_path: Path) -> None:
    write_layer(tmp_path, "way", [feature(line([[10, 50], [11, 50]]))])
    path = tmp_path / "layers" / "way.toml"
    text = path.read_text(encoding="utf-8").replace("CC0-1.0", "LicenseRef-fill-in")
    path.write_text(text, encoding="utf-8")
    (said,) = owed(site.load(tmp_path))
    assert "licence" in said
    assert said.endswith("layers/way.toml")
