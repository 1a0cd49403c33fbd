"""Alphabets of the languages, from the npm package cldr-misc-full to the book's index.

CLDR lists the letters that head an index ("index exemplars"), those of one heading together, and
all letters of a language, both in the order of its collation. Letters that head nothing (Russian
Ъ and Ь) take the place that they have in the second list. Run with the folder of the unpacked
package: ``python -m tests.sheet.cldr_alphabets package``.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path

BOOK = Path(__file__).resolve().parents[2] / "src" / "shekara" / "sheet" / "book"
ALPHABETS = BOOK / "alphabets.toml"
_GROUP = re.compile(r"\{([^}]*)\}|([^{}\s]+)")


def alphabet(characters: dict[str, str]) -> list[str]:
    """Groups of letters, each group one letter of the alphabet, in order; capitals if any."""
    headings = _groups(characters.get("index", ""))
    heads = {letter: group for group in headings for letter in group}
    place: str | None = None
    for letter in _groups(characters["exemplarCharacters"]):
        if len(letter) > 1 or unicodedata.category(letter) not in ("Ll", "Lu"):
            continue  # ideographs and marks are no letters of an alphabet
        capital = letter if letter in heads else letter.upper()
        base = unicodedata.normalize("NFD", capital)[0]
        known = heads.get(capital) or heads.get(base)
        if known is None and len(capital) == 1:
            headings.insert(headings.index(place) + 1 if place else len(headings), capital)
            heads[capital] = known = capital
        place = known or place
    return headings


def _groups(pattern: str) -> list[str]:
    """Letters of one heading as they stand; a letter of several characters in braces."""
    return [
        "{" + several.upper() + "}" if several else group
        for several, group in _GROUP.findall(pattern.removeprefix("[").removesuffix("]"))
        if "\\" not in group
    ]


def write(package: Path) -> None:
    """All languages that have an alphabet, one a line."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    lines = [
        f"# Alphabets by CLDR {version}, Unicode-3.0. Written by tests/sheet/cldr_alphabets.py."
    ]
    for folder in sorted((package / "main").iterdir()):
        lang = folder.name
        file = folder / "characters.json"
        if not re.fullmatch("[a-z]{2,3}", lang) or not file.exists():
            continue
        characters = json.loads(file.read_text(encoding="utf-8"))["main"][lang]["characters"]
        if characters.get("index"):
            lines.append(f'{lang} = "{" ".join(alphabet(characters))}"')
    ALPHABETS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
