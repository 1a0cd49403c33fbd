"""The house keeps its order: who imports whom, what each file may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shekara"
# Left never imports right; rooms between the same commas are neighbours and import neither other.
ORDER = [
    {"errors"},
    {
        "spelling", "where", "verdicts", "characters", "box_drawing", "storage", "tasks", "colour",
        "pagehead",
    },
    {"i18n", "geometry"},
    {"gate", "pictures"}, {"measuring"}, {"median"}, {"atlas"}, {"claims"}, {"derive", "texts"},
    {"intake", "keys"},
    {"scene"}, {"relief"}, {"web", "sheet", "report"}, {"notebook", "export"}, {"starter"},
    {"site"}, {"preview"}, {"terminal"}, {"cli"},
]  # fmt: skip
FLOOR = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
FILES = sorted(SOURCE.rglob("*.py"))
PLACES = re.compile(
    r"kazakh(?!\s*(collation|letters|order|text|or|\())|russia(?!n)|caspian|baikonur|uzbek|kyrgyz|"
    r"turkmen|aral\b|astana|moscow|almaty",
    re.IGNORECASE,
)


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Rooms of shekara that a file imports, at its top or inside its functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {
                name.name.split(".")[1] for name in node.names if name.name.startswith("shekara.")
            }
        elif isinstance(node, ast.ImportFrom):
            here = ("shekara", *path.relative_to(SOURCE).parts)
            base = [*here[: len(here) - node.level]] if node.level else []
            parts = [*base, *(node.module or "").split(".")] if node.module else base
            if parts[0] == "shekara":
                found |= {parts[1]} if len(parts) > 1 else {name.name for name in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_left_never_imports_right(path: Path) -> None:
    own = room(path)
    if own in ("__init__", "__main__"):
        return
    for other in imported(path) & set(FLOOR):
        assert other == own or FLOOR[other] < FLOOR[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_opens_with_a_sentence_and_stays_under_300_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert len(text.splitlines()) <= 300


def test_the_program_names_no_place() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{number}: {line.strip()}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if PLACES.search(line)
    ]
    assert found == []


def test_the_drawings_are_imported_late() -> None:
    """Checking an atlas needs no folium, matplotlib or cartopy, and --help no geometry either."""
    code = (
        "import sys, shekara.cli; assert 'shapely' not in sys.modules, 'shapely';"
        "import shekara.site, shekara.claims;"
        "late = {'folium', 'matplotlib', 'cartopy', 'scipy', 'geopandas'} & set(sys.modules);"
        "assert not late, late"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_top_level_is_what_was_asked_for() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    top = {name.split("/")[0] for name in tracked if name}
    shown = {name for name in top if not name.startswith(".")}
    assert shown == {
        "geo",
        "layers",
        "maps",
        "src",
        "tests",
        "pyproject.toml",
        "README.md",
        "LICENSE",
    }


def test_no_file_is_too_large() -> None:
    sizes = {path: path.stat().st_size for path in (ROOT / "geo").glob("*.geojson")}
    assert max(sizes.values()) < 3_000_000
    assert sum(sizes.values()) < 12_000_000


def test_the_licence_of_the_package_covers_every_layer() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    covered = set(project["license"].split(" AND "))
    records = tomllib.loads((ROOT / "maps" / "sources.toml").read_text(encoding="utf-8"))
    used = {
        (records[source] if isinstance(source, str) else source)["license"]
        for path in (ROOT / "layers").glob("*.toml")
        for source in tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    }
    assert used <= covered


def test_every_word_of_the_program_is_in_three_languages() -> None:
    for path in (SOURCE / "i18n" / "kk_ru_en").glob("*.toml"):
        for key, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert set(table) == {"kk", "ru", "en"}, f"{path.name}: {key}"
            names = {tuple(sorted(re.findall(r"{(\w+)", text))) for text in table.values()}
            assert len(names) == 1, f"{path.name}: {key} fills in different values"


# Names that say nothing of what they hold; `k` is the field's word for a number of classes.
EMPTY_NAMES = {"found", "made", "own", "one", "k"}


def test_locals_say_what_they_hold() -> None:
    empty = []
    for path in FILES:
        for scope in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(scope, ast.FunctionDef):
                continue
            names = {node.arg for node in ast.walk(scope) if isinstance(node, ast.arg)}
            names |= {
                node.id
                for node in ast.walk(scope)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            allowed = {"k"} if room(path) == "notebook" else set()
            empty += [
                f"{path.relative_to(SOURCE)}:{scope.name}: {name}"
                for name in sorted(names & EMPTY_NAMES - allowed)
            ]
    assert empty == []


def test_our_own_names_are_spelt_one_way() -> None:
    """Colour, centre, neighbour; a field may be called as its key in TOML or its CSS property."""
    other = re.compile(r"color(?!map)|center|neighbor")  # a colormap is matplotlib's
    misspelt = []
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        scopes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        fields = {
            id(line.target)
            for scope in scopes
            for line in scope.body
            if isinstance(line, ast.AnnAssign)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                name = node.name
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                name = "" if id(node) in fields else node.id
            else:
                continue
            if other.search(name.casefold()):
                misspelt.append(f"{path.relative_to(SOURCE)}:{node.lineno}: {name}")
    assert misspelt == []


def test_nearness_of_names_is_judged_in_one_room() -> None:
    users = [path.name for path in FILES if "difflib" in path.read_text(encoding="utf-8")]
    assert users == ["spelling.py"]


def test_whole_turns_of_longitude_are_counted_in_one_room() -> None:
    """Wrapping, the short way round and running on: `shekara.geometry.longitudes` has them."""
    counted = re.compile(r"\+ 180(\.0)?\)? *(%|, *360)|round\([^\n]*/ 360(\.0)?\)|np\.unwrap")
    elsewhere = [
        str(path.relative_to(SOURCE))
        for path in FILES
        if room(path) not in ("geometry", "measuring")  # areas count the turns of a whole path
        and counted.search(path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == ["sheet/labels/candidates.py"]  # directions of a letter's path, in radians


def test_a_test_waits_for_the_language_that_it_asks_for() -> None:
    """A page unpacks its words first: a test that pressed the button itself failed one in many."""
    wanted = re.compile(r"#languages [^\n]*\.click\(|click\([^\n]*#languages ")
    for path in (ROOT / "tests").rglob("*.py"):
        if path != ROOT / "tests" / "support" / "browser.py" and path != Path(__file__):
            assert not wanted.search(path.read_text(encoding="utf-8")), f"{path}: speak(page, lang)"


# What makes a test depend on how busy the machine is, or on what another test does meanwhile.
RACES = {
    r"wait_for_timeout\(|\bsleep\(": "wait for what is to come: expect(…), until(…)",
    r"timeout=\d": "give the patience of tests/support/patience.py",
    r"\"/tmp\b|gettempdir\(": "write into tmp_path",
    r"bind\(|, port=[1-9]": "let the system give a free port",
}
# Loops that ask again and again, and what all workers share under a lock or write whole.
ASKING = {
    "site/test_stops.py", "support/axe.py", "support/browser.py", "support/programs.py",
}  # fmt: skip


@pytest.mark.parametrize("race", RACES)
def test_no_test_depends_on_a_quick_machine(race: str) -> None:
    asking = {
        str(path.relative_to(ROOT / "tests"))
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__)
        and path.relative_to(ROOT / "tests").parts[0] not in ("bench", "faults")
        and re.search(race, path.read_text(encoding="utf-8"))
    }
    assert asking <= ASKING, RACES[race]


def test_docstrings_have_one_style() -> None:
    """NumPy's, which users of the field's libraries know: a heading, a line under it."""
    other = re.compile(r"^\s*(Args|Arguments|Returns|Raises|Yields|Attributes|Examples?):$", re.M)
    mixed = [
        f"{path.relative_to(SOURCE)}: {heading}"
        for path in FILES
        for heading in other.findall(path.read_text(encoding="utf-8"))
    ]
    assert mixed == []


# Where a value may be anything, and why; elsewhere every value has a type.
ANY = {
    "__init__.py": "the program's functions and classes are fetched by name, late",
    "derive/methods.py": "each method takes the model of its own recipe",
    "keys/schemas.py": "a JSON Schema as pydantic makes it",
    "report/records.py": "records follow a JSON Schema, which tests hold them to",
    "sheet/paper/canvas.py": "keywords that matplotlib hands on to the writer of a format",
    "site/memory.py": "what was pickled is what its key says",
    "tasks/cluster.py": "dask's functions have no types",
    "texts/tables.py": "tables of words have many shapes, which their reader knows",
}


def test_every_value_has_a_type_but_eight() -> None:
    untyped = [
        str(path.relative_to(SOURCE))
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any")
    ]
    assert sorted(untyped) == sorted(ANY)


def test_what_a_package_gives_when_asked_is_named_like_no_module_of_it() -> None:
    """Importing a module puts it under its name into the package, before what is asked for."""
    for path in SOURCE.rglob("__init__.py"):
        homes = re.search(r"_HOMES = \{(.*?)\n\}", path.read_text(encoding="utf-8"), re.DOTALL)
        names = re.findall(r'"(\w+)": ', homes[1]) if homes else []
        assert [name for name in names if (path.parent / f"{name}.py").exists()] == []
        assert [name for name in names if (path.parent / name).is_dir()] == []
