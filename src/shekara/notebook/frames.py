"""An atlas in memory from one GeoDataFrame: what `explore`, `figure` and `check` are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import numpy as np

from shekara import claims, gate
from shekara.atlas import Atlas, Claim, Layer, Map
from shekara.atlas.files import (
    FieldInfo,
    IndexFile,
    LayerFile,
    MapFile,
    MultiplesTable,
    Quality,
    StyleTable,
)
from shekara.atlas.multiples import multiples_problems
from shekara.atlas.source import LayerSource
from shekara.atlas.statement import ClaimTable
from shekara.atlas.style import Scheme
from shekara.claims import Verdict
from shekara.errors import GeometryError, UsageError
from shekara.gate.collections_apart import apart, refuse_several_kinds
from shekara.gate.plain import plain_columns, plain_values
from shekara.geometry.surrounding import box_around
from shekara.i18n import Translator
from shekara.intake.naming import are_years, label_field
from shekara.notebook.keywords import LookWords, known_words, shows_keywords_of
from shekara.notebook.wishes import (
    column_name,
    column_names,
    frame_of,
    known_columns,
    language_of,
    table_of,
    told,
)
from shekara.scene import Scene, resolve
from shekara.scene.class_problems import look_problems
from shekara.scene.classes import is_number
from shekara.spelling import way_out

if TYPE_CHECKING:
    import folium
    import geopandas
    from matplotlib.figure import Figure

LAYER = "data"
MOST_ROWS = 12  # columns that a popup shows unless told
SIZES = ("area_", "length_", "perimeter_")  # claims to which each part of a collection adds its own
MOST_LABELS = 60  # names on more features than this hide each other


def atlas_of(  # noqa: PLR0913 - each is an option of the user
    frame: geopandas.GeoDataFrame,
    *,
    column: str | None = None,
    scheme: Scheme | None = None,
    k: int | None = None,
    breaks: Iterable[float] | None = None,
    ramp: str | Sequence[str] | None = None,
    centre: float | None = None,
    popup: str | Sequence[str] | bool | None = None,
    title: str | None = None,
    unit: str | None = None,
    source: str | None = None,
    lang: str | None = None,
    facet: str | None = None,
    facet_columns: int | None = None,
    facet_values: Iterable[object] | None = None,
    accuracy_m: float | None = None,
) -> Atlas:
    """An atlas of one layer and one map.

    Parameters
    ----------
    frame
        In any reference system; features that mean nothing are left out.
    column
        What the colours show; None: one colour for all.
    scheme
        Numbers are put into classes by "quantiles" (usual), "natural_breaks", "equal_interval",
        "pretty" or your own `breaks`; anything else is "categories".
    k
        How many classes; None: 5, or as many as there are values.
    breaks
        Limits between classes, rising; instead of `scheme` and `k`.
    ramp
        Name of a ramp, or colours "#rrggbb"; `shekara keys style` names the ramps.
    centre
        The value at the middle of a ramp with two sides.
    popup
        Columns that a reader sees of a feature; None or True: the first twelve; False: none.
    title
        Of the map; None: the name of the column.
    unit
        Of the column, as the legend states it.
    source
        Who made the data, as the map states it.
    lang
        Code of the language of legend, numbers and controls; None: the reader's, as the system
        names it, where the program speaks it.
    facet
        A column of years, kinds ...: a small map for each of its values, 2 to 12, side by side.
    facet_columns
        How many of them stand in a row of the figure; None: as the maps are largest.
    facet_values
        Which values of `facet` have a small map, in this order; None: all.
    accuracy_m
        One standard deviation of a position; without it nothing has an interval.

    Raises
    ------
    UsageError
        There is no such column, or its values cannot be put into such classes or small maps.
    GeometryError
        Nothing is left to draw.
    """
    frame = frame_of(frame)
    lang = language_of(lang)
    column, facet = column_name(column, "column"), column_name(facet, "facet")
    title = title or _words_of(column or facet) or Translator(lang).message("web_map")
    features = gate.from_frame(frame)
    kept = features.frame().drop(index=sorted(features.left_out)).reset_index(drop=True)
    table = apart(plain_columns(kept.to_crs("EPSG:4326")))
    table.columns = [str(name) for name in table.columns]
    shape = table.geometry.name
    columns = [str(name) for name in table.columns if name != shape]
    given = [name for name in columns if name in map(str, frame.columns)]
    known_columns([column, facet, *_listed(popup)], given)
    rows = table[columns].to_dict("records")
    label = "name" if {"name", f"name_{lang}"} & set(columns) else label_field(table)
    together = len(table) if facet is None else table[facet].value_counts().max()
    wanted: dict[str, object] = {"label": label if together <= MOST_LABELS else None}
    if column is not None:
        values = [row[column] for row in rows if row[column] is not None]
        usual = "quantiles" if all(is_number(value) for value in values) else "categories"
        chosen = scheme or (usual if breaks is None else None)
        wanted |= {"by": column, "scheme": chosen, "k": k, "unit": unit, "centre": centre}
        wanted |= {"breaks": breaks, "ramp": ramp}
    by = {"name": source or "not stated", "license": "LicenseRef-not-stated"}
    quality = {"precision": "mapped", "accuracy_m": accuracy_m}
    titled = table_of(IndexFile, {"title": title})
    file = LayerFile(
        title=titled.title,
        source=[table_of(LayerSource, by, "source.")],
        quality=table_of(Quality, quality, "quality."),
        field=_fields(table, given, column, popup),
        style=table_of(StyleTable, wanted, "style."),
    )
    shapes = np.array(table.geometry, dtype=object)
    if all(shape is None or shape.is_empty for shape in shapes):
        raise GeometryError("no feature of the frame has a shape: there is nothing to draw")
    layer = Layer(LAYER, file, shapes, tuple(rows), ())
    for problem in look_problems(layer, file.style, range(len(rows)), "the frame"):
        raise UsageError(told(problem))
    small = _small_maps(facet, facet_columns, facet_values)
    map_file = MapFile(
        title=titled.title, layers=[LAYER], extent=box_around(shapes), multiples=small
    )
    item = Map("map", map_file)
    atlas = Atlas(Path(), titled, {LAYER: layer}, {"map": item}, (lang,))
    for problem in multiples_problems(atlas, item, "the frame"):
        raise UsageError(told(problem))
    return atlas


def _small_maps(
    facet: str | None, columns: object, values: Iterable[object] | None
) -> MultiplesTable | None:
    """Small maps of a column's values; None where no column is named."""
    if facet is not None:
        shown = None if values is None else list(plain_values(values))
        asks = {"field": facet, "of": LAYER, "columns": columns, "values": shown}
        return table_of(MultiplesTable, asks, "multiples.")
    for name, given in (("facet_columns", columns), ("facet_values", values)):
        if given is not None:
            raise UsageError(f"{name} belongs to small maps side by side: name facet, too")
    return None


