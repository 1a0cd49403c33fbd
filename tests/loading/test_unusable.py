"""All that a build would stumble over is told when the atlas is loaded, in one line each."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

from shekara import site
from shekara.cli import app
from shekara.errors import AtlasError, InputError
from tests.support.atlases import claim, feature, point, sound, write_layer

NINES = "9" * 400


def message(atlas: Path) -> str:
    with pytest.raises(AtlasError) as error:
        site.load(atlas)
    assert all(line.startswith("  ") for line in str(error.value).split("\n")[1:])
    return str(error.value)


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    return sound(tmp_path / "atlas")


def edited(atlas: Path, file: str, old: str, new: str) -> Path:
    text = (atlas / file).read_text(encoding="utf-8")
    assert old in text
    (atlas / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return atlas


@pytest.mark.parametrize("languages", ['"qq"', '"../x"', '""', '"en", "en"', '"english"', "1"])
def test_languages_are_languages_once_each(atlas: Path, languages: str) -> None:
    (atlas / "maps" / "index.toml").write_text(f'title = "t"\nlanguages = [{languages}]\n')
    assert "maps/index.toml: languages" in message(atlas)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ('"precision": "wrong"', "precision = 'wrong': is no precision"),
        ('"people": 1e400', "people = inf: is no number up to 1e+15"),
        ('"people": 1.7e308', "is no number up to 1e+15"),
        (f'"people": {NINES}', "a number with more than 15 digits: is no number up to 1e+15"),
        ('"people": NaN', "people = nan: is no number up to 1e+15"),
        ('"x": ' + "[" * 600 + "]" * 600, "has lists in lists in lists"),
        ('"x": ' + "[" * 100_000 + "]" * 100_000, "is no JSON"),
        ('"x": ["\\ud800"]', "lone surrogate"),
    ],
)
def test_attributes_can_be_written_and_computed_with(atlas: Path, value: str, rule: str) -> None:
    assert rule in message(edited(atlas, "geo/towns.geojson", '"name": "T0"', value))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("[[claim]]", "[style]\nsize = 1e300\n[[claim]]", "style.size = 1e300"),
        ("[[claim]]", "[style]\nwidth = 1e300\n[[claim]]", "style.width = 1e300"),
        ("[[claim]]", f"[style]\nsize = {NINES}\n[[claim]]", "is no number"),
        ("accuracy_m = 10", "accuracy_m = 1e300", "quality.accuracy_m = 1e300"),
        ("accuracy_m = 10", "accuracy_m = 1e999", "quality.accuracy_m = 1e999"),
        ("accuracy_m = 10", "accuracy_m = nan", "quality.accuracy_m = nan"),
        ('name = "made by a test"', f'name = "{"x" * 5000}"', "has a word of more than 500"),
    ],
)
def test_sizes_have_bounds(atlas: Path, old: str, new: str, rule: str) -> None:
    assert rule in message(edited(atlas, "layers/towns.toml", old, new))


@pytest.mark.parametrize("extent", ["[0, 89.9995, 10, 90]", "[-180, -90, 180, -89.999]"])
def test_a_map_lies_not_on_a_pole_alone(atlas: Path, extent: str) -> None:
    edited(atlas, "maps/all.toml", "[9.5, 49.5, 11.5, 51.5]", extent)
    assert "lies within 0.01° of a pole" in message(atlas)


@pytest.mark.parametrize(
    ("expression", "values", "rule"),
    [
        ("(" * 150 + "1" + ")" * 150, "", None),
        ("(" * 250 + "1" + ")" * 249, "", "is no expression"),
        ("-" * 300 + "1", "", "steps in steps"),
        ("-" * 3000 + "1", "", "is longer than 500 letters"),
        ("+".join(["1"] * 5000), "", "is longer than 500 letters"),
        (NINES + " * 1", "", "too large|no expression"),
        ("a*a*a", "a = 1e300", "too large"),
        ("a*b", "a = 1", "'b' in the expression has no value"),
        ("1/0", "", "division by a value that may be zero"),
        ("1/a", "a = [-1, 1]", "division by a value that may be zero"),
        ("1j + 1", "", "takes names, numbers"),
        ("True + 1", "", "takes names, numbers"),
        ("a", "a = [5, 1]", "needs low ≤ high"),
        ("2**9**9", "", "takes names, numbers"),
        ("__import__('os')", "", "takes names, numbers"),
    ],
)
def test_arithmetic_has_bounds(atlas: Path, expression: str, values: str, rule: str | None) -> None:
    kind = f'arithmetic = {{ expression = "{expression}", values = {{ {values} }}, equals = 1 }}'
    with (atlas / "layers" / "towns.toml").open("a") as file:
        file.write(claim("sum", kind))
    if rule is None:
        site.load(atlas)
        return
    said = message(atlas)
    assert "layers/towns.toml: claim sum.arithmetic" in said
    assert any(part in said for part in rule.split("|")), said


def test_brackets_without_end_are_no_toml_to_work_with(atlas: Path) -> None:
    (atlas / "maps" / "index.toml").write_text("a = " + "[" * 5000 + "]" * 5000)
    assert "maps/index.toml: has brackets in brackets without end" in message(atlas)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
def test_files_of_an_atlas_lie_in_it(atlas: Path, tmp_path: Path) -> None:
    (atlas / "geo" / "towns.geojson").rename(tmp_path / "towns.geojson")
    (atlas / "geo" / "towns.geojson").symlink_to(tmp_path / "towns.geojson")
    assert "geo/towns.geojson: is a link that leaves the atlas" in message(atlas)
    (atlas / "geo" / "towns.geojson").unlink()
    os.mkfifo(atlas / "geo" / "towns.geojson")
    assert "geo/towns.geojson: is no file" in message(atlas)


@pytest.mark.skipif(os.name == "nt", reason="letters that Windows has not")
@pytest.mark.parametrize("name", ["a\nb", 'a"b', "a<b>", "a\x1b[31mb", "a#b", "a%2fb"])
def test_names_of_files_can_be_addresses(atlas: Path, name: str) -> None:
    (atlas / "maps" / "all.toml").rename(atlas / "maps" / f"{name}.toml")
    said = message(atlas)
    assert "has a letter that no web address can have; rename the file" in said
    assert "\x1b" not in said


def test_a_chart_needs_numbers(atlas: Path) -> None:
    with (atlas / "maps" / "all.toml").open("a") as file:
        file.write('[[panel]]\nkind = "bars"\ntitle = "t"\nlayer = "road"\nx = "id"\ny = "name"\n')
    assert "properties.name = 'Road': is no number" in message(atlas)


@pytest.mark.parametrize("value", ["1e999", "1e300", "nan", "-1e16"])
def test_a_line_across_a_chart_is_a_number_to_draw(atlas: Path, value: str) -> None:
    panel = '[[panel]]\nkind = "bars"\ntitle = "t"\nlayer = "road"\nx = "id"\ny = "id"\n'
    with (atlas / "maps" / "all.toml").open("a") as file:
        file.write(panel + f'reference = [{{ value = {value}, title = "x" }}]\n')
    assert "panel[0].reference[0].value" in message(atlas)


def test_limits_are_told_and_can_be_raised(atlas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEKARA_LIMIT_POSITIONS", "9")
    said = message(atlas)  # a ring of five, a line of two, three points
    assert "positions = 10: is more than the limit of 9" in said
    assert "raise the limit: shekara --raise positions=10" in said
    assert "SHEKARA_LIMIT_POSITIONS=10" in said
    monkeypatch.setenv("SHEKARA_LIMIT_POSITIONS", "10")
    site.load(atlas)
    for name, count in (("FEATURES", 5), ("CLAIMS", 2), ("MAPS", 1)):
        monkeypatch.setenv(f"SHEKARA_LIMIT_{name}", str(count - 1))
        assert f"{name.lower()} = {count}: is more than the limit" in message(atlas)
        monkeypatch.delenv(f"SHEKARA_LIMIT_{name}")
    monkeypatch.setenv("SHEKARA_LIMIT_MAPS", "many")
    with pytest.raises(InputError, match="is no whole number"):
        site.load(atlas)


def test_a_chart_has_no_more_bars_and_colours_than_can_be_read(atlas: Path) -> None:
    towns = [feature(point(10 + n / 1e4, 50), id=f"t{n}", name=f"T{n}") for n in range(201)]
    write_layer(atlas, "towns", towns)
    panel = '[[panel]]\nkind = "bars"\ntitle = "t"\nlayer = "towns"\nx = "id"\ny = "count"\n'
    with (atlas / "maps" / "all.toml").open("a") as file:
        file.write(panel + 'by = "name"\n')
    said = message(atlas)
    assert "panel 1: bars = 201: is more than the limit of 200" in said
    assert "panel 1: series = 201: is more than the limit of 40" in said


def test_a_file_too_long_is_not_read(atlas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (atlas / "geo" / "towns.geojson").open("ab") as file:
        file.truncate(2_000_000)  # no JSON any more: it would be told if it were read
    monkeypatch.setenv("SHEKARA_LIMIT_MEGABYTES", "1")
    assert "geo/towns.geojson: has 2 megabytes, more than the limit of 1" in message(atlas)


def test_a_limit_is_raised_by_an_option(atlas: Path) -> None:
    runner = CliRunner()
    again = ["--raise", "maps=0", "--raise", "maps=1"]
    with patch.dict(os.environ):
        assert runner.invoke(app, [*again, "list", str(atlas)]).exit_code == 0
        wrong = runner.invoke(app, ["--raise", "positons=5", "list"]).exception
        assert "no limit 'positons'; did you mean 'positions'?" in str(wrong)
        none = runner.invoke(app, ["--raise", "maps=many", "list"]).exception
        assert "is no whole number; write maps=2000" in str(none)


STYLED = '[style]\nlabel = "name"\n[time]\nfrom = "since"\n'


def test_faulty_features_are_told_and_not_what_their_attributes_lack(atlas: Path) -> None:
    write_layer(atlas, "towns", [feature(point(10, 50), id="a", name="A", since=1)], STYLED)
    path = atlas / "geo" / "towns.geojson"
    path.write_text(path.read_text().replace('"Feature"', '"Future"'), encoding="utf-8")
    said = message(atlas)
    assert "geo/towns.geojson: features[0]: is no Feature" in said
    assert "is no attribute of the layer" not in said


def test_a_faulty_claim_is_told_and_not_who_names_it(atlas: Path) -> None:
    edited(atlas, "layers/towns.toml", "count =", "cuont =")
    edited(atlas, "maps/all.toml", 'claims = ["towns"]', 'claims = ["towns", "road-length"]')
    assert message(atlas).count("\n") == 1


def test_a_message_holds_no_thousand_names(atlas: Path) -> None:
    many = {f"k{number}": number for number in range(3000)}
    write_layer(atlas, "towns", [feature(point(10, 50), id="a", **many)], STYLED)
    said = message(atlas)
    assert " more" in said
    assert len(said) < 1000
    edited(atlas, "layers/towns.toml", "[style]", f"{'license' * 2000} = 1\n[style]")
    assert max(map(len, message(atlas).splitlines())) < 1000
