"""A GeoDataFrame as a page, a figure or a verdict, in one line each."""

from shekara.notebook.composing import atlas_from
from shekara.notebook.frames import atlas_of, check, explore, figure

__all__ = ["atlas_from", "atlas_of", "check", "explore", "figure"]
