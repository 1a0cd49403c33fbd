"""Units of length and area, each written once."""

from __future__ import annotations

# Exact by definition (International Hydrographic Conference, Monaco 1929; SI Brochure, table 8).
NAUTICAL_MILE_M = 1852.0
HECTARE_M2 = 10_000.0

# Metres in a unit of length, by the names that people write on the command line and in atlases.
LENGTHS_M = {
    "m": 1.0,
    "km": 1000.0,
    "M": NAUTICAL_MILE_M,
    "NM": NAUTICAL_MILE_M,
    "nmi": NAUTICAL_MILE_M,
    "nm": NAUTICAL_MILE_M,
}
# Square metres in a unit of area.
AREAS_M2 = {"m2": 1.0, "ha": HECTARE_M2, "km2": 1e6}
