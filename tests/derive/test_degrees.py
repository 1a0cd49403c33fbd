"""Printed degrees and minutes, read into degrees; a datum moved to WGS 84."""

from __future__ import annotations

import pytest

from shekara.derive.degrees import parse_degrees, to_wgs84
from shekara.errors import InputError
from shekara.measuring import WGS84

# (printed, axis, decimal degrees by hand: degrees + minutes / 60 + seconds / 3600)
PRINTED = [
    ("46°13',3", "lat", 46 + 13.3 / 60),  # decimals after the sign of the minute
    ("46°10',6", "lat", 46 + 10.6 / 60),
    ("45°17,3", "lat", 45 + 17.3 / 60),  # the sign of the minute left out
    ("45°03'18.5\"N", "lat", 45 + 3 / 60 + 18.5 / 3600),
    ("45° 03' 18,5\" N", "lat", 45 + 3 / 60 + 18.5 / 3600),
    ("45°03′18.5″ с.ш.", "lat", 45 + 3 / 60 + 18.5 / 3600),
    ("С 45°03′", "lat", 45.05),
    ("N45°03'", "lat", 45.05),
    ("41°32',4 N", "lat", 41 + 32.4 / 60),
    ("52°26'46.4\" E", "lon", 52 + 26 / 60 + 46.4 / 3600),
    ("52°26'46.4'' в. д.", "lon", 52 + 26 / 60 + 46.4 / 3600),
    ("49°26' шығ. б.", "lon", 49 + 26 / 60),
    ("33°30' S", "lat", -33.5),
    ("70°15' W", "lon", -70.25),
    ("70°15' з.д.", "lon", -70.25),
    ("-70.25", "lon", -70.25),
    ("−70.25", "lon", -70.25),
    ("46,2217", "lat", 46.2217),
    ("46 13.3", "lat", 46 + 13.3 / 60),
    ("46 13 18", "lat", 46.221667),
    ("180°", "lon", 180.0),
    ("0", "lon", 0.0),
]


@pytest.mark.parametrize(("printed", "axis", "expected"), PRINTED, ids=[p[0] for p in PRINTED])
def test_notation_is_read_to_a_millionth_of_a_degree(
    printed: str, axis: str, expected: float
) -> None:
    assert parse_degrees(printed, axis) == pytest.approx(expected, abs=6e-7)


@pytest.mark.parametrize(
    ("printed", "axis", "complaint"),
    [
        ("", "lat", "is empty"),
        ("north", "lat", "a number is expected"),
        ("46°73'", "lat", "60 or more"),
        ("46°13'75\"", "lat", "60 or more"),
        ("91°", "lat", "beyond 90"),
        ("180°00',1", "lon", "beyond 180"),
        ("52°26' E", "lat", "no letter of a latitude"),
        ("52°26' N", "lon", "no letter of a longitude"),
        ("-52°26' S", "lat", "both a sign and a letter"),
        ("46.5°13'", "lat", "decimals before the last part"),
        ("46'13°", "lat", "a minute sign stands where a degree is expected"),
        ("46°13.3',3", "lat", "decimals before and after"),
        ("46°13'18\"5'", "lat", "more than"),
        ("46x13", "lat", "no sign"),
        ("1 2 3 4", "lat", "more than"),
    ],
)
def test_what_is_no_coordinate_is_refused_with_its_text(
    printed: str, axis: str, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint) as error:
        parse_degrees(printed, axis)
    assert repr(printed) in str(error.value)
    assert "write it like" in str(error.value)


def test_without_a_datum_nothing_moves() -> None:
    assert to_wgs84(49.44, 46.221667) == (49.44, 46.221667)


def test_the_same_figures_on_the_datum_of_1942_lie_about_120_m_away() -> None:
    # GOST 32453-2017 gives dx, dy, dz = 23.57, -140.95, -79.8 m: a shift of 164 m in space
    lon, lat = to_wgs84(49.44, 46.221667, "EPSG:4284")
    _, _, moved = WGS84.inv(49.44, 46.221667, lon, lat)
    assert 60 < moved < 164


def test_an_unknown_datum_is_named() -> None:
    with pytest.raises(InputError, match="'EPSG:1' is not known"):
        to_wgs84(49.0, 46.0, "EPSG:1")
