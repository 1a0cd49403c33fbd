"""Unions of states by year: who belonged, and the land and the people of all members together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import Recipe
from shekara.derive.sources import Sources
from shekara.derive.tables import attributes
from shekara.derive.topojson import polygons, read_topojson
from shekara.errors import InputError
from shekara.measure import area_m2

Row = Mapping[str, Any]


def unions(recipe: Recipe, sources: Sources) -> Any:
    """Members of each union as areas with their years, and the union of every composition.

    Three tables in ``from``: memberships (union, iso3, since, until), unions (id, name_...,
    more columns) and names of states (iso3, numeric, name_...). Features of kind "member" carry
    union, iso3, since, until; those of kind "union" carry union, members (their number), states
    (their codes), since, until of one composition. ``file`` and ``object`` name the TopoJSON of
    the package, ``into`` dissolves an object into a code, ``smallest_km2`` drops islets.
    """
    memberships, unions_name, states_name = recipe.sources("layers")[:3]
    rows = attributes(sources.table(memberships, ("union", "iso3", "since", "until")))
    named = attributes(sources.table(unions_name, ("id",)))
    states = sources.table(states_name, ("iso3", "numeric"))
    data = sources.read_npm(recipe.source("npm"), recipe.text("file"))
    objects = read_topojson(data, recipe.text("object"))
    into = recipe.table("into")
    smallest = recipe.number("smallest_km2", 0.0) * 1e6
    extra = recipe.table("properties")
    recipe.done()
    codes = {row["numeric"]: row["iso3"] for row in states if row["numeric"]}
    land: dict[str, list[BaseGeometry]] = {}
    for own, geometry in objects:
        code = into.get(str(own.get("name"))) or codes.get(str(own.get("id")))
        if code:
            land.setdefault(code, []).append(geometry)
    names = {row["iso3"]: _names(row) for row in states}
    result: list[dict[str, Any]] = []
    known = {row["id"] for row in named}
    for row in rows:
        for key, values in (("union", known), ("iso3", land)):
            if row[key] not in values:
                raise InputError(
                    f"{memberships}: {key} = {row[key]!r} is unknown; correct or add it"
                )

    for union in named:
        own_rows = [row for row in rows if row["union"] == union["id"]]
        areas = {row["iso3"]: _whole(land[row["iso3"]], smallest) for row in own_rows}
        for since, until, members in compositions(own_rows):
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
        for row in own_rows:
            code = row["iso3"]
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


def compositions(rows: Sequence[Row]) -> list[tuple[int, int | None, frozenset[str]]]:
    """Since, until (the last whole year, None while it lasts) and members of each composition.

    >>> [(a, b, sorted(m)) for a, b, m in compositions([
    ...     {"iso3": "A", "since": 1994, "until": None},
    ...     {"iso3": "B", "since": 1998, "until": None},
    ... ])]
    [(1994, 1997, ['A']), (1998, None, ['A', 'B'])]
    """
    years = {row["since"] for row in rows}
    years |= {row["until"] + 1 for row in rows if row.get("until") is not None}
    found = []
    order = sorted(years)
    for since, following in zip(order, [*order[1:], None], strict=True):
        members = frozenset(
            row["iso3"]
            for row in rows
            if row["since"] <= since and (row.get("until") is None or row["until"] >= since)
        )
        if members:
            found.append((since, None if following is None else following - 1, members))
    return found


def totals(recipe: Recipe, sources: Sources) -> Any:
    """Sums of a column over the members of each group, by year; features without geometry.

    Three tables: values (iso3, year, the column ``value``), groups (``group``, iso3) and names
    of groups (id, name_...). A group has a row for each year in which all its members have one;
    ``only`` chooses groups.
    """
    values_name, groups_name, names_name = recipe.sources("layers")[:3]
    column = recipe.text("value")
    values = attributes(sources.table(values_name, ("iso3", "year", column)))
    groups = sources.table(groups_name, ("union", "iso3"))
    named = sources.table(names_name, ("id",))
    only = recipe.texts("only", [])
    extra = recipe.table("properties")
    recipe.done()
    known = {(row["iso3"], row["year"]): row[column] for row in values}
    result = []
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
