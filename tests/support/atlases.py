"""Small atlases of other places, written by tests: Iceland's neighbour islands are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SQUARE = [[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 51.0], [10.0, 50.0]]

LAYER = """
title = {{ {titles} }}

[[source]]
name = "made by a test"
license = "CC0-1.0"
date = 2020

[quality]
precision = "{precision}"
accuracy_m = {accuracy}
{more}
"""

MAP = """
title = {{ {titles} }}
about = {{ {titles} }}
layers = {layers}
extent = {extent}
claims = {claims}
"""


def titles(text: str, languages: tuple[str, ...] = ("en",)) -> str:
    return ", ".join(f"{lang} = {json.dumps(f'{text} {lang}')}" for lang in languages)


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(ring: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring]}


def line(points: list[list[float]]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": points}


def point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def write_layer(
    folder: Path,
    name: str,
    features: list[dict[str, Any]],
    more: str = "",
    *,
    precision: str = "mapped",
    accuracy: float = 10,
    languages: tuple[str, ...] = ("en",),
) -> None:
    for part in ("geo", "layers", "maps"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    text = LAYER.format(
        titles=titles(name, languages), precision=precision, accuracy=accuracy, more=more
    )
    (folder / "layers" / f"{name}.toml").write_text(text, encoding="utf-8")
    (folder / "geo" / f"{name}.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )


def write_map(
    folder: Path,
    name: str,
    layers: list[str],
    extent: list[float],
    claims: list[str] | None = None,
    more: str = "",
    languages: tuple[str, ...] = ("en",),
) -> None:
    text = MAP.format(
        titles=titles(name, languages),
        layers=json.dumps(layers),
        extent=extent,
        claims=json.dumps(claims or []),
    )
    (folder / "maps" / f"{name}.toml").write_text(text + more, encoding="utf-8")


def claim(name: str, kind: str, verdict: str = "holds") -> str:
    return (
        f'\n[[claim]]\nid = "{name}"\nsays = {{ en = "says {name}" }}\n{kind}\n'
        f'verdict = "{verdict}"\n'
    )


def sound(folder: Path) -> Path:
    """One square degree, a line across it, three towns in it; everything right."""
    write_layer(folder, "land", [feature(polygon(SQUARE), id="land", name="Land")])
    write_layer(
        folder,
        "road",
        [feature(line([[10.0, 50.5], [11.0, 50.5]]), id="road", name="Road")],
        claim("road-length", "length_km = { more_than = 70 }"),
    )
    towns = [feature(point(10.2 + i / 10, 50.5), id=f"t{i}", name=f"T{i}") for i in range(3)]
    write_layer(folder, "towns", towns, claim("towns", "count = { equals = 3 }"))
    write_map(folder, "all", ["land", "road", "towns"], [9.5, 49.5, 11.5, 51.5], ["towns"])
    return folder
