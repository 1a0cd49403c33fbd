"""A GeoPackage: the tables, their titles, and the styles that QGIS takes up by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from shekara.characters import inert
from shekara.errors import StorageError

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

WHEN = "2000-01-01T00:00:00Z"  # written for every "last change": the same file for the same atlas
STYLES = "layer_styles"  # the table in which QGIS looks for styles


def write_package(
    path: Path,
    frames: Mapping[str, geopandas.GeoDataFrame],
    titles: Mapping[str, tuple[str, str]],
    styles: Mapping[str, str],
) -> None:
    """Write the tables of a GeoPackage.

    Parameters
    ----------
    path
        A new file.
    frames
        Tables by name, in WGS 84; features are numbered from 1 in the column `fid`.
    titles
        Of each table: a title, and a description with its sources.
    styles
        Of each table: a QML document.

    Raises
    ------
    StorageError
        GDAL could not write it.
    """
    import pandas as pd

    with always_the_same():
        for name, frame in frames.items():
            title, about = titles[name][0], inert(titles[name][1])
            ogr(path, frame, "GPKG", layer=name, geometry_type=_geometry_type(frame),
                layer_options={"IDENTIFIER": title, "DESCRIPTION": about, "FID": "fid"},
                append=False)  # fmt: skip
        table = pd.DataFrame(list(_styles(styles)))
        table["update_time"] = pd.to_datetime(table["update_time"])
        ogr(path, table, "GPKG", layer=STYLES, layer_options={"FID": "id"})


def ogr(path: Path, frame: pd.DataFrame, driver: str, **options: object) -> None:
    """A frame written by GDAL, whose refusals are ours."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        pyogrio.write_dataframe(frame, path, driver=driver, **options)
    except (DataSourceError, DataLayerError, FeatureError) as error:
        raise StorageError(f"{path.name}: GDAL could not write it ({error})") from error


@contextmanager
def always_the_same() -> Iterator[None]:
    """GDAL writes a fixed day where it would write today's."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WHEN})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _geometry_type(frame: geopandas.GeoDataFrame) -> str:
    """One type for the whole table: Multi… where any feature has parts."""
    types = {str(kind) for kind in frame.geometry.geom_type}
    if len(types) == 1:
        return types.pop()
    return next((kind for kind in types if kind.startswith("Multi")), "Unknown")


def _styles(styles: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for name, text in styles.items():
        yield {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": name,
            "f_geometry_column": "geom",
            "styleName": name[:30],
            "styleQML": text,
            "styleSLD": "",
            "useAsDefault": True,
            "description": "the style of the atlas",
            "owner": "",
            "ui": "",
            "update_time": WHEN,
        }


def columns_of(frame: geopandas.GeoDataFrame) -> Sequence[str]:
    """Names of a frame's attributes."""
    return [str(column) for column in frame.columns if column != frame.geometry.name]
