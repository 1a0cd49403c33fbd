"""A small picture of a map in one language: for the first page, and for who passes a link on.

The map itself, in the page's projection and colours, with its largest names; no frame, no legend.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.scene.icons import marker_path
from shekara.scene.model import Scene, SceneLayer, Style
from shekara.web.ground import PAPER, SEA, has_land
from shekara.web.snapshot_names import Project, Window, largest_names
from shekara.web.window import clipped, turned

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import LineCollection
    from matplotlib.path import Path

THUMBNAIL = (480, 320)  # pixels: the first page draws it at two thirds of that
SHARED = (1200, 630)  # what readers of links draw (Open Graph, "summary_large_image")
FINENESS = 1500  # parts of the extent's longer side: finer detail does not show
# How far beyond its extent a map is seen, in parts of the longer side. A tall one is seen farther
# in a wide picture; of a wide one, whose land turns around the pole there, no more than needed.
REACH, TALL_REACH, TALL_REACH_DEG = 0.4, 2.0, 25.0
STEP_DEG = 2.0  # longer edges are bent with the projection
HATCH_SCALE = 4  # matplotlib's hatches are denser the longer their name
QUALITY = 62  # of WebP, 0 to 100: flat colours show no loss above
# The next more of either takes five times as long for a file smaller by a fiftieth.
WEBP_EFFORT, PNG_EFFORT = 5, 6


def picture(
    scene: Scene, size: tuple[int, int] = THUMBNAIL, kind: str = "webp", *, names: bool = True
) -> bytes:
    """The map as a picture.

    Parameters
    ----------
    scene : the map in one language.
    size : width and height in pixels.
    kind : "webp" or "png".
    names : whether its largest names stand on it.
    """
    return pictures([scene], size, kind, names=names)[0]


def pictures(
    scenes: Sequence[Scene],
    size: tuple[int, int] = THUMBNAIL,
    kind: str = "webp",
    *,
    names: bool = True,
) -> list[bytes]:
    """The map as a picture in each of several languages, as `picture` makes one.

    What bears no words is drawn once for all that show the same.
    """
    grounds: list[_Ground] = []
    result = []
    for scene in scenes:
        shown = _shown(scene)
        ground = next((item for item in grounds if item.shown == shown), None)
        if ground is None:
            ground = _Ground(scene, size, shown)
            grounds.append(ground)
        result.append(_packed(ground.with_names(scene if names else None), size, kind))
    return result


def _shown(scene: Scene) -> tuple[object, ...]:
    """What a picture shows of a scene but names; shapes that languages share are one object."""
    return (
        scene.extent,
        scene.projection.definition,
        tuple(
            (id(feature.geometry), feature.style)
            for layer in scene.layers
            if layer.visible and not layer.extra
            for feature in layer.features
        ),
    )


class _Ground:
    """A map without names, drawn once, on which the names of each language are put."""

    def __init__(self, scene: Scene, size: tuple[int, int], shown: tuple[object, ...]) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        width, height = size
        self.shown, self._width = shown, width
        self._project = _projection(scene)
        self._window = _window(scene, self._project, width / height)
        figure = Figure(
            figsize=(width / 100, height / 100),
            dpi=200,
            facecolor=SEA if has_land(scene) else PAPER,
        )
        self._canvas = FigureCanvasAgg(figure)
        self._axes = axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set(xlim=self._window[::2], ylim=self._window[1::2], aspect="auto")
        for drawn in scene.layers:
            if drawn.visible and not drawn.extra:
                _draw(axes, drawn, scene, self._project)
        self._canvas.draw()  # type: ignore[no-untyped-call]
        self._empty = self._canvas.copy_from_bbox(figure.bbox)  # type: ignore[no-untyped-call]

    def with_names(self, scene: Scene | None) -> npt.NDArray[np.uint8]:
        """The pixels, with the names of a scene."""
        self._canvas.restore_region(self._empty)  # type: ignore[no-untyped-call]
        if scene is not None:
            for text in largest_names(self._axes, scene, self._project, self._window, self._width):
                self._axes.draw_artist(text)
                text.remove()
        return np.array(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]


def _packed(pixels: npt.NDArray[np.uint8], size: tuple[int, int], kind: str) -> bytes:
    from PIL import Image

    drawing = Image.fromarray(pixels).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if kind == "webp":
        drawing.save(out, format="webp", quality=QUALITY, method=WEBP_EFFORT)
    else:
        drawing.quantize(192, dither=Image.Dither.NONE).save(
            out, format="png", compress_level=PNG_EFFORT
        )
    return out.getvalue()


def _projection(scene: Scene) -> Project:
    """From longitude and latitude, also past 180 degrees, to the plane of the map's sheet."""
    target = CRS.from_user_input(scene.projection.definition)
    to_plane = Transformer.from_crs("EPSG:4326", target, always_xy=True)

    def project(lonlat: Floats) -> Floats:
        return np.column_stack(to_plane.transform(lonlat[:, 0], lonlat[:, 1]))

    return project


