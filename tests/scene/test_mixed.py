"""A layer of points, lines and areas makes three layers of a scene, areas at the bottom."""

from __future__ import annotations

from pathlib import Path

from shekara import site
from shekara.scene import resolve
from tests.support.atlases import SQUARE, feature, line, point, polygon, write_layer, write_map


def test_areas_lie_below_lines_and_lines_below_points(tmp_path: Path) -> None:
    mixed = [
        feature(point(10.5, 50.5), id="p"),
        feature(line([[10.0, 50.2], [11.0, 50.2]]), id="l"),
        feature(polygon(SQUARE), id="a"),
        feature(None, id="nowhere"),
    ]
    write_layer(tmp_path, "mixed", mixed)
    write_map(tmp_path, "all", ["mixed"], [9.5, 49.5, 11.5, 51.5])
    scene = resolve(site.load(tmp_path), "all", "en")
    drawn = [(one.name, one.kind, [f.id for f in one.features]) for one in scene.layers]
    assert drawn == [
        ("mixed", "polygon", ["mixed/a"]),
        ("mixed-2", "line", ["mixed/l"]),
        ("mixed-3", "point", ["mixed/p"]),
    ]
