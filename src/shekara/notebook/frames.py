"""An atlas in memory from one GeoDataFrame: what `explore`, `figure` and `check` are made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from shekara import claims, gate
from shekara.atlas import Atlas, Claim, Layer, Map
from shekara.atlas.files import (
    IndexFile,
    LayerFile,
    MapFile,
    Quality,
    StyleClass,
    StyleTable,
)
from shekara.atlas.source import LayerSource
from shekara.atlas.statement import ClaimTable
from shekara.claims import Verdict
from shekara.errors import UsageError
from shekara.intake.adding import plain_columns
from shekara.intake.description import label_field
from shekara.notebook.classes import Scheme, classed
from shekara.scene import Scene, resolve
from shekara.spelling import way_out

if TYPE_CHECKING:
    import folium
    import geopandas
    from matplotlib.figure import Figure

LAYER, CLASS = "data", "class of the map"
MOST_LABELS = 60  # names on more features than this hide each other
MARGIN = 0.06  # of the extent, to either side


def atlas_of(
    frame: geopandas.GeoDataFrame,
    *,
    column: str | None = None,
    scheme: Scheme = "quantiles",
    k: int = 5,
    title: str = "Map",
    lang: str = "en",
    accuracy_m: float | None = None,
) -> Atlas:
    """An atlas of one layer and one map.

    Parameters
    ----------
    frame
        In any reference system; features that mean nothing are left out.
    column
        Numbers are put into `k` classes by `scheme`; texts are told apart by colour.
    accuracy_m
        One standard deviation of a position; without it nothing has an interval.

    Raises
    ------
    UsageError
        There is no such column.
    GeometryError
        Nothing is left to draw.
    """
    if column is not None and column not in frame.columns:
        raise UsageError(f"there is no column {column!r}; {way_out(column, frame.columns)}")
    features = gate.from_frame(frame)
    kept = features.frame().drop(index=sorted(features.left_out)).reset_index(drop=True)
    table = plain_columns(kept.to_crs("EPSG:4326"))
    classes: list[StyleClass] = []
    if column is not None:
        names, classes = classed(list(table[column]), scheme, k, lang)
        table[CLASS] = np.array([*names, None], dtype=object)[:-1]
    shape = table.geometry.name
    columns = [name for name in table.columns if name != shape]
    rows = table[columns].to_dict("records")
    label = label_field(table) if len(table) <= MOST_LABELS else None
    style = StyleTable.model_validate(
        {"by": CLASS if classes else None, "class": classes, "label": label}
    )
    file = LayerFile(
        title=title,
        source=[LayerSource(name="not stated", license="LicenseRef-not-stated")],
        quality=Quality(precision="mapped", accuracy_m=accuracy_m),
        style=style,
    )
    shapes = np.array(table.geometry, dtype=object)
    layer = Layer(LAYER, file, shapes, tuple(rows), ())
    item = Map("map", MapFile(title=title, layers=[LAYER], extent=_extent(shapes)))
    return Atlas(Path(), IndexFile(title=title), {LAYER: layer}, {"map": item}, (lang,))


def explore(
    frame: geopandas.GeoDataFrame,
    column: str | None = None,
    *,
    scheme: Scheme = "quantiles",
    k: int = 5,
    title: str = "Map",
    lang: str = "en",
) -> folium.Map:
    """A page that a notebook shows: one file, no network; `save("map.html")` keeps it."""
    from shekara import web

    atlas = atlas_of(frame, column=column, scheme=scheme, k=k, title=title, lang=lang)
    return web.folium_map([resolve(atlas, "map", lang)])


def figure(
    drawn: Scene | geopandas.GeoDataFrame,
    column: str | None = None,
    *,
    scheme: Scheme = "quantiles",
    k: int = 5,
    title: str = "Map",
    lang: str = "en",
    size: str = "A4",
) -> Figure:
    """A matplotlib figure with graticule, scale bar, legend and sources, of a scene or a frame."""
    from shekara import sheet

    if not isinstance(drawn, Scene):
        atlas = atlas_of(drawn, column=column, scheme=scheme, k=k, title=title, lang=lang)
        drawn = resolve(atlas, "map", lang)
    return sheet.figure(drawn, size=size)


def check(
    checked: Claim | geopandas.GeoDataFrame,
    kind: Atlas | str,
    *,
    accuracy_m: float | None = None,
    **claimed: object,
) -> Verdict:
    """The verdict on a claim of an atlas, or on a claim about a frame.

    Examples
    --------
    >>> import geopandas
    >>> frame = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    >>> check(frame, "area_km2", about=12309, accuracy_m=5).verdict
    'holds'
    """
    if isinstance(checked, Claim):
        if not isinstance(kind, Atlas):
            raise UsageError("a claim is checked beside its atlas: check(claim, atlas)")
        return claims.check(checked, kind)
    if isinstance(kind, Atlas) or kind not in claims.KINDS:
        raise UsageError(f"there is no kind of claim {kind!r}; {way_out(str(kind), claims.KINDS)}")
    atlas = atlas_of(checked, accuracy_m=accuracy_m)
    table = ClaimTable(id="claim", says="claim", verdict="cannot tell")
    asks = claims.KINDS[kind].model_validate(claimed)
    return claims.check(Claim(LAYER, table, kind, asks), atlas)


def _extent(shapes: np.ndarray[tuple[int, ...], np.dtype[np.object_]]) -> list[float]:
    west, south, east, north = (float(side) for side in shapely.total_bounds(shapes))
    wide, high = max(east - west, 0.01) * MARGIN, max(north - south, 0.01) * MARGIN
    return [max(-180.0, west - wide), max(-90.0, south - high),
            min(180.0, east + wide), min(90.0, north + high)]  # fmt: skip
