"""What a page shows of a scene, and what of it would be the house's own talk instead of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from shekara.scene.model import Scene
from shekara.web import wording

# Not shown: addresses behind links, what a cell is sorted by, the look of a verdict.
UNSEEN = {"url", "numbers", "lang", "key", "cites"}
INTERNAL = {
    "a licence of our own making": r"LicenseRef",
    "an ISO date": r"\b\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?\b",
    "a package": r"\b(?:npm|pypi):|\w@\d+\.|\w-\w[\w-]* \d+\.\d+\.\d+|@[\w-]+/",
    "a file": r"\b[\w-]+\.(?:toml|csv|tsv|geojson|json|parquet|gpkg|shp|py|xlsx|html)\b",
    "a key": r"\b[a-z]+_[a-z_]+\b|\b[A-Z]+_[A-Z_]+\b",
    "a code of a state": (
        r"\b(?:KAZ|RUS|CHN|KGZ|UZB|TKM|TJK|IRN|AZE|ARM|BLR|UKR|GEO|MDA|DEU|FRA|GBR|KZ|KG|UZ)\b"
    ),
    "a value of the program": r"^(?:None|True|False|nan|null)$|\(facts\)|\bdict\b|\{['\"]",
}


def shown(scene: Scene) -> Iterator[tuple[str, str]]:
    """Every text of a page in one language, each with the place where it stands."""
    yield from _leaves(wording.text(scene), "")


def _leaves(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "features":
                for name, label, rows, *amount in inner:
                    said = [name, label, *(row[1] for row in rows), *amount]
                    yield from _leaves(said, f"{place}/{key}")
            elif key == "scale" and isinstance(inner, list):
                yield from _leaves([(sign, *words) for sign, _, *words in inner], f"{place}/{key}")
            elif key not in UNSEEN:
                yield from _leaves(inner, f"{place}/{key}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner, place)


def internal(text: str) -> list[str]:
    """What a reader should not meet in a text, by kind."""
    return [kind for kind, pattern in INTERNAL.items() if re.search(pattern, text)]
