"""The report of a site: what was claimed and measured, for readers and for machines."""

from __future__ import annotations

from collections.abc import Sequence

from shekara.atlas import Atlas
from shekara.claims import Verdict

REPORTS = (
    "report.html",
    "report.json",
    "report.csv",
    "report.junit.xml",
    "report.claimreview.json",
)


def reports(
    languages: Sequence[str],
    maps: Sequence[str],
    address: str,
    atlas: Atlas,
    verdicts: tuple[Verdict, ...],
) -> dict[str, bytes]:
    """The report in all its forms, for readers and for machines, by the names of the files."""
    from shekara import report

    say = atlas.translator(languages[0])
    texts = (
        report.html(atlas, verdicts, languages, maps=maps, base=address),
        report.json_text(atlas, verdicts),
        report.csv_text(atlas, verdicts, say),
        report.junit_text(atlas, verdicts),
        report.claim_review_text(atlas, verdicts, say, base=address),
    )
    return {name: text.encode() for name, text in zip(REPORTS, texts, strict=True)}
