"""Coordinates as they are printed: degrees and minutes in many notations, read into degrees."""

from __future__ import annotations

import re
from functools import lru_cache

from shekara.errors import InputError
from shekara.geometry.definitions import RefusedError, defined

_SEPARATORS = {
    "°": "degree", "º": "degree", "˚": "degree", "d": "degree", "град": "degree",
    "'": "minute", "′": "minute", "’": "minute", "‘": "minute", "ʹ": "minute", "`": "minute",
    "´": "minute", "мин": "minute", "m": "minute",
    '"': "second", "″": "second", "”": "second", "“": "second", "ʺ": "second",
    "''": "second", "′′": "second", "’’": "second", "сек": "second",
}  # fmt: skip
# Letters of the hemisphere: en; ru северной, южной, восточной, западной (широты, долготы);
# kk солтүстік, оңтүстік, шығыс, батыс (ендік, бойлық).
_HEMISPHERES = {
    "N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1),
    "С": ("lat", 1), "Ю": ("lat", -1), "В": ("lon", 1), "З": ("lon", -1),
    "СОЛТ": ("lat", 1), "ОҢТ": ("lat", -1), "ШЫҒ": ("lon", 1), "БАТ": ("lon", -1),
}  # fmt: skip
_HEMISPHERE = re.compile(
    r"(?P<letter>СОЛТ|ОҢТ|ШЫҒ|БАТ|N|S|E|W|С|Ю|В|З)\.?\s*(?:[ШД]\.?|Ш\.|Е\.|Б\.)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def parse_degrees(text: str, axis: str) -> float:
    """Read one printed latitude or longitude into decimal degrees.

    Parameters
    ----------
    text
        Degrees, then minutes and seconds if there are any, each with its sign; a decimal comma
        or point in the last of them; or, as some tables print minutes, the decimals after the
        sign of the minute: ``46°13',3`` is 46° 13.3'. The sign of the last part may be missing:
        ``45°17,3`` is 45° 17.3'. The hemisphere may stand before or after as a letter (N, S, E,
        W, or С, Ю, В, З), or as a minus sign.
    axis
        "lat" or "lon"; decides which letters and which range are right.

    Raises
    ------
    InputError
        The text is no such notation, a part is out of range, or the hemisphere is of the other
        axis.

    >>> parse_degrees("46°13',3", "lat")
    46.221667
    >>> parse_degrees("52°26'46.4\\" E", "lon")
    52.446222
    """
    sign, rest = _hemisphere(text, axis)
    parts = _parts(rest, text)
    value = 0.0
    for number, (part, unit) in enumerate(zip(parts, (1, 60, 3600), strict=False)):
        if number and part >= 60:
            name = ("degrees", "minutes", "seconds")[number]
            raise _wrong(text, f"{part:g} {name} are 60 or more")
        value += part / unit
    limit = 90 if axis == "lat" else 180
    if value > limit:
        raise _wrong(text, f"{value:g} degrees are beyond {limit} for a {_AXIS[axis]}")
    # 1e-6 of a degree is 0.1 m: no printed table is finer.
    return round(sign * value, 6)


_AXIS = {"lat": "latitude", "lon": "longitude"}


def _wrong(text: str, rule: str) -> InputError:
    return InputError(
        f"coordinate {text!r}: {rule}; write it like 46°13',3 or 45°03'18.5\"N or 46.2217"
    )


def _hemisphere(text: str, axis: str) -> tuple[int, str]:
    if axis not in _AXIS:
        raise ValueError("axis is 'lat' or 'lon'")
    rest = text.strip()
    sign = 1
    signed = False
    if rest[:1] in ("-", "−", "–", "+"):
        sign = 1 if rest[0] == "+" else -1
        signed = True
        rest = rest[1:].strip()
    match = _HEMISPHERE.match(rest)
    if match is None:
        match_found = list(_HEMISPHERE.finditer(rest))
        match = match_found[-1] if match_found and match_found[-1].end() == len(rest) else None
    if match is None:
        return sign, rest
    letter_axis, letter_sign = _HEMISPHERES[match["letter"].upper()]
    if letter_axis != axis:
        raise _wrong(text, f"{match['letter']} is no letter of a {_AXIS[axis]}")
    if signed:
        raise _wrong(text, "has both a sign and a letter of the hemisphere")
    return letter_sign, (rest[: match.start()] + rest[match.end() :]).strip()


def _parts(rest: str, text: str) -> list[float]:
    """Degrees, minutes, seconds as numbers; decimals only in the last."""
    order = ("degree", "minute", "second")
    parts: list[float] = []
    position = 0
    while position < len(rest):
        number = _NUMBER.match(rest, position)
        if number is None:
            raise _wrong(text, f"a number is expected at {rest[position:]!r}")
        if len(parts) == 3:
            raise _wrong(text, "has more than degrees, minutes and seconds")
        if parts and parts[-1] != int(parts[-1]):
            raise _wrong(text, "has decimals before the last part")
        value = number[0].replace(",", ".")
        position = number.end()
        sign, position = _sign(rest, position)
        if sign is None and position < len(rest) and not rest[position - 1].isspace():
            raise _wrong(text, f"{rest[position:]!r} is no sign of degree, minute or second")
        if sign is not None and sign != order[len(parts)]:
            raise _wrong(text, f"a {sign} sign stands where a {order[len(parts)]} is expected")
        if sign is not None and (tail := re.match(r"[.,](\d+)", rest[position:])):
            # 13',3 : the decimals stand after the sign
            if "." in value:
                raise _wrong(text, "has decimals before and after the sign")
            value += "." + tail[1]
            position += tail.end()
        parts.append(float(value))
        while position < len(rest) and rest[position].isspace():
            position += 1
    if not parts:
        raise _wrong(text, "is empty")
    return parts


def _sign(rest: str, position: int) -> tuple[str | None, int]:
    """The sign after a number, and the position behind it."""
    start = position
    while start < len(rest) and rest[start].isspace():
        start += 1
    for length in (4, 3, 2, 1):
        name = _SEPARATORS.get(rest[start : start + length].lower())
        if name is not None and length == len(rest[start : start + length]):
            return name, start + length
    return None, start


@lru_cache(maxsize=8)
def _transformer(datum: str) -> object:
    from pyproj import Transformer
    from pyproj.exceptions import CRSError

    try:
        return Transformer.from_crs(defined(datum), "EPSG:4326", always_xy=True)
    except RefusedError as error:
        way_out = "name it like EPSG:4284 (Pulkovo 1942)"
        raise InputError(f"datum {datum[:60]!r}: {error}; {way_out}") from error
    except CRSError as error:
        raise InputError(
            f"datum {datum!r} is not known to PROJ; name it like EPSG:4284 (Pulkovo 1942)"
        ) from error


def to_wgs84(lon: float, lat: float, datum: str = "EPSG:4326") -> tuple[float, float]:
    """Degrees on a datum as degrees on WGS 84, by PROJ's best transformation for the place."""
    if datum == "EPSG:4326":
        return lon, lat
    x, y = _transformer(datum).transform(lon, lat)  # type: ignore[attr-defined]
    return float(x), float(y)
