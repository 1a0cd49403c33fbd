"""A language is a file of words: no module names one, and a new file is enough for a new one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from shekara.texts import candidates, lexicon, names, spelled, tables
from shekara.texts import language as language_module

ROOM = Path(tables.__file__).parent
MODULES = sorted(ROOM.glob("*.py"))

# A language that the program does not ship, in thirty lines of words.
SPANISH = """
[language]
script = "latin"
small = ["el", "los", "las", "una", "del", "que", "por", "tiene", "mide", "viven"]

[morphology]
ending = "(?:s|es)?"

[numeral]
"uno|una|un" = 1
dos = 2
tres = 3
cinco = 5
veinte = 20

[magnitude]
3 = ["mil"]
6 = ["millón", "millones"]

[plus]
"y medio|y media" = 0.5

[part]
mitad = 2
"tercio|tercios" = 3

[share]
lone = [2]
patterns = ["{a}(?: {w})? de cada {b}"]

[before]
more_than = ["=más de"]
at_most = ["=como máximo", "=hasta"]
about = ["=unos/unas", "=cerca de"]

[negation]
words = ["no"]

[[interval]]
open = "entre"
link = "y"
"""


def strings(tree: ast.AST) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    documented = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in documented
        ):
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_module_names_a_language(path: Path) -> None:
    """What a language has of its own stands in its file; modules know no code of one."""
    assert set(strings(ast.parse(path.read_text("utf-8")))) & set(tables.languages()) == set()


def test_every_file_is_a_language() -> None:
    """The languages are the files."""
    files = {path.stem for path in (ROOM / "number_words").glob("*.toml")}
    assert set(tables.languages()) == files >= {"kk", "ru", "en", "de"}


@pytest.fixture
def with_spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shipped files and one more."""
    for path in (ROOM / "number_words").glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / "es.toml").write_text(SPANISH, "utf-8")
    monkeypatch.setattr(tables, "NUMBER_WORDS", tmp_path)
    caches = (tables.languages, lexicon.lexicon, names.unit_names, language_module._ordinals_go_on)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()
    spelled._compound.cache_clear()


@pytest.mark.usefixtures("with_spanish")
@pytest.mark.parametrize(
    ("phrase", "value", "unit", "relation"),
    [
        ("La frontera mide más de 1.234,5 kilómetros.", 1234.5, "km", "more_than"),
        ("El río tiene dos millones y medio de años.", 2.5e6, "", "equals"),
        ("Unos cinco mil kilómetros cuadrados del valle.", 5000, "km2", "about"),
        ("Dos tercios del agua que beben.", 66.667, "percent", "equals"),
        ("No más de 20 hectáreas del parque.", 20, "ha", "at_most"),
        ("El 6 de julio de 1998 por la tarde, 3 km.", 3, "km", "equals"),
    ],
)
def test_a_new_language_is_a_file(phrase: str, value: float, unit: str, relation: str) -> None:
    """Numbers of a language whose file was not there before are read, told or not."""
    for lang in ("es", None):
        reading = candidates(phrase, lang)[-1]
        assert (reading.value, reading.unit, reading.relation) == (value, unit, relation)
        assert reading.lang == "es"


@pytest.mark.parametrize(
    ("phrase", "value", "high", "unit", "relation"),
    [
        ("mehr als 6,5 Tausend Kilometer", 6500, None, "km", "more_than"),
        ("rund zweieinhalb Millionen Menschen", 2.5e6, None, "people", "about"),
        ("dreihundertzwölf Kilometer", 312, None, "km", "equals"),
        ("höchstens einundzwanzig Meter", 21, None, "m", "at_most"),
        ("anderthalb Millionen Euro", 1.5e6, None, "EUR", "equals"),
        ("ein Drittel der Fläche", 33.333, None, "percent", "equals"),
        ("nicht mehr als 12 %", 12, None, "percent", "at_most"),
        ("zwischen 5 und 10 Hektar", 5, 10, "ha", "between"),
        ("am 6. Juli 1998", "1998-07-06", None, "", "equals"),
        ("im 19. Jahrhundert", 19, None, "century", "equals"),
        ("vom 3. bis 17. Mai 2021", "2021-05-03", "2021-05-17", "", "between"),
        ("in den 80er Jahren des 20. Jahrhunderts", 1980, 1989, "year", "between"),
        ("eine Höhe von 1.234 Metern", 1234, None, "m", "equals"),
    ],
)
def test_german(
    phrase: str, value: float | str, high: float | str | None, unit: str, relation: str
) -> None:
    """The fourth language came as a file."""
    (reading,) = candidates(phrase, "de")
    assert (reading.value, reading.value_high) == (value, high)
    assert (reading.unit, reading.relation) == (unit, relation)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Kraków has 803,283. Łódź has 655,279.", ["Kraków", "Łódź"]),
        (
            "Das war 1990. Ötztal hat 3 Mio. Gäste. Sie kam z. B. aus Wien.",
            ["Das", "Ötztal", "Sie"],
        ),
        ("Было 16. Ґданськ тут.", ["Было", "Ґданськ"]),
        ("It is 5 km. away. In St. Gallen it rains.", ["It", "In"]),
        ("He takes vitamin C. The dose is 5 g. It helps.", ["He", "The", "It"]),
        (
            "Use Plan B. Kazakhstan has 3 roads. See appendix A. Yes.",
            ["Use", "Kazakhstan", "See", "Yes."],
        ),
        ("Das gilt z. T. Immer war es 44 v. Chr. so, u. U. auch hier.", ["Das"]),
        ("Gruppe B. Chemie z.\u00a0B. ist schwer. Z. B. so.", ["Gruppe", "Chemie", "Z."]),
    ],
)
def test_a_sentence_begins_with_a_capital_of_any_alphabet(text: str, begins: list[str]) -> None:
    assert [
        text[each.start : each.end].split()[0] for each in language_module.sentences(text)
    ] == begins
