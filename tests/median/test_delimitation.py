"""What a delimitation is signed from: the rounded table, the band, comparison, coasts, document."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod
from typer.testing import CliRunner

from shekara import site
from shekara.cli import app
from shekara.errors import UsageError
from shekara.i18n.catalogue import built_in
from shekara.i18n.translator import Translator
from shekara.median import Division, divide
from shekara.median.delimitation.band import uncertainty_band
from shekara.median.delimitation.coasts import coastal_lengths, disproportionality
from shekara.median.delimitation.command import Asked, delimit, write_delimitation
from shekara.median.delimitation.compare import compare_line
from shekara.median.delimitation.construction import construction
from shekara.median.delimitation.document import document
from shekara.median.delimitation.final import final_line
from shekara.median.remark import Remark, Word
from shekara.median.trace.doubts import OTHER_BASE

GEOD = Geod(ellps="WGS84")
SOUTH = shapely.LineString([(0, 1), (0, 0), (3, 0), (3, 1)])
NORTH = shapely.LineString([(0, 1), (0, 2), (1.5, 1.7), (3, 2), (3, 1)])
SEA = shapely.Polygon([(0, 0), (3, 0), (3, 1), (3, 2), (1.5, 1.7), (0, 2), (0, 1)])


def table(rows: list[tuple[str, Any]]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"o": [r[0] for r in rows]}, geometry=[r[1] for r in rows], crs=4326)


@pytest.fixture(scope="module")
def gulf() -> Division:
    """Two coasts face to face, the line between them simplified within 300 m."""
    shores = table([("A", SOUTH), ("B", NORTH)])
    return divide(shores, by="o", sea=SEA, simplify_m=300)


def metres(a: Any, b: Any) -> float:
    return float(GEOD.inv(a[0], a[1], b[0], b[1])[2])


def test_the_final_line_is_rounded_and_each_point_is_told(gulf: Division) -> None:
    # Expectation: positions are whole tenths of a second; ways, azimuths and distances to the base
    # points are those of PROJ; the difference of distances is what rounding and simplifying left.
    final = final_line(gulf, 0.1)
    points = final.points
    for column in ("lon", "lat"):
        tenths = points[column].to_numpy() * 36000
        assert np.abs(tenths - tenths.round()).max() < 1e-5
    for here, there in pairwise(points.itertuples()):
        azimuth, _, length = GEOD.inv(here.lon, here.lat, there.lon, there.lat)
        assert here.to_next_m == pytest.approx(length, abs=1e-6)
        assert here.to_next_azimuth_deg == pytest.approx(azimuth % 360, abs=1e-9)
    assert points.edge.tolist()[-1] == "end"
    for row in points.itertuples():
        far = metres((row.lon, row.lat), (row.base_a_lon, row.base_a_lat))
        assert row.base_a_distance_m == pytest.approx(far, abs=1e-6)
        assert row.difference_m == pytest.approx(
            row.base_a_distance_m - row.base_b_distance_m, abs=1e-9
        )
    assert final.lines.length_m.iloc[0] == pytest.approx(points.to_next_m.sum(), abs=1e-6)
    assert points.offset_m.max() < 300 + 3


def test_what_the_final_line_exchanges_adds_up(gulf: Division) -> None:
    # Expectation: one area less the other is the signed area of the ring of both lines, by PROJ.
    assert gulf.exact is not None
    final = final_line(gulf, 1.0)
    (row,) = final.exchanged.to_dict("records")
    ring = [*gulf.exact.geometry.iloc[0].coords, *list(final.lines.geometry.iloc[0].coords)[::-1]]
    signed = GEOD.polygon_area_perimeter(*np.array(ring).T)[0]
    assert abs(row["a_to_b_m2"] - row["b_to_a_m2"]) == pytest.approx(abs(signed), rel=1e-3, abs=50)
    assert min(row["a_to_b_m2"], row["b_to_a_m2"]) > 1e5


def test_the_band_holds_the_line_in_19_cases_of_20() -> None:
    # Expectation: base points are moved by normal errors (Monte Carlo); the line crosses a section
    # within two standard deviations in 95.4 % of 1,000 cases, give or take 2 %.
    bases, accuracy = [(0.0, 0.0), (0.3, 0.9)], 100.0
    shores = table([("A", shapely.Point(bases[0])), ("B", shapely.Point(bases[1]))])
    division = divide(shores, by="o", reach_m=1.5e5)
    band = uncertainty_band(division, accuracy)
    line = division.lines.geometry.iloc[0]
    x, y = line.interpolate(0.37, normalized=True).coords[0]
    rng = np.random.default_rng(5)
    inside, many = 0, 1000
    for _ in range(many):
        moved = [GEOD.fwd(*b, *polar(rng.normal(0, accuracy, 2)))[:2] for b in bases]
        course = GEOD.inv(*bases[0], *bases[1])[0]
        low, high = -1000.0, 1000.0
        for _ in range(15):
            middle = (low + high) / 2
            at = GEOD.fwd(x, y, course, middle)[:2]
            nearer = metres(at, moved[0]) < metres(at, moved[1])
            low, high = (middle, high) if nearer else (low, middle)
        at = GEOD.fwd(x, y, course, (low + high) / 2)[:2]
        inside += band.geometry.iloc[0].contains(shapely.Point(at))
    assert inside / many == pytest.approx(0.954, abs=0.02)


def polar(offset: np.ndarray) -> tuple[float, float]:
    """Azimuth and length of an offset east and north."""
    return float(np.degrees(np.arctan2(*offset))), float(np.hypot(*offset))


def test_an_agreed_line_is_held_against_the_median(gulf: Division) -> None:
    # Expectation: on the parallel of 0.9 degrees A holds what lies between it and the median line:
    # areas moved add up to the difference of areas south of both, by PROJ; along a straight coast
    # the parallel keeps one ratio.
    agreed = table([("agreed", shapely.LineString([(0, 1), (0.8, 0.5), (2.2, 0.5), (3, 1)]))])
    sea = gpd.GeoSeries([SEA], crs=4326)
    result = compare_line(gulf, agreed, sea)
    gain = {"A": 0.0, "B": 0.0}
    for row in result.moved.itertuples():
        gain[row.to_owner] += row.area_m2
        gain[row.from_owner] -= row.area_m2
    south = shapely.Polygon([(0, 0), (3, 0), (3, 1), (2.2, 0.5), (0.8, 0.5), (0, 1)])
    assert gulf.sectors is not None
    before = float(gulf.sectors.set_index("owner").area_m2["A"])
    after = float(GEOD.geometry_area_perimeter(south)[0])
    assert gain["A"] == pytest.approx(after - before, rel=1e-4)
    places = result.offsets
    middle = places.iloc[(places.lon - 1.5).abs().argmin()]
    near = min(metres((middle.lon, middle.lat), (x, 0.0)) for x in np.linspace(1.4, 1.6, 201))
    assert middle.distance_a_m == pytest.approx(near, rel=1e-6)
    assert len(result.stretches)
    assert (result.stretches.ratio < 1).any()
    # The line begins and ends where both owners' coasts meet: there is no ratio of nothing.
    ends = places.iloc[[0, -1]]
    assert (ends.distance_a_m + ends.distance_b_m < 1e-6).all()
    assert ends.ratio.isna().all()
    assert places.ratio[1:-1].notna().all()


def test_coasts_are_measured_in_four_ways(gulf: Division) -> None:
    # Expectation: by PROJ; a coast without small bends is as long generalised; the quotient is the
    # ratio of areas over that of coasts.
    assert gulf.sectors is not None
    lengths = coastal_lengths(gulf)
    south, _ = lengths.to_dict("records")
    drawn = GEOD.geometry_length(SOUTH)
    assert south["drawn_m"] == pytest.approx(drawn, abs=1e-6)
    assert south["general_1km_m"] == pytest.approx(drawn, rel=1e-9)
    assert south["direction_m"] == pytest.approx(metres((0, 1), (3, 1)), abs=1e-6)
    (row,) = disproportionality(gulf.sectors, lengths).to_dict("records")
    area = dict(zip(gulf.sectors.owner, gulf.sectors.area_m2, strict=True))
    ratio = drawn / GEOD.geometry_length(NORTH)
    assert row["drawn_quotient"] == pytest.approx(area["A"] / area["B"] / ratio, rel=1e-9)


def test_the_command_writes_what_is_signed(tmp_path: Path) -> None:
    # Expectation: every file is there, the table in the document is that of the CSV file, in the
    # language asked for; figures stand in JSON; the atlas loads, with a map of every kind.
    shores = table([("A", SOUTH), ("B", NORTH)]).assign(owner="no state")  # a column of the file
    shores.to_file(tmp_path / "shores.geojson")
    gpd.GeoDataFrame(geometry=[SEA], crs=4326).to_file(tmp_path / "sea.geojson")
    agreed = table([("agreed", shapely.LineString([(0, 1), (1.5, 0.9), (3, 1)]))])
    agreed.to_file(tmp_path / "agreed.geojson")
    names = {
        "final": "f.csv", "stretches": "s.geojson", "moved": "m.gpkg", "band": "b.kml",
        "document": "d.html", "offsets": "o.csv", "points": "p.csv", "atlas": "atlas",
    }  # fmt: skip
    done = CliRunner().invoke(app, [
        "median", str(tmp_path / "shores.geojson"), "--by", "o",
        "--sea", str(tmp_path / "sea.geojson"), "--agreed", str(tmp_path / "agreed.geojson"),
        "--simplify", "300", "--accuracy", "A=50", "--accuracy", "B=20", "--lang", "kk", "--json",
        *(part for key, name in names.items() for part in (f"--{key}", str(tmp_path / name))),
    ])  # fmt: skip
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)
    assert set(names) <= set(figures["written"])
    assert {p.name for p in tmp_path.iterdir()} >= set(names.values())
    text = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert '<html lang="kk">' in text
    assert "Базалық нүкте: A" in text
    assert text.count("<tr>") > figures["final"]["points"]
    assert "0°48&#x27;56.5&quot;E" in text
    assert "50 м (A), 20 м (B)" in text.replace("\N{NO-BREAK SPACE}", " ")
    offsets = pd.read_csv(tmp_path / "o.csv")
    assert offsets.offset_m.max() == pytest.approx(figures["comparison"]["greatest_offset_m"])
    points = pd.read_csv(tmp_path / "p.csv")
    two = points[(points.kind == "turning point") & np.isinf(points.sigma_major_m)]
    # Nowhere can the line be known better than half-way between opposite base points.
    assert (two.sigma_minor_m >= np.hypot(50, 20) / 2 - 1e-3).all()
    assert (points.sigma_minor_m > 0).any()
    atlas = site.load(tmp_path / "atlas")
    assert atlas.languages[0] == "kk"
    shown = [entry.where["kind"] for entry in atlas.maps["delimitation"].layers]
    assert shown == ["sector", "band", "moved", "control", "shore", "line", "turning"]
    # On the plate the band is thinner than the line: its title tells how far it reaches.
    title = atlas.maps["delimitation"].layers[1].title
    low, high = (float(x) for x in re.findall(r"\d+", Translator("en").text(title or "")))
    band = figures["band"][0]
    assert 0.9 * 2 * band["least_m"] < low <= 2 * band["least_m"]
    assert 2 * band["greatest_m"] <= high < 1.1 * 2 * band["greatest_m"]
    frame = atlas.layers["delimitation"].frame
    length = sum(GEOD.geometry_length(shape) for shape in frame.geometry[frame.kind == "line"])
    assert length == pytest.approx(figures["final"]["length_m"], rel=1e-9)


def test_shores_given_as_areas_are_the_land_of_the_atlas(tmp_path: Path) -> None:
    # Expectation: their areas as given, as background; beside them the sheet draws sea.
    shores = table([("A", shapely.box(0, 0, 1, 1)), ("B", shapely.box(3, 0, 4, 1))])
    division = divide(shores, by="o", sea=shapely.box(1, 0, 3, 1))
    whole = delimit(division, Asked(), land=shores.rename(columns={"o": "owner"}))
    write_delimitation(whole, Asked(atlas=tmp_path / "atlas"))
    atlas = site.load(tmp_path / "atlas")
    land = atlas.maps["delimitation"].layers[0]
    assert (land.where["kind"], land.basemap) == ("land", True)
    frame = atlas.layers["delimitation"].frame
    drawn = frame[frame.kind == "land"]
    assert drawn.geometry.union_all().symmetric_difference(shores.union_all()).area < 1e-9
    assert set(drawn.precision) == {"mapped"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--band", "b.geojson"], "--accuracy"),
        (["--moved", "m.geojson"], "--agreed"),
        (["--offsets", "o.csv"], "--agreed"),
        (["--atlas", "p.geojson"], "not empty"),
        (["--accuracy", "5", "--accuracy", "A=3"], "not both"),
        (["--document", "d.pdf"], ".html"),
        (["--document", "d.html", "--lang", "xx"], "give one of"),
        (["--final", "f.csv", "--round", "0"], "seconds"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, options: list[str], message: str) -> None:
    table([("A", shapely.Point(0, 0)), ("B", shapely.Point(1, 0))]).to_file(tmp_path / "p.geojson")
    options = [str(tmp_path / o) if "." in o and o[0] not in "-0" else o for o in options]
    done = CliRunner().invoke(app, ["median", str(tmp_path / "p.geojson"), "--by", "o", *options])
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)


def test_a_sea_without_a_line_is_no_fault(tmp_path: Path) -> None:
    # Expectation: the sea is all A's: tables are empty, the document is written.
    shores = table([("A", shapely.Point(0, 0)), ("B", shapely.Point(9, 0))])
    division = divide(shores, by="o", sea=shapely.box(-1, -1, 1, 1))
    asked = Asked(accuracy_m=5.0, document=tmp_path / "d.html")
    whole = delimit(division, asked)
    assert not len(whole.final.points)
    assert write_delimitation(whole, asked) == {"document": str(tmp_path / "d.html")}


def test_the_band_of_a_weighted_line_follows_the_weights() -> None:
    # Expectation: between the base points, in line with both, errors e_a and e_b shift the line by
    # (e_a - 2 e_b) / 3 where A weighs twice: 5 m give 5 √5 / 3 = 3.727 m.
    shores = table([("A", shapely.Point(0, 0)), ("B", shapely.Point(9, 0))])
    band = uncertainty_band(divide(shores, by="o", reach_m=7e5, weight={"A": 2}), 5.0)
    assert band.least_m.iloc[0] == pytest.approx(5 * np.sqrt(5) / 3, abs=1e-3)


REMARKED = (
    Remark("of edges", "remark_edges", what=Word("what_sea"), apart=("m", 3.2), place="1, 2"),
    Remark("of a gap", "remark_gap", total=("m2", 1.0), sea=("m2", 2.0)),
    Remark(
        "of datum", "remark_datum", what=Word("what_shores"), operation="X", accuracy=("m", 2.0)
    ),
)


@pytest.mark.parametrize("language", built_in())
def test_remarks_of_the_document_are_in_its_language(gulf: Division, language: str) -> None:
    # Expectation: by the words; no English sentence is left, names and numbers stay as they are.
    doubt = pd.DataFrame(
        {
            "owner_a": "what_A", "owner_b": "B <b>", "lon": 1.5, "lat": 0.5, "size_m": 0.25,
            "length_m": 70.0, "reason": [OTHER_BASE], "geometry": shapely.Point(1.5, 0.5),
        }
    )  # fmt: skip
    doubtful = replace(gulf, remarks=REMARKED, doubtful=gpd.GeoDataFrame(doubt, crs=4326))
    page = document(delimit(doubtful, Asked()), Translator(language))
    said = page[page.index("<ul>") :]
    assert said.count("<li>") == 4
    for part in ("what_A", "B &lt;b&gt;", "1.500000, 0.500000"):
        assert part in said
    english = ("edges are taken", "another base point", "coordinates came", "add up to")
    assert [text in said for text in english] == [language == "en"] * 4


def test_a_remark_is_copied_whole() -> None:
    # Expectation: the same sentence, key and values; tables copy what they carry.
    for remark in REMARKED:
        twin = deepcopy(remark)
        assert (twin, twin.key, twin.filling) == (remark, remark.key, remark.filling)


def test_an_agreed_line_that_ends_in_the_sea_moves_nothing(gulf: Division) -> None:
    # Expectation: it parts no water, so nobody's water can be told to go to another.
    agreed = table([("agreed", shapely.LineString([(0, 1), (0.8, 0.5), (2.2, 0.5)]))])
    result = compare_line(gulf, agreed, gpd.GeoSeries([SEA], crs=4326))
    assert not len(result.moved)
    assert len(result.offsets)


def test_construction_lines_leave_room_for_each_other() -> None:
    # Expectation: of 300 points, 280 of them crowded in a tenth of the line, both ends are shown
    # and no two shown ones are nearer than a fortieth of the line; of a second part its ends.
    x = np.concatenate([np.linspace(0, 0.1, 280), np.linspace(0.15, 1, 20), [0.0, 0.001]])
    points = gpd.GeoDataFrame(
        {"number": np.arange(len(x)) + 1, "part": [1] * 300 + [2] * 2, "lon": x, "lat": 0 * x,
         "base_a_lon": x, "base_a_lat": 1 + 0 * x, "base_b_lon": x, "base_b_lat": -1 + 0 * x},
        geometry=gpd.points_from_xy(x, 0 * x),
    )  # fmt: skip
    drawn = construction(points)
    shown = [number for number, _ in drawn][::2]
    assert len(drawn) == 2 * len(shown)
    assert {1, 300, 301, 302} <= set(shown)
    assert np.diff(x[np.array(shown[:-2]) - 1]).min() >= 1 / 40 - 1e-12
    assert 20 < len(shown) < 30
