"""The claims beside a map: verdicts in words of one language, and what the words mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from shekara import claims
from shekara.atlas import Atlas, Map
from shekara.claims import Verdict
from shekara.i18n import Translator
from shekara.scene.attribution import attribution
from shekara.scene.citations import citations
from shekara.scene.evidence import evidence
from shekara.scene.model import SceneClaim
from shekara.verdicts import VERDICTS


def shown_claims(
    atlas: Atlas,
    item: Map,
    verdicts: Mapping[str, Verdict] | None,
    say: Translator,
    drawn_ids: Collection[str],
) -> Iterator[SceneClaim]:
    """A map's claims with the shapes that show them; `drawn_ids` are features on the map."""
    known = verdicts or {}
    for name in item.file.claims:
        verdict = known.get(name) or claims.check(claims.claim_by_id(atlas, name), atlas)
        yield replace(
            scene_claim(verdict, atlas, say),
            against=verdict.against(atlas),
            evidence=tuple(evidence(verdict, atlas, say, drawn_ids)),
        )


def scene_claim(verdict: Verdict, atlas: Atlas, say: Translator) -> SceneClaim:
    """A verdict in words of one language."""
    claim, measured = verdict.claim, verdict.measurement
    layer = atlas.layers[claim.layer]
    cited = verdict.evidence.sources or tuple(layer.file.source)
    names = [say.text(source.name) for source in cited]
    return SceneClaim(
        id=claim.id,
        layer=claim.layer,
        says=say.text(claim.table.says),
        claimed=verdict.claimed_text(say),
        measured=verdict.measured_text(say),
        interval=verdict.interval_text(say),
        verdict=verdict.verdict,
        verdict_text=say.message(VERDICTS[verdict.verdict].text_key),
        reason=verdict.reason(say),
        source="; ".join(dict.fromkeys(names)),
        method=say.message(measured.method) if measured.method else "",
        text=attribution(claim, atlas, say),
        features=measured.features,
        official=say.text(claim.table.official or ""),
        note=say.text(claim.table.note or ""),
        origin=claim.table.origin,
        citations=citations(cited, say),
        basis=say.message(f"report_ground_{verdict.ground or 'none'}"),
    )


def scale(shown: Iterable[SceneClaim], say: Translator) -> Iterator[str]:
    """What the verdicts beside the map mean, in one line."""
    words = {claim.verdict for claim in shown}
    lines = [
        say.message("scale_entry", word=say.message(row.text_key), how=say.message(row.how_key))
        for word, row in VERDICTS.items()
        if word in words
    ]
    if lines:
        yield "; ".join(lines) + "."
