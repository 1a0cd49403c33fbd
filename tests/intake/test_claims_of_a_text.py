"""Numbers of a text become drafts of an atlas, each once, and a claim answers what it states."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shekara import intake, site
from shekara.cli import app
from shekara.errors import UsageError
from shekara.texts import candidates
from tests.support.atlases import claim, feature, line, point, write_layer, write_map

TEXT = (
    "The roads are 71 km long, and they were paved in 1998.\n\n"
    "Ayrton has 12,000 people. A treaty gave the land 12 percent of the toll."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    road = feature(line([[10.0, 50.5], [11.0, 50.5]]), id="road", name="Road")
    write_layer(tmp_path, "roads", [road])
    write_layer(tmp_path, "towns", [feature(point(10.2, 50.5), id="t", name="Ayrton")])
    write_map(tmp_path, "all", ["roads", "towns"], [9.5, 49.5, 11.5, 51.5])
    return tmp_path


def say(folder: Path, layer: str, says: str, kind: str, at: str = "") -> None:
    path = folder / "layers" / f"{layer}.toml"
    text = claim("given", kind).replace("says given", says)
    path.write_text(path.read_text() + text.replace("verdict", f"{at}\nverdict"))


def unanswered(folder: Path, text: str = TEXT) -> list[str]:
    answers = intake.coverage(candidates(text), site.load(folder))
    return [answer.candidate.text for answer in answers if not answer.claims]


def test_drafts_say_the_whole_sentence_in_the_layer_that_it_names(folder: Path) -> None:
    drafted = intake.draft(candidates(TEXT), site.load(folder), "essay.txt")
    assert {each.file.name: each.ids for each in drafted} == {
        "roads.toml": ("p1-length-1", "p1-year-1"),
        "towns.toml": ("p2-population-1",),
        "essay.toml": ("p2-share-1",),  # no layer speaks of a toll
    }
    atlas = site.load(folder)
    tables = {table.id: table for layer in atlas.layers.values() for table in layer.file.claim}
    assert all(table.draft for table in tables.values())
    assert tables["p1-length-1"].says == {
        "en": "The roads are 71 km long, and they were paved in 1998."
    }
    assert atlas.drafts == ("p2-share-1", "p1-length-1", "p1-year-1", "p2-population-1")
    assert atlas.claims == ()


def test_a_text_read_again_adds_only_what_is_new(folder: Path) -> None:
    intake.draft(candidates(TEXT), site.load(folder), "essay.txt")
    assert intake.draft(candidates(TEXT), site.load(folder), "essay.txt") == ()
    more = candidates(TEXT + " The bridge is 300 m long.")
    (drafted,) = intake.draft(more, site.load(folder), "essay.txt", "roads")
    assert drafted.ids == ("p2-length-1",)


def test_a_claim_answers_what_its_keys_hold_of_its_sentence(folder: Path) -> None:
    assert unanswered(folder) == ["71 km", "1998", "12,000 people", "12 percent"]
    says = "The roads are 71 km long, and they were paved in 1998."
    say(folder, "roads", says, "length_km = { about = 71 }")
    assert unanswered(folder) == ["1998", "12,000 people", "12 percent"]


def test_a_document_answers_all_that_its_sentence_says(folder: Path) -> None:
    says = "They were paved in 1998, as 12 percent of all."
    say(folder, "roads", says, 'documented = { by = "a report" }')
    assert unanswered(folder) == ["71 km", "12,000 people"]


def test_other_units_are_the_same_number_and_other_kinds_are_not(folder: Path) -> None:
    say(folder, "roads", "Seen from above.", "length_km = { about = 71 }")
    assert unanswered(folder, "It is 71,000 m long and 71 ha large.") == ["71 ha"]


def test_a_claim_of_another_place_answers_nothing_here(folder: Path) -> None:
    (folder / "maps" / "index.toml").write_text(
        'title = "A"\nlanguages = ["en"]\n[text]\nkind = "essay"\nlanguage = "en"\n'
    )
    kind = "length_km = { about = 71 }"
    say(folder, "roads", "The roads are 71 km long.", kind, "at = { paragraph = 2 }")
    assert "71 km" in unanswered(folder)
    path = folder / "layers" / "roads.toml"
    path.write_text(path.read_text().replace("paragraph = 2", "paragraph = 1, sentence = 1"))
    assert "71 km" not in unanswered(folder)


def test_drafts_name_paragraph_and_sentence_where_the_atlas_has_a_text(folder: Path) -> None:
    (folder / "maps" / "index.toml").write_text(
        'title = "A"\nlanguages = ["en"]\n[text]\nkind = "essay"\nlanguage = "en"\n'
    )
    intake.draft(candidates(TEXT), site.load(folder), "essay.txt")
    tables = site.load(folder).layers["essay"].file.claim
    assert [(t.at.paragraph, t.at.sentence) for t in tables if t.at] == [(2, 2)]


def test_claims_that_are_no_tables_are_left_as_they_are(folder: Path) -> None:
    path = folder / "layers" / "roads.toml"
    text = path.read_text()
    given = 'claim = [{ id = "a", says = "a", verdict = "holds", count = { equals = 1 } }]\n'
    path.write_text(given + text)
    with pytest.raises(UsageError, match="cannot be appended"):
        intake.draft(candidates(TEXT), site.load(folder), "essay.txt")
    assert path.read_text() == given + text
    assert not (folder / "layers" / "essay.toml").exists()


def test_coverage_lists_what_no_claim_answers(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "essay.txt"
    text.write_text(TEXT)
    run = CliRunner()
    done = run.invoke(app, ["claims", str(text), "--atlas", str(folder), "--coverage", "--json"])
    record = json.loads(done.stdout)
    assert (record["numbers"], record["answered"]) == (4, 0)
    assert record["unanswered"][0]["text"] == "71 km"
    assert run.invoke(app, ["claims", str(text), "--coverage"]).exception is not None
