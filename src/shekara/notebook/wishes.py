"""What a notebook's user gives, as the program takes it, or one error that says what it must be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from numbers import Integral, Real
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from shekara.atlas.faults import problems_of
from shekara.errors import Problem, UsageError
from shekara.i18n import known_language
from shekara.notebook.reader import reader_language
from shekara.spelling import way_out

if TYPE_CHECKING:
    import geopandas

Wished = TypeVar("Wished", bound=BaseModel)

# Keys of an atlas, and what a call calls them.
ARGUMENTS: Mapping[str, str] = {
    "style.by": "column",
    "style.": "",
    "multiples.field": "facet",
    "multiples.columns": "facet_columns",
    "multiples.values": "facet_values",
    "source.name": "source",
    "quality.": "",
}


def frame_of(given: object) -> geopandas.GeoDataFrame:
    """The frame; a series of shapes as one; columns of several levels as one level of texts.

    Raises
    ------
    UsageError
        It is neither.
    """
    import geopandas

    if isinstance(given, geopandas.GeoSeries):
        return geopandas.GeoDataFrame(geometry=given)
    if isinstance(given, geopandas.GeoDataFrame) and given.active_geometry_name is not None:
        if given.columns.nlevels == 1:
            return given
        shapes = given.geometry
        flat = given.set_axis([_joined(name) for name in given.columns], axis=1)
        return flat.set_geometry(_joined(shapes.name), crs=shapes.crs)
    raise UsageError(
        f"a {type(given).__name__} has no shapes to draw; give a geopandas.GeoDataFrame with a "
        "geometry column (geopandas.GeoDataFrame(table, geometry=..., crs=...))"
    )


def _joined(name: object) -> str:
    """A name of several levels as one text: ("people", 2020) is "people 2020"."""
    return " ".join(str(part) for part in name if part != "") if isinstance(name, tuple) else str(
        name
    )  # fmt: skip


def column_name(given: object, name: str) -> str | None:
    """The name of a column, which may be a number such as 2020, or have several levels."""
    if given is None or isinstance(given, str):
        return given
    if isinstance(given, tuple):
        return _joined(given)
    if isinstance(given, Real):  # numpy's numbers, too
        return str(given)
    raise UsageError(
        f"{name} = a {type(given).__name__}: is no name of a column; put the values into the "
        f"frame, frame.assign(x=values), and say {name}='x'"
    )


def column_names(given: object, name: str) -> list[str]:
    """The names of several columns, or of one."""
    several = given if isinstance(given, Iterable) and not isinstance(given, str) else [given]
    return [column for each in several if (column := column_name(each, name)) is not None]


def known_columns(names: Iterable[str | None], columns: Sequence[str]) -> None:
    """Refuse a name that no column has.

    Raises
    ------
    UsageError
        It names the nearest columns.
    """
    for name in names:
        if name is not None and name not in columns:
            raise UsageError(f"there is no column {name!r}; {way_out(name, columns)}")


def language_of(given: object) -> str:
    """The language that was asked for, else the reader's."""
    if given is None:
        return reader_language()
    if isinstance(given, str) and known_language(given):
        return given
    raise UsageError(f"lang = {given!r}: CLDR knows no such language; give a code such as pl")


def plain(given: object) -> object:
    """Numbers of numpy and others as Python's, and each in a list or an array."""
    if given is None or isinstance(given, bool | str | Mapping):
        return given
    if isinstance(given, Integral):
        return int(given)
    if isinstance(given, Real):
        return float(given)
    return [plain(each) for each in given] if isinstance(given, Iterable) else given


def table_of(kind: type[Wished], wanted: Mapping[str, object], place: str = "") -> Wished:
    """The table, or a UsageError that says which of the arguments cannot be.

    Parameters
    ----------
    kind
        Of table.
    wanted
        By key; None is not wanted.
    place
        Where the table stands in an atlas: "style.", or "" where its keys are arguments.
    """
    written = {key: plain(value) for key, value in wanted.items() if value is not None}
    try:
        return kind.model_validate(written)
    except ValidationError as error:
        faults = problems_of(error, "the call", kind, written)
        raise UsageError(
            "; ".join(
                dict.fromkeys(told(replace(fault, key=place + fault.key)) for fault in faults)
            )
        ) from error


def told(problem: Problem) -> str:
    """A problem in the words of a call: it has arguments, and no keys of files."""
    key = re.sub(r"^claim claim\.\w+\.", "", problem.key)
    for written, argument in ARGUMENTS.items():
        if key.startswith(written):
            key = argument + key.removeprefix(written)
            break
    remedy = problem.remedy.replace("in values,", "in facet_values,")
    for ours, files in (("give a list", "write [ … ]"), ("give a text", "put the text in")):
        remedy = ours if remedy.startswith(files) else remedy
    remedy = remedy.removesuffix(", without quotation marks").removesuffix(
        " without quotation marks"
    )
    return str(replace(problem, file="the call", key=key, remedy=remedy))
