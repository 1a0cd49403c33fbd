"""The methods that a recipe can name: the model of each, and what makes the layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, PrivateAttr

from shekara.derive.areas import (
    Countries,
    OneObject,
    Regions,
    regions_touching,
    topojson_countries,
    topojson_object,
)
from shekara.derive.corridor import Corridors, corridors
from shekara.derive.discs import Discs, discs
from shekara.derive.flows import Flows, flows
from shekara.derive.geojson import to_frame
from shekara.derive.listed import ListedAreas, listed_areas
from shekara.derive.medians import MedianLines, MedianSectors, median_lines, median_sectors
from shekara.derive.places import (
    CoordinateTable,
    Points,
    Records,
    Towns,
    coordinate_table,
    points,
    records,
    towns,
)
from shekara.derive.recipe import Recipe
from shekara.derive.routes import Routes, routes
from shekara.derive.rows import Row
from shekara.derive.shared import SharedBorder, ZoneBorder, shared_border, timezone_border
from shekara.derive.shores import Waterbody, waterbody
from shekara.derive.sources import Sources
from shekara.derive.unions import Totals, Unions, totals, unions
from shekara.derive.watercourses import Watercourses, watercourses
from shekara.derive.waters import Waterbodies, waterbodies

if TYPE_CHECKING:
    import geopandas


class Parts(Recipe):
    """method = "parts": several recipes, each ``[[derive.part]]`` with its own method."""

    method: Literal["parts"]
    part: Annotated[list[dict[str, object]], Field(min_length=1)]
    _parts: list[Recipe] = PrivateAttr(default_factory=list)

    def add(self, part: Recipe) -> None:
        """Add a part that was read with its own model."""
        self._parts.append(part)

    @property
    def parts(self) -> tuple[Recipe, ...]:
        """The parts, each with its own model."""
        return tuple(self._parts)


def parts(recipe: Parts, sources: Sources) -> geopandas.GeoDataFrame:
    """The features of all parts, one after the other."""
    rows: list[Row] = []
    for part in recipe.parts:
        rows += make(part, sources).to_dict("records")
    return to_frame(rows)


@dataclass(frozen=True)
class Method:
    """The model of a method's recipe, and the function that makes the layer from it."""

    model: type[Recipe]
    make: Callable[[Any, Sources], geopandas.GeoDataFrame]  # Any: each takes its own model


METHODS: dict[str, Method] = {
    "coordinate_table": Method(CoordinateTable, coordinate_table),
    "corridors": Method(Corridors, corridors),
    "discs": Method(Discs, discs),
    "flows": Method(Flows, flows),
    "listed_areas": Method(ListedAreas, listed_areas),
    "median_lines": Method(MedianLines, median_lines),
    "median_sectors": Method(MedianSectors, median_sectors),
    "parts": Method(Parts, parts),
    "points": Method(Points, points),
    "records": Method(Records, records),
    "regions_touching": Method(Regions, regions_touching),
    "routes": Method(Routes, routes),
    "shared_border": Method(SharedBorder, shared_border),
    "timezone_border": Method(ZoneBorder, timezone_border),
    "topojson_countries": Method(Countries, topojson_countries),
    "topojson_object": Method(OneObject, topojson_object),
    "totals": Method(Totals, totals),
    "towns": Method(Towns, towns),
    "unions": Method(Unions, unions),
    "waterbodies": Method(Waterbodies, waterbodies),
    "waterbody": Method(Waterbody, waterbody),
    "watercourses": Method(Watercourses, watercourses),
}


def make(recipe: Recipe, sources: Sources) -> geopandas.GeoDataFrame:
    """Carry out one recipe: a GeoDataFrame in WGS 84, lon lat, with an "id" for every feature."""
    return METHODS[recipe.method].make(recipe, sources)
