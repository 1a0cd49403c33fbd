"""Reference systems by descriptions that nobody vouches for: none has PROJ open a file.

A string of PROJ, WKT or PROJJSON may name grids, models and files of definitions, which PROJ looks
for beside itself and in the working folder once positions are transformed.
"""

from __future__ import annotations

import re

from pyproj import CRS
from pyproj.exceptions import CRSError

LONGEST = 20_000  # characters: those of the register have up to 10,000
# Bounded runs: the time grows with the length of a text and no faster.
_IN_TEXT = re.compile(r"""(?:grids|file|model|catalog|init)\s{0,9}=\s{0,9}(\S{1,300})""", re.I)
_IN_WKT = re.compile(r"""(?:PARAMETERFILE|"PROJ4_GRIDS")\W{1,9}("[^"]{0,200}",\s{0,9})?"([^"]*)""")
_NO_FILE = re.compile(r"@?null|(epsg|esri|iau\w*|ogc|ignf):\w+|", re.IGNORECASE)


class RefusedError(ValueError):
    """A description that is not followed, and why."""


def defined(definition: str | CRS) -> CRS:
    """The reference system of a code, name or description.

    Raises
    ------
    RefusedError
        It is far too long, or would have PROJ open a file; making a system opens none yet.
    pyproj.exceptions.CRSError
        PROJ knows no such system.

    >>> defined("EPSG:4284").name
    'Pulkovo 1942'
    """
    if isinstance(definition, str):
        if len(definition) > LONGEST:
            raise RefusedError(f"has more than {LONGEST:,} characters")
        _refuse_files(definition)
    crs = CRS.from_user_input(definition)
    try:
        _refuse_files(crs.to_wkt())  # as PROJ has understood it
    except CRSError as error:
        raise RefusedError(f"cannot be written as WKT ({error})") from error
    return crs


def _refuse_files(text: str) -> None:
    for match in _IN_WKT.finditer(text):
        _refuse_file(match[2])
    for match in _IN_TEXT.finditer(text):
        quoted = match[1].lstrip("\"'+")
        _refuse_file(re.split(r"[\"'\]\\]", quoted)[0])


def _refuse_file(names: str) -> None:
    for name in re.split(r"[,+]", names):
        if _NO_FILE.fullmatch(name) is None:
            raise RefusedError(f"asks for the file {name[:60]!r}, which is not opened")
