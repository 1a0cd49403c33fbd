"""words/LANG.toml of an atlas: its own words first; what is wrong in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import site
from shekara.errors import AtlasError
from shekara.scene import resolve
from tests.support.atlases import sound


def words(folder: Path, name: str, text: str) -> Path:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / name).write_text(text, encoding="utf-8")
    return folder


def test_a_language_that_is_not_built_in_speaks_by_the_atlas(tmp_path: Path) -> None:
    folder = words(sound(tmp_path / "atlas"), "de.toml", 'verdict_holds = "trifft zu"\n')
    atlas = site.load(folder)
    assert resolve(atlas, "all", "de").claims[0].verdict_text == "trifft zu"
    assert resolve(atlas, "all", "en").claims[0].verdict_text == "holds"
    assert "verdict_holds" not in atlas.translator("de").missing()
    assert "verdict_fails" in atlas.translator("de").missing()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("de.toml", 'verdict_hold = "x"', "did you mean 'verdict_holds'"),
        ("de.toml", "verdict_holds = 3", "is no text"),
        ("de.toml", 'reason_documented = "Laut Urkunde"', "fills in other values"),
        ("de.toml", 'reason_documented = "{by} {by.__class__}"', "fills in other values"),
        ("zz1.toml", 'verdict_holds = "x"', "no language code"),
        ("de.toml", "verdict_holds = ", "no TOML"),
    ],
)
def test_a_wrong_word_is_told_with_its_way_out(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    with pytest.raises(AtlasError, match=says) as caught:
        site.load(words(sound(tmp_path / "atlas"), name, text))
    assert f"words/{name}" in str(caught.value)
