"""Pictures that an atlas names: its logo, relief, a raster under a map; and what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from shekara.atlas.extent import Extent
from shekara.atlas.paths import named_file_problems
from shekara.atlas.source import LayerSource, Source
from shekara.atlas.values import Finite, Table, Text
from shekara.errors import InputError, Problem
from shekara.pictures import Raster, open_raster, read_logo, read_through

GEOGRAPHIC = "EPSG:4326"


class ReliefTable(Table):
    """A picture of shaded relief for the sheets: grey, in plate carrée, darker where steeper."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+\.(jpg|png)$")]  # in geo/
    bounds: Extent  # west, south, east, north of its edges
    source: Source


class LogoTable(Table):
    """[logo] of maps/index.toml: the sign of who makes the atlas, on pages, sheets and the book."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+\.(svg|png)$")]  # in maps/
    title: Text  # what it is, for who does not see it
    source: Source | None = None


class BackdropTable(Table):
    """[backdrop] of maps/NAME.toml: a raster in colour under the map, such as an old map."""

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+\.(tiff?|png|jpe?g)$")]  # in geo/
    bounds: Annotated[list[Finite], Field(min_length=4, max_length=4)] | None = None
    crs: Annotated[str, Field(pattern=r"^EPSG:[0-9]{4,6}$")] | None = None
    opacity: Annotated[float, Field(gt=0, le=1)] = 1.0
    source: LayerSource

    @model_validator(mode="after")
    def _lie_right(self) -> Self:
        if self.bounds is None:
            return self
        west, south, east, north = self.bounds
        if not (west < east and south < north):
            raise ValueError(
                "needs bounds = [west, south, east, north]: west < east, south < north"
            )
        degrees = self.crs in (None, GEOGRAPHIC)
        if degrees and not (west >= -360 and east <= 360 and south >= -90 and north <= 90):
            raise ValueError(
                'has bounds that are no degrees (±360, ±90); name their system: crs = "EPSG:3857"'
            )
        return self

    def raster(self, folder: Path) -> Raster:
        """The raster in its place; `folder` is the atlas's.

        Raises
        ------
        InputError
            It cannot be read, or nobody says where it lies.
        """
        return open_raster(folder / "geo" / self.file, self.bounds, self.crs)


def logo_problems(folder: Path, table: LogoTable) -> Iterator[Problem]:
    """What is wrong with the file of a logo, which is there."""
    path = folder / "maps" / table.file
    yield from _read("maps/index.toml", "logo.file", table.file, lambda: read_logo(path))


def backdrop_problems(folder: Path, label: str, table: BackdropTable) -> Iterator[Problem]:
    """What is wrong with the file of a backdrop; `label` is the map's file."""
    faults = list(named_file_problems(folder, label, "backdrop.file", "geo", table.file))
    yield from faults or _read(
        label, "backdrop.file", table.file, lambda: read_through(table.raster(folder))
    )


def _read(label: str, key: str, value: str, reading: Callable[[], object]) -> Iterator[Problem]:
    try:
        reading()
    except InputError as error:
        rule, _, remedy = str(error).partition("; ")
        yield Problem(label, key, repr(value), rule, remedy)
    except OSError as error:
        yield Problem(label, key, repr(value), f"cannot be read ({error.strerror})", "")
