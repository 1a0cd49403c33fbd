"""Every kind of claim: its key in a layer's file, its parameters, how it is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from shekara.atlas import Atlas, Layer
from shekara.atlas.files import Table
from shekara.claims import curves, places, ratios, sizes, statements
from shekara.claims.verdict import Measurement


@dataclass(frozen=True)
class Kind:
    """A kind of claim.

    `measure` takes the claim's layer, its validated parameters, the atlas and the unit. `others`
    and `fields` name the parameters that name layers and attributes, with the parameter that
    names the attribute's layer ("" is the claim's own), so that a wrong name is found before
    anything is measured.
    """

    params: type[Table]
    measure: Callable[[Layer, Any, Atlas, str], Measurement]
    unit: str = ""
    others: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = (("where", ""), ("each", ""))


_PLAIN = (("where", ""), ("each", ""), ("field", ""))
_SHARE = (*_PLAIN, ("of_where", "of"), ("of_field", "of"))
_CORRIDOR = (("where", ""), ("of_where", "of"))

KINDS = MappingProxyType(
    {
        "length_km": Kind(sizes.Sized, sizes.length, "km"),
        "length_m": Kind(sizes.Sized, sizes.length, "m"),
        "length_M": Kind(sizes.Sized, sizes.length, "M"),
        "perimeter_km": Kind(sizes.Sized, sizes.perimeter, "km"),
        "area_km2": Kind(sizes.Sized, sizes.area, "km2"),
        "area_m2": Kind(sizes.Sized, sizes.area, "m2"),
        "area_ha": Kind(sizes.Sized, sizes.area, "ha"),
        "count": Kind(sizes.Counted, sizes.count, fields=(*_PLAIN, ("distinct", ""))),
        "sum": Kind(sizes.Summed, sizes.total, fields=_PLAIN),
        "value": Kind(sizes.Valued, sizes.value, fields=_PLAIN),
        "share_percent": Kind(ratios.Shared, ratios.share, "%", ("of",), _SHARE),
        "difference_percent": Kind(ratios.Differs, ratios.difference, "%", fields=_PLAIN),
        "touches": Kind(
            places.Touches,
            places.touches,
            others=("layer",),
            fields=(("where", ""), ("with_where", "layer")),
        ),
        "within": Kind(
            places.Within,
            places.within,
            others=("layer",),
            fields=(("where", ""), ("in_where", "layer")),
        ),
        "distance_km": Kind(
            places.Distant, places.distance, "km", ("to",), (("where", ""), ("to_where", "to"))
        ),
        "offset_km": Kind(
            places.Offset, places.offset, "km", ("to",), (("where", ""), ("to_where", "to"))
        ),
        "corridor_percent": Kind(places.Corridor, places.corridor, "%", ("of",), _CORRIDOR),
        "corridor_ratio": Kind(
            places.CorridorRatio,
            places.corridor_ratio,
            others=("of", "beside"),
            fields=(*_CORRIDOR, ("beside_where", "beside")),
        ),
        "line_dimension": Kind(curves.Dimension, curves.dimension, fields=(("where", ""),)),
        "line_resolution_km": Kind(
            curves.ResolutionAt, curves.resolution_at, "km", fields=(("where", ""),)
        ),
        "arithmetic": Kind(statements.Arithmetic, statements.arithmetic, fields=()),
        "documented": Kind(statements.Documented, statements.documented, fields=()),
        "not_checkable": Kind(statements.NotCheckable, statements.not_checkable, fields=()),
    }
)
