"""Lines and points of a division as features of a layer, their owners in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.derive.rows import Row

OwnerNames: TypeAlias = Mapping[str, object]
"""What an owner is called: one text, or a text for each language."""


class LineRow(Protocol):
    """A line of a division, as `itertuples` gives it."""

    owner_a: str
    owner_b: str
    geometry: BaseGeometry


class PointRow(Protocol):
    """A point of a division, as `itertuples` gives it; its base points besides."""

    kind: str
    owners: str
    distance_m: float
    gap_m: float
    lon: float
    lat: float
    lon_dms: str
    lat_dms: str
    geometry: BaseGeometry


def owner_texts(owners: list[str], names: OwnerNames) -> dict[str, str]:
    """The owners' names joined, in every language that the layer of the shores has them in."""
    tables = [words for words in names.values() if isinstance(words, dict)]
    languages = list(dict.fromkeys(lang for words in tables for lang in words))
    if not languages:
        return {"name": " – ".join(str(names.get(owner, owner)) for owner in owners)}
    return {
        f"name_{lang}": " – ".join(_name(names.get(owner), lang, owner) for owner in owners)
        for lang in languages
    }


def _name(words: object, lang: str, owner: str) -> str:
    return str(words.get(lang, owner) if isinstance(words, dict) else words or owner)


def line_row(row: LineRow, names: OwnerNames) -> Row:
    """A line as a feature of kind "line"."""
    pair = [row.owner_a, row.owner_b]
    return {
        "id": "line-" + "-".join(pair).lower(), "kind": "line", "owners": " ".join(pair),
        **owner_texts(pair, names), "geometry": row.geometry,
    }  # fmt: skip


def point_rows(number: int, row: PointRow) -> Iterator[Row]:
    """A point as a feature, and the lines to its base points as one of kind "control"."""
    kind = {"junction": "junction", "terminus": "terminus"}.get(row.kind, "turning")
    common: Row = {"owners": " ".join(row.owners.split(" | ")), "number": number}
    yield {
        "id": f"point-{number}", "kind": kind, **common,
        "distance_km": round(row.distance_m / 1000, 4),
        "gap_m": round(row.gap_m, 1) if np.isfinite(row.gap_m) else None,
        "position": f"{row.lat_dms} {row.lon_dms}", "geometry": row.geometry,
    }  # fmt: skip
    if kind == "terminus":
        return
    here = (row.lon, row.lat)
    feet = [
        (getattr(row, f"base{n}_lon"), getattr(row, f"base{n}_lat"))
        for n in (1, 2, 3)
        if getattr(row, f"base{n}_owner", "")
        and np.isfinite(getattr(row, f"base{n}_lon") or np.nan)
    ]
    yield {
        "id": f"control-{number}", "kind": "control", **common,
        "geometry": shapely.MultiLineString([[here, foot] for foot in feet]),
    }  # fmt: skip
