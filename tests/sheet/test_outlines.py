"""True sizes: areas of one scale, each in its own equal-area projection."""

import pytest
import shapely

from shekara.sheet.marginalia.outlines import laid_flat

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


def test_an_area_across_the_antimeridian_is_one_piece_about_its_middle() -> None:
    halves = shapely.MultiPolygon([shapely.box(170, -5, 180, 5), shapely.box(-180, -5, -170, 5)])
    left, bottom, right, top = laid_flat(halves).bounds
    assert right - left == pytest.approx(20 * 111_320, rel=0.02)
    assert top - bottom == pytest.approx(10 * 110_574, rel=0.02)
    assert left == pytest.approx(-right, rel=0.1)
