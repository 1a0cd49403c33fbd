"""What is guessed of a stranger's columns: which one names the features, and their units."""

from __future__ import annotations

import tomllib
from pathlib import Path

import geopandas
import pytest
import shapely

from shekara import intake
from shekara.intake.naming import label_field
from shekara.intake.units import parted


@pytest.mark.parametrize(
    ("columns", "label"),
    [
        ({"day": ["2020-01-01", "2020-01-02", "2020-01-03"], "town": ["Fen", "", "Bog"]}, "town"),
        ({"day": ["2020-01-01", "2020-01-02", "2020-01-03"], "town": ["Fen", None, "Bog"]}, "town"),
        ({"seen": ["3 May 2020", "4 May 2020", "5 May 2020"], "town": ["Fen", "", "Bog"]}, "town"),
        ({"seen": ["March 3, 2020", "May 4, 2020", "June 5, 2020"], "land": list("ÄÖÜ")}, "land"),
        ({"osm": ["way/12", "way/13", "node/14"], "town": ["Fen", None, "Bog"]}, "town"),
        ({"n": ["1,5", "2,5", "3,5"], "town": ["Fen", None, "Bog"]}, "town"),
        ({"id_text": ["abcd", "efgh", "ijkl"], "town": ["Fen", None, "Bog"]}, "town"),
        ({"name_id": ["N-1", "N-2", "N-3"], "place_name": ["Fen", "Fen", "Bog"]}, "place_name"),
        ({"part": ["Fen", None, "Bog"], "whole": ["Moor", "Mire", "Marsh"]}, "whole"),
        ({"town": ["Fen", None, None], "code": ["A1", "A2", "A3"]}, "code"),
        ({"when": ["2020-01-01", "2020-01-02", "2020-01-03"]}, "when"),
        ({"code": ["A1", "A2", "A3"], "ward": ["Ward1", "Ward2", "Ward3"]}, "ward"),
        ({"code": ["A1", "A2", "A3"], "区": ["第1区", "第2区", "第3区"]}, "区"),
        ({"at": ["Gasse 5, 1990 Wien", "Ring 6, 1010 Wien", "Au 1, 1020 Wien"]}, "at"),
        ({"street": ["Road of 17 June", "Street 12", "Lane 3"], "code": list("abc")}, "street"),
    ],
)
def test_names_come_before_dates_numbers_and_ids(
    columns: dict[str, list[object]], label: str
) -> None:
    shapes = [shapely.Point(place, 0) for place in range(3)]
    assert label_field(geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326)) == label


@pytest.mark.parametrize(
    ("column", "title", "unit"),
    [
        ("Fläche km²", "Fläche", "km2"),
        ("area (km²)", "area", "km2"),
        ("Area_km2", "Area", "km2"),
        ("AREA_SQKM", "AREA", "km2"),
        ("Площадь, кв. км", "Площадь", "km2"),
        ("Length [km]", "Length", "km"),
        ("Höhe in m", "Höhe", "m"),
        ("share%", "share", "%"),
        ("people per km2", "people per km2", ""),
        ("pop_per_km2", "pop_per_km2", ""),
        ("density (people/km²)", "density (people/km²)", ""),
        ("people / km²", "people / km²", ""),
        ("m", "m", ""),
        ("Population (M)", "Population (M)", ""),
        ("LENGTH_M", "LENGTH", "m"),
        ("Program", "Program", ""),
    ],
)
def test_a_unit_is_no_part_of_a_title(column: str, title: str, unit: str) -> None:
    assert parted(column) == (title, unit)


def test_the_layer_has_title_and_unit(tmp_path: Path) -> None:
    file = tmp_path / "towns.csv"
    file.write_text("town,lat,lon,Fläche km²,note km\nFen,50,10,3,dry\n,51,11,4,wet\n", "utf-8")
    added = intake.add(file, tmp_path / "atlas", languages=("de",))
    fields = tomllib.loads(added.layer.read_text(encoding="utf-8"))["field"]
    assert fields["Fläche km²"] == {"title": {"de": "Fläche"}, "unit": "km2"}
    assert fields["note km"] == {"title": {"de": "Note km"}}  # no numbers
