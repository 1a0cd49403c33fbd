"""What an atlas holds: its layers and its maps, as data and as rows for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shekara.atlas.outline import Outline
from shekara.i18n import ENGLISH, Translator

if TYPE_CHECKING:
    from shekara.report.records import JSON

Rows = list[tuple[str, ...]]


def contents(atlas: Outline, say: Translator = ENGLISH) -> JSON:
    """Layers and maps of an atlas as a JSON object; claims are those that are no drafts."""
    return {
        "title": say.text(atlas.index.title),
        "languages": list(atlas.languages),
        "layers": [
            {
                "name": name,
                "title": say.text(layer.file.title),
                "features": layer.features,
                "precision": layer.file.quality.precision,
                "claims": [claim.id for claim in layer.file.claim if not claim.draft],
                "licenses": [source.license for source in layer.file.source],
            }
            for name, layer in atlas.layers.items()
        ],
        "maps": [
            {
                "name": item.name,
                "title": say.text(item.file.title),
                "layers": list(dict.fromkeys(entry.layer for entry in item.layers)),
                "claims": list(item.file.claims),
            }
            for item in atlas.maps.values()
        ],
    }


def contents_tables(
    atlas: Outline, say: Translator = ENGLISH
) -> list[tuple[str, tuple[str, ...], Rows]]:
    """The same as two tables: heading, column headings, rows."""
    sheets_of_table = contents(atlas, say)
    layers: Rows = [
        (
            entry["name"],
            entry["title"],
            str(entry["features"]),
            entry["precision"],
            str(len(entry["claims"])),
        )
        for entry in sheets_of_table["layers"]
    ]
    maps: Rows = [
        (entry["name"], entry["title"], " ".join(entry["layers"]), str(len(entry["claims"])))
        for entry in sheets_of_table["maps"]
    ]
    head = {key: say.message(f"report_{key}") for key in _WORDS}
    return [
        (
            head["layers"],
            (head["name"], head["title_column"], head["features"], head["quality"], head["claims"]),
            layers,
        ),
        (
            head["maps_heading"],
            (head["name"], head["title_column"], head["layers"], head["claims"]),
            maps,
        ),
    ]


_WORDS = (
    "layers", "maps_heading", "name", "title_column", "features", "quality", "claims",
)  # fmt: skip
