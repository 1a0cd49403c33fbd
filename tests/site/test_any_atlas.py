"""An atlas of other places, in other languages, with other claims: built whole, numbers right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shekara import site
from shekara.errors import UsageError
from tests.support.atlases import claim, feature, line, point, polygon, write_layer, write_map
from tests.support.programs import output

LANGUAGES = ("fi", "sv")
LAKE = [[-60.0, -10.0], [-58.0, -10.0], [-58.0, -9.0], [-60.0, -9.0], [-60.0, -10.0]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an atlas in Finnish and Swedish about a place south of the equator."""
    folder = tmp_path_factory.mktemp("other") / "atlas"
    write_layer(
        folder,
        "lake",
        [feature(polygon(LAKE), id="lake", name_fi="Järvi", name_sv="Sjö")],
        claim("lake-area", "area_km2 = { between = [24200, 24320] }")
        + claim("lake-share", 'share_percent = { measure = "area", at_most = 101 }'),
        languages=LANGUAGES,
    )
    write_layer(
        folder,
        "river",
        [feature(line([[-61.0, -9.5], [-60.0, -9.5]]), id="r", since=1900)],
        '[time]\nfrom = "since"\n[style]\nlabel = false\n'
        + claim("river-length", "length_km = { more_than = 110 }", "fails"),
        languages=LANGUAGES,
    )
    write_layer(
        folder,
        "ports",
        [feature(point(-59.5 + i, -9.5), id=str(i), name="A$^2$") for i in (0, 1)],
        claim("ports", 'within = { layer = "lake" }'),
        languages=LANGUAGES,
    )
    panel = (
        '\n[[panel]]\nkind = "bars"\ntitle = "Lengths"\nlayer = "river"\nx = "id"\n'
        'y = "measured_length_km"\n'
    )
    names = ["lake-area", "lake-share", "river-length", "ports"]
    write_map(
        folder,
        "water",
        ["lake", "river", "ports"],
        [-62, -11, -57, -8],
        names,
        panel,
        languages=LANGUAGES,
    )
    out = folder.parent / "out"
    verdicts = site.build(site.load(folder), out, workers=1)
    assert all(verdict.as_recorded for verdict in verdicts)
    return out


def test_everything_promised_is_there(built: Path) -> None:
    made = {str(path.relative_to(built)) for path in built.rglob("*") if path.is_file()}
    assert {
        "index.html",
        "report.html",
        "report.json",
        "report.csv",
        "maps/water.html",
        "atlas.fi.pdf",
        "atlas.sv.pdf",
        "sheets/water.fi.pdf",
        "sheets/water.fi.png",
        "sheets/water.sv.pdf",
        "sheets/water.sv.png",
    } <= made


def test_the_numbers_are_right(built: Path) -> None:
    """24,289 km² in the cylindrical equal-area plane (PROJ cea), edges along parallels."""
    record = json.loads((built / "report.json").read_text(encoding="utf-8"))
    found = {one["id"]: one for one in record["claims"]}
    assert found["lake-area"]["measured"] == pytest.approx(24_289.08, rel=2e-4)
    assert found["river-length"]["measured"] == pytest.approx(109.80, abs=0.01)  # a·cos φ/W·π/180
    assert found["lake-share"]["measured"] == pytest.approx(100)
    assert found["ports"]["measured"] is True


def test_titles_are_in_the_languages_of_the_atlas(built: Path) -> None:
    page = (built / "maps" / "water.html").read_text(encoding="utf-8")
    assert "water fi" in page
    text = output("pdftotext", "poppler-utils", str(built / "sheets" / "water.sv.pdf"), "-")
    assert "water sv" in text


def test_a_second_build_by_other_processes_gives_the_same_bytes(
    built: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    site.build(site.load(built.parent / "atlas"), again, workers=2)
    for path in sorted(built.rglob("*")):
        if path.is_file():
            other = again / path.relative_to(built)
            assert other.read_bytes() == path.read_bytes(), path.name


def test_a_build_that_is_broken_off_leaves_the_old_site(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*")}

    def stop(title: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        site.build(
            site.load(built.parent / "atlas"), built, languages=["fi"], workers=1, on_progress=stop
        )
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*")} == before
    assert [path.name for path in built.parent.iterdir() if path.name.startswith(".")] == []


def test_one_language_and_one_map_can_be_built(built: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    out = tmp_path / "one"
    site.build(
        site.load(built.parent / "atlas"),
        out,
        languages=["sv"],
        only=["water"],
        workers=1,
        on_progress=lambda title, done, total: steps.append(f"{title} {done}/{total}"),
    )
    assert (out / "atlas.sv.pdf").is_file()
    assert not (out / "atlas.fi.pdf").exists()
    assert len(steps) == 3
    assert steps[-1].endswith("3/3")


def test_what_is_not_there_is_refused(built: Path, tmp_path: Path) -> None:
    atlas = site.load(built.parent / "atlas")
    with pytest.raises(UsageError, match="'watre'; did you mean 'water'"):
        site.build(atlas, tmp_path / "x", only=["watre"])
    with pytest.raises(UsageError, match="no language 'en'"):
        site.build(atlas, tmp_path / "x", languages=["en"])


def test_a_notebook_shows_the_page(built: Path) -> None:
    shown = site.show("water", built.parent / "atlas")._repr_html_()
    assert "<iframe" in shown
    assert "water fi" in shown


def test_a_single_figure_is_written_whole(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.svg"
    site.single(
        site.load(built.parent / "atlas"),
        "water",
        path,
        lang="fi",
        size="170x120mm",
        frame=False,
        format_="svg",
    )
    assert path.read_text(encoding="utf-8").rstrip().endswith("</svg>")
