"""An atlas's own words, words/LANG.toml: they replace or complete the program's in one language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from shekara.atlas.paths import stays
from shekara.errors import Problem
from shekara.i18n import FALLBACK, PLURAL, known_language, messages, plural_categories
from shekara.spelling import way_out

PLACE = re.compile(r"{(\w+)}")  # what a word fills in


def own_words(place: Path, problems: list[Problem]) -> dict[str, Mapping[str, str]]:
    """The words of every language that the atlas has a file for."""
    return {
        path.stem: dict(_words(path, label, problems))
        for path in sorted((place / "words").glob("*.toml"))
        if stays(place, label := f"words/{path.name}", problems)
    }


def _words(path: Path, label: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    if not known_language(path.stem):
        remedy = "name it by a code of CLDR, such as de.toml or pt-BR.toml"
        problems.append(Problem(label, "", "", f"{path.stem!r} is no language code", remedy))
        return
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        rule = f"cannot be read ({error.strerror})"
        problems.append(Problem(label, "", "", rule, "check its rights"))
        return
    except ValueError as error:
        problems.append(Problem(label, "", "", f"is no TOML ({error})", "correct that line"))
        return
    for key, text in table.items():
        problem = _problem(label, key, text, path.stem)
        if problem is None:
            yield key, text
        else:
            problems.append(problem)


def _problem(label: str, key: str, text: object, lang: str) -> Problem | None:
    word, mark, category = key.partition(PLURAL)
    if word not in messages():
        return Problem(label, key, "", "is no word of the program", way_out(word, messages()))
    if mark and category not in plural_categories(lang):
        known = ", ".join(sorted(plural_categories(lang)))
        return Problem(label, key, "", f"is no plural of {lang!r} in CLDR", f"there are: {known}")
    if not isinstance(text, str) or not text.strip():
        return Problem(label, key, repr(text), "is no text", "put the word in quotation marks")
    english = messages()[word][FALLBACK]
    places, rest = set(PLACE.findall(text)), PLACE.sub("", text)
    if places != set(PLACE.findall(english)) or "{" in rest or "}" in rest:
        remedy = f"the English is {english!r}"
        return Problem(label, key, repr(text), "fills in other values than the English", remedy)
    return None