def _window(scene: Scene, project: Project, ratio: float) -> Window:
    """The extent on the plane, grown to the picture's proportions."""
    west, south, east, north = turned(scene.extent)
    outline = shapely.segmentize(shapely.box(west, south, east, north), STEP_DEG)
    points = project(shapely.get_coordinates(outline))
    points = points[np.isfinite(points).all(axis=1)]
    (left, lower), (right, upper) = points.min(axis=0), points.max(axis=0)
    wide = max(right - left, (upper - lower) * ratio) / 2
    middle = (left + right) / 2, (lower + upper) / 2
    return (
        middle[0] - wide, middle[1] - wide / ratio, middle[0] + wide, middle[1] + wide / ratio,
    )  # fmt: skip


def _on_plane(geometry: BaseGeometry, scene: Scene, project: Project) -> BaseGeometry:
    """A shape on the plane, cut near the window and as fine as the picture shows it."""
    west, south, east, north = turned(scene.extent)
    span = max(east - west, north - south)
    if not geometry.length:
        return shapely.transform(geometry, project)
    fine = span / FINENESS
    thin = shapely.simplify(geometry, fine, preserve_topology=False)
    reach = max(span * REACH, min(span * TALL_REACH, TALL_REACH_DEG))
    frame = (west - reach, max(-90.0, south - reach), east + reach, min(90.0, north + reach))
    # A ring too small for the picture has become a line to where it began: GEOS cannot part that.
    parts = shapely.get_parts(shapely.get_parts(clipped(thin, frame)))
    seen = parts[(shapely.length(parts) > 0) | (shapely.get_type_id(parts) == 0)]
    fine_parts = shapely.GeometryCollection(list(shapely.segmentize(seen, STEP_DEG)))
    return shapely.transform(fine_parts, project)


def _draw(axes: Axes, drawn: SceneLayer, scene: Scene, project: Project) -> None:
    """All features of a layer, those of one style together."""
    by_style: dict[Style, list[BaseGeometry]] = {}
    for feature in drawn.features:
        if feature.geometry is None or feature.geometry.is_empty:
            continue
        for part in _parts(_on_plane(feature.geometry, scene, project)):
            if np.isfinite(shapely.get_coordinates(part)).all():
                by_style.setdefault(feature.style, []).append(part)
    for style, parts in by_style.items():
        areas = [part for part in parts if part.geom_type == "Polygon"]
        spots = [part for part in parts if part.geom_type == "Point"]
        lines = [part for part in parts if part.geom_type in ("LineString", "LinearRing")]
        _areas(axes, areas, style)
        if lines:
            axes.add_collection(_lines([shapely.get_coordinates(line) for line in lines], style))
        if spots:
            x, y = shapely.get_coordinates(spots).T
            axes.plot(x, y, **_sign(style))


def _parts(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in getattr(shape, "geoms", [shape]):
        if hasattr(part, "geoms"):
            yield from _parts(part)
        elif not part.is_empty:
            yield part


def _areas(axes: Axes, polygons: Sequence[BaseGeometry], style: Style) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgba
    from matplotlib.path import Path

    if not polygons:
        return
    rings = [[polygon.exterior, *polygon.interiors] for polygon in polygons]  # type: ignore[attr-defined]
    paths = [
        Path.make_compound_path(*(Path(shapely.get_coordinates(r), closed=True) for r in ring))
        for ring in rings
    ]
    fill = to_rgba(style.fill, style.fill_opacity) if style.fill else (0.0, 0.0, 0.0, 0.0)
    axes.add_collection(
        PathCollection(
            paths, facecolors=[fill], edgecolors=[to_rgba(style.color, style.opacity)],
            linewidths=[style.width * 0.6], hatch=style.hatch * HATCH_SCALE or None,
        ),
        autolim=False,
    )  # fmt: skip


def _lines(paths: Sequence[Floats], style: Style) -> LineCollection:
    from matplotlib.collections import LineCollection

    dash = (0, [part / max(style.width, 0.5) for part in style.dash]) if style.dash else "solid"
    return LineCollection(
        paths, colors=[style.color], alpha=style.opacity, linewidths=[style.width * 0.8],
        linestyles=[dash], capstyle="butt" if style.dash else "round",
    )  # fmt: skip


_MARKERS = {
    "circle": "o", "square": "s", "triangle": "^", "diamond": "D", "star": "*", "cross": "+",
}  # fmt: skip


class Sign(TypedDict):
    """How a point is drawn, in matplotlib's words."""

    marker: str | Path
    markersize: float
    linestyle: str
    markerfacecolor: str
    markeredgecolor: str
    markeredgewidth: float


def _sign(style: Style) -> Sign:
    return {
        "marker": _MARKERS.get(style.marker) or marker_path(style.marker),
        "markersize": style.size * 0.7, "linestyle": "none",
        "markerfacecolor": style.fill or "none", "markeredgecolor": style.color,
        "markeredgewidth": style.width * 0.6,
    }  # fmt: skip
