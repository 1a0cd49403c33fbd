"""Pictures that an atlas brings along: its logo, and rasters that lie under a map."""

from shekara.pictures.logo import Logo, Outline, read_logo
from shekara.pictures.raster import Pixels, Raster, open_raster, warped

__all__ = ["Logo", "Outline", "Pixels", "Raster", "open_raster", "read_logo", "warped"]
