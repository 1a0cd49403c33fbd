"""What READMEs and the page for contributors name is there: folders, files, habits."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shekara"
PAPERS = [
    ROOT / "src" / "README.md",
    ROOT / "tests" / "README.md",
    ROOT / "layers" / "README.md",
    ROOT / "maps" / "README.md",
    ROOT / "geo" / "README.md",
    ROOT / ".github" / "CONTRIBUTING.md",
]
# A path in backquotes: with a slash, or the name of a Python or TOML file; no blanks, no capitals
# in place of a name that the reader chooses.
PATH = re.compile(r"`([a-z_.][a-z0-9_./-]*(?:/|\.(?:py|toml|md)))`")
LINK = re.compile(r"\]\((\.\.?/[^)#]+)\)")


def named(paper: Path) -> set[str]:
    return set(PATH.findall(paper.read_text(encoding="utf-8")))


def exists(name: str, paper: Path) -> bool:
    places = (paper.parent, ROOT, SOURCE, SOURCE / "sheet", SOURCE / "median", ROOT / "tests")
    return any((place / name).exists() for place in places)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_path_that_a_paper_names_is_there(paper: Path) -> None:
    assert [name for name in sorted(named(paper)) if not exists(name, paper)] == []
    links = LINK.findall(paper.read_text(encoding="utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_papers_name_paths_at_all() -> None:
    assert len(named(ROOT / "src" / "README.md")) > 20


def test_every_room_stands_in_the_map_of_the_house() -> None:
    text = (ROOT / "src" / "README.md").read_text(encoding="utf-8")
    rooms = {
        path.name.removesuffix(".py")
        for path in SOURCE.iterdir()
        if path.name
        not in ("__init__.py", "__main__.py", "__pycache__", "py.typed", "bundled", "package.json")
    }
    assert {room for room in rooms if not re.search(rf"`{room}/?`", text)} == set()


def test_every_folder_of_tests_stands_in_their_map() -> None:
    """A folder of the same name as a room needs no line of its own."""
    text = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    rooms = {path.name.removesuffix(".py") for path in SOURCE.iterdir()}
    own = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").exists()}
    assert {name for name in own - rooms if f"tests/{name}/" not in text} == set()


def test_every_habit_that_the_papers_name_is_a_task() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tasks = set(project["tool"]["poe"]["tasks"])
    for paper in PAPERS:
        asked = re.findall(r"\bpoe ([a-z]+)", paper.read_text(encoding="utf-8"))
        assert set(asked) <= tasks, paper.name
