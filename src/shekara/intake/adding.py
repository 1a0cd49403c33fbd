"""A file read by the gate, brought to WGS 84, rounded to what it deserves, and described."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import numpy as np
import shapely

from shekara import gate
from shekara.atlas.paths import inside
from shekara.atlas.words import own_words
from shekara.derive.geojson import round_geometry, to_geojson_text
from shekara.errors import InputError, UsageError
from shekara.gate.collections_apart import apart
from shekara.gate.plain import TEXT_TABLES, plain_columns, written_numbers
from shekara.gate.wishes import WishWords
from shekara.i18n import Translator, known_language
from shekara.intake.beginning import INDEX, begin, languages_of, unspoken
from shekara.intake.description import described
from shekara.intake.naming import layer_name, summed_columns, title_of
from shekara.storage import write_file

if TYPE_CHECKING:
    import geopandas

LARGEST = 3_000_000  # bytes of a file in geo/: what a page, a repository and a reader can bear
METRES_PER_DEGREE = 111_320.0  # of a great circle, WGS 84's major axis: a m · π/180
FINEST = 7  # decimals of a degree: 1 cm, what RFC 7946 (section 11.2) calls enough
UNKNOWN = 6  # where nobody says how accurate the file is: 11 cm


@dataclass(frozen=True)
class Added:
    """What was written, and what a reader must know of it."""

    geo: Path
    layer: Path
    features: int
    decimals: int
    remarks: tuple[str, ...]
    begun: tuple[Path, ...] = ()  # index and map, where the atlas had none
    left_out: int = 0  # features that the file has and the layer has not


def add(
    file: Path,
    folder: Path,
    *,
    name: str | None = None,
    languages: tuple[str, ...] = (),
    simplify_m: float | None = None,
    **wishes: Unpack[WishWords],
) -> Added:
    """Take a vector file into an atlas.

    Parameters
    ----------
    file
        Any format that the gate reads.
    folder
        The atlas; made where there is none.
    name
        Of the new layer; else that of the file's layer which is wished for, else the file's.
    languages
        Of the texts to be completed; none: those of the atlas, else English.
    simplify_m
        Leave out what departs from the drawn lines by less, in metres; neighbours stay together.
    wishes
        `layer`, `crs`, `encoding`, `where`, `repair`, `accuracy_m`; see `shekara.gate.read`.

    Raises
    ------
    UsageError
        There is a layer of that name already.
    InputError
        The file cannot be read, or is too large for a page; or the atlas leads out of its folder.
    """
    words = name or wishes.get("layer") or file.stem
    called, title = layer_name(words), title_of(words)
    geo, layer = folder / "geo" / f"{called}.geojson", folder / "layers" / f"{called}.toml"
    for lang in languages:
        if not known_language(lang):
            raise UsageError(f"--lang = {lang!r}: CLDR knows no such language; write a code: pl")
    for path in (geo, layer):
        if path.exists():
            raise UsageError(f"{path} is there already; choose another name with --name")
    chosen = _stay_inside(folder, called, languages)
    features = gate.read_one(file, **wishes)
    kept = features.frame().drop(index=sorted(features.left_out))
    kept = kept[kept.geometry.notna()].reset_index(drop=True)  # told by the gate already
    if kept.empty:
        raise InputError(
            f"{file}: has no feature that a layer can be made of; see --where, --layer"
        )
    frame = plain_columns(kept.to_crs("EPSG:4326"))
    frame = written_numbers(frame) if file.suffix.lower() in TEXT_TABLES else frame
    frame = apart(frame, once=summed_columns(frame))
    if simplify_m:
        frame = _simplified(frame, simplify_m)
    decimals = decimals_for(features.accuracy_m)
    frame, lost = _without_lost(frame, decimals)
    text = to_geojson_text(frame, decimals)
    size = len(text.encode())
    if size > LARGEST:
        raise InputError(
            f"{file}: would be {size / 1e6:.1f} MB in geo/, more than {LARGEST / 1e6:.0f} MB; "
            "leave out detail with --simplify METRES (twice the accuracy of the data is a "
            "beginning), or features with --where"
        )
    remarks = [str(remark) for remark in features.remarks]
    if len(frame) + lost > len(kept):
        remarks.append(
            "collections of several kinds of shapes were taken apart by kind; each part is a "
            "feature, and numbers that are no years stand at the first of them only"
        )
    if lost:
        count = "1 feature is" if lost == 1 else f"{lost} features are"
        remarks.append(f"{count} smaller than the rounding, left out")
    for part in ("geo", "layers"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    write_file(geo, text)
    accuracy = features.accuracy_m
    words_of = own_words(folder, [])  # what is wrong in them is told when the atlas is read
    speakers = [Translator(lang, words_of.get(lang, {})) for lang in chosen]
    write_file(layer, described(called, title, file.name, frame, speakers, accuracy, simplify_m))
    begun = begin(folder, called, title, chosen)
    left_out = len(features.left_out) + lost
    return Added(geo, layer, len(frame), decimals, tuple(remarks), begun, left_out)


def _stay_inside(folder: Path, called: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of the texts; no file that may be written lies out of the atlas by a link."""
    geo, layer = f"geo/{called}.geojson", f"layers/{called}.toml"
    for part in (geo, layer, f"maps/{called}.toml", f"maps/{INDEX}"):
        inside(folder, part)
    chosen = languages or languages_of(folder)
    for lang in unspoken(chosen):
        inside(folder, f"words/{lang}.toml")
    return chosen


def decimals_for(accuracy_m: float | None) -> int:
    """Decimals of a degree whose rounding adds less than a tenth to the error of a position.

    >>> decimals_for(0.5), decimals_for(100.0), decimals_for(None)
    (7, 5, 6)
    """
    if accuracy_m is None:
        return UNKNOWN
    if accuracy_m <= 0:
        return FINEST
    return min(FINEST, max(2, math.ceil(-math.log10(accuracy_m / 10 / METRES_PER_DEGREE))))


def _simplified(frame: geopandas.GeoDataFrame, metres: float) -> geopandas.GeoDataFrame:
    """Areas as a coverage, so that neighbours keep one line; lines each by itself.

    The tolerance is in degrees of latitude: further from the equator less is left out eastward.
    """
    tolerance = metres / METRES_PER_DEGREE
    shapes = np.array(frame.geometry, dtype=object)
    areas = np.isin(shapely.get_type_id(shapes), (3, 6))
    if areas.any() and shapely.coverage_is_valid(shapes[areas]):
        shapes[areas] = shapely.coverage_simplify(shapes[areas], tolerance)
    else:
        shapes[areas] = shapely.make_valid(shapely.simplify(shapes[areas], tolerance))
    shapes[~areas] = shapely.simplify(shapes[~areas], tolerance)
    return frame.set_geometry(list(shapes), crs=frame.crs)


def _without_lost(
    frame: geopandas.GeoDataFrame, decimals: int
) -> tuple[geopandas.GeoDataFrame, int]:
    """Without the features of which nothing is left when positions are rounded."""
    kept = [
        shape is not None and not shape.is_empty and not round_geometry(shape, decimals).is_empty
        for shape in frame.geometry
    ]
    return frame[kept].reset_index(drop=True), kept.count(False)
