"""The whole atlas: opened, shown, drawn, and built into a folder that any web server can show."""

from shekara.site.access import load, show, single
from shekara.site.building import build, maps_to_draw
from shekara.site.memory import Memory

__all__ = ["Memory", "build", "load", "maps_to_draw", "show", "single"]
