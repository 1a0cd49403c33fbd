"""A logo and a raster of an atlas: on its page, its sheet, its book; faults told by their key."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.image import AxesImage
from PIL import Image, ImageColor

from shekara import scene, sheet, site, web
from shekara.errors import AtlasError
from shekara.scene import Scene
from shekara.sheet.map.backdrop import on_frame
from shekara.site.digests import of_companions
from tests.support.atlases import sound

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
INDEX = '\n[logo]\nfile = "logo.svg"\ntitle = "Our sign"\n'
MAP = """
[backdrop]
file = "old.png"
bounds = [9.9, 49.9, 11.1, 51.1]
opacity = 0.6
source = { name = "Survey of 1897", license = "CC0-1.0" }
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    folder = sound(tmp_path / "atlas")
    (folder / "maps" / "index.toml").write_text(f'title = "Signed"\n{INDEX}')
    (folder / "maps" / "logo.svg").write_text(SVG)
    with (folder / "maps" / "all.toml").open("a") as file:
        file.write(MAP)
    Image.new("RGB", (20, 20), "#cc9966").save(folder / "geo" / "old.png")
    return folder


def shown(atlas: Path) -> Scene:
    return scene.resolve(site.load(atlas), "all", "en")


def test_page_and_sheet_have_them(atlas: Path) -> None:
    drawn = shown(atlas)
    page = web.page([drawn])
    assert '<img id="logo" class="logo" src="data:image/svg+xml;base64,' in page
    assert 'alt="Our sign"' in page
    assert '"opacity":0.6' in page
    figure = sheet.figure(drawn)
    (image,) = (item for item in figure.axes[0].get_children() if isinstance(item, AxesImage))
    pixels = np.asarray(image.get_array())
    middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2]
    assert tuple(middle) == (0xCC, 0x99, 0x66, 153)  # six tenths of 255
    assert "Our sign" in [tag.alt for tag in figure.tags]
    assert "Survey of 1897" in [credit.name for credit in drawn.credits]


def test_another_picture_is_another_site(atlas: Path) -> None:
    before = of_companions(site.load(atlas))
    Image.new("RGB", (20, 20), "#000000").save(atlas / "geo" / "old.png")
    assert of_companions(site.load(atlas)) != before


def test_a_sheet_shows_a_raster_that_was_saved_again(atlas: Path) -> None:
    path, drawn = atlas / "geo" / "old.png", shown(atlas)
    assert drawn.backdrop is not None
    frame = sheet.plan_of(drawn, "A6", frame=False).map_frame
    for colour in ("#cc9966", "#0000ff"):
        Image.new("RGB", (20, 20), colour).save(path)
        before = path.stat().st_mtime_ns
        os.utime(path, ns=(before, before + 1))
        pixels = on_frame(drawn.backdrop.raster, frame)
        assert pixels is not None
        middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2, :3]
        assert tuple(middle) == ImageColor.getrgb(colour)


def test_a_raster_that_is_cut_off_is_told_by_check(atlas: Path) -> None:
    path = atlas / "geo" / "old.png"
    noise = np.random.default_rng(1).integers(0, 255, (90, 90, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(AtlasError) as error:
        site.load(atlas)
    assert "backdrop.file = 'old.png'" in str(error.value)
    assert "save it anew" in str(error.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("maps/logo.svg", "<rect", "<script/><rect", "logo.file = 'logo.svg': has <script>"),
        ("maps/index.toml", "logo.svg", "../logo.svg", "logo.file = '../logo.svg'"),
        ("maps/index.toml", "logo.svg", "sign.svg", "there is no file maps/sign.svg"),
        ("maps/all.toml", "old.png", "new.png", "there is no file geo/new.png"),
        ("maps/all.toml", "9.9, 49.9", "12.0, 49.9", "west < east"),
        ("maps/all.toml", "9.9, 49.9", "-500000.0, 49.9", 'crs = "EPSG:3857"'),
        ("maps/all.toml", "opacity = 0.6", "opacity = 6", "backdrop.opacity"),
        ("maps/all.toml", "opacity = 0.6", 'crs = "/etc/hosts"', "backdrop.crs"),
        ("maps/all.toml", ', license = "CC0-1.0"', "", "backdrop.source.license"),
    ],
)
def test_faults_are_told_by_their_key(
    atlas: Path, file: str, old: str, new: str, said: str
) -> None:
    path = atlas / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(AtlasError) as error:
        site.load(atlas)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('fonts = ["Mono.ttf"]\ntypeface = { sans = "Lato" }', "typeface.sans = 'Lato': no file"),
        ('typeface = { serif = "Lora" }', "(none)"),
        ('fonts = ["Not.ttf"]', "fonts[0] = 'Not.ttf': cannot be read as a font"),
    ],
)
def test_a_wrong_typeface_is_told_by_check(atlas: Path, more: str, said: str) -> None:
    mono = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf"
    shutil.copy(mono, atlas / "maps" / "Mono.ttf")
    (atlas / "maps" / "Not.ttf").write_text("no font")
    index = atlas / "maps" / "index.toml"
    index.write_text(f"{more}\n{index.read_text()}")
    with pytest.raises(AtlasError) as error:
        site.load(atlas)
    assert said in str(error.value)
