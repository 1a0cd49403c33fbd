"""Names for content: of values, of an atlas, of the program itself."""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import shapely

from shekara.atlas import Atlas, Claim

# Libraries whose version may change a byte of what is drawn or a digit of what is measured.
DRAWN_BY = (
    "babel", "cartopy", "folium", "fonttools", "mapclassify", "matplotlib", "numpy", "pikepdf",
    "pillow", "pypdfium2", "pyproj", "scipy", "shapely", "xstatic-leaflet",
)  # fmt: skip
WORDING = {"says", "text", "note", "official", "url"}  # of a claim: no verdict depends on them


def digest(*parts: str | bytes) -> str:
    """One name for several texts or bytes, whose borders count."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(f"{len(data)}:".encode())
        total.update(data)
    return total.hexdigest()


def content(value: object) -> bytes:
    """A value as bytes that say nothing of which of its equal parts are one object.

    That is a pickle without a memo; values have no cycles.
    """
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol=5)
    pickler.fast = True
    pickler.dump(value)
    return out.getvalue()


def of_claim(data: str, claim: Claim) -> str:
    """The key of a claim's verdict; `data` is the digest of the atlas's data."""
    table = claim.table.model_dump(exclude=WORDING | {claim.kind})
    return digest(data, claim.layer, claim.kind, repr(claim.asks), repr(table))


def of_atlas(atlas: Atlas, options: object) -> str:
    """The key of a build: all that the atlas holds, its pictures and fonts, and how it is drawn."""
    maps = [repr((name, item.file)) for name, item in atlas.maps.items()]
    layers = [repr(layer.file) for layer in atlas.layers.values()]
    said = [repr(atlas.index), repr(atlas.languages), repr(dict(atlas.words)), repr(options)]
    return digest(stamp(), *of_data(atlas), *layers, *maps, of_companions(atlas), *said)


def of_maps(atlas: Atlas, names: Sequence[str], options: object, companions: str) -> dict[str, str]:
    """The key of each map: all that it is drawn of, without the claims that it does not show.

    `companions` is the digest of the files that it names (`of_companions`). Verdicts follow from
    claims and data, and are in no key themselves.
    """
    claims = {claim.id: claim for claim in atlas.claims}
    titles = [(name, item.file.title) for name, item in atlas.maps.items()]
    said = [repr(atlas.index), repr(atlas.languages), repr(dict(atlas.words)), repr(titles)]
    base = digest(stamp(), *of_data(atlas), companions, *said, repr(options))
    return {
        name: digest(
            base,
            name,
            repr(atlas.maps[name].file),
            *(_said(claims[claim]) for claim in atlas.maps[name].file.claims if claim in claims),
        )
        for name in names
    }


def _said(claim: Claim) -> str:
    return repr((claim.layer, claim.kind, claim.asks, claim.table))


def of_data(atlas: Atlas) -> Iterator[str]:
    """What verdicts depend on beside their claim: shapes, attributes, quality, sources."""
    for layer in atlas.layers.values():
        shapes = [b"" if shape is None else shapely.to_wkb(shape) for shape in layer.geometry]
        file = layer.file.model_copy(update={"claim": []})
        yield digest(layer.name, repr(file), repr(layer.properties), repr(layer.remarks), *shapes)
    yield repr(sorted(atlas.sources.items()))
    yield repr(atlas.index.text)


def of_companions(atlas: Atlas) -> str:
    """Of pictures and fonts that the atlas names: scenes hold only their paths."""
    relief = [f"geo/{atlas.index.relief.file}"] if atlas.index.relief is not None else []
    logo = [f"maps/{atlas.index.logo.file}"] if atlas.index.logo is not None else []
    rasters = (item.file.backdrop for item in atlas.maps.values())
    backdrops = [f"geo/{raster.file}" for raster in rasters if raster is not None]
    names = [*relief, *logo, *backdrops, *(f"maps/{name}" for name in atlas.index.fonts)]
    return digest(*((atlas.folder / name).read_bytes() for name in names))


@lru_cache(maxsize=1)
def stamp() -> str:
    """The program and its libraries."""
    package = Path(__file__).resolve().parent.parent
    files = [
        digest(path.relative_to(package).as_posix(), path.read_bytes())
        for path in sorted(package.rglob("*"))
        if path.is_file() and path.suffix != ".pyc" and "bundled" not in path.parts
    ]
    return digest(sys.version, *files, *(f"{name} {_version(name)}" for name in DRAWN_BY))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
