"""The names on a small picture of a map: the most important, none over another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.geometry.arrays import Floats
from shekara.scene.model import Feature, Scene
from shekara.web.naming import label_spot
from shekara.web.window import turned

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Project = Callable[[Floats], Floats]  # longitude and latitude, degrees, to the plane
Window = tuple[float, float, float, float]  # left, lower, right, upper on the plane


def largest_names(
    axes: Axes, scene: Scene, project: Project, window: Window, width: int
) -> list[Text]:
    """The most important names, put on a map.

    Parameters
    ----------
    axes : of the map, on the plane.
    scene : the map in one language.
    project : from degrees to the plane.
    window : what is seen.
    width : of the picture in pixels.
    """
    from matplotlib.patheffects import withStroke

    many = 7 if width < 600 else 16
    points_size = 8.5 if width < 600 else 13.0
    per_pixel = (window[2] - window[0]) / width
    taken: list[Window] = []
    texts: list[Text] = []
    labelled = (
        feature for drawn in scene.layers if drawn.visible and not drawn.extra
        for feature in drawn.features if feature.label and feature.geometry is not None
    )  # fmt: skip
    for feature in sorted(labelled, key=lambda feature: feature.rank):
        if len(taken) >= many:
            break
        spot = _spot(feature, scene)
        if spot is None:
            continue
        x, y = project(shapely.get_coordinates(spot))[0]
        half = len(feature.label) * points_size * 0.42 * per_pixel, points_size * per_pixel
        box = (x - half[0], y - half[1], x + half[0], y + half[1])
        if not _free(box, window, taken):
            continue
        taken.append(box)
        texts.append(
            axes.text(
                x, y, feature.label, fontsize=points_size * 0.72, ha="center", va="center",
                color="#2b2f33", path_effects=[withStroke(linewidth=2, foreground="#ffffffcc")],
            )
        )  # fmt: skip
    return texts


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
