"""The report of a site: what was claimed and measured, for readers and for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shekara.atlas import Atlas
from shekara.claims import Verdict

REPORTS = (
    "report.html",
    "report.json",
    "report.csv",
    "report.junit.xml",
    "report.claimreview.json",
)


@dataclass(frozen=True)
class Reports:
    """Files by their names."""

    files: Mapping[str, bytes]


def reports(
    languages: Sequence[str],
    maps: Sequence[str],
    address: str,
    atlas: Atlas,
    verdicts: tuple[Verdict, ...],
) -> Reports:
    """The report in all its forms, for readers and for machines."""
    from shekara import report

    say = atlas.translator(languages[0])
    texts = (
        report.html(atlas, verdicts, languages, maps=maps, base=address),
        report.json_text(atlas, verdicts),
        report.csv_text(atlas, verdicts, say),
        report.junit_text(atlas, verdicts),
        report.claim_review_text(atlas, verdicts, say, base=address),
    )
    return Reports({name: text.encode() for name, text in zip(REPORTS, texts, strict=True)})
