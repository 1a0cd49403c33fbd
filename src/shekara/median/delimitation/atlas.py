"""An atlas of a delimitation: its line, construction and sectors as one layer, and a map of it.

The folder is an atlas like any other: it can be checked, previewed, built and drawn on a sheet.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.errors import UsageError
from shekara.i18n.catalogue import built_in
from shekara.i18n.translator import Translator
from shekara.median.antimeridian import line_string
from shekara.median.delimitation.construction import construction
from shekara.median.delimitation.governing import shores_of
from shekara.median.delimitation.picture import shore_chains
from shekara.median.tables.files import write_table
from shekara.median.tables.tables import CRS
from shekara.storage import write_file
from shekara.storage.toml import text_of, texts_of

if TYPE_CHECKING:
    from shekara.median.delimitation.command import Delimitation

NAME = "delimitation"
COLUMNS = ["kind", "name", "position"]
# Kinds of features from bottom to top, and how each is drawn: land in the colour of land, so that
# all that lies beside it is sea; sectors a deeper blue than the sea, told apart by their names.
STYLES = {
    "land": 'fill = "#f7f4ec"\nfill_opacity = 1.0\nwidth = 0.5\ncolor = "#8f867c"',
    "sector": 'width = 0.4\nfill = "#6fa3c4"\nfill_opacity = 0.35\nhatch = ""',
    "band": 'width = 0.3\nfill = "#5b6ea8"\nfill_opacity = 0.5\nhatch = ""',
    "moved": 'width = 0.4\nfill = "#d8a657"\nfill_opacity = 0.6\nhatch = ""',
    "control": 'width = 0.5\ndash = "dotted"',
    "shore": 'width = 1.0\ncolor = "#4d5b49"\ndash = "solid"',
    "line": 'width = 1.8\ncolor = "#b3202a"\ndash = "solid"',
    "turning": 'size = 4.0\nfill = "#ffffff"\nwidth = 0.8',
}
Drawn: TypeAlias = tuple[str, str, str | None, BaseGeometry]
"""Kind, name, position and shape of a feature."""
NAMED = ("land", "sector")
GIVEN = ("land", "shore")  # as the files gave them; all else is computed
# The map shows so much more than the line and its base points on each side.
MARGIN = 0.1


def refuse_full(folder: Path) -> None:
    """Refuse a folder that holds something already.

    Raises
    ------
    UsageError
        It is a file, or not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"--atlas: {folder} is not empty; name a folder that does not exist yet")


def write_atlas(whole: Delimitation, folder: Path, language: str) -> None:
    """Write the atlas into a new or empty folder, its texts in every built-in language.

    Raises
    ------
    UsageError
        The folder holds something already, or the language is none of the program's.
    """
    refuse_full(folder)
    if language not in built_in():
        raise UsageError(f"lang: {language!r}; give one of {', '.join(built_in())}")
    words = {lang: Translator(lang) for lang in (language, *built_in())}
    table = _features(whole)
    for part in ("geo", "layers", "maps"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    write_table(table, folder / "geo" / f"{NAME}.geojson")
    write_file(folder / "layers" / f"{NAME}.toml", _layer(whole, table, words))
    write_file(folder / "maps" / f"{NAME}.toml", _map(whole, table, words))
    listed = ", ".join(text_of(lang) for lang in words)
    index = f"title = {_title(whole, words)}\nlanguages = [{listed}]\n"
    write_file(folder / "maps" / "index.toml", index)


def _features(whole: Delimitation) -> gpd.GeoDataFrame:
    """Everything that is drawn, one kind after the other."""
    shores, points = shores_of(whole.division).shores, whole.final.points
    rows: list[Drawn] = []
    if whole.division.sectors is not None:
        sectors = whole.division.sectors
        rows += [
            ("sector", owner, None, shape)
            for owner, shape in zip(sectors["owner"], sectors.geometry, strict=True)
        ]
    if whole.band is not None:
        rows += _between("band", whole.band)
    if whole.comparison is not None:
        moved = whole.comparison.moved
        names = moved["from_owner"] + " → " + moved["to_owner"]
        rows += [
            ("moved", name, None, shape) for name, shape in zip(names, moved.geometry, strict=True)
        ]
    if whole.land is not None:
        rows += [("land", owner, None, shape) for owner, shape in _areas(whole.land)]
    for holder, owner in enumerate(shores.owners):
        for xy in shore_chains(shores.of_owner(holder)):
            rows.append(("shore", owner, None, line_string(shores.globe, *xy.T)))
    rows += _between("line", whole.final.lines)
    for row in points.itertuples():
        position = f"{row.lat_dms} {row.lon_dms}"
        rows.append(("turning", str(row.number), position, shapely.Point(row.lon, row.lat)))
    for number, ends in construction(points):
        rows.append(("control", str(number), None, line_string(shores.globe, *ends.T)))
    kept = [row for row in rows if row[3] is not None and not row[3].is_empty]
    order = {kind: n for n, kind in enumerate(STYLES)}
    kept.sort(key=lambda row: order[row[0]])
    frame = pd.DataFrame([row[:3] for row in kept], columns=COLUMNS)
    frame["precision"] = ["mapped" if row[0] in GIVEN else "computed" for row in kept]
    frame.insert(0, "id", [f"{kind}-{n}" for n, kind in enumerate(frame["kind"], start=1)])
    return gpd.GeoDataFrame(frame, geometry=[row[3] for row in kept], crs=CRS)


def _areas(table: gpd.GeoDataFrame) -> list[tuple[str, BaseGeometry]]:
    """Owner and shape of each area of the shores; shores given as lines have none."""
    flat = table.to_crs(CRS).explode(index_parts=False)
    areas = flat[flat.geometry.geom_type == "Polygon"]
    return list(zip(areas["owner"].astype(str), areas.geometry, strict=True))


def _between(kind: str, table: gpd.GeoDataFrame) -> list[Drawn]:
    names = table["owner_a"] + " – " + table["owner_b"]
    return [(kind, name, None, shape) for name, shape in zip(names, table.geometry, strict=True)]


def _said(words: dict[str, Translator], key: str, **values: object) -> str:
    """A message in every language, as an inline table."""
    return texts_of({lang: w.message(f"delimitation_{key}", **values) for lang, w in words.items()})


def _kind(whole: Delimitation, kind: str, words: dict[str, Translator]) -> str:
    """The name of a kind of features; of the band also how far it reaches, in metres.

    On a map of a whole sea the band is thinner than the line: its title tells the breadth.
    """
    if kind != "band" or whole.band is None:
        return _said(words, f"kind_{kind}")
    half = whole.band["sigmas"] * whole.band[["least_m", "greatest_m"]].T
    low = _two_digits(float(half.loc["least_m"].min()), ROUND_FLOOR)
    high = _two_digits(float(half.loc["greatest_m"].max()), ROUND_CEILING)
    return texts_of({
        lang: f"{w.message('delimitation_kind_band')}: ±"
        + ("" if low == high else f"{w.number(low)}–")
        + w.quantity(high, "m")
        for lang, w in words.items()
    })  # fmt: skip


def _two_digits(metres: float, rounding: str) -> Decimal:
    """A length with two digits, up or down: the band reaches no farther than is said."""
    value = Decimal(repr(metres))
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 1), rounding=rounding)


