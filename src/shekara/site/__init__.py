"""The whole atlas: opened, shown, drawn, and built into a folder that any web server can show."""

from shekara.site.access import load, show, single
from shekara.site.building import build

__all__ = ["build", "load", "show", "single"]
