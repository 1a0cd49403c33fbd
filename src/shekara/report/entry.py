"""One claim of the report as a reader reads it, in one language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from shekara import words
from shekara.atlas import Atlas, Layer
from shekara.atlas.files import Source
from shekara.claims import KINDS, SourceVerdict, Verdict
from shekara.claims.kind import PerSource
from shekara.claims.statements import Documented
from shekara.report.characters import clean
from shekara.report.difference import Difference, difference
from shekara.scene.assembly import scene_claim
from shekara.scene.model import SceneClaim
from shekara.verdicts import VERDICTS, VerdictWord


@dataclass(frozen=True)
class Origin:
    """A source with its licence.

    `date` is in words, `iso` as a year or YYYY-MM-DD; `url` is an address that a browser may
    follow. Each may be "".
    """

    name: str
    license: str
    date: str
    iso: str
    url: str


@dataclass(frozen=True)
class MapLink:
    """A map that is evidence for a claim."""

    name: str
    title: str


@dataclass(frozen=True)
class SourceRow:
    """What one of several sources says of a claim."""

    name: str
    measured: str
    interval: str
    difference: str
    verdict: str
    verdict_text: str


@dataclass(frozen=True)
class Entry:
    """A claim, its verdict and everything that stands beside it."""

    claim: SceneClaim
    recorded: str
    as_recorded: bool
    recorded_text: str
    kind: str  # the kind's family: length, area, share ...
    kind_title: str
    layer_title: str
    stated: float | None
    measured: float | None
    unit: str
    difference: Difference | None
    basis: str
    quality: str
    origins: tuple[Origin, ...]
    sources: tuple[SourceRow, ...]
    maps: tuple[MapLink, ...]
    note: str
    url: str


def entries(
    atlas: Atlas, verdicts: Iterable[Verdict], lang: str, maps: Collection[str] | None = None
) -> tuple[Entry, ...]:
    """Every claim in its order; links lead to `maps` only (None: to all that list the claim)."""
    return tuple(entry(atlas, verdict, lang, maps) for verdict in verdicts)


def entry(atlas: Atlas, verdict: Verdict, lang: str, maps: Collection[str] | None = None) -> Entry:
    """One claim."""
    claim, found = verdict.claim, verdict.measurement
    layer = atlas.layers[claim.layer]
    kind = family(claim.kind)
    measured = verdict.claimed.RESTS_ON == "layers"
    return Entry(
        claim=scene_claim(verdict, atlas, lang),
        recorded=verdict.recorded,
        as_recorded=verdict.as_recorded,
        recorded_text=verdict_word(verdict.recorded, lang),
        kind=kind,
        kind_title=words.words(lang).get(f"report_kind_{kind}", kind),
        layer_title=clean(words.say(layer.file.title, lang)),
        stated=verdict.claimed.stated,
        measured=found.interval.value if found.interval else None,
        unit=found.unit,
        difference=difference(verdict, atlas),
        basis=words.word(f"report_basis_{found.basis}", lang) if measured else "",
        quality=_quality(layer, found.features, lang) if verdict.claimed.looks_at_shapes else "",
        origins=origins(atlas, verdict, lang),
        sources=tuple(_source(one, atlas, verdict, lang) for one in verdict.sources),
        maps=tuple(
            MapLink(item.name, clean(words.say(item.file.title, lang)))
            for item in atlas.maps.values()
            if claim.id in item.file.claims and (maps is None or item.name in maps)
        ),
        note=clean(words.say(claim.table.note or "", lang)),
        url=web_address(claim.table.url or ""),
    )


def family(kind: str) -> str:
    """A kind of claim without its unit: length_km and length_M are both length."""
    unit = KINDS[kind].UNIT if kind in KINDS else ""
    tail = {"%": "_percent"}.get(unit, f"_{unit}")
    return kind.removesuffix(tail) if unit else kind


def verdict_word(verdict: VerdictWord, lang: str) -> str:
    """A verdict in the reader's language."""
    return words.word(VERDICTS[verdict].text_key, lang)


def origins(atlas: Atlas, verdict: Verdict, lang: str) -> tuple[Origin, ...]:
    """Where the evidence comes from: the document, or the sources of all layers looked at."""
    claimed = verdict.claimed
    if isinstance(claimed, Documented):
        by, date = clean(words.say(claimed.by, lang)), _date(claimed.date, lang)
        return (Origin(by, "", date, _iso(claimed.date), web_address(claimed.url)),)
    if claimed.RESTS_ON != "layers":
        return ()
    named = [getattr(claimed, other) for other in claimed.LAYERS]
    found: dict[Origin, None] = {}
    for name in (verdict.claim.layer, *named):
        if name is not None and name in atlas.layers:
            for source in atlas.layers[name].file.source:
                found[_origin(source, lang)] = None
    return tuple(found)


def web_address(address: str | None) -> str:
    """The address when a browser may follow it; a doi: as its resolver's; else nothing."""
    text = (address or "").strip()
    if text.startswith("doi:"):
        text = "https://doi.org/" + text[4:].strip()
    return clean(text) if re.fullmatch(r"https?://[^\s<>\"]+", text) else ""


def _origin(source: Source, lang: str) -> Origin:
    name = clean(words.say(source.name, lang))
    date, url = _date(source.date, lang), web_address(source.url)
    return Origin(name, source.license or "", date, _iso(source.date), url)


def _date(value: datetime.date | int | None, lang: str) -> str:
    if value is None:
        return ""
    return words.year(value) if isinstance(value, int) else words.day(value, lang)


def _iso(value: datetime.date | int | None) -> str:
    return "" if value is None else str(value)


def _quality(layer: Layer, features: Collection[str], lang: str) -> str:
    """How well the geometry of what was measured is known; the whole layer's where none is named.

    Accuracy and resolution are given as a range where features differ.
    """
    wanted = set(features)
    every = range(len(layer.properties))
    chosen = [i for i in every if layer.feature_id(i) in wanted] or list(every)
    words_of = (words.word(f"precision_{p}", lang) for p in _found(layer, chosen, "precision"))
    parts = list(words_of)
    for key, word in (("accuracy_m", "report_accuracy"), ("resolution_m", "report_resolution")):
        found = sorted(float(value) for value in _found(layer, chosen, key) if value)
        if found:
            amount = words.quantity(found[-1], "m", lang)
            if found[0] != found[-1]:
                amount = f"{words.number(found[0], lang)}–{amount}"
            parts.append(words.word(word, lang, amount=amount))
    return ", ".join(parts)


def _found(layer: Layer, chosen: Iterable[int], key: str) -> list[Any]:
    """The different values of a quality among features, in their order."""
    return list(dict.fromkeys(layer.quality(index, key) for index in chosen))


def _source(one: SourceVerdict, atlas: Atlas, verdict: Verdict, lang: str) -> SourceRow:
    layer = atlas.layers[verdict.claim.layer]
    each = verdict.claimed.each if isinstance(verdict.claimed, PerSource) else None
    info = layer.file.field.get(each or "")
    values = info.values if info else {}
    given = one.name
    name = words.say(values.get(given, given) if isinstance(given, str) else given, lang)
    measured = replace(verdict.measurement, interval=one.interval, truth=None)
    alone = replace(verdict, verdict=one.verdict, measurement=measured, sources=())
    apart = difference(alone, atlas)
    return SourceRow(
        name=clean(name),
        measured=alone.measured_text(lang) if one.interval else "",
        interval=alone.interval_text(lang),
        difference=apart.text(lang) if apart else "",
        verdict=one.verdict,
        verdict_text=verdict_word(one.verdict, lang),
    )
