"""One claim of the report as a reader reads it, in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from shekara.atlas import Atlas, Layer
from shekara.atlas.model import Metres
from shekara.atlas.statement import Correction
from shekara.characters import clean
from shekara.claims import KINDS, SourceVerdict, Verdict
from shekara.claims.kind import PerSource
from shekara.i18n import Translator
from shekara.report.difference import Difference, difference
from shekara.scene.citations import Citation, citations, web_address
from shekara.scene.model import SceneClaim
from shekara.scene.statements import scene_claim
from shekara.verdicts import VERDICTS, VerdictWord


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
    origin: str  # whose statement it is: the text's, the atlas's, the press's
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
    corrections: tuple[str, ...]
    quality: str
    origins: tuple[Citation, ...]
    sources: tuple[SourceRow, ...]
    maps: tuple[MapLink, ...]
    note: str
    url: str


def entries(
    atlas: Atlas, verdicts: Iterable[Verdict], say: Translator, maps: Collection[str] | None = None
) -> tuple[Entry, ...]:
    """Every claim in its order; links lead to `maps` only (None: to all that list the claim)."""
    return tuple(entry(atlas, verdict, say, maps) for verdict in verdicts)


def entry(
    atlas: Atlas, verdict: Verdict, say: Translator, maps: Collection[str] | None = None
) -> Entry:
    """One claim."""
    claim, result = verdict.claim, verdict.measurement
    layer = atlas.layers[claim.layer]
    kind = family(claim.kind)
    return Entry(
        claim=scene_claim(verdict, atlas, say),
        origin=claim.table.origin,
        recorded=verdict.recorded,
        as_recorded=verdict.as_recorded,
        recorded_text=verdict_word(verdict.recorded, say),
        kind=kind,
        kind_title=say.message(f"report_kind_{kind}"),
        layer_title=clean(say.text(layer.file.title)),
        stated=verdict.claimed.stated,
        measured=result.interval.value if result.interval else None,
        unit=result.unit,
        difference=difference(verdict, atlas),
        basis=say.message(f"report_ground_{verdict.ground}") if verdict.ground else "",
        corrections=tuple(
            _corrected(correction_row, say) for correction_row in claim.table.correction
        ),
        quality=_quality(layer, result.features, say) if verdict.claimed.looks_at_shapes else "",
        origins=origins(verdict, say),
        sources=tuple(
            _source(correction_row, atlas, verdict, say) for correction_row in verdict.sources
        ),
        maps=tuple(
            MapLink(item.name, clean(say.text(item.file.title)))
            for item in atlas.maps.values()
            if claim.id in item.file.claims and (maps is None or item.name in maps)
        ),
        note=clean(say.text(claim.table.note or "")),
        url=web_address(claim.table.url or ""),
    )


def family(kind: str) -> str:
    """A kind of claim without its unit: length_km and length_M are both length."""
    unit = KINDS[kind].UNIT if kind in KINDS else ""
    tail = {"%": "_percent"}.get(unit, f"_{unit}")
    return kind.removesuffix(tail) if unit else kind


def verdict_word(verdict: VerdictWord, say: Translator) -> str:
    """A verdict in the reader's language."""
    return say.message(VERDICTS[verdict].text_key)


def origins(verdict: Verdict, say: Translator) -> tuple[Citation, ...]:
    """Where the evidence comes from, in order of use."""
    return citations(verdict.evidence.sources, say)


def _corrected(correction: Correction, say: Translator) -> str:
    day, why = say.day(correction.date), clean(say.text(correction.why))
    if correction.was is None or correction.now is None:
        return say.message("report_corrected_words", day=day, why=why)
    words = {"was": verdict_word(correction.was, say), "now": verdict_word(correction.now, say)}
    return say.message("report_corrected", day=day, why=why, **words)


QUALITIES: tuple[tuple[Metres, str], ...] = (
    ("accuracy_m", "report_accuracy"), ("resolution_m", "report_resolution"),
)  # fmt: skip


def _quality(layer: Layer, features: Collection[str], say: Translator) -> str:
    """How well the geometry of what was measured is known; the whole layer's where none is named.

    Accuracy and resolution are given as a range where features differ.
    """
    wanted = set(features)
    every = range(len(layer.properties))
    chosen = [i for i in every if layer.feature_id(i) in wanted] or list(every)
    precisions = dict.fromkeys(layer.quality(index, "precision") for index in chosen)
    parts = [say.message(f"precision_{precision}") for precision in precisions]
    for key, word in QUALITIES:
        values = sorted({value for index in chosen if (value := layer.quality(index, key))})
        if values:
            amount = say.quantity(values[-1], "m")
            if values[0] != values[-1]:
                amount = f"{say.number(values[0])}–{amount}"
            parts.append(say.message(word, amount=amount))
    return ", ".join(parts)


def _source(
    source_verdict: SourceVerdict, atlas: Atlas, verdict: Verdict, say: Translator
) -> SourceRow:
    layer = atlas.layers[verdict.claim.layer]
    each = verdict.claimed.each if isinstance(verdict.claimed, PerSource) else None
    info = layer.file.field.get(each or "")
    values = info.values if info else {}
    given = source_verdict.name
    name = say.text(values.get(given, given) if isinstance(given, str) else given)
    measured = replace(verdict.measurement, interval=source_verdict.interval, truth=None)
    alone = replace(verdict, verdict=source_verdict.verdict, measurement=measured, sources=())
    apart = difference(alone, atlas)
    return SourceRow(
        name=clean(name),
        measured=alone.measured_text(say) if source_verdict.interval else "",
        interval=alone.interval_text(say),
        difference=apart.text(say) if apart else "",
        verdict=source_verdict.verdict,
        verdict_text=verdict_word(source_verdict.verdict, say),
    )
