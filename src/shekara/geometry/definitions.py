"""Descriptions of reference systems that nobody vouches for: which of them would open a file.

A string of PROJ, WKT or PROJJSON may name grids, tables of parameters and files of definitions,
which PROJ then looks for on the machine, beside the program and in the working folder.
"""

from __future__ import annotations

import re

# +nadgrids=, +grids=, +file=, +model=, +catalog=, +init=FILE:CODE and the like; in WKT the
# extensions that hold them and parameters that are files; in PROJJSON values that are texts.
_OPENING = re.compile(
    r"""(?P<key> [a-z_]*grids | file | model | catalog | init ) \s* = \s* (?P<value> [^\s"+]* )
      | (?P<wkt> PARAMETERFILE | EXTENSION \s* [(\[] \s* "PROJ4_GRIDS" )
        \s* [(\[,] \s* (?: "[^"]*" \s* , \s* )? "(?P<named>[^"]*)"
      | "value" \s* : \s* "(?P<text>[^"]*)" """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_FILE = re.compile(r"@?null|(epsg|esri|iau\w*|ogc|ignf):\w+|", re.IGNORECASE)


def file_asked_for(definition: str) -> str | None:
    """What file PROJ would look for to understand a definition; None where it needs none.

    >>> file_asked_for("+proj=utm +zone=42 +ellps=krass +nadgrids=/etc/passwd")
    '/etc/passwd'
    >>> file_asked_for("EPSG:4284")
    """
    for match in _OPENING.finditer(definition):
        name = match["value"] or match["named"] or match["text"] or ""
        if any(_NO_FILE.fullmatch(part) is None for part in name.split(",")):
            return name
    return None
