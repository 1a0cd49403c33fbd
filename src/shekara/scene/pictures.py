"""Pictures of a scene that the atlas brings along: its logo, and a raster under the map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shekara.atlas import Atlas, Map
from shekara.i18n import Translator
from shekara.pictures import Logo, Raster, read_logo


@dataclass(frozen=True)
class Sign:
    """The atlas's logo with what it is in words, for who does not see it."""

    logo: Logo
    title: str


@dataclass(frozen=True)
class Backdrop:
    """A raster in colour under the map, and how much of the ground it covers, 0 to 1."""

    raster: Raster
    opacity: float


def sign_of(atlas: Atlas, say: Translator) -> Sign | None:
    """The atlas's logo, where it has one."""
    table = atlas.index.logo
    if table is None:
        return None
    path = atlas.folder / "maps" / table.file
    return Sign(_logo(path, path.stat().st_mtime_ns), say.text(table.title))


def backdrop_of(atlas: Atlas, item: Map) -> Backdrop | None:
    """The raster under a map, where it has one."""
    table = item.file.backdrop
    return None if table is None else Backdrop(table.raster(atlas.folder), table.opacity)


@lru_cache(maxsize=2)
def _logo(path: Path, _changed: int) -> Logo:
    return read_logo(path)
