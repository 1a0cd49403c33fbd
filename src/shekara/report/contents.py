"""What an atlas holds: its layers and its maps, as data and as rows for a terminal."""

from __future__ import annotations

from typing import Any

from shekara import words
from shekara.atlas import Atlas

Rows = list[tuple[str, ...]]


def contents(atlas: Atlas, lang: str = words.FALLBACK) -> dict[str, Any]:
    """Layers and maps of an atlas as a JSON object."""
    return {
        "title": words.say(atlas.index.title, lang),
        "languages": list(atlas.languages),
        "layers": [
            {
                "name": layer.name,
                "title": words.say(layer.file.title, lang),
                "features": len(layer.properties),
                "precision": layer.file.quality.precision,
                "claims": [claim.id for claim in layer.claims],
                "licenses": [source.license for source in layer.file.source],
            }
            for layer in atlas.layers.values()
        ],
        "maps": [
            {
                "name": item.name,
                "title": words.say(item.file.title, lang),
                "layers": list(dict.fromkeys(entry.layer for entry in item.layers)),
                "claims": list(item.file.claims),
            }
            for item in atlas.maps.values()
        ],
    }


def contents_tables(
    atlas: Atlas, lang: str = words.FALLBACK
) -> list[tuple[str, tuple[str, ...], Rows]]:
    """The same as two tables: heading, column headings, rows."""
    found = contents(atlas, lang)
    layers: Rows = [
        (one["name"], one["title"], str(one["features"]), one["precision"], str(len(one["claims"])))
        for one in found["layers"]
    ]
    maps: Rows = [
        (one["name"], one["title"], " ".join(one["layers"]), str(len(one["claims"])))
        for one in found["maps"]
    ]
    say = {key: words.word(f"report_{key}", lang) for key in _WORDS}
    return [
        (
            say["layers"],
            (say["name"], say["title_column"], say["features"], say["quality"], say["claims"]),
            layers,
        ),
        (
            say["maps_heading"],
            (say["name"], say["title_column"], say["layers"], say["claims"]),
            maps,
        ),
    ]


_WORDS = (
    "layers", "maps_heading", "name", "title_column", "features", "quality", "claims",
)  # fmt: skip