def _listed(popup: str | Sequence[str] | bool | None) -> list[str]:
    """The columns of a popup, each of which may be called by a number."""
    return [] if popup is None or isinstance(popup, bool) else column_names(popup, "popup")


def _fields(
    table: geopandas.GeoDataFrame,
    columns: Sequence[str],
    column: str | None,
    popup: str | Sequence[str] | bool | None,
) -> dict[str, FieldInfo]:
    """What a reader sees of a feature, column by column in the order that was wanted."""
    first = [*([column] if column else []), *columns]
    usual = [*dict.fromkeys(first)][:MOST_ROWS]
    shown = usual if popup is None or popup is True else _listed(popup)
    return {
        name: FieldInfo(
            title=_words_of(name), kind="year" if are_years(name, table[name]) else None
        )
        for name in shown
    }


def _words_of(column: str | None) -> str:
    """A column's name as words."""
    return (column or "").replace("_", " ").strip()


@shows_keywords_of(atlas_of)
def explore(
    frame: geopandas.GeoDataFrame,
    column: str | None = None,
    **look: Unpack[LookWords],
) -> folium.Map:
    """A page that a notebook shows: one file, no network; `save("map.html")` keeps it.

    The parameters are those of `atlas_of`.
    """
    from shekara import web

    known_words(look, "explore")
    atlas = atlas_of(frame, column=column, **look)
    return web.folium_map([resolve(atlas, "map", atlas.languages[0])])


@shows_keywords_of(atlas_of)
def figure(
    drawn: Scene | geopandas.GeoDataFrame,
    column: str | None = None,
    *,
    size: str = "A4",
    **look: Unpack[LookWords],
) -> Figure:
    """A matplotlib figure with graticule, scale bar, legend and sources, of a scene or a frame.

    It takes what `explore` takes, so that one call draws both; a sheet has no popups.
    """
    from shekara import sheet

    known_words(look, "figure")
    if not isinstance(drawn, Scene):
        atlas = atlas_of(drawn, column=column, **look)
        drawn = resolve(atlas, "map", atlas.languages[0])
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
    >>> import shapely
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
    frame = frame_of(checked)
    if not kind.startswith(SIZES):
        refuse_several_kinds(frame, "the frame")
    atlas = atlas_of(frame, accuracy_m=accuracy_m)
    table = ClaimTable(id="claim", says="claim", verdict="cannot tell")
    claim = Claim(LAYER, table, kind, table_of(claims.KINDS[kind], claimed))
    layer = replace(atlas.layers[LAYER], claims=(claim,))
    atlas = replace(atlas, layers={LAYER: layer})
    for problem in claims.problems(atlas):
        raise UsageError(told(problem))
    return claims.check(claim, atlas)
