"""Small maps side by side on a page: each a picture without words, the same in every language."""

from __future__ import annotations

from shekara.scene.model import Scene
from shekara.scene.multiples import part
from shekara.web.contract import SmallMapRow
from shekara.web.entries import picture as address
from shekara.web.snapshot import picture

SIZE = (360, 240)  # pixels: the page draws them smaller


def small_map_rows(scene: Scene) -> list[SmallMapRow]:
    """The small maps of a scene with their pictures."""
    rows: list[SmallMapRow] = []
    for small in scene.small_maps:
        row: SmallMapRow = {"picture": address(picture(part(scene, small), SIZE, names=False))}
        if small.year is not None:
            row["year"] = small.year
        else:
            row["without"] = list(small.without)
        rows.append(row)
    return rows
