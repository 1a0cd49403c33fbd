"""Every kind of claim by its key in a layer's file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shekara.claims import corridors, curves, places, ratios, sizes, statements
from shekara.claims.kind import Kind

KINDS: Mapping[str, type[Kind]] = MappingProxyType(
    {
        "length_km": sizes.Length,
        "length_m": sizes.LengthInMetres,
        "length_M": sizes.LengthInNauticalMiles,
        "perimeter_km": sizes.Perimeter,
        "area_km2": sizes.Area,
        "area_m2": sizes.AreaInSquareMetres,
        "area_ha": sizes.AreaInHectares,
        "count": sizes.Count,
        "sum": sizes.Sum,
        "value": sizes.Value,
        "share_percent": ratios.Share,
        "difference_percent": ratios.Difference,
        "touches": places.Touches,
        "within": places.Within,
        "distance_km": places.Distance,
        "offset_km": places.Offset,
        "corridor_percent": corridors.Corridor,
        "corridor_ratio": corridors.CorridorRatio,
        "line_dimension": curves.Dimension,
        "line_resolution_km": curves.ResolutionAt,
        "arithmetic": statements.Arithmetic,
        "documented": statements.Documented,
        "not_checkable": statements.NotCheckable,
        "not_checked": statements.NotChecked,
    }
)
