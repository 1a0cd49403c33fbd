"""Unions of states by year: who belonged, and the land and the people of all members together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, TypedDict

import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import From, NotNegative, Npm, TableName, WithProperties
from shekara.derive.rows import Row, Value
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes
from shekara.derive.topojson import polygons, read_topojson
from shekara.errors import InputError
from shekara.measuring import area_m2

if TYPE_CHECKING:
    import geopandas


class Membership(TypedDict):
    """Who belonged to a union, since when, and until when (None: it lasts)."""

    union: str
    iso3: str
    since: int
    until: int | None


class UnionsFrom(From):
    """A package with the land of states; who belonged to what and when; unions; states."""

    listed: ClassVar = {"npm:": ("package",), "layers/": ("members", "unions", "states")}
    package: Npm
    members: TableName
    unions: TableName
    states: TableName


class Unions(WithProperties):
    """method = "unions"."""

    method: Literal["unions"]
    from_: UnionsFrom = Field(alias="from")
    file: str
    object: str
    into: dict[str, str] = {}
    smallest_km2: NotNegative = 0.0


class TotalsFrom(From):
    """Values by state and year; who belongs to which group; the groups."""

    listed: ClassVar = {"layers/": ("values", "members", "groups")}
    values: TableName
    members: TableName
    groups: TableName


class Totals(WithProperties):
    """method = "totals"."""

    method: Literal["totals"]
    from_: TotalsFrom = Field(alias="from")
    value: str
    only: list[str] = []


def unions(recipe: Unions, sources: Sources) -> geopandas.GeoDataFrame:
    """Members of each union as areas with their years, and the union of every composition.

    ``from`` names the tables members (union, iso3, since, until), unions (id, name_..., more
    columns) and states (iso3, numeric, name_...). Features of kind "member" carry
    union, iso3, since, until; those of kind "union" carry union, members (their number), states
    (their codes), since, until of one composition. ``file`` and ``object`` name the TopoJSON of
    the package, ``into`` dissolves an object into a code, ``smallest_km2`` drops islets.
    """
    memberships = recipe.from_.members
    rows = attributes(sources.table(memberships, ("union", "iso3", "since", "until")))
    belonging = [_membership(row, memberships) for row in rows]
    named = attributes(sources.table(recipe.from_.unions, ("id",)))
    states = sources.table(recipe.from_.states, ("iso3", "numeric"))
    objects = read_topojson(sources.read_npm(recipe.from_.package, recipe.file), recipe.object)
    into, extra = recipe.into, recipe.properties
    smallest = recipe.smallest_km2 * 1e6
    codes = {row["numeric"]: row["iso3"] for row in states if row["numeric"]}
    land: dict[str, list[BaseGeometry]] = {}
    for records, geometry in objects:
        code = into.get(str(records.get("name"))) or codes.get(str(records.get("id")))
        if code:
            land.setdefault(code, []).append(geometry)
    names = {row["iso3"]: _names(row) for row in states}
    result: list[Row] = []
    known = {str(row["id"]) for row in named}
    for member in belonging:
        for key, value, values in (
            ("union", member["union"], known), ("iso3", member["iso3"], land),
        ):  # fmt: skip
            if value not in values:
                raise InputError(f"{memberships}: {key} = {value!r} is unknown; correct or add it")

    for union in named:
        belong = [member for member in belonging if member["union"] == union["id"]]
        areas = {member["iso3"]: _whole(land[member["iso3"]], smallest) for member in belong}
        for since, until, members in compositions(belong):
            result.append(
                {
                    **{key: value for key, value in union.items() if key != "id"},
                    "id": f"{union['id']}-{since}",
                    "kind": "union",
                    "union": union["id"],
                    "members": len(members),
                    "states": " ".join(sorted(members)),
                    "since": since,
                    "until": until,
                    **extra,
                    "geometry": shapely.union_all([areas[code] for code in sorted(members)]),
                }
            )
        for member, row in zip(belonging, rows, strict=True):
            if member not in belong:
                continue
            code = member["iso3"]
            result.append(
                {
                    **names.get(code, {}),
                    **{key: value for key, value in row.items() if not key.startswith("name")},
                    "id": f"{union['id']}-{code.lower()}",
                    "kind": "member",
                    **extra,
                    "geometry": areas[code],
                }
            )
    return to_frame(result)


def _membership(row: Mapping[str, Value], table: str) -> Membership:
    since, until, state = row["since"], row["until"], str(row["iso3"])
    if not isinstance(since, int) or not isinstance(until, int | None):
        raise InputError(f"{table}: since and until are years; see {state!r}")
    return {"union": str(row["union"]), "iso3": state, "since": since, "until": until}


def compositions(rows: Sequence[Membership]) -> list[tuple[int, int | None, frozenset[str]]]:
    """Since, until (the last whole year, None while it lasts) and members of each composition.

    >>> [(a, b, sorted(m)) for a, b, m in compositions([
    ...     {"union": "u", "iso3": "A", "since": 1994, "until": None},
    ...     {"union": "u", "iso3": "B", "since": 1998, "until": None},
    ... ])]
    [(1994, 1997, ['A']), (1998, None, ['A', 'B'])]
    """
    years = {row["since"] for row in rows}
    years |= {row["until"] + 1 for row in rows if row["until"] is not None}
    result = []
    order = sorted(years)
    for since, following in zip(order, [*order[1:], None], strict=True):
        members = frozenset(
            row["iso3"]
            for row in rows
            if row["since"] <= since and (row["until"] is None or row["until"] >= since)
        )
        if members:
            result.append((since, None if following is None else following - 1, members))
    return result


def totals(recipe: Totals, sources: Sources) -> geopandas.GeoDataFrame:
    """Sums of a column over the members of each group, by year; features without geometry.

    ``from`` names the tables values (iso3, year, the column ``value``), members (union, iso3) and
    groups (id, name_...). A group has a row for each year in which all its members have one;
    ``only`` chooses groups.
    """
    column = recipe.value
    known: dict[tuple[str, int], float] = {}
    for row in attributes(sources.table(recipe.from_.values, ("iso3", "year", column))):
        value, year, state = row[column], row["year"], str(row["iso3"])
        if not isinstance(value, int | float):
            raise InputError(f"{recipe.from_.values}: {column} = {value!r} of {state} is no number")
        if not isinstance(year, int):
            raise InputError(f"{recipe.from_.values}: year = {year!r} of {state} is no year")
        known[state, year] = value
    groups = sources.table(recipe.from_.members, ("union", "iso3"))
    named = sources.table(recipe.from_.groups, ("id",))
    only, extra = recipe.only, recipe.properties
    result: list[Row] = []
    for group in named:
        members = sorted({row["iso3"] for row in groups if row["union"] == group["id"]})
        if not members or (only and group["id"] not in only):
            continue
        for year in sorted({year for _, year in known}):
            if all((code, year) in known for code in members):
                result.append(
                    {
                        "id": f"{group['id']}-{year}",
                        **_names(group),
                        "union": group["id"],
                        "members": len(members),
                        "states": " ".join(members),
                        "year": year,
                        column: sum(known[code, year] for code in members),
                        **extra,
                        "geometry": None,
                    }
                )
    return to_frame(result)


def _names(row: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if key.startswith("name") and value}


def _whole(geometries: Iterable[BaseGeometry], smallest_m2: float) -> BaseGeometry:
    parts = polygons([shapely.union_all(polygons(geometries))])
    if smallest_m2 and len(parts) > 1:
        areas = area_m2(parts)
        parts = parts[(areas >= smallest_m2) | (areas == areas.max())]
    return shapely.MultiPolygon(list(parts)) if len(parts) > 1 else parts[0]
