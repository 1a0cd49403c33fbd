"""The report of a site: what was claimed and measured, for readers and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shekara.atlas import Atlas
from shekara.claims import Verdict

REPORTS = (
    "report.html",
    "report.json",
    "report.csv",
    "report.junit.xml",
    "report.claimreview.json",
)


def write_report(
    folder: Path,
    atlas: Atlas,
    verdicts: tuple[Verdict, ...],
    languages: Sequence[str],
    maps: Sequence[str],
    address: str,
) -> None:
    """Write the report in all its forms, for readers and for machines."""
    from shekara import report

    say = atlas.translator(languages[0])
    texts = (
        report.html(atlas, verdicts, languages, maps=maps, base=address),
        report.json_text(atlas, verdicts),
        report.csv_text(atlas, verdicts, say),
        report.junit_text(atlas, verdicts),
        report.claim_review_text(atlas, verdicts, say, base=address),
    )
    for name, text in zip(REPORTS, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8", newline="")
