"""Files whose positions GDAL would read as others, without a word: one message each."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from shekara.errors import InputError
from shekara.gate.damage import refuse_damage
from shekara.measuring.files import measure_file

KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n{}</Document></kml>'
LINE = "<Placemark><LineString><coordinates>{}</coordinates></LineString></Placemark>"
TRACK = (
    '<Placemark><gx:Track xmlns:gx="http://www.google.com/kml/ext/2.2"><gx:coord>{}</gx:coord>'
    "<gx:coord>72 52 0</gx:coord></gx:Track></Placemark>"
)
ASIDE = "<description><![CDATA[<Point><coordinates>lon,lat</coordinates></Point>]]></description>"
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
DESC = "<metadata><desc><![CDATA[<wpt lat='51,2'/>]]></desc></metadata>"
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
        ("a.kml", KML.format(LINE.format("71,51, 72,52,")), "'71,51,72,52,' is no position"),
        ("a.kml", KML.format(LINE.format("10,20,0" * 16 + " x")), "is no position"),
        (
            "a.kml",
            KML.format(LINE.replace("s>{", 's xml:space="preserve">{').format("71;51")),
            "71;51",
        ),
        ("a.kml", KML.format(TRACK.format("71,5 51,2 3")), "'71,5 51,2 3' is no position"),
        ("a.kml", KML.format(TRACK.format("")), "'' is no position"),
        ("a.kml", KML.format("<NetworkLink/>"), "never opened"),
        ("a.gml", GML.format("123456 654321 " * 40 + "NaN"), "'NaN' is no number"),
        ("a.gml", GML.replace("gml:", "g.x:").replace(":gml=", ":g.x=").format("7,5 5"), "'7,5'"),
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
        ("a.kml", KML.format(LINE.format("71,51,NaN 71.1,51.2,nan"))),
        ("a.kml", KML.format(LINE.format("71,51<!-- x,y -->\n71.1,51.2"))),
        (
            "a.kml",
            KML.format("<!-- " + LINE.format("x,y") + " -->" + LINE.format("71,51 71.1,51.2")),
        ),
        ("a.kml", KML.format(LINE.replace("<L", ASIDE + "<L").format("71,51 71.1,51.2"))),
        ("a.kml", KML.format(TRACK.format("71 51 0").replace("72 52", "71.1 51.2"))),
        ("a.gml", GML.replace("<x:g>", "<x:pos>front, 2,5</x:pos><x:g>").format("71 51 71.1 51.2")),
        ("a.gml", GML.format(" 71 51\n 71.1 5.12e1 ")),
        ("a.gpx", GPX.format('<trkpt lat="60" lon="20"/>', POINTS)),
        ("a.gpx", GPX.format('<trkpt lat="60" lon="20"><ele>7</ele></trkpt>', POINTS)),
        ("a.gpx", GPX.format(f"<!-- <trkpt/> -->{POINTS}", "").replace("<trk>", f"{DESC}<trk>")),
        ("a.mif", MIF.format("71 51").replace("72 52", "71.1 51.2")),
        ("a.topojson", arc(-1)),
    ],
)
def test_sound_ones_are_measured(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a.mid").write_text('"n"\n', encoding="utf-8")
    (record,) = measure_file(tmp_path / name)
    assert record["features"][0]["length_m"] == pytest.approx(DUE_M, rel=1e-8)  # MIF: GRS 80


def test_a_text_of_mif_over_some_lines_is_no_position() -> None:
    text = 'Version 300\nData\n\nText "a road of\n12,5 km\n12,5 13\n"\n1 2 3 4\nPoint {}\n'
    refuse_damage(io.BytesIO(text.format("1 2").encode()), 99, "a.mif", "MapInfo File")
    with pytest.raises(InputError, match="line 9: '1,5' is no number"):
        refuse_damage(io.BytesIO(text.format("1,5 2").encode()), 99, "a.mif", "MapInfo File")


@pytest.mark.parametrize(("kind", "most"), [("ESRI Shapefile", 28), ("GPKG", 0), ("KML", 2**20)])
def test_no_more_of_a_large_file_is_read_than_its_format_takes(kind: str, most: int) -> None:
    file = io.BytesIO(KML.format(LINE.format("x,y")).encode() + bytes(2**21))
    with contextlib.suppress(InputError):
        refuse_damage(file, 2**40, "large", kind)
    assert file.tell() == most


def test_entities_are_never_put_in() -> None:
    text = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>'
    with pytest.raises(InputError, match="declares entities"):
        refuse_damage(io.BytesIO(text.encode()), 99, "a.kml", "KML")


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
