"""A printable document of a delimitation: method, datum, tables, a map with construction lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from shekara.errors import UsageError
from shekara.i18n.catalogue import built_in
from shekara.i18n.translator import Translator
from shekara.median.delimitation.coasts import METHODS
from shekara.median.delimitation.picture import map_svg
from shekara.median.remark import Remark, Word
from shekara.median.tables.doubtful import doubt_text
from shekara.median.tables.tables import dms
from shekara.storage import write_file

if TYPE_CHECKING:
    from shekara.median.delimitation.command import Delimitation

# Decimals of a length below a metre.
SMALL = 3

STYLE = """
@page { size: A4; margin: 18mm }
body { font: 10pt/1.4 "Source Serif 4", Georgia, serif; max-width: 175mm; margin: auto }
h1 { font-size: 16pt } h2 { font-size: 12pt; break-after: avoid }
table { border-collapse: collapse; font-size: 7pt; width: 100% }
th, td { border-bottom: 0.4pt solid #999; padding: 1.5pt 3pt; text-align: right }
th { vertical-align: bottom } td:first-child, th:first-child { text-align: left }
thead { display: table-header-group } tr { break-inside: avoid }
svg { width: 100%; height: auto } caption { text-align: left; font-weight: bold }
.wide { overflow-x: auto }
"""


def refuse_language(language: str) -> None:
    """Refuse a language that the program has no words of."""
    if language not in built_in():
        raise UsageError(f"lang: {language!r}; give one of {', '.join(built_in())}")


def write_document(whole: Delimitation, path: Path, language: str) -> None:
    """Write the document as one HTML file that prints on A4.

    Raises
    ------
    UsageError
        The language is none of the program's, or the file's name does not end in .html.
    """
    refuse_language(language)
    if path.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{path}: a document is an HTML file; give a name that ends in .html")
    write_file(path, document(whole, Translator(language)))


def document(whole: Delimitation, words: Translator) -> str:
    """The document as HTML."""
    division = whole.division
    title = _say(words, "title", owners=" – ".join(division.owners))
    facts = [
        (_say(words, "method"), _method(whole, words)),
        (_say(words, "datum"), whole.final.datum),
        ("", _say(words, "edges", edges=division.edges)),
        ("", _say(words, "rounding", seconds=words.number(whole.final.round_seconds))),
    ]
    if whole.band is not None and len(whole.band):
        facts.append(("", _accuracy(whole, words)))
    parts = [
        f"<h1>{escape(title)}</h1>",
        "<dl>" + "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in facts) + "</dl>",
        f"<h2>{escape(_say(words, 'map'))}</h2>",
        map_svg(whole, title),
        _points(whole, words),
        _exchanged(whole, words),
        _areas(whole, words),
        _coasts(whole, words),
    ]
    remarks = [*division.remarks, *map(doubt_text, division.doubtful.itertuples())]
    if remarks:
        items = "".join(f"<li>{escape(_remark(text, words))}</li>" for text in remarks)
        parts.append(f"<h2>{escape(_say(words, 'remarks'))}</h2><ul>{items}</ul>")
    return (
        f'<!doctype html>\n<html lang="{words.lang}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>"
        + "\n".join(part for part in parts if part)
        + "</body></html>\n"
    )


def _say(words: Translator, key: str, **values: object) -> str:
    return words.message(f"delimitation_{key}", **values)


def _remark(text: str, words: Translator) -> str:
    """A remark in the document's language; a sentence without words of its own as it stands."""
    if not isinstance(text, Remark):
        return text
    filling = {
        name: words.quantity(value[1], value[0], SMALL if abs(value[1]) < 1 else 1)
        if isinstance(value, tuple)
        else _say(words, value)
        if isinstance(value, Word)
        else value
        for name, value in text.filling.items()
    }
    return _say(words, text.key, **filling)


def _method(whole: Delimitation, words: Translator) -> str:
    weighted = whole.division.weighted
    if weighted is None or weighted.equal:
        return _say(words, "equidistance")
    least = float(weighted.weight.min())
    named = zip(weighted.shores.owners, weighted.weight.tolist(), strict=True)
    text = ", ".join(f"{owner} {words.number(round(w / least, 6))}" for owner, w in named)
    return _say(words, "equiratio", weights=text)


def _accuracy(whole: Delimitation, words: Translator) -> str:
    band = whole.band
    assert band is not None
    sides = [*zip(band["owner_a"], band["accuracy_a_m"], strict=True)]
    # Where shores state their own, the worst of each owner is told.
    of = dict(sorted([*sides, *zip(band["owner_b"], band["accuracy_b_m"], strict=True)]))
    said = {owner: words.quantity(float(metres), "m") for owner, metres in sorted(of.items())}
    accuracy = (
        next(iter(said.values()))
        if len(set(said.values())) == 1
        else ", ".join(f"{metres} ({owner})" for owner, metres in said.items())
    )
    return _say(
        words,
        "uncertainty",
        accuracy=accuracy,
        least=words.quantity(float(band["least_m"].min()), "m", 1),
        most=words.quantity(float(band["greatest_m"].max()), "m", 1),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _points(whole: Delimitation, words: Translator) -> str:
    """One table for each pair of owners."""
    decimals = max(0, int(np.ceil(-np.log10(whole.final.round_seconds) - 1e-9)))
    out = []
    for (a, b), points in whole.final.points.groupby(["owner_a", "owner_b"], sort=False):
        head = [
            _say(words, "number"), _say(words, "latitude"), _say(words, "longitude"),
            _say(words, "next"), _say(words, "azimuth"),
            _say(words, "base", owner=a), _say(words, "distance"), _say(words, "azimuth"),
            _say(words, "base", owner=b), _say(words, "distance"), _say(words, "azimuth"),
            _say(words, "difference"),
        ]  # fmt: skip
        rows = [_point(row, words, decimals) for row in points.itertuples()]
        out.append(_table(head, rows, f"{_say(words, 'points')}: {a} – {b}"))
    return "\n".join(out)


class FinalPoint(Protocol):
    """One row of the table of turning points, as `itertuples` gives it."""

    number: int
    lon_dms: str
    lat_dms: str
    edge: str
    to_next_m: float
    to_next_azimuth_deg: float
    difference_m: float


def _point(row: FinalPoint, words: Translator, decimals: int) -> list[str]:
    last = row.edge == "end"
    cells = [str(row.number), row.lat_dms, row.lon_dms]
    cells += (
        ["", ""]
        if last
        else [words.quantity(row.to_next_m, "m", 1), f"{row.to_next_azimuth_deg:.4f}°"]
    )
    for side in "ab":
        lon, lat, metres, azimuth = (
            getattr(row, f"base_{side}_{name}")
            for name in ("lon", "lat", "distance_m", "azimuth_deg")
        )
        place = f"{dms(lat, 'NS', decimals)} {dms(lon, 'EW', decimals)}"
        cells += [place, words.quantity(metres, "m", 1), f"{azimuth:.4f}°"]
    # No minus before a zero.
    return [*cells, words.quantity(round(row.difference_m, 1) + 0.0, "m", 1)]


def _exchanged(whole: Delimitation, words: Translator) -> str:
    rows = []
    for row in whole.final.exchanged.to_dict("records"):
        for a, b, area in (
            (row["owner_a"], row["owner_b"], row["a_to_b_m2"]),
            (row["owner_b"], row["owner_a"], row["b_to_a_m2"]),
        ):
            rows.append([_say(words, "from_to", a=a, b=b), words.quantity(area, "m2", 0)])
    return _table(["", _say(words, "area")], rows, _say(words, "exchanged"))


def _areas(whole: Delimitation, words: Translator) -> str:
    sectors = whole.division.sectors
    if sectors is None:
        return ""
    rows = []
    for row in sectors.itertuples():
        share = f"{words.number(row.share * 100, 3)} %"
        rows.append([row.owner, words.quantity(row.area_m2 / 1e6, "km2", 3), share])
    return _table(["", _say(words, "area"), ""], rows, _say(words, "areas"))


def _coasts(whole: Delimitation, words: Translator) -> str:
    names = [
        _say(words, "drawn"),
        *(_say(words, "general", size=words.quantity(n, "km")) for n in (1, 10)),
        _say(words, "direction"),
    ]
    rows = [
        [row["owner"], *(words.quantity(row[m] / 1000, "km", 1) for m in METHODS)]
        for row in whole.lengths.to_dict("records")
    ]
    out = _table(["", *names], rows, _say(words, "coasts"))
    if whole.proportion is None or not len(whole.proportion):
        return out
    quotients = [name for name in whole.proportion.columns if name.endswith("_quotient")]
    rows = [
        [f"{row['owner_a']} : {row['owner_b']}", *(words.number(row[q], 3) for q in quotients)]
        for row in whole.proportion.to_dict("records")
    ]
    return out + _table(["", *names[: len(quotients)]], rows, _say(words, "proportion"))
