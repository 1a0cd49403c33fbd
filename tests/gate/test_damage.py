"""Files whose positions GDAL would read as others, without a word: one message each."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from shekara.errors import InputError
from shekara.measuring.files import measure_file

KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n{}</Document></kml>'
LINE = "<Placemark><LineString><coordinates>{}</coordinates></LineString></Placemark>"
GML = (
    '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:x="http://x">'
    '<gml:featureMember><x:f gml:id="a"><x:g><gml:LineString gml:id="b" srsName="EPSG:4326">'
    "<gml:posList>{}</gml:posList></gml:LineString></x:g></x:f></gml:featureMember>"
    "</gml:FeatureCollection>"
)
GPX = (
    '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk>'
    "<trkseg>{}</trkseg><trkseg>{}</trkseg></trk></gpx>"
)
POINTS = '<trkpt lat="51" lon="71"/><trkpt lat="51.2" lon="71.1"/>'
MIF = (
    'Version 300\nDelimiter ","\nCoordSys Earth Projection 1, 0\nColumns 1\n  name Char(9)\n'
    "Data\n\nPline 2\n{}\n72 52\n    Pen (1,2,0)\n"
)
ARCS = {"type": "Topology", "arcs": [[[71, 51], [71.1, 51.2]]]}
DUE_M = Geodesic.WGS84.Inverse(51, 71, 51.2, 71.1)["s12"]


def arc(number: int) -> str:
    """A topology of one line."""
    return json.dumps({**ARCS, "objects": {"o": {"type": "LineString", "arcs": [number]}}})


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.kml", KML.format(LINE.format("abc,51 71,52")), "line 2: 'abc,51' is no position"),
        ("a.kml", KML.format(LINE.format("71;51 72;52")), "'71;51' is no position"),
        ("a.kml", KML.format(LINE.format("71,1,51,2 71,3,52,2")), "'71,1,51,2' is no position"),
        ("a.kml", KML.format(LINE.format("71 51,72 52")), "'71' is no position"),
        ("a.kml", KML.format("<NetworkLink/>"), "never opened"),
        ("a.gml", GML.format("71 51 x 51.2"), "'x' is no number"),
        ("a.gml", GML.format("71,5 51,2 72,1 51,2"), "'71,5' is no number"),
        ("a.gpx", GPX.format('<trkpt lat="51,2" lon="71"/>', POINTS), "is no position"),
        ("a.gpx", GPX.format('<trkpt lon="71"/>', POINTS), "is no position"),
        ("a.mif", MIF.format("71,5 51,2"), "line 9: '71,5' is no number"),
        ("a.topojson", arc(5), "names arc 5, but has 1"),
    ],
)
def test_what_is_no_number_is_refused(tmp_path: Path, name: str, text: str, why: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a.mid").write_text('"n"\n', encoding="utf-8")
    with pytest.raises(InputError, match=why):
        measure_file(tmp_path / name)


# Expectation: geographiclib.
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.kml", KML.format(LINE.format("\n 71,51,5\n\t71.1, 51.2,"))),
        ("a.gml", GML.format(" 71 51\n 71.1 5.12e1 ")),
        ("a.gpx", GPX.format('<trkpt lat="60" lon="20"/>', POINTS)),
        ("a.gpx", GPX.format('<trkpt lat="60" lon="20"><ele>7</ele></trkpt>', POINTS)),
        ("a.mif", MIF.format("71 51").replace("72 52", "71.1 51.2")),
        ("a.topojson", arc(-1)),
    ],
)
def test_sound_ones_are_measured(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a.mid").write_text('"n"\n', encoding="utf-8")
    (record,) = measure_file(tmp_path / name)
    assert record["features"][0]["length_m"] == pytest.approx(DUE_M, rel=1e-8)  # MIF: GRS 80


def test_a_shapefile_cut_short_or_without_its_index_is_refused(tmp_path: Path) -> None:
    table = geopandas.GeoDataFrame({"n": ["a"]}, geometry=[shapely.box(71, 51, 72, 52)], crs=4326)
    table.to_file(tmp_path / "a.shp")
    path = tmp_path / "a.shp"
    content = path.read_bytes()
    path.write_bytes(content[:-20])
    with pytest.raises(InputError, match=r"is cut short: 216 of 236 bytes"):
        measure_file(path)
    path.write_bytes(content)
    (tmp_path / "a.shx").unlink()
    with pytest.raises(InputError, match=r"lacks its \.shx"):
        measure_file(path)


def test_a_file_in_a_zip_is_looked_at_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", KML.format(LINE.format("71;51 72;52")))
    with pytest.raises(InputError, match=r"doc\.kml: line 2: '71;51' is no position"):
        measure_file(tmp_path / "a.kmz")


def test_a_file_of_no_feature_says_so(tmp_path: Path) -> None:
    (tmp_path / "b.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    (record,) = measure_file(tmp_path / "b.geojson")
    assert [remark["text"] for remark in record["remarks"]] == ["holds no feature"]
