"""The report: every claim with its verdict, as a page, as tables and as data for programs."""

from shekara.report.contents import contents, contents_tables
from shekara.report.junit import junit_text
from shekara.report.page import html
from shekara.report.records import columns, csv_text, json_text, schema, summary, table
from shekara.report.reviews import claim_review_text, claim_reviews
from shekara.report.tally import doubtful, doubtful_table, tally, tally_tables

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
