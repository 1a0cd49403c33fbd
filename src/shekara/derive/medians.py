"""Median lines and sectors as layers, computed from the shores of another layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from shekara.derive.cutting import features_of_layer
from shekara.derive.division_rows import OwnerNames, line_row, owner_texts, point_rows
from shekara.derive.geojson import to_frame
from shekara.derive.recipe import From, LayerName, Part, Recipe, TableName
from shekara.derive.rows import LayerFeature, Row
from shekara.derive.sources import Sources, read_toml
from shekara.derive.tables import cell_number
from shekara.measuring import area_m2, length_m, shortest_m
from shekara.where import Scalar, matches

if TYPE_CHECKING:
    import geopandas

    from shekara.median.tables.result import Division


class SharesFrom(From):
    """Tables of shares that others published."""

    listed: ClassVar = {"layers/": ("published*",)}
    published: list[TableName] = []


class MedianLines(Recipe):
    """method = "median_lines"."""

    method: Literal["median_lines"]
    base_accuracy_m: float | None = Field(default=None, gt=0)
    layer: LayerName
    by: str
    shores: dict[str, Scalar | list[Scalar]] = {}
    sea: dict[str, Scalar | list[Scalar]] = {}


class OtherShores(Part):
    """[[derive.other]]: further shores that the same sea is divided between."""

    layer: LayerName
    where: dict[str, Scalar | list[Scalar]] = {}
    by: str | None = None
    as_: Literal["shores", "coasts"] = Field(default="shores", alias="as")
    note: str = ""


class MedianSectors(MedianLines):
    """method = "median_sectors"."""

    method: Literal["median_sectors"]  # type: ignore[assignment]
    from_: SharesFrom = Field(default=SharesFrom(), alias="from")
    other: list[OtherShores] = []
    agreed: LayerName | None = None


def median_lines(recipe: MedianLines, sources: Sources) -> geopandas.GeoDataFrame:
    """Lines of equal distance, junctions, turning points and what governs each of them.

    Kinds of features: line (a pair of owners), junction, turning, control (from a turning
    point or junction to its base points) and, where ``base_accuracy_m`` says how well base points
    are known, band: two standard deviations of the line to either side.
    """
    shores, sea, by = _shores(recipe, sources)
    names = _owner_names(recipe, sources, by)
    division = _divide(shores, sea, by)
    rows = [line_row(row, names) for row in division.lines.itertuples()]
    for number, row in enumerate(division.points.itertuples(), start=1):
        rows.extend(point_rows(number, row))
    if recipe.base_accuracy_m is not None:
        rows.extend(_bands(division, recipe.base_accuracy_m, names))
    return to_frame(rows)


def _bands(division: Division, accuracy_m: float, names: OwnerNames) -> Iterator[Row]:
    from shekara.median.delimitation.band import uncertainty_band

    for row in uncertainty_band(division, accuracy_m).to_dict("records"):
        pair = [str(row["owner_a"]), str(row["owner_b"])]
        yield {
            "id": "band-" + "-".join(pair).lower(), "kind": "band", "owners": " ".join(pair),
            **owner_texts(pair, names),
            "sigma_low_m": round(float(row["least_m"]), 1),
            "sigma_high_m": round(float(row["greatest_m"]), 1),
            "geometry": row["geometry"],
        }  # fmt: skip


def median_sectors(recipe: MedianSectors, sources: Sources) -> geopandas.GeoDataFrame:
    """Sectors of a sea, with the shares that other choices of shore give, beside published ones.

    `[[derive.other]]` names further shores (layer, where) that the same sea is divided between;
    share_percent_low and _high are the least and the most of all. A table in `from` holds shares
    that others published, one column an owner; `agreed` names a line that parts two of the owners:
    what lies between it and the strict line becomes features of kind moved.
    """
    shores, sea, by = _shores(recipe, sources)
    names = _owner_names(recipe, sources, by)
    variants = [_shares(_divide(*_variant(part, recipe, sources, sea))) for part in recipe.other]
    division = _divide(shores, sea, by)
    shares = _shares(division)
    rows: list[Row] = []
    for row in _sectors(division).itertuples():
        owner = str(row.owner)
        every = [shares[owner], *(other[owner] for other in variants if owner in other)]
        rows.append({
            "id": f"sector-{owner.lower()}", "kind": "sector", "owner": owner,
            **owner_texts([owner], names),
            "share_percent": round(shares[owner], 3),
            "share_percent_low": round(min(every), 3), "share_percent_high": round(max(every), 3),
            "geometry": row.geometry,
        })  # fmt: skip
    for table in recipe.from_.published:
        rows.extend(_published(sources.table(table, ("id",)), names, table))
    if recipe.agreed:
        rows.extend(_moved(division, _line_of(recipe.agreed, recipe, sources), names))
    return to_frame(rows)


def _divide(shores: geopandas.GeoDataFrame, sea: BaseGeometry, by: str) -> Division:
    from shekara.median import divide

    return divide(shores, by=by, sea=sea)


def _sectors(division: Division) -> geopandas.GeoDataFrame:
    assert division.sectors is not None  # a sea was divided
    return division.sectors


def _shares(division: Division) -> dict[str, float]:
    sectors = _sectors(division)
    total = float(sectors["area_m2"].sum())
    return {str(row.owner): 100 * float(row.area_m2) / total for row in sectors.itertuples()}


def _shores(
    recipe: MedianLines, sources: Sources
) -> tuple[geopandas.GeoDataFrame, BaseGeometry, str]:
    by = recipe.by
    features = features_of_layer(recipe, sources, recipe.layer)
    sea = [part.geometry for part in features if matches(part.attributes, recipe.sea)]
    if len(sea) != 1:
        raise recipe.error("sea", f"chooses {len(sea)} features", "choose the one that is the sea")
    shores = [part.row for part in features if matches(part.attributes, recipe.shores)]
    return to_frame(shores), sea[0], by


def _variant(
    part: OtherShores, recipe: MedianSectors, sources: Sources, sea: BaseGeometry
) -> tuple[geopandas.GeoDataFrame, BaseGeometry, str]:
    """Other shores for the same sea: features as they are, or the coasts of neighbouring areas."""
    features = [
        feature
        for feature in features_of_layer(recipe, sources, part.layer)
        if matches(feature.attributes, part.where)
    ]
    by = recipe.by
    if part.as_ == "coasts":
        return to_frame(_coasts(features, part.by or by, by, sea)), sea, by
    return to_frame([feature.row for feature in features]), sea, by


# Coasts count where they lie within this many degrees of the sea; what lies farther borders others.
NEAR_DEG = 0.6


def _coasts(areas: list[LayerFeature], owner: str, by: str, sea: BaseGeometry) -> Iterator[Row]:
    """Outlines of areas without the borders that they have in common."""
    near = shapely.buffer(shapely.convex_hull(sea), NEAR_DEG)
    outlines = [shapely.boundary(area.geometry) for area in areas]
    for number, area in enumerate(areas):
        others = shapely.union_all(outlines[:number] + outlines[number + 1 :])
        coast = shapely.intersection(shapely.difference(outlines[number], others), near)
        if not coast.is_empty:
            yield {by: area.attributes[owner], "geometry": shapely.line_merge(coast)}


def _line_of(layer: str, recipe: MedianSectors, sources: Sources) -> shapely.LineString:
    shapes = [feature.geometry for feature in features_of_layer(recipe, sources, layer)]
    lines = [shape for shape in shapes if isinstance(shape, shapely.LineString)]
    if len(lines) != 1:
        raise recipe.error("agreed", f"the layer has {len(lines)} lines", "it needs one")
    return lines[0]


def _owner_names(recipe: MedianLines, sources: Sources, by: str) -> OwnerNames:
    """Owners in words: what the layer of the shores says of the values of its owner field."""
    file = f"layers/{recipe.layer}.toml"
    names: object = read_toml(sources.atlas, file)
    for key in ("field", by, "values"):
        names = names.get(key) if isinstance(names, dict) else None
    return names if isinstance(names, dict) else {}


def _published(rows: list[dict[str, str]], names: OwnerNames, table: str) -> Iterator[Row]:
    for row in rows:
        for owner in names:
            if row.get(owner):
                yield {
                    "id": f"{row['id']}-{owner.lower()}", "kind": "published", "owner": owner,
                    **{key: row[key] for key in row if row[key] and key[:4] in ("name", "sour")},
                    "share_percent": cell_number(row, owner, table), "geometry": None,
                }  # fmt: skip


# Cells smaller than this are the two lines' rounding, not areas that anybody moved.
LEAST_MOVED_M2 = 1e5


def _moved(division: Division, agreed: shapely.LineString, names: OwnerNames) -> Iterator[Row]:
    """Areas between an agreed line and the strict one of the same two owners.

    The agreed line's ends are joined to the strict line by the shortest way, so that cells close.
    """
    lines = division.lines
    gaps = [shortest_m([agreed], [line]) + _middle_gap(agreed, line) for line in lines.geometry]
    nearest = lines.iloc[int(np.argmin(gaps))]
    strict = nearest.geometry
    pair = [str(nearest["owner_a"]), str(nearest["owner_b"])]
    ends = [shapely.Point(agreed.coords[0]), shapely.Point(agreed.coords[-1])]
    joins = [shapely.shortest_line(end, strict) for end in ends]
    cells = shapely.get_parts(shapely.polygonize([shapely.union_all([agreed, strict, *joins])]))
    sectors = {str(row.owner): row.geometry for row in _sectors(division).itertuples()}
    total = dict.fromkeys(pair, 0.0)
    kept: dict[str, list[shapely.Polygon]] = {owner: [] for owner in pair}
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
                "loser": loser, **owner_texts([loser, winner], names),
                "area_km2": round(total[loser] / 1e6, 1),
                "geometry": shapely.MultiPolygon(kept[loser]),
            }  # fmt: skip


def _middle_gap(agreed: shapely.LineString, line: BaseGeometry) -> float:
    middle = agreed.interpolate(0.5, normalized=True)
    return float(shortest_m([middle], [line])) if length_m([line])[0] else float("inf")
