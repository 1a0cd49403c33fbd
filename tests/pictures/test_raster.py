"""A raster lies where its tags or its bounds say, in any projection."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2
from pyproj import Transformer

from shekara.errors import InputError
from shekara.pictures import open_raster, read_through, warped

MERCATOR = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
PLACE = (-29.85, 45.48)  # what is marked on the picture


Keys = dict[int, tuple[float, ...]]
KINDS = {33550: 12, 33922: 12, 34264: 12, 34735: 3}  # TIFF 6.0: 12 is double, 3 is short


def tags(keys: Keys) -> ImageFileDirectory_v2:
    directory = ImageFileDirectory_v2()
    for key, values in keys.items():
        directory.tagtype[key] = KINDS[key]
        directory[key] = values
    return directory


def chart(path: Path, keys: Keys, corner: tuple[float, float], res: float) -> None:
    """A white picture with a red square of five pixels at the place, in Web Mercator."""
    x, y = MERCATOR.transform(*PLACE)
    pixels = np.full((300, 400, 3), 255, dtype=np.uint8)
    column, row = int((x - corner[0]) / res), int((corner[1] - y) / res)
    pixels[row - 2 : row + 3, column - 2 : column + 3] = (255, 0, 0)
    picture = Image.fromarray(pixels)
    picture.save(path, tiffinfo=tags(keys)) if keys else picture.save(path)


def grid(size: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """Places in degrees around the marked one, the middle of the grid."""
    lon, lat = np.linspace(-0.05, 0.05, size), np.linspace(0.05, -0.05, size)
    return np.meshgrid(PLACE[0] + lon, PLACE[1] + lat)


def directory(code: int, kind: int = 3072) -> tuple[int, ...]:
    return (1, 1, 0, 1, kind, 0, 1, code)


def corner_of() -> tuple[float, float]:
    x, y = MERCATOR.transform(*PLACE)
    return x - 11_000.0, y + 12_000.0


def found_middle(path: Path, **place: object) -> tuple[float, float]:
    """Where the red square is on the picture that is made: pixels of 300."""
    raster = open_raster(path, place.get("bounds"), place.get("crs"))  # type: ignore[arg-type]
    picture = warped(raster, *grid(), 300, 300)
    assert picture is not None
    rows, columns = np.nonzero((picture[..., 0] > 200) & (picture[..., 1] < 80))
    return float(rows.mean()), float(columns.mean())


def test_a_geotiff_lies_where_its_tags_say(tmp_path: Path) -> None:
    path, (x, y) = tmp_path / "a.tif", corner_of()
    tie: Keys = {
        33550: (100.0, 100.0, 0.0),
        33922: (0.0, 0.0, 0.0, x, y, 0.0),
        34735: directory(3857),
    }
    chart(path, tie, (x, y), 100.0)
    assert found_middle(path) == pytest.approx((150, 150), abs=3)
    matrix = (100.0, 0, 0, x, 0, -100.0, 0, y, 0, 0, 0, 0, 0, 0, 0, 1)
    chart(path, {34264: matrix, 34735: directory(3857)}, (x, y), 100.0)
    assert found_middle(path) == pytest.approx((150, 150), abs=3)


def test_bounds_place_a_plain_picture(tmp_path: Path) -> None:
    path, (x, y) = tmp_path / "a.png", corner_of()
    chart(path, {}, (x, y), 100.0)
    bounds = [x, y - 30_000, x + 40_000, y]
    assert found_middle(path, bounds=bounds, crs="EPSG:3857") == pytest.approx((150, 150), abs=3)
    raster = open_raster(path, [0.0, 0.0, 1.0, 1.0], None)
    assert warped(raster, *grid(), 30, 30) is None  # it lies elsewhere
    turned = open_raster(path, [329.0, 45.0, 331.0, 46.0], None)  # the same turn of the globe
    assert warped(turned, *grid(), 30, 30) is not None


def test_what_has_no_place_or_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (4, 4)).save(path)
    with pytest.raises(InputError, match="bounds"):
        open_raster(path, None, None)
    path.write_bytes(b"\x89PNG but no more")
    with pytest.raises(InputError, match="no PNG"):
        open_raster(path, None, None)
    path = tmp_path / "a.tif"
    tie: Keys = {33550: (1.0, 1.0, 0.0), 33922: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)}
    Image.new("RGB", (4, 4)).save(path, tiffinfo=tags(tie | {34735: directory(32767)}))
    with pytest.raises(InputError, match="gdalwarp"):
        open_raster(path, None, None)
    Image.new("RGB", (4, 4)).save(path, tiffinfo=tags(tie))
    with pytest.raises(InputError, match="crs ="):
        open_raster(path, None, None)
    Image.fromarray(np.zeros((4, 4), dtype=np.uint16)).save(path)
    with pytest.raises(InputError, match="eight bits"):
        open_raster(path, [0, 0, 1, 1], None)


def test_a_picture_that_was_saved_again_is_read_again(tmp_path: Path) -> None:
    path, bounds = tmp_path / "a.png", [PLACE[0] - 1, PLACE[1] - 1, PLACE[0] + 1, PLACE[1] + 1]
    for number, colour in enumerate(("#ff0000", "#0000ff")):
        Image.new("RGB", (4, 4), colour).save(path)
        os.utime(path, (number, number))
        picture = warped(open_raster(path, bounds, None), *grid(), 3, 3)
        assert picture is not None
        assert tuple(picture[1, 1, :3]) == ((255, 0, 0), (0, 0, 255))[number]


AROUND = 20_037_508.342789244  # half the equator of EPSG:3857: pi times 6,378,137 m


@pytest.mark.parametrize(
    ("crs", "bounds", "west"),
    [
        (None, [-180, -90, 180, 90], -180),
        (None, [0, -90, 360, 90], 0),
        ("EPSG:3857", [-AROUND, -AROUND, AROUND, AROUND], -180),
        ("EPSG:3857", [0, -AROUND, 2 * AROUND, AROUND], 0),
    ],
)
@pytest.mark.parametrize("middle", [180, 0])
def test_a_raster_of_the_world_has_no_stripe_at_its_seam(
    tmp_path: Path, crs: str | None, bounds: list[float], west: int, middle: int
) -> None:
    # Red says how far a column lies from the meridian 0, blue on which side of it.
    path, degrees = tmp_path / "a.png", west + 0.5 + np.arange(360)
    east = (degrees + 180) % 360 - 180
    row = np.stack([np.abs(east), 0 * east, np.where(east > 0, 255, 0)], axis=-1)
    Image.fromarray(np.tile(row, (180, 1, 1)).astype(np.uint8)).save(path)
    along = middle + np.linspace(-30, 30, 21)  # a node each three degrees, as a sheet has them
    lon, lat = np.meshgrid((along + 180) % 360 - 180, np.linspace(20, -20, 14))
    picture = warped(open_raster(path, bounds, crs), lon, lat, 200, 301)
    assert picture is not None
    true = (middle + np.linspace(-30, 30, 301) + 180) % 360 - 180
    off = np.abs(picture[..., 0] - np.abs(true))
    assert off.max() <= 1.5
    assert (picture[..., 3] == 255).all()
    beside = (np.abs(true) > 1) & (np.abs(true) < 179)
    assert (picture[:, beside, 2] == np.where(true[beside] > 0, 255, 0)).all()


def test_a_raster_of_the_world_lies_right_around_a_pole(tmp_path: Path) -> None:
    # The whole globe from above 70° N, 180° E: nodes beside it are nowhere, and a pole is in sight.
    path, lat = tmp_path / "a.png", 89.75 - 0.5 * np.arange(360)
    row = np.tile(np.round(90 + lat)[:, None, None], (1, 720, 3))
    Image.fromarray(row.astype(np.uint8)).save(path)
    globe = Transformer.from_crs("EPSG:4326", "+proj=ortho +lat_0=70 +lon_0=180", always_xy=True)

    def places(size: int) -> tuple[np.ndarray, np.ndarray]:
        across = np.linspace(-7e6, 7e6, size)
        lon, lat = globe.transform(*np.meshgrid(across, across[::-1]), direction="INVERSE")
        return lon, lat

    picture = warped(open_raster(path, [-180, -90, 180, 90], None), *places(40), 391, 391)
    assert picture is not None
    true = places(391)[1]
    seen = (picture[..., 3] == 255) & np.isfinite(true)
    assert seen.sum() > 0.6 * seen.size  # of a circle in a square
    off = np.abs(picture[..., 0][seen] - (90 + true[seen]))
    assert np.percentile(off, 99) < 2.0


def test_a_picture_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "old.png"
    noise = np.random.default_rng(1).integers(0, 255, (90, 90, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[:9000])
    raster = open_raster(path, [PLACE[0] - 1, PLACE[1] - 1, PLACE[0] + 1, PLACE[1] + 1], None)
    with pytest.raises(InputError, match="cut off; save it anew"):
        read_through(raster)
    with pytest.raises(InputError, match=r"'old\.png'.*save it anew"):
        warped(raster, *grid(), 30, 30)
    path.unlink()
    with pytest.raises(InputError, match=r"old\.png cannot be read"):
        warped(raster, *grid(), 30, 30)
