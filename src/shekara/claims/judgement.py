"""Claims held beside their layers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from shekara.atlas import Atlas, Claim, Layer
from shekara.atlas.cross import MEASURED
from shekara.atlas.faults import problems_of
from shekara.claims.evidence import evidence
from shekara.claims.kinds import KINDS, Kind
from shekara.claims.statements import Documented
from shekara.claims.verdict import Evidence, Measurement, Reason, SourceVerdict, Verdict
from shekara.errors import InputError, Problem, UsageError
from shekara.measure import Interval
from shekara.spelling import way_out
from shekara.verdicts import VerdictWord


def check(claim: Claim, atlas: Atlas) -> Verdict:
    """Measure one claim and say whether it holds.

    Raises:
        InputError: the claim's kind or parameters are wrong; `problems` says so before.
    """
    kind = _kind(claim)
    params = _params(claim, kind)
    layer = atlas.layers[claim.layer]
    each = getattr(params, "each", None)
    if each is not None:
        return _each(claim, kind, params, layer, atlas, each)
    found = kind.measure(layer, params, atlas, kind.unit)
    based = evidence(claim, kind, params, atlas)
    word, reasons = _carried(*_judged(params, found), based)
    return Verdict(claim, word, found, params, reasons, evidence=based)


def check_all(atlas: Atlas) -> tuple[Verdict, ...]:
    """Every claim of the atlas, in its order."""
    return tuple(check(claim, atlas) for claim in atlas.claims)


def claim_by_id(atlas: Atlas, name: str) -> Claim:
    """A claim by its id.

    Raises:
        UsageError: there is none.
    """
    found = {claim.id: claim for claim in atlas.claims}
    if name not in found:
        raise UsageError(f"there is no claim {name!r}; {way_out(name, found)}")
    return found[name]


def problems(atlas: Atlas) -> Iterator[Problem]:
    """Everything wrong with the claims of an atlas: kinds, parameters, names that lead nowhere."""
    names = {path.stem for path in (atlas.folder / "layers").glob("*.toml")}
    for claim in atlas.claims:
        label, key = f"layers/{claim.layer}.toml", f"claim {claim.id}"
        kind = KINDS.get(claim.kind)
        if kind is None:
            remedy = way_out(claim.kind, KINDS)
            yield Problem(label, f"{key}.{claim.kind}", "", "is no kind of claim", remedy)
            continue
        try:
            params = kind.params.model_validate(dict(claim.params))
        except ValidationError as error:
            for found in problems_of(error, label, kind.params, claim.params):
                place = f"{key}.{claim.kind}" + (f".{found.key}" if found.key else "")
                yield replace(found, key=place)
            continue
        yield from _names(claim, kind, params, atlas, names)


def _names(
    claim: Claim, kind: Kind, params: Any, atlas: Atlas, names: set[str]
) -> Iterator[Problem]:
    label = f"layers/{claim.layer}.toml"
    for other in kind.others:
        name = getattr(params, other)
        if name is not None and name not in names:
            key = f"claim {claim.id}.{claim.kind}.{other}"
            yield Problem(label, key, repr(name), "names no layer", way_out(name, names))
    for parameter, owner in kind.fields:
        value = getattr(params, parameter, None)
        name = (getattr(params, owner) if owner else None) or claim.layer
        if not value or name not in atlas.layers:
            continue
        layer = atlas.layers[name]
        key = f"claim {claim.id}.{claim.kind}.{parameter}"
        for field in [value] if isinstance(value, str) else value:
            if layer.properties and field not in layer.fields and field not in MEASURED:
                rule = f"is no attribute of the layer {name}"
                yield Problem(label, key, repr(field), rule, way_out(field, layer.fields))


def _kind(claim: Claim) -> Kind:
    if claim.kind not in KINDS:
        where = f"layers/{claim.layer}.toml: claim {claim.id}.{claim.kind}"
        raise InputError(f"{where}: is no kind of claim; {way_out(claim.kind, KINDS)}")
    return KINDS[claim.kind]


def _params(claim: Claim, kind: Kind) -> Any:
    try:
        return kind.params.model_validate(dict(claim.params))
    except ValidationError as error:
        label = f"layers/{claim.layer}.toml: claim {claim.id}"
        found = problems_of(error, label, kind.params, claim.params)
        raise InputError("\n".join(str(problem) for problem in found)) from error


def _judged(params: Any, found: Measurement) -> tuple[VerdictWord, tuple[Reason, ...]]:
    """The verdict that a measurement allows, and why."""
    if found.method == "method_not_checkable":
        return "not checkable", found.remarks
    if isinstance(params, Documented):
        return ("documented" if params.confirms else "fails"), found.remarks
    if found.undecided is not None:
        return "cannot tell", (found.undecided, *found.remarks)
    if found.interval is not None:
        word = params.outcome(found.interval)
        key = {"holds": "reason_inside", "fails": "reason_outside"}.get(word, "reason_straddles")
        return word, (Reason(key), *found.remarks)
    if found.truth is None:
        return "cannot tell", (Reason("reason_positions"), *found.remarks)
    agrees = found.truth is params.expected
    key = "reason_true" if found.truth else "reason_false"
    return ("holds" if agrees else "fails"), (Reason(key), *found.remarks)


def _carried(
    word: VerdictWord, reasons: tuple[Reason, ...], based: Evidence
) -> tuple[VerdictWord, tuple[Reason, ...]]:
    """The verdict, unless its sources are recalled or unnamed: these decide nothing."""
    doubt = based.doubt
    if doubt is None or word not in ("holds", "fails", "documented"):
        return word, reasons
    decided = ("reason_inside", "reason_outside", "reason_true", "reason_false")
    return "cannot tell", (doubt, *(one for one in reasons if one.key not in decided))


def _each(claim: Claim, kind: Kind, params: Any, layer: Layer, atlas: Atlas, field: str) -> Verdict:
    """One measurement per source; those that decide must agree."""
    chosen = layer.select(params.where)
    values = list(dict.fromkeys(layer.properties[int(i)].get(field) for i in chosen))
    sources: list[SourceVerdict] = []
    found: dict[VerdictWord, list[Measurement]] = {}
    for value in values:
        narrowed = params.model_copy(update={"where": {**params.where, field: value}, "each": None})
        one = kind.measure(layer, narrowed, atlas, kind.unit)
        word, _ = _carried(*_judged(narrowed, one), evidence(claim, kind, narrowed, atlas))
        sources.append(SourceVerdict(_source_name(layer, field, value), word, one.interval))
        found.setdefault(word, []).append(one)
    deciding = [word for word in ("holds", "fails") if word in found]
    word = deciding[0] if len(deciding) == 1 else "cannot tell"
    members = found.get(word) or [one for group in found.values() for one in group]
    if not members:
        return Verdict(
            claim, "cannot tell", Measurement(kind.unit), params, (Reason("reason_nothing_chosen"),)
        )
    merged = replace(
        members[0],
        interval=_hull([one.interval for one in members if one.interval]),
        features=tuple(name for one in members for name in one.features),
        undecided=None,
        remarks=(),
    )
    numbers = {
        w.replace(" ", "_"): len(found.get(w, [])) for w in ("holds", "fails", "cannot tell")
    }
    key = "reason_sources_disagree" if len(deciding) == 2 else "reason_sources"
    based = evidence(claim, kind, params, atlas)
    return Verdict(claim, word, merged, params, (Reason(key, numbers),), tuple(sources), based)


def _source_name(layer: Layer, field: str, value: Any) -> str | dict[str, str]:
    """A source as a reader knows it: by its words, by the name of its only feature, else as is."""
    info = layer.file.field.get(field)
    if info and str(value) in info.values:
        return info.values[str(value)]
    own = layer.select({field: value})
    if len(own) == 1:
        found = layer.properties[int(own[0])]
        names = {key[5:]: str(text) for key, text in found.items() if key.startswith("name_")}
        return names or str(found.get("name") or value)
    return str(value)


def _hull(intervals: list[Interval]) -> Interval | None:
    """The spread of the sources: of those with two ends, else the best of the lower bounds."""
    if not intervals:
        return None
    closed = [one for one in intervals if math.isfinite(one.high)]
    if not closed:
        return max(intervals, key=lambda one: one.low)
    intervals = closed
    return Interval(
        intervals[0].value,
        min(one.low for one in intervals),
        max(one.high for one in intervals),
    )
