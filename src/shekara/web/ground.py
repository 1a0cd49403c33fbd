"""What lies under a map: the sea, where the map has land of its own; else plain paper."""

from __future__ import annotations

from shekara.scene.model import Scene

SEA = "#e9eef2"  # of small pictures, lighter than --sea of the page
PAPER = "#f6f5f1"  # as --ground of the page


def has_land(scene: Scene) -> bool:
    """Whether areas of a background stand for land, so that what they leave free is sea.

    Without them a country would look like an island; the sheet goes by the same rule.
    """
    return any(layer.basemap and layer.kind == "polygon" for layer in scene.layers)
