"""How the files of a command are read, all in the same way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from shekara.median.tables.files import read_table

Say = Callable[[str], None]


@dataclass(frozen=True)
class Reading:
    """Reference system, layer and encoding that the command line gives for all files."""

    crs: str | None = None
    layer: str | None = None
    encoding: str | None = None

    def table(
        self, path: Path, where: str | None = None, say: Say | None = None
    ) -> gpd.GeoDataFrame:
        """The table of a file."""
        return read_table(
            path, where, crs=self.crs, layer=self.layer, encoding=self.encoding, say=say
        )

    def optional(self, path: Path | None, say: Say | None = None) -> gpd.GeoDataFrame | None:
        """The table of a file that need not be given."""
        return None if path is None else self.table(path, None, say)


AS_FILES_SAY = Reading()
