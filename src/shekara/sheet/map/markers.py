"""The markers of a layer as one artist: twenty thousand of their own would take minutes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from matplotlib.collections import PathCollection
from matplotlib.markers import MarkerStyle
from matplotlib.transforms import IdentityTransform
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Style
from shekara.sheet.map.axes import MapAxes
from shekara.sheet.symbols.style import marker_of, marker_style


def add_markers(ax: MapAxes, items: Sequence[tuple[BaseGeometry, Style]]) -> None:
    """Put markers on a map, the later ones upon the earlier.

    Parameters
    ----------
    ax : MapAxes
        Of the map.
    items : sequence of (BaseGeometry, Style)
        Points or several points, projected metres, and how they look.
    """
    xy, owner = shapely.get_coordinates([shape for shape, _ in items], return_index=True)
    if not len(xy):
        return
    styles = [items[number][1] for number in owner]
    if len(set(styles)) == 1:  # one sign, which a PDF holds once
        styles = styles[:1]
    looks = {style: marker_style(style) for style in styles}
    signs = {style.marker: MarkerStyle(marker_of(style)) for style in styles}
    paths = {
        marker: sign.get_path().transformed(sign.get_transform()) for marker, sign in signs.items()
    }
    cloud = PathCollection(
        [paths[style.marker] for style in styles],
        [style.size**2 for style in styles],
        offsets=np.asarray(xy),
        offset_transform=ax.transData,
        facecolors=[looks[style]["facecolor"] for style in styles],
        edgecolors=[looks[style]["edgecolor"] for style in styles],
        linewidths=[looks[style]["lw"] for style in styles],
        zorder=ax.next_depth(),
    )
    ax.add_collection(cloud, autolim=False)
    cloud.set_clip_path(ax.patch)
    cloud.set_transform(IdentityTransform())
