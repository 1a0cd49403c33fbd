"""What ``shekara median`` adds for a delimitation: final table, band, comparison, document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from shekara.errors import UsageError
from shekara.median.delimitation.band import uncertainty_band
from shekara.median.delimitation.coasts import coastal_lengths, disproportionality
from shekara.median.delimitation.compare import Comparison, compare_line
from shekara.median.delimitation.document import write_document
from shekara.median.delimitation.final import FinalLine, final_line
from shekara.median.summaries import DelimitationSummary, rows_of
from shekara.median.tables.files import write_table
from shekara.median.tables.result import Division

# Positions of a decree are printed to a tenth of a second, where nothing else is asked for.
ROUND_SECONDS = 0.1


@dataclass(frozen=True)
class Asked:
    """What is asked for beside the division itself; None where it is not."""

    round_seconds: float | None = None
    final: Path | None = None
    accuracy_m: float | None = None
    band: Path | None = None
    stretches: Path | None = None
    moved: Path | None = None
    document: Path | None = None
    language: str = "en"

    def check(self, agreed: bool) -> None:
        """Refuse files for which something is missing.

        Raises
        ------
        UsageError
            A band without accuracy, a comparison without an agreed line.
        """
        if self.band is not None and self.accuracy_m is None:
            raise UsageError("--band needs --accuracy METRES of the base points")
        for name, path in (("--stretches", self.stretches), ("--moved", self.moved)):
            if path is not None and not agreed:
                raise UsageError(f"{name} needs --agreed FILE: a line to compare with")


@dataclass(frozen=True)
class Delimitation:
    """Everything that a document of a delimitation says."""

    division: Division
    final: FinalLine
    lengths: pd.DataFrame
    proportion: pd.DataFrame | None
    band: gpd.GeoDataFrame | None
    comparison: Comparison | None


def delimitation(
    division: Division,
    asked: Asked,
    agreed: gpd.GeoDataFrame | None = None,
    sea: gpd.GeoDataFrame | None = None,
) -> Delimitation:
    """The delimitation that a division leads to."""
    seconds = ROUND_SECONDS if asked.round_seconds is None else asked.round_seconds
    lengths = coastal_lengths(division)
    return Delimitation(
        division,
        final_line(division, seconds),
        lengths,
        None if division.sectors is None else disproportionality(division.sectors, lengths),
        None if asked.accuracy_m is None else uncertainty_band(division, asked.accuracy_m),
        None if agreed is None else compare_line(division, agreed, sea),
    )


def write_delimitation(whole: Delimitation, asked: Asked) -> dict[str, str]:
    """Write the files that are asked for; their names by what they hold."""
    compared = whole.comparison
    files: Mapping[str, tuple[Path | None, gpd.GeoDataFrame | None]] = {
        "final": (asked.final, whole.final.points),
        "band": (asked.band, whole.band),
        "stretches": (asked.stretches, None if compared is None else compared.stretches),
        "moved": (asked.moved, None if compared is None else compared.moved),
    }
    written = {}
    for name, (path, table) in files.items():
        if path is not None and table is not None:
            write_table(table, path)
            written[name] = str(path)
    if asked.document is not None:
        write_document(whole, asked.document, asked.language)
        written["document"] = str(asked.document)
    return written


def delimitation_summary(whole: Delimitation) -> DelimitationSummary:
    """The figures of a delimitation as plain numbers and texts."""
    out: DelimitationSummary = {
        "final": {
            "round_seconds": whole.final.round_seconds,
            "datum": whole.final.datum,
            "points": len(whole.final.points),
            "length_m": float(whole.final.lines["length_m"].sum()),
        },
        "exchanged": rows_of(whole.final.exchanged),
        "coasts": rows_of(whole.lengths),
    }
    if whole.proportion is not None:
        out["disproportionality"] = rows_of(whole.proportion)
    if whole.band is not None:
        out["band"] = rows_of(whole.band)
    if whole.comparison is not None:
        offsets = whole.comparison.offsets["offset_m"]
        out["comparison"] = {
            "greatest_offset_m": float(offsets.max()),
            "mean_offset_m": float(offsets.mean()),
            "stretches": rows_of(whole.comparison.stretches),
            "moved": rows_of(whole.comparison.moved),
        }
    return out
