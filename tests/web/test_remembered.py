"""What a page is made of is made again where something of it has changed, and only there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import shapely

from shekara import scene, site
from shekara.web.remembered import shapes_of
from tests.support.atlases import sound


def test_shapes_follow_what_they_are_made_of(tmp_path: Path) -> None:
    drawn = scene.resolve(site.load(sound(tmp_path)), "all", "en")
    first = shapes_of(drawn)
    again = scene.resolve(site.load(tmp_path), "all", "en")
    assert shapes_of(replace(again, title="Another", notes=("n",))) is first
    *below, towns = again.layers
    town = towns.features[0]
    moved = replace(town, geometry=shapely.Point(10.3, 50.6))
    for other in (moved, replace(town, label="Named" if not town.label else "")):
        features = (other, *towns.features[1:])
        changed = replace(again, layers=(*below, replace(towns, features=features)))
        assert shapes_of(changed) is not first
    assert shapes_of(replace(again, extent=(9.0, 49.0, 12.0, 52.0))) is not first
    assert shapes_of(replace(again, claims=())) is not first


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    before = site.load(sound(tmp_path))
    assert site.load(tmp_path).layers["land"].geometry is before.layers["land"].geometry
    path = tmp_path / "geo" / "land.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("11.0", "11.5"), encoding="utf-8")
    after = site.load(tmp_path)
    assert after.layers["land"].geometry[0].bounds == (10.0, 50.0, 11.5, 51.0)
    tables = tmp_path / "layers" / "land.toml"
    tables.write_text(tables.read_text("utf-8").replace("land en", "soil"), encoding="utf-8")
    assert site.load(tmp_path).layers["land"].file.title == {"en": "soil"}
