"""Families of an atlas's own fonts take the roles of ours on a sheet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.font_manager import get_font

from shekara import scene, site
from shekara.errors import InputError
from shekara.sheet.paper.fonts import FACES, families, use_fonts, width_mm
from tests.support.atlases import sound

FOLDER = Path(mpl.get_data_path()) / "fonts" / "ttf"
MONO = FOLDER / "DejaVuSansMono.ttf"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    use_fonts([])


def test_every_face_of_a_role_has_a_cut(caplog: pytest.LogCaptureFixture) -> None:
    use_fonts([MONO], {"sans": "DejaVu Sans Mono", "serif": "DejaVu Sans Mono"})
    for face in FACES:
        assert families(face)[0] == "DejaVu Sans Mono"
        assert width_mm("ill", 10, face) == pytest.approx(6.37, abs=0.01)
    assert caplog.text == ""  # no weight is asked of a family that lacks it


def test_a_role_is_taken_by_a_family_and_given_back() -> None:
    before = width_mm("ill", 10)
    use_fonts([MONO], {"sans": "DejaVu Sans Mono"})
    assert families("plain")[0] == families("semibold")[0] == "DejaVu Sans Mono"
    assert families("serif")[0] != "DejaVu Sans Mono"
    # A letter of DejaVu Sans Mono is 1233 of 2048 parts of its size wide; a point is 25.4/72 mm.
    assert get_font(str(MONO)).units_per_EM == 2048
    assert width_mm("ill", 10) == pytest.approx(3 * 1233 / 2048 * 10 * 25.4 / 72, rel=0.01)
    use_fonts([])
    assert width_mm("ill", 10) == before


def test_an_atlas_names_the_families_of_its_fonts(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    shutil.copyfile(MONO, folder / "maps" / MONO.name)
    index = f'title = "A"\nfonts = ["{MONO.name}"]\ntypeface = {{ serif = "DejaVu Sans Mono" }}\n'
    (folder / "maps" / "index.toml").write_text(index, encoding="utf-8")
    drawn = scene.resolve(site.load(folder), "all", "en")
    assert drawn.typefaces == (("serif", "DejaVu Sans Mono"),)
    use_fonts([Path(path) for path in drawn.fonts], dict(drawn.typefaces))
    assert families("serif", caption=True)[0] == "DejaVu Sans Mono"


def test_a_family_that_no_file_has_is_told() -> None:
    with pytest.raises(InputError, match=r"typeface.sans: .* 'Lato'; name one of DejaVu Sans Mono"):
        use_fonts([MONO], {"sans": "Lato"})
