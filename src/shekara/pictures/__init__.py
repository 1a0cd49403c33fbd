"""Pictures that an atlas brings along: its logo, and rasters that lie under a map."""

from shekara.pictures.logo import Logo, read_logo
from shekara.pictures.raster import Pixels, Raster, last_saved, open_raster, read_through, warped
from shekara.pictures.svg import Outline

__all__ = ["Logo", "Outline", "Pixels", "Raster", "last_saved", "open_raster", "read_logo",
           "read_through", "warped"]  # fmt: skip
