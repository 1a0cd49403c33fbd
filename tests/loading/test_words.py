"""words/LANG.toml of an atlas: its own words first; what is wrong in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import site
from shekara.cli.options import say_remarks
from shekara.errors import AtlasError
from shekara.i18n import messages
from shekara.i18n.translator import UNITS
from shekara.scene import resolve
from tests.support.atlases import sound


def words(folder: Path, name: str, text: str) -> Path:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / name).write_text(text, encoding="utf-8")
    return folder


def test_a_language_that_is_not_built_in_speaks_by_the_atlas(tmp_path: Path) -> None:
    folder = words(sound(tmp_path / "atlas"), "fi.toml", 'verdict_holds = "pitää paikkansa"\n')
    atlas = site.load(folder)
    assert resolve(atlas, "all", "fi").claims[0].verdict_text == "pitää paikkansa"
    assert resolve(atlas, "all", "en").claims[0].verdict_text == "holds"
    assert "verdict_holds" not in atlas.translator("fi").missing()
    assert "verdict_fails" in atlas.translator("fi").missing()


def test_words_in_english_are_named_by_check_and_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = words(sound(tmp_path / "atlas"), "fi.toml", 'verdict_holds = "pitää paikkansa"\n')
    (folder / "maps" / "index.toml").write_text(
        'title = "Atlas"\nlanguages = ["en", "de", "fi"]\n', encoding="utf-8"
    )
    say_remarks(site.load(folder))
    said = capsys.readouterr()
    assert said.out == ""
    # Beside what the atlas itself owes its readers; de is built in.
    (line,) = [line for line in said.err.splitlines() if "words of the program" in line]
    signs = {f"{place}_{name}" for name in UNITS for place in ("unit", "sheet")} & set(messages())
    written = len(messages()) - len(signs) - 1
    assert line.startswith(f"fi: {written} words of the program are in English")
    assert "verdict_fails, verdict_cannot_tell" in line
    assert "shekara keys words --lang fi > words/fi.toml" in line


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("de.toml", 'verdict_hold = "x"', "did you mean 'verdict_holds'"),
        ("de.toml", "verdict_holds = 3", "is no text"),
        ("de.toml", 'reason_documented = "Laut Urkunde"', "fills in other values"),
        ("de.toml", 'reason_documented = "{by} {by.__class__}"', "fills in other values"),
        ("ru.toml", 'report_shown@two = "{count} {total}"', "no TOML"),
        ("ru.toml", '"report_shown@two" = "{count} {total}"', "few, many, one, other"),
        ("ru.toml", '"report_shown@few" = "{count}"', "fills in other values"),
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
