"""What an atlas holds: its layers and its maps, as data and as rows for a terminal."""

from __future__ import annotations

from shekara.atlas import Atlas
from shekara.i18n import ENGLISH, Translator
from shekara.report.records import JSON

Rows = list[tuple[str, ...]]


def contents(atlas: Atlas, say: Translator = ENGLISH) -> JSON:
    """Layers and maps of an atlas as a JSON object."""
    return {
        "title": say.text(atlas.index.title),
        "languages": list(atlas.languages),
        "layers": [
            {
                "name": layer.name,
                "title": say.text(layer.file.title),
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
                "title": say.text(item.file.title),
                "layers": list(dict.fromkeys(entry.layer for entry in item.layers)),
                "claims": list(item.file.claims),
            }
            for item in atlas.maps.values()
        ],
    }


def contents_tables(
    atlas: Atlas, say: Translator = ENGLISH
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
