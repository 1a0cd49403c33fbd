"""No description of a reference system has PROJ open a file of the machine."""

from __future__ import annotations

import pytest
from pyproj import CRS

from shekara.derive.degrees import to_wgs84
from shekara.errors import InputError
from shekara.gate.systems import system
from shekara.geometry.definitions import file_asked_for
from shekara.i18n import Translator
from shekara.scene.projection import choose

UTM = "+proj=utm +zone=42 +ellps=krass"
OPENING = [
    f"{UTM} +nadgrids=/etc/passwd",
    f"{UTM} +nadgrids=@null,/etc/passwd",
    f"{UTM} +nadgrids = @secret.gsb +type=crs",
    f"{UTM} +GEOIDGRIDS=egm.gtx",
    "+proj=longlat +datum=WGS84 +geoidgrids=../x.gtx +vunits=m",
    "+init=/etc/passwd:x",
    "+proj=pipeline +step +proj=hgridshift +grids=x +step +proj=defmodel +model=y +file=z",
    'VERT_CS["h",VERT_DATUM["d",2005,EXTENSION["PROJ4_GRIDS","x.gtx"]],UNIT["metre",1]]',
    'ABRIDGEDTRANSFORMATION["t",METHOD["NTv2"],PARAMETERFILE["Latitude and longitude '
    'difference file","/etc/passwd"]]',
    '{"type": "BoundCRS", "transformation": {"parameters": [{"name": "f", "value": "/etc/x"}]}}',
]


@pytest.mark.parametrize("definition", OPENING)
def test_what_would_open_a_file_is_refused(definition: str) -> None:
    assert file_asked_for(definition)
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
    forms = [f"EPSG:{code}", crs.to_wkt(), crs.to_wkt("WKT1_GDAL"), crs.to_json()]
    assert [file_asked_for(form) for form in forms] == [None] * len(forms)


def test_web_mercator_names_no_grid_and_says_so() -> None:
    assert file_asked_for("+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +wktext") is None
    assert file_asked_for("+init=epsg:4326") is None
