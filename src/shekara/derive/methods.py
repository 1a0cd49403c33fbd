"""The methods that a recipe can name, and the layers that they make."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from shekara.derive.areas import regions_touching, topojson_countries, topojson_object
from shekara.derive.discs import discs
from shekara.derive.flows import flows
from shekara.derive.geojson import to_frame
from shekara.derive.medians import median_lines, median_sectors
from shekara.derive.places import coordinate_table, points, records, towns
from shekara.derive.recipe import Recipe
from shekara.derive.routes import routes
from shekara.derive.shared import shared_border, timezone_border
from shekara.derive.shores import waterbody
from shekara.derive.sources import Sources
from shekara.derive.unions import totals, unions
from shekara.derive.waters import waterbodies

Method = Callable[[Recipe, Sources], Any]


def parts(recipe: Recipe, sources: Sources) -> Any:
    """Several recipes, each ``[[derive.part]]`` with its own method, one after the other."""
    rows: list[dict[str, Any]] = []
    for part in recipe.tables("part"):
        rows += make(part, sources).to_dict("records")
    recipe.done()
    if not rows:
        raise recipe.error("part", "is missing", "write at least one [[derive.part]]")
    return to_frame(rows)


METHODS: dict[str, Method] = {
    "coordinate_table": coordinate_table,
    "discs": discs,
    "flows": flows,
    "median_lines": median_lines,
    "median_sectors": median_sectors,
    "parts": parts,
    "points": points,
    "records": records,
    "regions_touching": regions_touching,
    "routes": routes,
    "shared_border": shared_border,
    "timezone_border": timezone_border,
    "topojson_countries": topojson_countries,
    "topojson_object": topojson_object,
    "totals": totals,
    "towns": towns,
    "unions": unions,
    "waterbodies": waterbodies,
    "waterbody": waterbody,
}


def make(recipe: Recipe, sources: Sources) -> Any:
    """Carry out one recipe: a GeoDataFrame in WGS 84, lon lat, with an "id" for every feature."""
    name = recipe.text("method")
    if name not in METHODS:
        near = get_close_matches(name, METHODS, 1)
        hint = f"did you mean {near[0]!r}?" if near else "choose of " + ", ".join(METHODS)
        raise recipe.error("method", "there is no such method", hint)
    return METHODS[name](recipe, sources)
