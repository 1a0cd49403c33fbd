"""The verdict on a claim is decided here: measured on its layer, judged, told with its doubts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shekara.atlas import Atlas, Claim, Layer
from shekara.atlas.cross import MEASURED
from shekara.claims.evidence import evidence
from shekara.claims.kind import Judgement, Kind, PerSource
from shekara.claims.measurement import Measurement, Reason
from shekara.claims.naming import feature_name
from shekara.claims.result import Evidence, SourceVerdict, Verdict
from shekara.errors import Problem, UsageError
from shekara.measuring import Interval
from shekara.spelling import way_out
from shekara.tasks import Scheduler, Task
from shekara.verdicts import VerdictWord


def check(claim: Claim, atlas: Atlas) -> Verdict:
    """Measure one claim and say whether it holds."""
    kind = bound(claim)
    layer = atlas.layers[claim.layer]
    if isinstance(kind, PerSource) and kind.each is not None:
        return _each(claim, kind, layer, atlas, kind.each)
    measurement = kind.measurement(layer, atlas)
    based = evidence(claim, kind, atlas)
    word, reasons = _dated(claim, _carried(kind.judgement(measurement), based))
    return Verdict(claim, word, measurement, kind, reasons, evidence=based)


def bound(claim: Claim) -> Kind:
    """The kind that a claim was bound to when its atlas was read.

    Raises
    ------
    TypeError
        The atlas was read with kinds that cannot be measured (a fault of the program).
    """
    if not isinstance(claim.asks, Kind):
        raise TypeError(f"claim {claim.id} was bound to no kind of shekara.claims.KINDS")
    return claim.asks


def check_all(atlas: Atlas, scheduler: Scheduler | None = None) -> tuple[Verdict, ...]:
    """Every claim of the atlas, in its order.

    Parameters
    ----------
    atlas
        A loaded atlas.
    scheduler
        What measures the claims, each by itself: processes or a cluster; this process when None.
    """
    return check_each(atlas.claims, atlas, scheduler)


def check_each(
    claims: Sequence[Claim], atlas: Atlas, scheduler: Scheduler | None = None
) -> tuple[Verdict, ...]:
    """Some claims of an atlas, in their order; see `check_all`."""
    if scheduler is None:
        return tuple(check(claim, atlas) for claim in claims)
    tasks = (
        Task(str(place), check, (claim,), common=(atlas,)) for place, claim in enumerate(claims)
    )
    verdicts = dict(scheduler.run(tasks))
    return tuple(replace(verdicts[str(place)], claim=claim) for place, claim in enumerate(claims))


def claim_by_id(atlas: Atlas, name: str) -> Claim:
    """A claim by its id.

    Raises
    ------
    UsageError
        There is none.
    """
    result = {claim.id: claim for claim in atlas.claims}
    if name not in result:
        raise UsageError(f"there is no claim {name!r}; {way_out(name, result)}")
    return result[name]


def problems(atlas: Atlas) -> Iterator[Problem]:
    """Names in the claims of an atlas that lead nowhere: layers, attributes."""
    names = {path.stem for path in (atlas.folder / "layers").glob("*.toml")}
    for claim in atlas.claims:
        yield from _names(claim, atlas, names)


def _names(claim: Claim, atlas: Atlas, names: set[str]) -> Iterator[Problem]:
    label, asks = f"layers/{claim.layer}.toml", claim.asks
    for other in asks.LAYERS:
        name = getattr(asks, other)
        if name is not None and name not in names:
            key = f"claim {claim.id}.{claim.kind}.{other}"
            yield Problem(label, key, repr(name), "names no layer", way_out(name, names))
    for parameter, owner in asks.ATTRIBUTES:
        value = getattr(asks, parameter, None)
        name = (getattr(asks, owner) if owner else None) or claim.layer
        if not value or name not in atlas.layers:
            continue
        layer = atlas.layers[name]
        key = f"claim {claim.id}.{claim.kind}.{parameter}"
        for field in [value] if isinstance(value, str) else value:
            if layer.properties and field not in layer.fields and field not in MEASURED:
                rule = f"is no attribute of the layer {name}"
                yield Problem(label, key, repr(field), rule, way_out(field, layer.fields))


def _carried(judged: Judgement, based: Evidence) -> Judgement:
    """The verdict, unless its sources are recalled or unnamed: these decide nothing."""
    doubt = based.doubt
    if doubt is None or judged.word not in ("holds", "fails", "documented"):
        return judged
    decided = ("reason_inside", "reason_outside", "reason_true", "reason_false")
    rest = (reason for reason in judged.reasons if reason.key not in decided)
    return Judgement("cannot tell", (doubt, *rest))


def _dated(claim: Claim, judged: Judgement) -> Judgement:
    """What held once and does so no longer is outdated."""
    until = claim.table.until
    if until is None or judged.word not in ("holds", "documented"):
        return judged
    reason = Reason("reason_outdated", {"until": str(until)})
    # That the interval agrees with the statement was said of its own time.
    kept = (each for each in judged.reasons if each.key != "reason_inside")
    return Judgement("outdated", (reason, *kept))


def _each(claim: Claim, kind: PerSource, layer: Layer, atlas: Atlas, field: str) -> Verdict:
    """One measurement per source; those that decide must agree."""
    chosen = layer.select(kind.where)
    values = list(dict.fromkeys(layer.properties[int(i)].get(field) for i in chosen))
    sources: list[SourceVerdict] = []
    groups: dict[VerdictWord, list[Measurement]] = {}
    for value in values:
        narrowed = kind.model_copy(update={"where": {**kind.where, field: value}, "each": None})
        measurement = narrowed.measurement(layer, atlas)
        word, _ = _carried(narrowed.judgement(measurement), evidence(claim, narrowed, atlas))
        sources.append(SourceVerdict(_source_name(layer, field, value), word, measurement.interval))
        groups.setdefault(word, []).append(measurement)
    deciding = [word for word in ("holds", "fails") if word in groups]
    word = deciding[0] if len(deciding) == 1 else "cannot tell"
    members = groups.get(word) or [
        measurement for group in groups.values() for measurement in group
    ]
    if not members:
        return Verdict(
            claim, "cannot tell", Measurement(kind.UNIT), kind, (Reason("reason_nothing_chosen"),)
        )
    merged = replace(
        members[0],
        interval=_hull([measurement.interval for measurement in members if measurement.interval]),
        features=tuple(name for measurement in members for name in measurement.features),
        undecided=None,
        remarks=(),
    )
    numbers = {
        w.replace(" ", "_"): len(groups.get(w, [])) for w in ("holds", "fails", "cannot tell")
    }
    key = "reason_sources_disagree" if len(deciding) == 2 else "reason_sources"
    based = evidence(claim, kind, atlas)
    reasons = (Reason(key, numbers), *([based.doubt] if based.doubt is not None else []))
    return Verdict(claim, word, merged, kind, reasons, tuple(sources), based)


def _source_name(layer: Layer, field: str, value: object) -> str | dict[str, str]:
    """A source as a reader knows it: by its words, by the name of its only feature, else as is."""
    info = layer.file.field.get(field)
    if info and str(value) in info.values:
        return info.values[str(value)]
    same = [index for index, row in enumerate(layer.properties) if row.get(field) == value]
    if len(same) == 1:
        return feature_name(layer, same[0], str(value))
    return str(value)


def _hull(intervals: list[Interval]) -> Interval | None:
    """The spread of the sources: of those with two ends, else the best of the lower bounds."""
    if not intervals:
        return None
    closed = [interval for interval in intervals if math.isfinite(interval.high)]
    if not closed:
        return max(intervals, key=lambda interval: interval.low)
    intervals = closed
    return Interval(
        intervals[0].value,
        min(interval.low for interval in intervals),
        max(interval.high for interval in intervals),
    )
