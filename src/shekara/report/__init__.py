"""The report: every claim with its verdict, as a page, as tables and as data for programs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shekara.report.atlas_contents import contents, contents_tables
    from shekara.report.counts import doubtful, doubtful_table, tally, tally_tables
    from shekara.report.junit import junit_text
    from shekara.report.page import html
    from shekara.report.records import columns, csv_text, json_text, schema, summary, table
    from shekara.report.reviews import claim_review_text, claim_reviews

# Names and the modules that they come from; imported when first used: a table needs no page.
_HOMES = {
    "contents": "atlas_contents",
    "contents_tables": "atlas_contents",
    "junit_text": "junit",
    "html": "page",
    "columns": "records",
    "csv_text": "records",
    "json_text": "records",
    "schema": "records",
    "summary": "records",
    "table": "records",
    "claim_review_text": "reviews",
    "claim_reviews": "reviews",
    "doubtful": "counts",
    "doubtful_table": "counts",
    "tally": "counts",
    "tally_tables": "counts",
}

__all__ = [
    "claim_review_text",
    "claim_reviews",
    "columns",
    "contents",
    "contents_tables",
    "csv_text",
    "doubtful",
    "doubtful_table",
    "html",
    "json_text",
    "junit_text",
    "schema",
    "summary",
    "table",
    "tally",
    "tally_tables",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
