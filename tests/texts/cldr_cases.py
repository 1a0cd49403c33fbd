"""Names of units in every case, from the npm package cldr-units-full to src/shekara/texts/cases/.

Babel has only the nominative. Run with the folder of the unpacked package and the languages:
``python -m tests.texts.cldr_cases package ru de``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shekara.texts.tables import units

CASES = Path(__file__).resolve().parents[2] / "src" / "shekara" / "texts" / "cases"


def names(package: Path, lang: str) -> dict[str, list[str]]:
    """Every form of the long name of each unit that the reader knows."""
    path = package / "main" / lang / "units.json"
    tables = json.loads(path.read_text(encoding="utf-8"))["main"][lang]["units"]["long"]
    result = {}
    for unit in units().values():
        forms = tables.get(unit.get("cldr", ""), {})
        phrases = {
            form.replace("{0}", "").strip()
            for key, form in forms.items()
            if "-count-" in key and "{0}" in form
        }
        if phrases:
            result[unit["cldr"]] = sorted(phrases)
    return result


def write(package: Path, lang: str) -> Path:
    """One file of a language."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    lines = [f"# Names of units in every case: CLDR {version}, Unicode-3.0. Written by a script."]
    for unit, phrases in sorted(names(package, lang).items()):
        lines.append(f"{unit} = {json.dumps(phrases, ensure_ascii=False)}")
    path = CASES / f"{lang}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    for language in sys.argv[2:]:
        write(Path(sys.argv[1]), language)
