"""Interactive maps: a scene in several languages becomes one HTML file that needs no network.

The map itself is drawn by folium and Leaflet; frame, legend, search, measuring, claims, charts and
tables are the page's own small program (the files in assets/), which has no build step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shekara.pictures import Logo
from shekara.scene.model import Scene, Translator
from shekara.web.entries import IndexEntry, Text
from shekara.web.surroundings import Neighbour, Surroundings

if TYPE_CHECKING:
    import folium

__all__ = [
    "IndexEntry", "Neighbour", "Surroundings", "entry", "folium_map", "index", "page", "picture",
    "pictures",
]  # fmt: skip


def page(
    scenes: Sequence[Scene], *, tiles: str | None = None, around: Surroundings | None = None
) -> str:
    """One HTML document with the map in all its languages.

    Parameters
    ----------
    scenes
        The same map in each language; the first is shown first.
    tiles
        Name of a tile basemap by xyzservices ("OpenStreetMap.Mapnik"); the one way in
        which a page asks the network for anything. None: nothing is loaded, ever.
    around
        What lies around the page in its site; None for a page by itself.

    Raises
    ------
    UsageError
        The scenes are not one map in several languages.
    ShekaraError
        The finished page would load something from elsewhere, or unknown tiles.
    """
    return str(folium_map(scenes, tiles=tiles, around=around).get_root().render())


def folium_map(
    scenes: Sequence[Scene], *, tiles: str | None = None, around: Surroundings | None = None
) -> folium.Map:
    """The same page as a folium map, to add to, to save, or to show in a notebook.

    What is added is drawn with the page. Elements that load programs from the network (Popup with
    HTML, Icon, most plugins) stop the rendering with a ShekaraError; GeoJson, GeoJsonTooltip,
    GeoJsonPopup, Marker, CircleMarker and the like work.

    Examples
    --------
    view = folium_map(scenes)
    folium.CircleMarker((48.0, 67.0)).add_to(view)
    view.save("map.html")
    """
    from shekara.web.frame import make_map

    return make_map(scenes, tiles, around)


def entry(
    scenes: Sequence[Scene],
    thumbnail: Mapping[str, bytes] | bytes = b"",
    sheets: Mapping[str, Sequence[str]] | None = None,
) -> IndexEntry:
    """The first page's entry of a map, from its scenes in each language.

    Parameters
    ----------
    scenes
        The same map in each language.
    thumbnail
        A small picture (PNG, JPEG, WebP or SVG), or one by language; b"" for none.
    sheets
        Printed sheets by language, as paths relative to the first page.
    """
    from shekara.web.entries import from_scenes

    return from_scenes(scenes, thumbnail, sheets or {})


def picture(scene: Scene, size: tuple[int, int] = (480, 320), kind: str = "webp") -> bytes:
    """The map itself as a small picture in its language, without legend and frame.

    Parameters
    ----------
    scene
        The map in one language.
    size
        Width and height in pixels.
    kind
        "webp" or "png".
    """
    from shekara.web.snapshot import picture as drawn

    return drawn(scene, size, kind)


def pictures(
    scenes: Sequence[Scene], size: tuple[int, int] = (480, 320), kind: str = "webp"
) -> list[bytes]:
    """The map as `picture` makes one, in each language; what bears no words is drawn once."""
    from shekara.web.snapshot import pictures as drawn

    return drawn(scenes, size, kind)


def index(  # noqa: PLR0913 - each is a part of the page
    title: Text,
    about: Text,
    entries: Sequence[IndexEntry],
    *,
    languages: Sequence[Translator],
    atlases: Mapping[str, str] | None = None,
    reports: Sequence[str] = (),
    notes: Sequence[Text] = (),
    sign: tuple[Logo, Text] | None = None,
) -> str:
    """The first page of a site, in all languages, with nothing loaded from elsewhere.

    Parameters
    ----------
    title
        Of the atlas, by language, or one for all.
    about
        One sentence on the atlas; "" for none.
    entries
        The maps in their order.
    languages
        In the order in which they are offered; the first is shown first.
    atlases
        Whole atlases as PDF by language, as paths relative to the page.
    reports
        Report files (report.html, report.csv ...), as paths relative to the page.
    notes
        What stands at the foot (licence, date).
    sign
        The atlas's logo, with what it is in words.

    Raises
    ------
    UsageError
        No language, or a thumbnail that is no picture.
    """
    from shekara.web.entries import index_page

    return index_page(
        title, about, entries, languages=languages, atlases=atlases or {}, reports=reports,
        notes=notes, sign=sign,
    )  # fmt: skip
