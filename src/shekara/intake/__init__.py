"""Anybody's vector file taken into an atlas: geo/NAME.geojson, and layers/NAME.toml to complete."""

from shekara.intake.adding import Added, add

__all__ = ["Added", "add"]
