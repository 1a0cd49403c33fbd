"""What a notebook's user gives, as the program takes it, or one error that says what it must be."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from shekara.atlas.faults import problems_of
from shekara.errors import UsageError

if TYPE_CHECKING:
    import geopandas

Wished = TypeVar("Wished", bound=BaseModel)


def frame_of(given: object) -> geopandas.GeoDataFrame:
    """The frame; a series of shapes as one.

    Raises
    ------
    UsageError
        It is neither.
    """
    import geopandas

    if isinstance(given, geopandas.GeoSeries):
        return geopandas.GeoDataFrame(geometry=given)
    if isinstance(given, geopandas.GeoDataFrame) and given.active_geometry_name is not None:
        return given
    raise UsageError(
        f"a {type(given).__name__} has no shapes to draw; give a geopandas.GeoDataFrame with a "
        "geometry column (geopandas.GeoDataFrame(table, geometry=..., crs=...))"
    )


def column_name(given: object, name: str) -> str | None:
    """The name of a column, which may be a number such as 2020."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, Real):  # numpy's numbers, too
        return str(given)
    raise UsageError(
        f"{name} = a {type(given).__name__}: is no name of a column; put the values into the "
        f"frame, frame.assign(x=values), and say {name}='x'"
    )


def table_of(kind: type[Wished], wanted: Mapping[str, object]) -> Wished:
    """The table, or a UsageError that says which of the wishes cannot be."""
    written = {key: value for key, value in wanted.items() if value is not None}
    try:
        return kind.model_validate(written)
    except ValidationError as error:
        faults = problems_of(error, "the call", kind, written)
        raise UsageError("; ".join(str(fault) for fault in faults)) from error
