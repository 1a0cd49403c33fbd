"""Every library that the program imports is one that pyproject asks for."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import lru_cache
from itertools import chain
from pathlib import Path

from shekara.site.digests import DRAWN_BY

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "shekara"
IMPORT = re.compile(
    r"^ *(?:from (\w+)[\w.]* import |import (\w+)[\w.]*(?: as \w+)?$)", re.MULTILINE
)
# What an import is called where it is asked for, alone or by whoever brings it along.
ASKED_AS = {
    "PIL": "pillow", "branca": "folium", "jinja2": "folium", "markupsafe": "folium",
    "mpl_toolkits": "matplotlib", "pandas": "geopandas", "pydantic_core": "pydantic",
    "xstatic": "xstatic-leaflet", "xyzservices": "folium",
}  # fmt: skip
# Rooms whose libraries can change a byte of what is drawn.
DRAWING = ("pictures", "sheet", "web")
# Of those: what only reads, or says what there is to draw.
UNSEEN = {"packaging", "pydantic"}


@lru_cache(maxsize=1)
def imports() -> dict[Path, frozenset[str]]:
    """The top of each import, by file."""
    return {
        path: frozenset(chain.from_iterable(IMPORT.findall(path.read_text(encoding="utf-8"))))
        for path in SOURCE.rglob("*.py")
    }


def libraries(*rooms: str) -> set[str]:
    """The distributions that are imported, in lower case, by their names."""
    within = [
        names for path, names in imports().items() if not rooms or set(rooms) & set(path.parts)
    ]
    outer = set().union(*within) - set(sys.stdlib_module_names) - {"shekara", ""}
    return {ASKED_AS.get(name, name.lower().replace("_", "-")) for name in outer}


def named() -> set[str]:
    """What pyproject asks for, the extras that a reader can install among it."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = table["optional-dependencies"]
    asked = [
        *table["dependencies"],
        *(text for key in extras if key != "test" for text in extras[key]),
    ]
    return {re.split(r"[<>=!\[ ]", text, maxsplit=1)[0].lower() for text in asked}


def test_what_is_imported_is_asked_for() -> None:
    assert libraries() - named() == set()


def test_what_draws_is_in_the_digest_of_what_is_drawn() -> None:
    assert libraries(*DRAWING) - set(DRAWN_BY) - UNSEEN == set()
