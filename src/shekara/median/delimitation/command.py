"""What ``shekara median`` adds for a delimitation: final table, band, comparison, document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from shekara.errors import UsageError
from shekara.median.delimitation.atlas import refuse_full, write_atlas
from shekara.median.delimitation.band import uncertainty_band
from shekara.median.delimitation.coasts import coastal_lengths, disproportionality
from shekara.median.delimitation.compare import Comparison, compare_line
from shekara.median.delimitation.document import refuse_language, write_document
from shekara.median.delimitation.final import FinalLine, final_line, refuse_rounding
from shekara.median.summaries import DelimitationSummary, rows_of
from shekara.median.tables.files import write_table
from shekara.median.tables.result import Division
from shekara.median.tables.uncertainty import accuracies_of, with_uncertainty

# Positions of a decree are printed to a tenth of a second, where nothing else is asked for.
ROUND_SECONDS = 0.1


@dataclass(frozen=True)
class Asked:
    """What is asked for beside the division itself; None where it is not."""

    round_seconds: float | None = None
    final: Path | None = None
    accuracy_m: float | Mapping[str, float] | None = None
    """Standard deviation of base points: one for all, or one for each owner."""
    band: Path | None = None
    stretches: Path | None = None
    moved: Path | None = None
    offsets: Path | None = None
    atlas: Path | None = None
    document: Path | None = None
    language: str = "en"

    @property
    def files(self) -> dict[str, Path | None]:
        """The files that are asked for, by the option that names them."""
        return {
            "--final": self.final, "--band": self.band, "--stretches": self.stretches,
            "--moved": self.moved, "--offsets": self.offsets, "--document": self.document,
            "--atlas": self.atlas,
        }  # fmt: skip

    def check(self, agreed: bool) -> None:
        """Refuse files for which something is missing.

        Raises
        ------
        UsageError
            A band without accuracy, a comparison without an agreed line; seconds or a language
            that cannot be meant.
        """
        if self.round_seconds is not None:
            refuse_rounding(self.round_seconds)
        refuse_language(self.language)
        if self.band is not None and self.accuracy_m is None:
            raise UsageError("--band needs --accuracy METRES of the base points")
        compared = (
            ("--stretches", self.stretches), ("--moved", self.moved), ("--offsets", self.offsets),
        )  # fmt: skip
        for name, path in compared:
            if path is not None and not agreed:
                raise UsageError(f"{name} needs --agreed FILE: a line to compare with")
        if self.atlas is not None:
            refuse_full(self.atlas)


@dataclass(frozen=True)
class Delimitation:
    """Everything that a document of a delimitation says."""

    division: Division
    points: gpd.GeoDataFrame
    """Turning points of the exact line; with error ellipses where an accuracy is known."""
    final: FinalLine
    lengths: pd.DataFrame
    proportion: pd.DataFrame | None
    band: gpd.GeoDataFrame | None
    comparison: Comparison | None
    land: gpd.GeoDataFrame | None = None
    """The shores as they were given, `owner` names whose: areas among them are drawn as land."""


def delimit(
    division: Division,
    asked: Asked,
    agreed: gpd.GeoDataFrame | None = None,
    sea: gpd.GeoDataFrame | None = None,
    land: gpd.GeoDataFrame | None = None,
) -> Delimitation:
    """The delimitation that a division leads to."""
    seconds = ROUND_SECONDS if asked.round_seconds is None else asked.round_seconds
    lengths = coastal_lengths(division)
    return Delimitation(
        division,
        points_with_ellipses(division, asked.accuracy_m),
        final_line(division, seconds),
        lengths,
        None if division.sectors is None else disproportionality(division.sectors, lengths),
        None if asked.accuracy_m is None else uncertainty_band(division, asked.accuracy_m),
        None if agreed is None else compare_line(division, agreed, sea),
        land,
    )


def points_with_ellipses(
    division: Division, accuracy_m: float | Mapping[str, float] | None
) -> gpd.GeoDataFrame:
    """The turning points, with standard error ellipses where the base points' accuracy is known."""
    if accuracy_m is None or division.weighted is None:
        return division.points
    weighted = division.weighted
    names = weighted.shores.owners
    return with_uncertainty(
        division.points,
        accuracies_of(names, accuracy_m),
        dict(zip(names, weighted.weight.tolist(), strict=True)),
    )


def write_delimitation(whole: Delimitation, asked: Asked) -> dict[str, str]:
    """Write the files that are asked for; their names by what they hold."""
    compared = whole.comparison
    files: Mapping[str, tuple[Path | None, gpd.GeoDataFrame | None]] = {
        "final": (asked.final, whole.final.points),
        "band": (asked.band, whole.band),
        "stretches": (asked.stretches, None if compared is None else compared.stretches),
        "moved": (asked.moved, None if compared is None else compared.moved),
        "offsets": (asked.offsets, None if compared is None else compared.offsets),
    }
    written = {}
    for name, (path, table) in files.items():
        if path is not None and table is not None:
            write_table(table, path)
            written[name] = str(path)
    if asked.document is not None:
        write_document(whole, asked.document, asked.language)
        written["document"] = str(asked.document)
    if asked.atlas is not None:
        write_atlas(whole, asked.atlas, asked.language)
        written["atlas"] = str(asked.atlas)
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
    junctions = whole.points[whole.points["kind"] == "junction"]
    if "sigma_major_m" in junctions:
        sigmas = ["owners", "sigma_major_m", "sigma_minor_m", "sigma_azimuth_deg"]
        out["ellipses"] = rows_of(junctions[sigmas])
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
