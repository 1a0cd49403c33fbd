"""The page around the map: folium draws a map, this makes it one file that needs no network."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from jinja2 import Template
from markupsafe import Markup

from shekara import pagehead
from shekara.errors import ShekaraError
from shekara.pagehead.program import program
from shekara.scene.model import Scene
from shekara.spelling import counted
from shekara.web import guard
from shekara.web.detail import zipped
from shekara.web.document import asset, leaflet_script, leaflet_style, style
from shekara.web.ground import has_land
from shekara.web.payload import agree, as_json, structure
from shekara.web.projection import page_projection
from shekara.web.relief import backdrop
from shekara.web.remembered import shapes_of
from shekara.web.shapes import Shapes
from shekara.web.sign import data_address
from shekara.web.surroundings import Surroundings
from shekara.web.underlay import underlay
from shekara.web.wording import statements, text

_IDENTIFIER = re.compile(r"[0-9a-f]{32}")
# folium's elements that call jQuery or Bootstrap when they are shown, and what does it without.
_NEEDS_MORE = {"Popup": "GeoJsonPopup", "Icon": "CircleMarker or DivIcon"}


class SceneElement(MacroElement):
    """Hands folium's map over to the page's own program."""

    _template = Template(
        "{% macro script(this, kwargs) %}shekara.open({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "scene"


class Page(Figure):
    """A folium figure that renders as one self-contained document.

    Elements that an author adds to its map are rendered with it. Those that would load anything
    from elsewhere stop the rendering with a ShekaraError.
    """

    def __init__(
        self, scenes: Sequence[Scene], tiled: bool = False, around: Surroundings | None = None
    ) -> None:
        super().__init__()
        agree(scenes)
        self.scenes = tuple(scenes)
        self.around = around or Surroundings()
        self.tile_hosts: tuple[str, ...] = ()
        packed = "application/gzip;base64"
        scene = scenes[0]
        shapes = shapes_of(scene)
        # Tiles are Mercator's.
        self.projection = None if tiled else page_projection(scene.projection, shapes.extent)
        payload = structure(scenes, shapes, tiled, self.around)
        finer = {"told": shapes.told.finer, "ground": shapes.ground.finer}
        self.data = [
            ("projection", "application/json", as_json(self.projection)),
            ("scene", packed, zipped(as_json(payload).encode())),
            ("arcs-told", packed, shapes.told.arcs),
            ("arcs-ground", packed, shapes.ground.arcs),
            *((f"finer-{kind}", packed, data) for kind, data in finer.items() if data),
            *self._pictures(scene, shapes, tiled),
            *((f"text-{s.lang}", packed, zipped(as_json(self._text(s)).encode())) for s in scenes),
        ]

    def _pictures(self, scene: Scene, shapes: Shapes, tiled: bool) -> list[tuple[str, str, str]]:
        """What lies under the map: a raster in colour, and the shadows of the relief."""
        angles = self.projection["projection"] if self.projection else None
        assert angles is None or isinstance(angles, dict)
        raster = underlay(scene.backdrop, angles, shapes.extent)
        shadows = None if tiled else backdrop(scene.relief, angles, shapes.extent)
        pictures = {"backdrop": raster, "relief": shadows}
        return [(key, "application/json", as_json(it)) for key, it in pictures.items() if it]

    def _text(self, scene: Scene) -> dict[str, object]:
        return text(scene) | {"around": self.around.titles(scene.say)}

    def render(self, **kwargs: object) -> str:
        """The whole page.

        Raises
        ------
        ShekaraError
            An element asks for something that is not in the page.
        """
        for child in self._children.values():
            child.render(**kwargs)
        added = self._added()
        names = _running_numbers(self)
        scripts = [
            leaflet_script(),
            # Errors name the program and a line of it, although it comes packed.
            program("web/assets/main.js") + "\n//# sourceURL=shekara.js",
            _replaced(self.script.render(**kwargs), names),
        ]
        loader = program("web/assets/loader.js")
        scene = self.scenes[0]
        choices = [_choice(s) for s in self.scenes]
        hosts = {"/".join(host.split("/")[:3]) for host in self.tile_hosts if "{s}" not in host}
        document = pagehead.template(asset("page.html")).render(
            lang=scene.lang,
            policy=Markup(pagehead.policy([loader, *scripts], images=sorted(hosts), fonts=True)),
            title=choices[0].title,
            heading=scene.title,
            choices=choices,
            subtitle=scene.subtitle,
            ground="sea" if has_land(scene) else "paper",
            atlas=scene.atlas_title,
            sign=data_address(scene.sign.logo) if scene.sign else "",
            sign_alt=scene.sign.title if scene.sign else "",
            alt=scene.alt,
            style=Markup(leaflet_style() + style()),
            shared=self.around.shared(self.scenes),
            added_head=Markup(_replaced(added, names)),
            plain=[
                (s.lang, s.say.message("web_no_script"), s.say.message("web_damaged"))
                for s in self.scenes
            ],
            claims=scene.say.message("web_claims"),
            statements=statements(scene),
            story=scene.say.message("web_story"),
            steps=[(step.title, step.text) for step in scene.steps],
            map=Markup(_replaced(self.html.render(**kwargs), names)),
            data=[(name, kind, Markup(content)) for name, kind, content in self.data],
            programs=[Markup(zipped(script.encode())) for script in scripts],
            loader=Markup(loader),
        )
        guard.check(document, scene.name, self.tile_hosts, scripts)
        return document

    def summary(self) -> str:
        """One line: title, what is on the map, languages."""
        scene = self.scenes[0]
        features = sum(len(layer.features) for layer in scene.layers)
        languages = " ".join(version.lang for version in self.scenes)
        return (
            f"<shekara page {scene.title!r}: {counted(len(scene.layers), 'layer')} with "
            f"{counted(features, 'feature')}, {counted(len(scene.claims), 'claim')}; {languages}>"
        )

    def _repr_html_(self, **kwargs: object) -> str:
        """The page in a frame of its own, for notebooks."""
        return (
            f'<iframe title="{html.escape(self.scenes[0].title)}" '
            f'srcdoc="{html.escape(self.render(**kwargs))}" '
            'style="width:100%;height:760px;border:0" allowfullscreen></iframe>'
        )

    def _added(self) -> str:
        """What elements wrote into the head, without the links that folium's map always writes."""
        maps = [child for child in self._children.values() if isinstance(child, folium.Map)]
        usual = {url for m in maps for _, url in (*m.default_js, *m.default_css)}
        page_elements = {m.get_name() for m in maps} | {"meta_http"}
        kept = []
        for element in _family(self):
            kind = type(element).__name__
            if kind in _NEEDS_MORE and type(element).__module__.startswith("folium"):
                raise ShekaraError(
                    f"folium.{kind} needs programs from the network, which this page does not "
                    f"hold; use folium's {_NEEDS_MORE[kind]} instead."
                )
        for name, element in self.header._children.items():
            if isinstance(element, JavascriptLink | CssLink):
                if element.url not in usual:
                    raise ShekaraError(
                        f"An element of the map asks for {element.url}, which this page would "
                        "load from elsewhere; leave the element out."
                    )
            elif name not in page_elements:
                kept.append(element.render())
        return "\n".join(kept)


