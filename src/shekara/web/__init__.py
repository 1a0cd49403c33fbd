"""Interactive maps: a scene in several languages becomes one HTML file that needs no network.

The map itself is drawn by folium and Leaflet; frame, legend, search, measuring, claims, charts and
tables are the page's own small program (the files in assets/), which has no build step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..scene.model import Scene

if TYPE_CHECKING:
    import folium

__all__ = ["folium_map", "page"]


def page(scenes: Sequence[Scene], *, tiles: str | None = None) -> str:
    """One HTML document with the map in all its languages.

    Args:
        scenes: the same map in each language; the first is shown first.
        tiles: name of a tile basemap by xyzservices ("OpenStreetMap.Mapnik"); the one way in
            which a page asks the network for anything. None: nothing is loaded, ever.

    Raises:
        UsageError: the scenes are not one map in several languages.
        ShekaraError: the finished page would load something from elsewhere, or unknown tiles.
    """
    return str(folium_map(scenes, tiles=tiles).get_root().render())


def folium_map(scenes: Sequence[Scene], *, tiles: str | None = None) -> folium.Map:
    """The same page as a folium map, to add to, to save, or to show in a notebook.

    What is added is drawn with the page. Elements that load programs from the network (Popup with
    HTML, Icon, most plugins) stop the rendering with a ShekaraError; GeoJson, GeoJsonTooltip,
    GeoJsonPopup, Marker, CircleMarker and the like work.

    Example:
        >>> view = folium_map(scenes)  # doctest: +SKIP
        >>> folium.CircleMarker((48.0, 67.0)).add_to(view)  # doctest: +SKIP
        >>> view.save("map.html")  # doctest: +SKIP
    """
    from .frame import make_map

    return make_map(scenes, tiles)
