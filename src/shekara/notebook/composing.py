"""An atlas of several GeoDataFrames, made in memory, to check, draw and save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from shekara import claims, gate, scene
from shekara.atlas import Atlas
from shekara.atlas.memory import compose
from shekara.gate.collections_apart import apart, refuse_several_kinds
from shekara.gate.plain import plain_columns

if TYPE_CHECKING:
    import geopandas


def atlas_from(
    frames: Mapping[str, geopandas.GeoDataFrame],
    *,
    title: str | Mapping[str, str] = "Atlas",
    layers: Mapping[str, Mapping[str, object]] | None = None,
    maps: Mapping[str, Mapping[str, object]] | None = None,
    accuracy_m: float | None = None,
    languages: Sequence[str] = ("en",),
) -> Atlas:
    """An atlas of GeoDataFrames, which `check_all`, `resolve` and `Atlas.save` take.

    Parameters
    ----------
    frames
        By name of the layer, in any reference system, bottom to top.
    title
        Of the atlas, and of the map of all layers where `maps` is None.
    layers
        What layers/NAME.toml would say (`shekara keys layer`), by name: title, source, style,
        claim ...; what is left out is the name, "not stated", and a plain look.
    maps
        What maps/NAME.toml would say (`shekara keys map`); without `extent` all layers fit.
    accuracy_m
        One standard deviation of a position, for layers that have no [quality] of their own;
        without it nothing has an interval.
    languages
        Of the atlas.

    Raises
    ------
    AtlasError
        With everything that is wrong, named as if the files existed.
    GeometryError
        A feature that means nothing.
    UsageError
        A row that is a collection of several kinds of shapes: it would count as several features.

    Examples
    --------
    >>> import geopandas, shapely
    >>> square = shapely.box(10, 50, 11, 51)
    >>> field = geopandas.GeoDataFrame({"id": ["a"]}, geometry=[square], crs=4326)
    >>> area = {"id": "area", "says": "It is large.", "area_km2": {"more_than": 7000}}
    >>> area |= {"verdict": "holds"}
    >>> atlas = atlas_from({"field": field}, layers={"field": {"claim": [area]}}, accuracy_m=5)
    >>> atlas
    <Atlas 'Atlas': 1 layer, 1 map, 1 claim; en>
    """
    rules = (claims.problems, scene.problems)
    tables = {
        name: {
            "title": name,
            "source": [{"name": "not stated", "license": "LicenseRef-not-stated"}],
            "quality": _quality(accuracy_m),
            **(layers or {}).get(name, {}),
        }
        for name in frames
    }
    names = [claim["id"] for table in tables.values() for claim in _listed(table.get("claim"))]
    whole = {"title": title, "layers": list(frames), "claims": names}
    given = dict(maps) if maps is not None else {"map": whole}
    index = {"title": title, "languages": list(languages)}
    ready = {name: _plain(frame, name) for name, frame in frames.items()}
    return compose(ready, tables, given, index, kinds=claims.KINDS, rules=rules)


def _plain(frame: geopandas.GeoDataFrame, name: str) -> geopandas.GeoDataFrame:
    refuse_several_kinds(frame, f"frame {name!r}")
    return apart(plain_columns(gate.from_frame(frame).whole().frame().to_crs("EPSG:4326")))


def _quality(accuracy_m: float | None) -> dict[str, str | float]:
    known = {} if accuracy_m is None else {"accuracy_m": float(accuracy_m)}
    return {"precision": "mapped", **known}


def _listed(value: object) -> Iterable[Mapping[str, object]]:
    return [item for item in value if isinstance(item, dict) and "id" in item] if isinstance(
        value, list
    ) else []  # fmt: skip
