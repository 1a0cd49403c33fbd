"""The unit that a column's name tells, as "Fläche km²" and "area_km2" do."""

from __future__ import annotations

import re

# What people write at the end of a column's name, and what an atlas calls it.
WRITTEN = {
    "km2": ("km2", "km²", "km^2", "sqkm", "sq km", "sq. km", "км2", "км²", "кв. км", "кв км"),
    "m2": ("m2", "m²", "m^2", "sqm", "sq m", "sq. m", "м2", "м²", "кв. м", "кв м"),
    "ha": ("ha", "га"),
    "km": ("km", "км"),
    "m": ("m", "м"),
    "%": ("%", "pct", "percent", "prozent"),
}
UNITS = {text: unit for unit, texts in WRITTEN.items() for text in texts}
_UNIT = "|".join(
    r"[ _]".join(map(re.escape, text.split(" "))) for text in sorted(UNITS, key=len, reverse=True)
)
ENDING = re.compile(
    rf"(?P<name>.*?[^\W_].*?)(?:[\s_]*\(\s*(?P<round>{_UNIT})\s*\)"
    rf"|[\s_]*\[\s*(?P<square>{_UNIT})\s*\]|[\s_]*,\s*(?P<comma>{_UNIT})"
    rf"|[\s_]+(?:in[\s_]+)?(?P<bare>{_UNIT})|\s*(?P<sign>%))\s*",
    re.IGNORECASE,
)
# Words before a unit that make it another: people per km².
RATE = re.compile(r"(?:/|\b(?:per|pro|je|par|por|на|в)|[\s_](?:per|pro))[\s_]*$", re.IGNORECASE)


def parted(column: str) -> tuple[str, str]:
    """A column's name without its unit, and the unit as an atlas writes it; "" where it tells none.

    >>> parted("Fläche km²"), parted("area (km²)"), parted("Area_km2"), parted("Share %")
    (('Fläche', 'km2'), ('area', 'km2'), ('Area', 'km2'), ('Share', '%'))
    >>> parted("people per km²"), parted("pop (per km2)"), parted("km2"), parted("Film")
    (('people per km²', ''), ('pop (per km2)', ''), ('km2', ''), ('Film', ''))
    """
    match = ENDING.fullmatch(column.strip())
    if match is None or RATE.search(match["name"]):
        return column, ""
    written = next(text for text in match.groups()[1:] if text)
    if written == "M" and not column.isupper():  # millions, or nautical miles
        return column, ""
    return match["name"].rstrip(" _,"), UNITS[written.casefold().replace("_", " ")]
