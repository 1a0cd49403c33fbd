"""True sizes: areas of one scale, each in its own equal-area projection."""

import math
from pathlib import Path

import pytest
import shapely

from shekara import site
from shekara.errors import InputError
from shekara.scene import resolve
from shekara.scene.model import Style
from shekara.sheet.marginalia.outlines import Shape, _rows, laid_flat, without_outliers
from tests.support.atlases import (
    SQUARE,
    feature,
    line,
    polygon,
    write_layer,
    write_map,
)

# Area of a spherical-geodesic square degree on WGS 84, km²: R² (1°) (sin φ2 − sin φ1) with the
# authalic radius 6,371.0072 km; the ellipsoid differs by less than half a percent.
AT_EQUATOR, AT_SIXTY = 12_363.0, 6_088.0


@pytest.mark.parametrize(
    ("west", "south", "expected"), [(10.0, 0.0, AT_EQUATOR), (10.0, 60.0, AT_SIXTY)]
)
def test_an_area_keeps_its_size_at_every_latitude(
    west: float, south: float, expected: float
) -> None:
    square = shapely.segmentize(shapely.box(west, south, west + 1, south + 1), 0.05)
    assert laid_flat(square).area / 1e6 == pytest.approx(expected, rel=0.01)


def test_a_continent_keeps_its_size() -> None:
    """60° by 60°: the same closed form; an azimuthal equidistant plane is 2.6 % off."""
    large = shapely.segmentize(shapely.box(-30, 0, 30, 60), 0.5)
    expected = 6371.0072**2 * math.radians(60) * math.sin(math.radians(60))
    assert laid_flat(large).area / 1e6 == pytest.approx(expected, rel=0.005)


def test_an_area_across_the_antimeridian_is_one_piece_about_its_middle() -> None:
    halves = shapely.MultiPolygon([shapely.box(170, -5, 180, 5), shapely.box(-180, -5, -170, 5)])
    left, bottom, right, top = laid_flat(halves).bounds
    assert right - left == pytest.approx(20 * 111_320, rel=0.02)
    assert top - bottom == pytest.approx(10 * 110_574, rel=0.02)
    assert left == pytest.approx(-right, rel=0.1)


OUTLINES = '\n[sheet.outlines]\nlayer = "{layer}"\ntitle = {{ en = "True size" }}\n'


def with_outlines(folder: Path, layer: str, style: str = "") -> Path:
    square = feature(polygon(SQUARE), id="land", name="Land", people=10)
    write_layer(folder, "land", [square], style)
    write_layer(folder, "road", [feature(line([[10.0, 50.5], [11.0, 50.5]]), id="r", name="R")])
    extent = [9.5, 49.5, 11.5, 51.5]
    write_map(folder, "all", ["land", "road"], extent, more=OUTLINES.format(layer=layer))
    return folder


@pytest.mark.parametrize("style", ["", '\n[style]\nsize_by = "people"\n'])
def test_areas_have_their_true_size_also_where_the_map_shows_circles(
    tmp_path: Path, style: str
) -> None:
    shown = resolve(site.load(with_outlines(tmp_path, "land", style)), "all", "en")
    assert shown.sheet_outlines is not None
    (area,) = shown.sheet_outlines.areas
    assert area.geometry is not None
    assert area.geometry.equals(shapely.Polygon(SQUARE))


def test_outlines_of_a_layer_without_areas_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"maps/all\.toml.*sheet\.outlines\.layer.*polygons"):
        site.load(with_outlines(tmp_path, "road"))


@pytest.mark.parametrize("name", ["A community of states and of islands beyond", "W" * 60, ""])
def test_a_name_wider_than_its_block_leaves_the_areas_their_size(name: str) -> None:
    shape = Shape(name, laid_flat(shapely.box(0, 0, 1, 1)), 111_000.0, 111_000.0, Style())
    placed, high = _rows((shape, shape), 1e-4, 30.0, 1.0)
    assert all(item.x + item.width <= 30.0 + 1e-6 for item in placed)
    # Two squares of 11.1 mm, one over the other or side by side, and lines of names.
    assert 11.1 < high < 2 * 11.1 + 40.0


def test_small_parts_far_off_leave_the_cell_to_the_rest() -> None:
    main, island = shapely.box(0, 0, 1000, 1000), shapely.box(1200, 0, 1300, 100)
    beyond = shapely.box(9000, 0, 9150, 150)
    kept = without_outliers(shapely.MultiPolygon([main, island, beyond]))
    assert kept.equals(shapely.MultiPolygon([main, island]))


def test_a_large_part_far_off_stays() -> None:
    whole = shapely.MultiPolygon([shapely.box(0, 0, 1000, 1000), shapely.box(9000, 0, 9300, 300)])
    assert without_outliers(whole).equals(whole)  # 8 % of the area
