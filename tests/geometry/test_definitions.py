"""No description of a reference system has PROJ open a file of the machine."""

from __future__ import annotations

import time

import pytest
from pyproj import CRS
from pyproj.exceptions import CRSError

from shekara.derive.degrees import to_wgs84
from shekara.errors import InputError
from shekara.gate.systems import system
from shekara.geometry.definitions import RefusedError, defined
from shekara.i18n import Translator
from shekara.scene.projection import choose

UTM = "+proj=utm +zone=42 +ellps=krass"
OPENING = [
    f"{UTM} +nadgrids=/etc/passwd",
    f"{UTM} +nadgrids=@null,/etc/passwd",
    f"{UTM} +nadgrids = @secret.gsb +type=crs",
    f"{UTM} +GEOIDGRIDS=egm.gtx",
    "+proj=longlat +datum=WGS84 +geoidgrids=../x.gtx +vunits=m",
    f'{UTM} +nadgrids="/etc/passwd" +type=crs',
    f"{UTM} +nadgrids=+/etc/passwd",
    f"{UTM} +nadgrids='/etc/passwd'",
    "+init=/etc/passwd:x",
    '+init="/etc/passwd:x"',
    "+proj=pipeline +step +proj=hgridshift +grids=x +step +proj=defmodel +model=y +file=z",
    'VERT_CS["h",VERT_DATUM["d",2005,EXTENSION["PROJ4_GRIDS","x.gtx"]],UNIT["metre",1]]',
    'ABRIDGEDTRANSFORMATION["t",METHOD["NTv2"],PARAMETERFILE["Latitude and longitude '
    'difference file","/etc/passwd"]]',
]


@pytest.mark.parametrize("definition", OPENING)
def test_what_would_open_a_file_is_refused(definition: str) -> None:
    with pytest.raises(RefusedError):
        defined(definition)
    with pytest.raises(InputError, match="which is not opened"):
        system(definition)
    with pytest.raises(InputError, match="which is not opened"):
        to_wgs84(10, 50, definition)


def test_so_is_a_projection_of_a_map() -> None:
    with pytest.raises(InputError, match="asks for the file '/etc/passwd'"):
        choose((9, 49, 12, 52), f"{UTM} +nadgrids=/etc/passwd", Translator("en"))


@pytest.mark.parametrize("code", [4326, 3857, 2056, 4284, 9518, 5880, 28992, 31370, 2193])
def test_systems_of_the_register_open_nothing(code: int) -> None:
    crs = CRS.from_epsg(code)
    for form in (f"EPSG:{code}", crs, crs.to_wkt(), crs.to_wkt("WKT1_GDAL"), crs.to_json()):
        assert defined(form).name == crs.name


def test_web_mercator_names_no_grid_and_says_so() -> None:
    assert defined("+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +wktext").is_projected


# PROJ's own JSON of a system with a grid, its keys written with escapes.
def test_escapes_hide_nothing() -> None:
    bound = CRS.from_user_input(f"{UTM} +nadgrids=/etc/passwd").to_json()
    with pytest.raises(RefusedError, match="/etc/passwd"):
        defined(bound.replace('"value"', '"valu\\u0065"'))


# A square of 19,999 steps would take minutes; PROJ itself takes half a second for some of these.
@pytest.mark.parametrize("run", ["a", " ", "grids", "PARAMETERFILE"])
def test_long_texts_are_looked_through_in_a_time_that_grows_with_them(run: str) -> None:
    began = time.process_time()
    with pytest.raises((RefusedError, CRSError)):
        defined(run * (19_999 // len(run)))
    assert time.process_time() - began < 20


def test_a_text_longer_than_any_system_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(RefusedError, match="more than 20,000 characters"):
        defined("a" * 10_000_000)
