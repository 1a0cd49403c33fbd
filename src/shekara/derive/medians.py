"""Median lines and sectors as layers, computed from the shores of another layer."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.derive.geojson import to_frame
from shekara.derive.recipe import Recipe
from shekara.derive.sources import Sources
from shekara.measure import area_m2, length_m, shortest_m

LANGUAGES = ("kk", "ru", "en")


def median_lines(recipe: Recipe, sources: Sources) -> Any:
    """Lines of equal distance, junctions, turning points and what governs each of them.

    Kinds of features: line (a pair of owners), junction, turning, and control (from a turning
    point or junction to its base points).
    """
    shores, sea, by = _shores(recipe, sources)
    names = _owner_names(recipe, sources, by)
    recipe.done()
    found = _divide(shores, sea, by)
    rows = [_line(row, names) for row in found.lines.to_dict("records")]
    for number, row in enumerate(found.points.to_dict("records"), start=1):
        rows.extend(_point(number, row))
    return to_frame(rows)


def median_sectors(recipe: Recipe, sources: Sources) -> Any:
    """Sectors of a sea, with the shares that other choices of shore give, beside published ones.

    `[[derive.other]]` names further shores (layer, where) that the same sea is divided between;
    share_percent_low and _high are the least and the most of all. A table in `from` holds shares
    that others published, one column an owner; `agreed` names a line that parts two of the owners:
    what lies between it and the strict line becomes features of kind moved.
    """
    shores, sea, by = _shores(recipe, sources)
    names = _owner_names(recipe, sources, by)
    variants = [
        _shares(_divide(*_variant(part, sources, by, sea))) for part in recipe.tables("other")
    ]
    agreed = recipe.text("agreed", "")
    tables = recipe.sources("layers")
    recipe.done()
    found = _divide(shores, sea, by)
    own = _shares(found)
    rows = []
    for row in found.sectors.to_dict("records"):
        owner = str(row["owner"])
        every = [own[owner], *(other[owner] for other in variants if owner in other)]
        rows.append({
            "id": f"sector-{owner.lower()}", "kind": "sector", "owner": owner,
            **_names([owner], names),
            "share_percent": round(own[owner], 3),
            "share_percent_low": round(min(every), 3), "share_percent_high": round(max(every), 3),
            "geometry": row["geometry"],
        })  # fmt: skip
    for table in tables:
        rows.extend(_published(sources.table(table, ("id", "name_en")), names))
    if agreed:
        rows.extend(_moved(found, _line_of(agreed, recipe, sources), names))
    return to_frame(rows)


def _divide(shores: Any, sea: BaseGeometry, by: str) -> Any:
    from shekara.median import divide

    return divide(shores, by=by, sea=sea)


def _shares(found: Any) -> dict[str, float]:
    total = float(found.sectors["area_m2"].sum())
    return {
        str(row["owner"]): 100 * float(row["area_m2"]) / total
        for row in found.sectors.to_dict("records")
    }


def _shores(recipe: Recipe, sources: Sources) -> tuple[Any, BaseGeometry, str]:
    by = recipe.text("by")
    rows = _features(recipe, sources, recipe.text("layer"))
    wanted, water = recipe.table("shores"), recipe.table("sea")
    sea = [row["geometry"] for row in rows if _has(row, water)]
    if len(sea) != 1:
        raise recipe.error("sea", f"chooses {len(sea)} features", "choose the one that is the sea")
    return to_frame([row for row in rows if _has(row, wanted)]), sea[0], by


def _variant(
    part: Recipe, sources: Sources, by: str, sea: BaseGeometry
) -> tuple[Any, BaseGeometry, str]:
    """Other shores for the same sea: features as they are, or the coasts of neighbouring areas."""
    rows = [
        row
        for row in _features(part, sources, part.text("layer"))
        if _has(row, part.table("where"))
    ]
    owner = part.text("by", by)
    if part.text("as", "shores") == "coasts":
        rows = list(_coasts(rows, owner, by, sea))
    part.done()
    return to_frame(rows), sea, by


# Coasts count where they lie within this many degrees of the sea; what lies farther borders others.
NEAR_DEG = 0.6


def _coasts(
    rows: list[dict[str, Any]], owner: str, by: str, sea: BaseGeometry
) -> Iterator[dict[str, Any]]:
    """Outlines of areas without the borders that they have in common."""
    near = shapely.buffer(shapely.convex_hull(sea), NEAR_DEG)
    outlines = [shapely.boundary(row["geometry"]) for row in rows]
    for number, row in enumerate(rows):
        others = shapely.union_all(outlines[:number] + outlines[number + 1 :])
        coast = shapely.intersection(shapely.difference(outlines[number], others), near)
        if not coast.is_empty:
            yield {by: row[owner], "geometry": shapely.line_merge(coast)}


def _features(recipe: Recipe, sources: Sources, layer: str) -> list[dict[str, Any]]:
    path = sources.atlas / "geo" / f"{layer}.geojson"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise recipe.error(
            "layer", f"geo/{layer}.geojson cannot be read", "make that layer first"
        ) from error
    return [
        {**item["properties"], "geometry": shapely.from_geojson(json.dumps(item["geometry"]))}
        for item in data["features"]
        if item["geometry"] is not None
    ]


def _has(row: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    return all(
        row.get(key) in value if isinstance(value, list) else row.get(key) == value
        for key, value in where.items()
    )


def _line_of(layer: str, recipe: Recipe, sources: Sources) -> Any:
    lines = [
        row["geometry"]
        for row in _features(recipe, sources, layer)
        if row["geometry"].geom_type == "LineString"
    ]
    if len(lines) != 1:
        raise recipe.error("agreed", f"the layer has {len(lines)} lines", "it needs one")
    return lines[0]


def _owner_names(recipe: Recipe, sources: Sources, by: str) -> Mapping[str, Any]:
    """Owners in words: what the layer of the shores says of the values of its owner field."""
    layer = recipe.text("layer")
    path = sources.atlas / "layers" / f"{layer}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    found: Mapping[str, Any] = table.get("field", {}).get(by, {}).get("values", {})
    return found


def _names(owners: list[str], names: Mapping[str, Any]) -> dict[str, str]:
    made = {}
    for lang in LANGUAGES:
        words = []
        for owner in owners:
            own = names.get(owner, owner)
            words.append(own if isinstance(own, str) else own.get(lang, owner))
        made[f"name_{lang}"] = " – ".join(words)
    return made


def _line(row: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    pair = [str(row["owner_a"]), str(row["owner_b"])]
    return {
        "id": "line-" + "-".join(pair).lower(), "kind": "line", "owners": " ".join(pair),
        **_names(pair, names), "geometry": row["geometry"],
    }  # fmt: skip


def _point(number: int, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    kind = {"junction": "junction", "terminus": "terminus"}.get(str(row["kind"]), "turning")
    owners = " ".join(str(row["owners"]).split(" | "))
    common = {"owners": owners, "number": number}
    yield {
        "id": f"point-{number}", "kind": kind, **common,
        "distance_km": round(float(row["distance_m"]) / 1000, 4),
        "gap_m": round(float(row["gap_m"]), 1) if np.isfinite(row["gap_m"]) else None,
        "position": f"{row['lat_dms']} {row['lon_dms']}", "geometry": row["geometry"],
    }  # fmt: skip
    if kind == "terminus":
        return
    here = (row["lon"], row["lat"])
    feet = [
        (row[f"base{n}_lon"], row[f"base{n}_lat"])
        for n in (1, 2, 3)
        if row.get(f"base{n}_owner") and np.isfinite(row.get(f"base{n}_lon") or np.nan)
    ]
    yield {
        "id": f"control-{number}", "kind": "control", **common,
        "geometry": shapely.MultiLineString([[here, foot] for foot in feet]),
    }  # fmt: skip


def _published(rows: list[dict[str, str]], names: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for owner in names:
            if row.get(owner):
                yield {
                    "id": f"{row['id']}-{owner.lower()}", "kind": "published", "owner": owner,
                    **{f"name_{lang}": row.get(f"name_{lang}", "") for lang in LANGUAGES},
                    "share_percent": float(row[owner]), "geometry": None,
                }  # fmt: skip


# Cells smaller than this are the two lines' rounding, not areas that anybody moved.
LEAST_MOVED_M2 = 1e5


def _moved(found: Any, agreed: Any, names: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Areas between an agreed line and the strict one of the same two owners.

    The agreed line's ends are joined to the strict line by the shortest way, so that cells close.
    """
    lines = found.lines
    gaps = [shortest_m([agreed], [line]) + _middle_gap(agreed, line) for line in lines.geometry]
    nearest = lines.iloc[int(np.argmin(gaps))]
    strict = nearest.geometry
    pair = [str(nearest["owner_a"]), str(nearest["owner_b"])]
    ends = [shapely.Point(agreed.coords[0]), shapely.Point(agreed.coords[-1])]
    joins = [shapely.shortest_line(end, strict) for end in ends]
    cells = shapely.get_parts(shapely.polygonize([shapely.union_all([agreed, strict, *joins])]))
    sectors = {str(r["owner"]): r["geometry"] for r in found.sectors.to_dict("records")}
    total = dict.fromkeys(pair, 0.0)
    kept: dict[str, list[BaseGeometry]] = {owner: [] for owner in pair}
    for cell in cells:
        size = float(area_m2([cell])[0])
        inside = [shapely.intersects(sectors[owner], cell.representative_point()) for owner in pair]
        if size < LEAST_MOVED_M2 or not any(inside):
            continue
        loser = pair[0] if inside[0] else pair[1]
        total[loser] += size
        kept[loser].append(cell)
    for loser in pair:
        if kept[loser]:
            winner = pair[1 - pair.index(loser)]
            yield {
                "id": f"moved-{loser.lower()}-{winner.lower()}", "kind": "moved", "owner": winner,
                "loser": loser, **_names([loser, winner], names),
                "area_km2": round(total[loser] / 1e6, 1),
                "geometry": shapely.multipolygons(kept[loser]),
            }  # fmt: skip


def _middle_gap(agreed: Any, line: Any) -> float:
    middle = agreed.interpolate(0.5, normalized=True)
    return float(shortest_m([middle], [line])) if length_m([line])[0] else float("inf")
