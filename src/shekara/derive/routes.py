"""Routes drawn by scheme: geodesics from town to town, in the order of a table."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
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


class Routes(WithProperties):
    """method = "routes"."""

    method: Literal["routes"]
    from_: LinesAndPlaces = Field(alias="from")
    step_km: Annotated[float, Field(ge=0.1, allow_inf_nan=False)] = 20.0


def routes(recipe: Routes, sources: Sources) -> geopandas.GeoDataFrame:
    """Each row of the table ``lines`` as a line through its towns (column "towns", "; " between).

    The table ``places`` places the towns: id, lon, lat, or id, geonameid.
    """
    lines, places = recipe.from_.lines, recipe.from_.places
    rows = sources.table(lines, ("id", "towns"))
    positions = locate(
        sources.table(places, ("id", "lon", "lat")), places, recipe.from_.gazetteer, sources
    )
    # An edge of GeoJSON is straight in degrees, a geodesic is not: over 20 km at 55 degrees
    # north they are 11 m apart, far inside what a scheme means.
    step_m, extra = recipe.step_km * 1000, recipe.properties
    result = []
    for row, values in zip(rows, attributes(rows), strict=True):
        names = [name.strip() for name in row["towns"].split(";") if name.strip()]
        for name in names:
            if name not in positions:
                raise InputError(
                    f"{lines}: {row['id']}: town {name!r} is not in {places}; add a row for it"
                )
        if len(names) < 2:
            raise InputError(f"{lines}: {row['id']}: towns = {row['towns']!r}: name two or more")
        line = geodesic_line(np.array([positions[name] for name in names]), step_m)
        result.append({**values, **extra, "geometry": line})
    return to_frame(result)


def geodesic_line(corners: NDArray[np.float64], step_m: float) -> BaseGeometry:
    """Line along geodesics through `corners` (n, 2; lon lat) with a vertex every `step_m`."""
    parts = [corners[:1]]
    for (x1, y1), (x2, y2) in pairwise(corners.tolist()):
        length = WGS84.inv(x1, y1, x2, y2)[2]
        between = max(int(np.ceil(length / step_m)) - 1, 0)
        if between:
            parts.append(np.array(WGS84.npts(x1, y1, x2, y2, between)))
        parts.append(np.array([[x2, y2]]))
    return shapely.LineString(np.vstack(parts))
