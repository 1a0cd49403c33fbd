"""Every key explains itself, and the schemas for editors accept what the program accepts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from shekara import keys, starter
from shekara.claims import KINDS
from shekara.errors import UsageError
from shekara.i18n import messages, words_file


@pytest.mark.parametrize("topic", [None, *keys.TOPICS, *KINDS])
def test_every_key_says_what_it_does(topic: str | None) -> None:
    for _, columns, rows in keys.tables(topic):
        assert rows
        assert all(len(row) == len(columns) and all(row[::3]) for row in rows)


def test_every_description_belongs_to_a_key() -> None:
    shown = {
        row[0] for topic in (None, *KINDS) for _, _, rows in keys.tables(topic) for row in rows
    }
    described = {key for table in keys.descriptions().values() for key in table}
    assert described <= shown


def test_a_type_is_told_in_the_words_of_the_file() -> None:
    rows = {row[0]: row for _, _, rows in keys.tables("panel") for row in rows}
    assert rows["kind"][1:3] == ('"line" | "bars" | "stacked"', "required")
    assert rows["y_zero"][1:3] == ("true | false", "true")
    assert rows["x"][1] == "text"
    assert rows["reference"][1] == "[table, …]"


def test_a_wrong_topic_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'style'"):
        list(keys.tables("styel"))


def test_schemas_accept_a_sound_atlas_and_refuse_a_wrong_key(tmp_path: Path) -> None:
    import jsonschema  # late: its grammars take two seconds

    starter.write(tmp_path / "atlas")
    keys.write_schemas(tmp_path / "schema")
    read = {
        name: json.loads((tmp_path / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in keys.SCHEMAS
    }
    for path in (tmp_path / "atlas").rglob("*.toml"):
        kind = {"layers": "layer"}.get(path.parent.name, "map")
        kind = "index" if path.stem == "index" else kind
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        jsonschema.validate(json.loads(json.dumps(data, default=str)), read[kind])
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(
                json.loads(json.dumps({**data, "colour": 1}, default=str)), read[kind]
            )
    style = read["layer"]["$defs"]["StyleTable"]["properties"]
    assert "Diameter of points" in style["size"]["description"]


@pytest.mark.parametrize(
    ("name", "table", "sound"),
    [
        ("map", {"title": {"kk": "Карта", "pt-BR": "Mapa"}, "layers": ["a"]}, True),
        ("map", {"title": {"english": "Map"}, "layers": ["a"]}, False),
        ("sources", {"treaty": {"title": "A treaty"}}, True),
        ("sources", {"treaty": {"name": "A treaty", "known": "read"}}, True),
        ("sources", {"treaty": {"titel": "A treaty"}}, False),
        ("sources", {"treaty": {"title": "A treaty", "name": "A treaty"}}, False),
        ("sources", {"A treaty": {"title": "A treaty"}}, False),
    ],
)
def test_schemas_know_sources_and_codes_of_languages(
    name: str, table: dict[str, object], sound: bool, tmp_path: Path
) -> None:
    import jsonschema

    keys.write_schemas(tmp_path)
    read = json.loads((tmp_path / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert jsonschema.Draft7Validator(read).is_valid(table) == sound


def test_words_of_a_language_can_be_begun_from_a_file() -> None:
    assert tomllib.loads(words_file("ru"))["yes"] == "да"
    begun = words_file("fi")
    assert tomllib.loads(begun) == {}  # what nobody has translated is still missing
    taken = begun.replace('#yes = "yes"', 'yes = "kyllä"')
    assert tomllib.loads(taken) == {"yes": "kyllä"}
    every = "\n".join(
        line.removeprefix("#") for line in begun.splitlines() if not line.startswith("# ")
    )
    assert set(tomllib.loads(every)) == set(messages())


@pytest.mark.parametrize("topic", [*keys.TOPICS, *KINDS])
def test_every_key_has_an_example_that_is_toml(topic: str) -> None:
    for _, _, rows in keys.tables(topic):
        for key, *_, example in rows:
            table = tomllib.loads(example)
            text = json.dumps(table, default=str)
            assert f'"{key}":' in text, example
