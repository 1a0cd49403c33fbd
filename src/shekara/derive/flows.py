"""Flows between states: bowed lines from place to place, so that there and back lie apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.places import LinesAndPlaces, locate
from shekara.derive.recipe import WithProperties
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes
from shekara.errors import InputError
from shekara.measuring import WGS84

if TYPE_CHECKING:
    import geopandas

STEPS = 48  # of a flow line: a chord of a bow then departs from it by less than a line's width


class Flows(WithProperties):
    """method = "flows"."""

    method: Literal["flows"]
    from_: LinesAndPlaces = Field(alias="from")
    bow_percent: Annotated[float, Field(ge=-100, le=100)] = 8.0


def flows(recipe: Flows, sources: Sources) -> geopandas.GeoDataFrame:
    """Each row of the table ``lines`` as a line from its place ``from`` to its place ``to``.

    The table ``places`` places them: id, lon, lat (or geonameid). Column ``bow_percent`` is how far
    the middle of the line lies to the right of the geodesic, in percent of its length; without
    it ``bow_percent`` of the recipe, else 8. A row without ``from`` has no geometry: it stands
    in tables and charts alone.
    """
    lines, places = recipe.from_.lines, recipe.from_.places
    rows = sources.table(lines, ("id", "from", "to"))
    positions = locate(
        sources.table(places, ("id", "lon", "lat")), places, recipe.from_.gazetteer, sources
    )
    usual, extra = recipe.bow_percent, recipe.properties
    result = []
    for row, values in zip(rows, attributes(rows), strict=True):
        line = None
        if row["from"]:
            for key in ("from", "to"):
                if row[key] not in positions:
                    raise InputError(
                        f"{lines}: {row['id']}: {key} = {row[key]!r} is no id of {places}"
                    )
            records = values.get("bow_percent")
            bow = usual if records is None else float(records)
            line = bowed_line(positions[row["from"]], positions[row["to"]], bow / 100)
        kept = {key: value for key, value in values.items() if key != "bow_percent"}
        result.append({**kept, **extra, "geometry": line})
    return to_frame(result)


def bowed_line(
    start: tuple[float, float], end: tuple[float, float], bow: float, steps: int = STEPS
) -> BaseGeometry:
    """Line from `start` to `end` (lon lat) that bows to the right of the geodesic.

    At the part t of the way it lies 4·t·(1−t)·bow of the whole length to the right: a parabola,
    0 at both ends and `bow` in the middle. A negative `bow` lies to the left.

    >>> bowed_line((0, 0), (2, 0), 0.0, 2).wkt
    'LINESTRING (0 0, 1 0, 2 0)'
    """
    azimuth, _, length = WGS84.inv(*start, *end)
    part = np.linspace(0.0, 1.0, steps + 1)
    size = len(part)
    lon, lat, back = WGS84.fwd(
        np.full(size, start[0]), np.full(size, start[1]), np.full(size, azimuth), part * length
    )
    # the azimuth back to the start, turned about: the way ahead; at the start it is the azimuth
    ahead = np.where(part > 0, np.asarray(back) + 180.0, azimuth)
    aside = 4 * part * (1 - part) * bow * length
    lon, lat, _ = WGS84.fwd(lon, lat, ahead + 90.0, aside)
    points = np.column_stack([lon, lat])
    points[0], points[-1] = start, end
    return shapely.LineString(np.round(points, 9))
