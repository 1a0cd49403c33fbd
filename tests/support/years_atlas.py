"""A small atlas whose roads have years and surfaces, on a map with small maps side by side."""

from __future__ import annotations

from pathlib import Path

from tests.support.atlases import SQUARE, feature, line, polygon, write_layer, write_map

# Of each road its first and last year, and what it is of.
ROADS = {
    "old": (1950, 1975, "gravel"),
    "long": (1965, None, "paved"),
    "new": (1990, None, "paved"),
    "track": (None, 1960, None),
}
MORE = '\n[time]\nfrom = "since"\nto = "until"\n\n[field.surface]\ntitle = "Surface"\n'
MORE += 'values = { paved = { en = "Paved", de = "Asphalt" } }\n'
YEARS = "\n[multiples]\nyears = [1960, 1975, 1990]\n"
FIELD = '\n[multiples]\nfield = "surface"\nof = "roads"\n'


def years_atlas(folder: Path, multiples: str) -> Path:
    """The atlas with that [multiples]."""
    roads = [
        feature(
            line([[10.0, 50.2 + place / 5], [11.0, 50.2 + place / 5]]),
            id=name, name=name, since=since, until=until, surface=surface,
        )
        for place, (name, (since, until, surface)) in enumerate(ROADS.items())
    ]  # fmt: skip
    langs = ("en", "de")
    write_layer(folder, "land", [feature(polygon(SQUARE), id="land", name="Land")], languages=langs)
    write_layer(folder, "roads", roads, MORE, languages=langs)
    extent = [9.5, 49.5, 11.5, 51.5]
    write_map(folder, "all", ["land", "roads"], extent, more=multiples, languages=langs)
    return folder