def _title(whole: Delimitation, words: dict[str, Translator]) -> str:
    return _said(words, "title", owners=" – ".join(whole.division.owners))


def _layer(whole: Delimitation, table: gpd.GeoDataFrame, words: dict[str, Translator]) -> str:
    kinds = [kind for kind in STYLES if kind in set(table["kind"])]
    values = ", ".join(f"{kind} = {_kind(whole, kind, words)}" for kind in kinds)
    classes = [
        f'[[style.class]]\nvalue = "{kind}"\ntitle = {_kind(whole, kind, words)}\n{STYLES[kind]}\n'
        for kind in kinds
    ]
    quality = ["[quality]", 'precision = "computed"']
    if whole.band is not None and len(whole.band):
        # The line is no better known than where the base points leave it loosest.
        quality.append(f"accuracy_m = {float(whole.band['greatest_m'].max()):.3g}")
    return "\n".join([
        f"title = {_title(whole, words)}",
        f"about = {_said(words, 'equidistance' if _equal(whole) else 'equiratio_short')}",
        "",
        "[[source]]",
        f"name = {_said(words, 'source', datum=whole.final.datum)}",
        'license = "LicenseRef-fill-in"  # fill in: that of the shores, an SPDX expression',
        "",
        *quality,
        "",
        "[field.kind]",
        f"title = {_said(words, 'kind')}",
        'kind = "code"',
        f"values = {{ {values} }}",
        "",
        "[field.position]",
        f"title = {_said(words, 'position')}",
        'kind = "text"',
        "",
        "[style]",
        'color = "#3b4a6b"',
        'by = "kind"',
        "",
        *classes,
    ])  # fmt: skip


def _equal(whole: Delimitation) -> bool:
    return shores_of(whole.division).equal


def _map(whole: Delimitation, table: gpd.GeoDataFrame, words: dict[str, Translator]) -> str:
    kinds = [kind for kind in STYLES if kind in set(table["kind"])]
    entries = []
    for kind in kinds:
        shown = 'label = "name"' if kind in NAMED else "label = false"
        if kind == "land":  # the ground: all that is not land is drawn as sea
            shown += ", basemap = true"
        entries.append(
            f'  {{ layer = "{NAME}", where = {{ kind = "{kind}" }}, '
            f"title = {_kind(whole, kind, words)}, {shown} }},\n"
        )
    west, south, east, north = _extent(table)
    return (
        f"number = 1\ntitle = {_title(whole, words)}\nlayers = [\n{''.join(entries)}]\n"
        f"extent = [{west:.4f}, {south:.4f}, {east:.4f}, {north:.4f}]\n"
    )


def _extent(table: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """Around the line and its construction; around everything where there is no line."""
    drawn = table[table["kind"].isin(["line", "control", "turning"])]
    west, south, east, north = (drawn if len(drawn) else table).total_bounds
    size = MARGIN * max(east - west, north - south, 0.01)
    return (
        max(west - size, -180.0), max(south - size, -90.0),
        min(east + size, 180.0), min(north + size, 90.0),
    )  # fmt: skip