def _choice(scene: Scene) -> pagehead.LanguageChoice:
    """The page in the language of a scene: what the switch and the window say."""
    title = f"{scene.title} – {scene.atlas_title}" if scene.atlas_title else scene.title
    return pagehead.LanguageChoice(
        scene.lang,
        scene.say.name,
        title,
        scene.say.message("web_language"),
        scene.say.direction,
    )


class PageMap(folium.Map):
    """folium's map in a page of ours, which says in a line what is on it."""

    def __repr__(self) -> str:
        page = self.get_root()
        return page.summary() if isinstance(page, Page) else super().__repr__()


def make_map(
    scenes: Sequence[Scene], tiles: str | None, around: Surroundings | None = None
) -> folium.Map:
    """A folium map in a page of ours; see `shekara.web.folium_map`."""
    page = Page(scenes, tiles is not None, around)
    view = PageMap(
        location=(0, 0),
        zoom_start=2,
        tiles=None,
        zoom_control=False,
        zoom_snap=0.01,  # as addresses have it; so the whole map fills a window of any size
        max_bounds_viscosity=1.0,
        crs="shekara" if page.projection else "EPSG3857",
    )
    page.add_child(view)
    if tiles is not None:
        page.tile_hosts = _add_tiles(view, tiles)
    view.add_child(SceneElement())
    return view


def _add_tiles(view: folium.Map, tiles: str) -> tuple[str, ...]:
    """Put a tile basemap under the map; the beginnings of the addresses that it loads."""
    import xyzservices  # type: ignore[import-untyped]

    try:
        provider = xyzservices.providers.query_name(tiles)
    except ValueError as error:
        raise ShekaraError(
            f"There are no tiles called {tiles!r}; names are those of xyzservices, "
            "as OpenStreetMap.Mapnik."
        ) from error
    if provider.requires_token():
        raise ShekaraError(f"The tiles {tiles!r} need a key; choose tiles that are open to all.")
    address = provider.build_url(x="{x}", y="{y}", z="{z}", fill_subdomain=False)
    credit = html.escape(re.sub(r"<[^>]*>", "", provider.html_attribution or provider.attribution))
    layer = folium.TileLayer(
        tiles=address, attr=credit, max_zoom=provider.get("max_zoom", 18), control=False
    )
    layer.add_to(view)
    start = address.split("{z}")[0].split("{x}")[0].split("{y}")[0]
    if "{s}" not in start:
        return (start,)
    return (start, *(start.replace("{s}", sub) for sub in provider.get("subdomains", "abc")))


def _family(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _family(child)


def _running_numbers(page: Element) -> dict[str, str]:
    """A running number for each of folium's random names, so that two builds are the same."""
    return {element._id: str(i) for i, element in enumerate(_family(page), start=1)}


def _replaced(rendered: str, names: dict[str, str]) -> str:
    return _IDENTIFIER.sub(lambda match: names.get(match[0], match[0]), rendered)
