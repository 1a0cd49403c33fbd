"""The report for programs: JSON with a schema, CSV, and plain rows for a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from shekara.atlas import Atlas
from shekara.characters import clean, cleaned
from shekara.claims import Verdict
from shekara.i18n import ENGLISH, Translator
from shekara.report.counts import tally
from shekara.report.difference import Difference, difference
from shekara.report.entry import origins, verdict_word
from shekara.scene.attribution import attribution
from shekara.storage import spreadsheet_cell
from shekara.verdicts import VERDICTS

# Any: records are written for the JSON Schema beside this file, which tests hold them to.
JSON = dict[str, Any]
FORMAT = "shekara-report/2"

COLUMNS = (
    "id", "layer", "kind", "statement", "origin", "role", "text", "claimed", "stated", "unit",
    "measured", "low",
    "high", "lower_bound", "difference", "difference_percent", "verdict", "verdict_text",
    "recorded", "as_recorded", "basis", "reason", "method", "sources", "licenses", "maps",
)  # fmt: skip


def summary(verdicts: Iterable[Verdict]) -> JSON:
    """How many claims there are of every verdict, and how many are not as recorded."""
    listed = list(verdicts)
    counts: dict[str, int] = {
        word: sum(entry_row.verdict == word for entry_row in listed) for word in VERDICTS
    }
    differing = sum(not entry_row.as_recorded for entry_row in listed)
    return {"total": len(listed), **counts, "not_as_recorded": differing}


def record(atlas: Atlas, verdict: Verdict, say: Translator = ENGLISH) -> JSON:
    """A claim as a JSON object: what `Verdict.record` says, difference, sources and maps."""
    apart = difference(verdict, atlas)
    claim = verdict.claim
    return {
        **verdict.record(say),
        "difference": _rounded(apart),
        "difference_percent": None if apart is None else _short(apart),
        "text": attribution(claim, atlas, say),
        "origin": claim.table.origin,
        "role": claim.table.role,
        "paragraph": claim.table.at.paragraph if claim.table.at else None,
        "sentences": list(claim.table.at.sentences) if claim.table.at else [],
        "ground": verdict.ground,
        "note": say.text(claim.table.note or ""),
        "corrections": [
            {
                "date": correction_row.date.isoformat(),
                "was": correction_row.was,
                "now": correction_row.now,
                "why": say.text(correction_row.why),
            }
            for correction_row in claim.table.correction
        ],
        "origins": [
            {
                "id": correction_row.key,
                "name": correction_row.name,
                "detail": correction_row.detail,
                "license": correction_row.license,
                "date": correction_row.iso,
                "url": correction_row.url,
                "known": correction_row.known,
            }
            for correction_row in origins(verdict, say)
        ],
        "maps": [item.name for item in atlas.maps.values() if claim.id in item.file.claims],
    }


def json_text(atlas: Atlas, verdicts: Sequence[Verdict]) -> str:
    """The whole report as one JSON document, by the schema `schema()`; texts in English."""
    title = ENGLISH.text(atlas.index.title)
    about = ENGLISH.text(atlas.index.about or "")
    document = {
        "format": FORMAT,
        "atlas": {"title": title, "about": about, "languages": list(atlas.languages)},
        "summary": summary(verdicts),
        "tally": tally(verdicts),
        "scale": [
            {
                "verdict": word,
                "means": ENGLISH.message(row.how_key),
                "rating": row.rating,
            }
            for word, row in VERDICTS.items()
        ],
        "claims": [record(atlas, verdict) for verdict in verdicts],
    }
    return json.dumps(cleaned(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def schema() -> JSON:
    """The JSON Schema (2020-12) of the report; its verdicts are those of `shekara.verdicts`."""
    text = files(__package__).joinpath("report.schema.json").read_text(encoding="utf-8")
    document: JSON = json.loads(text)
    counts = document["properties"]["summary"]
    names = ["total", *VERDICTS, "not_as_recorded"]
    counts["required"] = names
    counts["properties"] = {name: {"$ref": "#/$defs/count"} for name in names}
    document["$defs"]["verdict"]["enum"] = list(VERDICTS)
    return document


def csv_text(atlas: Atlas, verdicts: Sequence[Verdict], say: Translator) -> str:
    """A row per claim (RFC 4180), texts in one language, numbers with a point, in `unit`.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for verdict in verdicts:
        record_row = record(atlas, verdict, say)
        record_row |= {
            "statement": record_row["says"],
            "verdict_text": verdict_word(verdict.verdict, say),
            "sources": "; ".join(own_item_item["name"] for own_item_item in record_row["origins"]),
            "licenses": "; ".join(
                own_item_item["license"]
                for own_item_item in record_row["origins"]
                if own_item_item["license"]
            ),
            "maps": " ".join(record_row["maps"]),
        }
        writer.writerow(_cell(record_row[column]) for column in COLUMNS)
    return out.getvalue()


def columns(say: Translator) -> tuple[str, ...]:
    """Headings of `table`."""
    keys = ("claim", "claimed", "measured", "interval", "verdict", "recorded", "reason")
    return tuple(say.message(f"report_{key}") for key in keys)


def table(verdicts: Iterable[Verdict], say: Translator) -> list[tuple[str, ...]]:
    """A row per claim: claim, claimed, measured, interval, verdict, recorded, and why."""
    return [
        (
            verdict.claim.id,
            verdict.claimed_text(say),
            verdict.measured_text(say),
            verdict.interval_text(say),
            verdict_word(verdict.verdict, say),
            verdict_word(verdict.recorded, say),
            clean(verdict.reason(say)),
        )
        for verdict in verdicts
    ]


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return spreadsheet_cell(clean(value))
    return value


def _rounded(apart: Difference | None) -> float | None:
    """To the digits that are told: -0 is 0, and a number stays a float."""
    return None if apart is None else round(apart.value, apart.digits) + 0.0


def _short(apart: Difference) -> float | None:
    return None if apart.percent is None else round(apart.percent, apart.percent_digits) + 0.0
