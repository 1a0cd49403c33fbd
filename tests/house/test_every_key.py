"""shekara new --full: every key once, with a comment, in an atlas that checks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from shekara import claims, keys, scene, site, starter, web
from shekara.starter.explained import every_key

# What names something of an atlas's own: a recipe, fonts, a picture, a layer among several.
OWN = {
    ("layer", "derive"), ("layer", "layer"), ("style", "icon"), ("index", "fonts"),
    ("index", "relief"), ("index", "typeface"), ("index", "sans"), ("index", "serif"),
    ("index", "logo"), ("index", "file"), ("index", "source"), ("map", "backdrop"), ("map", "file"),
    ("map", "bounds"), ("map", "crs"), ("map", "opacity"), ("map", "source"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full") / "atlas"
    starter.write(folder, full=True)
    return folder


def test_every_key_is_explained_once(folder: Path) -> None:
    text = "".join(path.read_text() for path in sorted(folder.glob("*/*.toml")))
    for topic, key in every_key() - OWN:
        said = keys.description(topic, key)
        stands = f"# {said}\n" in text or f"#   {key}: {said}\n" in text
        assert stands, f"show {key} of {topic} once, in src/shekara/starter/full"
    for topic, key in OWN:
        assert re.search(rf"^# {topic}: {key} = …", text, re.MULTILINE), (topic, key)
    for kind in claims.KINDS:
        assert f"# {kind}: {keys.meaning(kind)}\n" in text


def test_it_is_as_recorded_and_can_be_drawn(folder: Path) -> None:
    atlas = site.load(folder)
    assert [v for v in claims.check_all(atlas) if not v.as_recorded] == []
    for name in atlas.maps:
        page = web.page([scene.resolve(atlas, name, lang) for lang in atlas.languages])
        assert "</html>" in page


@pytest.mark.parametrize("full", [True, False])
def test_editors_find_a_schema_that_takes_each_file(tmp_path: Path, full: bool) -> None:
    import json

    import jsonschema

    starter.write(tmp_path / "atlas", full=full)
    for path in (tmp_path / "atlas").glob("*/*.toml"):
        line, _, text = path.read_text().partition("\n")
        match = re.fullmatch(r"#:schema (\S+)", line)
        assert match is not None, path
        schema = json.loads((path.parent / match[1]).read_text())
        table = json.loads(json.dumps(tomllib.loads(text), default=str))
        jsonschema.validate(table, schema)
