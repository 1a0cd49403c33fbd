"""A build that remembers gives the same bytes as one that does not, and makes only what changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from shekara import sheet, site
from shekara.site.digests import digest
from tests.support.atlases import (
    SQUARE,
    feature,
    point,
    polygon,
    sound,
    write_layer,
    write_map,
)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("memory")
    sound(place / "atlas")
    return place


def build(place: Path, out: str, *, remember: bool, workers: int = 1) -> int:
    """How many answers had to be made."""
    memory = site.Memory(place / "cache")
    atlas = site.load(place / "atlas")
    site.build(atlas, place / out, workers=workers, memory=memory if remember else None)
    return memory.made


@pytest.mark.whole
def test_only_what_changed_is_made_and_bytes_are_the_same(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[object] = []  # pages of text that a book had to draw
    draws = sheet.text_leaves

    def counted(pages: Sequence[sheet.LaidPage]) -> list[sheet.BookPage]:
        texts.extend(pages)
        return draws(pages)

    monkeypatch.setattr(sheet, "text_leaves", counted)
    first = build(place, "site", remember=True)
    assert first == 8  # two claims, a sheet, a page, its shapes and two pictures, a book
    assert build(place, "site", remember=True) == 0
    before = files(place / "site")
    page = place / "site" / "index.html"
    page.write_text("spoilt")
    assert build(place, "site", remember=True) == 0  # put together again of what is remembered
    assert files(place / "site") == before
    path = place / "atlas" / "layers" / "towns.toml"
    path.write_text(path.read_text().replace("says towns", "There are three towns"))
    pages = len(texts)
    # The wording of a claim: no verdict, and what the map's sheet, page and book say.
    assert build(place, "site", remember=True) == 3
    assert len(texts) == pages + 1  # of statements
    assert "There are three towns" in (place / "site" / "maps" / "all.html").read_text()
    build(place, "full", remember=False)
    assert files(place / "site") == files(place / "full")


def test_the_parts_of_a_key_cannot_run_into_each_other() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_what_is_spoilt_or_too_much_is_forgotten(tmp_path: Path) -> None:
    memory = site.Memory(tmp_path / "cache")
    memory.put("a", 1)
    assert memory.get("a") == 1
    (tmp_path / "cache" / "a").write_bytes(b"no pickle")
    assert memory.get("a") is None
    memory.put("b", b"x" * 1000)
    memory.prune(500)
    assert memory.get("b") is None


def test_another_wording_in_one_language_draws_its_sheet_the_page_and_its_book(
    tmp_path: Path,
) -> None:
    languages = ("en", "de")
    says = 'says = { en = "There are towns", de = "Es gibt Orte" }'
    claim = f'[[claim]]\nid = "towns"\n{says}\ncount = {{ equals = 1 }}\nverdict = "holds"'
    atlas = tmp_path / "atlas"
    ground = [feature(polygon(SQUARE))]
    write_layer(atlas, "land", ground, "[style]\nbasemap = true", languages=languages)
    write_layer(atlas, "towns", [feature(point(10.4, 50.5))], claim, languages=languages)
    for name, claims in (("first", ["towns"]), ("second", [])):
        extent = [10.0, 50.0, 11.0, 51.0]
        write_map(atlas, name, ["land", "towns"], extent, claims, languages=languages)
    (atlas / "maps" / "index.toml").write_text('title = "Two"\nlanguages = ["en", "de"]\n')
    build(tmp_path, "site", remember=True)
    path = atlas / "layers" / "towns.toml"
    path.write_text(path.read_text().replace("Es gibt Orte", "Orte gibt es"))
    # The page, a sheet, a book: this process draws the page while another draws the sheet.
    assert build(tmp_path, "site", remember=True, workers=2) == 3
    build(tmp_path, "full", remember=False)
    assert files(tmp_path / "site") == files(tmp_path / "full")


KEYS = """
import sys
from shekara import scene, site
from shekara.site.digests import content, digest, of_companions, of_maps
atlas = site.load(sys.argv[1])
keys = list(of_maps(atlas, list(atlas.maps), (), of_companions(atlas)).values())
print(keys, digest(*(content(scene.resolve(atlas, name, "en")) for name in atlas.maps)))
"""


def test_keys_are_the_same_in_every_process(place: Path) -> None:
    said = set()
    for seed in ("1", "2"):  # sets have another order in each
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", KEYS, str(place / "atlas")]
        said.add(subprocess.check_output(command, env=environment, text=True))
    assert len(said) == 1
