"""One small atlas with a map on which every part of a scene is to be seen, for tests of scenes."""

from __future__ import annotations

from pathlib import Path

from tests.support.atlases import claim, feature, line, point, polygon, write_layer, write_map

LAND = [[10.0, 50.0], [12.0, 50.0], [12.0, 52.0], [10.0, 52.0], [10.0, 50.0]]
SHORE = [[10.2, 50.2], [10.8, 50.2], [10.8, 50.8], [10.2, 50.8], [10.2, 50.2]]

TOWNS = """
[field.people]
title = { en = "People" }
unit = "t"
digits = 1
[field.kind]
title = { en = "Kind" }
values = { port = { en = "Port", ru = "Порт" }, mine = { en = "Mine", ru = "Шахта" } }
[field.founded]
title = { en = "Founded" }
kind = "year"
[style]
color = "#112233"
label = "name"
rank = "rank"
by = "kind"
size_by = "people"
size = 20
[[style.class]]
value = "port"
color = "#0000aa"
[[style.class]]
value = "mine"
title = { en = "Mines" }
color = "#aa0000"
marker = "square"
[time]
from = "founded"
to = "left"
"""
ROADS = """
[style]
color = "#445566"
dash = "dashed"
width_by = "cars"
width = 8
"""
LAKES = """
[style]
color = "#0072b2"
"""
NOTES = 'notes = [{ en = "Drawn by a test." }]\n'
PANEL = """
[[panel]]
kind = "bars"
title = { en = "People by kind" }
layer = "towns"
x = "kind"
y = "people"
estimated = { guess = true }
y_log = true
note = { en = "Counted once." }
[[panel.reference]]
value = 10
title = { en = "ten" }
axis = "y"
[[panel]]
kind = "line"
title = { en = "People over years" }
layer = "towns"
x = "founded"
y = "people"
by = "kind"
label = "name"
"""


def write(folder: Path) -> Path:
    """Towns with classes, sizes, years; roads with widths; a lake; land; charts and notes."""
    towns = [
        feature(point(10.1, 50.1), id="a", name="Aa", name_ru="Аа", kind="port", people=100,
                founded=1800, left=1900, rank=1),
        feature(point(10.3, 50.1), id="b", name="Bb", kind="mine", people=25, founded=1850),
        feature(point(10.5, 50.1), id="c", name="Cc", kind="port", people=4, founded=1900,
                guess=True, rank=9),
        feature(point(10.7, 50.1), id="d", name="Dd", kind="inn", people=0, founded=1950),
    ]  # fmt: skip
    write_layer(folder, "towns", towns, TOWNS + claim("towns", "count = { equals = 4 }"),
                languages=("en", "ru"))  # fmt: skip
    towns_file = folder / "layers" / "towns.toml"
    towns_file.write_text('group = { en = "Places" }\n' + towns_file.read_text("utf-8"), "utf-8")
    roads = [
        feature(line([[10.0, 50.5], [11.0, 50.5]]), id="wide", cars=800),
        feature(line([[10.0, 50.6], [11.0, 50.6]]), id="narrow", cars=200),
        feature(line([[10.0, 50.7], [11.0, 50.7]]), id="track", cars=2),
    ]
    write_layer(folder, "roads", roads, ROADS, precision="schematic")
    lakes = [feature(polygon(SHORE), id="lake", name="Lake")]
    write_layer(folder, "lakes", lakes, LAKES, precision="computed")
    write_layer(folder, "land", [feature(polygon(LAND), id="land")], "[style]\nbasemap = true\n")
    write_layer(folder, "towns-2", [feature(point(11.5, 51.5), id="far", name="Far")])
    write_map(folder, "all", ["land", "lakes", "roads", "towns"], [9.5, 49.5, 12.5, 52.5],
              ["towns"], NOTES + PANEL, ("en", "ru"))  # fmt: skip
    write_map(folder, "twice", ["towns", "towns", "towns-2"], [9.5, 49.5, 12.5, 52.5])
    return folder
