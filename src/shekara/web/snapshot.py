"""A small picture of a map in one language: for the first page, and for who passes a link on.

The map itself, in the page's projection and colours, with its largest names; no frame, no legend.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.scene.icons import marker_path
from shekara.scene.model import Feature, Scene, SceneLayer, Style
from shekara.web.shapes import clipped, label_spot, turned

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import LineCollection
    from matplotlib.path import Path

Project = Callable[[Floats], Floats]  # longitude and latitude, degrees, to the plane
Window = tuple[float, float, float, float]  # left, lower, right, upper on the plane

THUMBNAIL = (480, 320)  # pixels: the first page draws it at two thirds of that
SHARED = (1200, 630)  # what readers of links draw (Open Graph, "summary_large_image")
SEA = "#e9eef2"  # as --sea of the page
FINENESS = 1500  # parts of the extent's longer side: finer detail does not show
REACH = 0.4  # how far beyond its extent (parts of the longer side) a map is seen
STEP_DEG = 2.0  # longer edges are bent with the projection
HATCH_SCALE = 4  # matplotlib's hatches are denser the longer their name
QUALITY = 62  # of WebP, 0 to 100: flat colours show no loss above


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
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from PIL import Image

    width, height = size
    figure = Figure(figsize=(width / 100, height / 100), dpi=200, facecolor=SEA)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    project = _projection(scene)
    window = _window(scene, project, width / height)
    axes.set(xlim=window[::2], ylim=window[1::2], aspect="auto")
    for drawn in scene.layers:
        if drawn.visible and not drawn.extra:
            _draw(axes, drawn, scene, project)
    if names:
        _names(axes, scene, project, window, width)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    drawing = Image.fromarray(pixels).convert("RGB")
    drawing = drawing.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if kind == "webp":
        drawing.save(out, format="webp", quality=QUALITY, method=6)
    else:
        drawing.quantize(192, dither=Image.Dither.NONE).save(out, format="png", optimize=True)
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
    reach = span * REACH
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


def _names(axes: Axes, scene: Scene, project: Project, window: Window, width: int) -> None:
    """The most important names, none over another."""
    from matplotlib.patheffects import withStroke

    many = 7 if width < 600 else 16
    points_size = 8.5 if width < 600 else 13.0
    per_pixel = (window[2] - window[0]) / width
    taken: list[Window] = []
    labelled = (
        feature for drawn in scene.layers if drawn.visible and not drawn.extra
        for feature in drawn.features if feature.label and feature.geometry is not None
    )  # fmt: skip
    for feature in sorted(labelled, key=lambda feature: feature.rank):
        spot = _spot(feature, scene)
        if spot is None or len(taken) >= many:
            continue
        x, y = project(shapely.get_coordinates(spot))[0]
        half = len(feature.label) * points_size * 0.42 * per_pixel, points_size * per_pixel
        box = (x - half[0], y - half[1], x + half[0], y + half[1])
        if not _free(box, window, taken):
            continue
        taken.append(box)
        axes.text(
            x, y, feature.label, fontsize=points_size * 0.72, ha="center", va="center",
            color="#2b2f33", path_effects=[withStroke(linewidth=2, foreground="#ffffffcc")],
        )  # fmt: skip


def _spot(feature: Feature, scene: Scene) -> BaseGeometry | None:
    geometry = feature.geometry
    if geometry is None or geometry.is_empty:
        return None
    if geometry.geom_type in ("Point", "MultiPoint"):
        first: BaseGeometry = shapely.get_parts(geometry)[0]
        return first
    frame = turned(scene.extent)
    return label_spot(geometry, frame, (frame[2] - frame[0]) / 100)


def _free(box: Window, window: Window, taken: Sequence[Window]) -> bool:
    """Whether a box lies inside the window and over no other."""
    inside = box[0] > window[0] and box[1] > window[1] and box[2] < window[2] and box[3] < window[3]
    return inside and not any(
        box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1]
        for other in taken
    )
