"""What a reader reads on a page, in one language: the map's texts and the page's own words.

All of it is plain text; the page's program makes text nodes of it, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shekara.scene.citations import Citation, bibliography, licence_text, web_address
from shekara.scene.model import Credit, Panel, Scene, SceneClaim, SceneLayer, Translator
from shekara.verdicts import VERDICTS

JSON = dict[str, object]
SHORT_UNIT = 3  # letters: so short a unit stands at each figure on the map
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def text(scene: Scene) -> JSON:
    """Everything that a reader reads, in the scene's language, in the order of `structure`."""
    return {
        "lang": scene.lang,
        "atlas": scene.atlas_title,
        "sign": scene.sign.title if scene.sign else "",
        "title": scene.title,
        "subtitle": scene.subtitle,
        "alt": scene.alt,
        "notes": list(scene.notes),
        "projection": scene.projection.sentence,
        "layers": [_layer_text(layer) for layer in scene.layers],
        "legend": _legend_text(scene),
        "claims": [_claim_text(claim) for claim in scene.claims],
        "scale": _scale(scene),
        "steps": [[step.title, step.text] for step in scene.steps],
        "smallMaps": [[small.title, small.alt] for small in scene.small_maps],
        "panels": [_panel_text(panel) for panel in scene.panels],
        "credits": [_credit(credit, scene.say) for credit in scene.credits],
        "bibliography": [_entry(entry, scene.say) for entry in bibliography(_cited(scene))],
        "words": page_words(scene.say),
        "numbers": number_signs(scene.say),
    }


def page_words(say: Translator) -> dict[str, str]:
    """The words of the page's own controls, without their prefix."""
    return say.messages("web_") | {
        key: say.message(key) for key in ("schematic", "computed", "relief", "backdrop")
    }


def number_signs(say: Translator) -> JSON:
    """How the language writes numbers, for the page's own measurements."""
    decimal, group = say.separators
    units = {name: say.unit(name) for name in ("m", "km", "m2", "km2", "ha")}
    signs = {"decimal": decimal, "group": group, "minus": say.minus}
    return signs | {"groups": list(say.groups), "units": units, "direction": say.direction}


def _unit(layer: SceneLayer) -> str:
    """The unit that a layer's figures on the map do without; "" where they keep it."""
    if len(layer.unit) <= SHORT_UNIT:
        return ""
    figures = (text for each in layer.features for text in (each.label, each.amount))
    return layer.unit if any(text.endswith(f"\u00a0{layer.unit}") for text in figures) else ""


def _legend_text(scene: Scene) -> list[list[str]]:
    """Title and note of each entry. The unit of figures that stand alone on the map is said once:
    after the title of their layer, where no entry of it says it."""
    rows = [[entry.title, entry.note] for entry in scene.legend]
    for layer in scene.layers:
        unit = _unit(layer)
        lines = [n for n, entry in enumerate(scene.legend) if entry.layer == layer.name]
        if unit and lines and not any(unit in rows[n][0] for n in lines):
            rows[lines[0]][0] += f", {unit}"
    return rows


def _layer_text(layer: SceneLayer) -> JSON:
    unit = _unit(layer)
    titles: dict[str, int] = {}
    features: list[list[object]] = []
    for feature in layer.features:
        rows: list[object] = []
        for row in feature.rows:
            column = titles.setdefault(row.title, len(titles))
            rows.append([column, row.value, *_order(row.sort)])
        # A value that is the label already is not said twice.
        sized = layer.kind == "point" and feature.amount not in ("", feature.label)
        label, amount = (_figure(text, unit) for text in (feature.label, feature.amount))
        features.append([feature.name, label, rows, *([amount] if sized else [])])
    return {
        "title": layer.title,
        "unit": unit,
        "about": layer.about,
        "group": layer.group,
        "precision": layer.precision,
        "columns": list(titles),
        "features": features,
    }


def _figure(text: str, unit: str) -> str:
    return text.removesuffix(f"\u00a0{unit}") if unit else text


def _order(sort: float | str) -> list[float | str]:
    """What a table sorts a cell by, where that is not its text: numbers and dates, but no codes."""
    if isinstance(sort, str):
        return [sort] if _DATE.fullmatch(sort) else []
    return [sort]


def _claim_text(claim: SceneClaim) -> JSON:
    keys = ("says", "claimed", "measured", "interval", "reason", "method", "text")
    row: JSON = {key: getattr(claim, key) for key in (*keys, "official", "note", "basis")}
    figures = [[figure.title, figure.label] for figure in claim.evidence]
    cites = [[source.key, source.name] for source in claim.citations]
    return row | {"verdict": claim.verdict_text, "figures": figures, "cites": cites}


def statements(scene: Scene) -> list[dict[str, str]]:
    """The claims of a map for who reads the page without its program: sign, look and word of the
    verdict, what is said, and the figures."""
    rows = []
    for claim in scene.claims:
        verdict = VERDICTS[claim.verdict]
        interval = f" ({claim.interval})" if claim.interval else ""
        figures = {"web_claimed": claim.claimed, "web_measured": f"{claim.measured}{interval}"}
        said = [f"{scene.say.message(key)}: {figure}" for key, figure in figures.items() if figure]
        look = f"{verdict.slug} {verdict.tone}"
        row = {"sign": verdict.sign, "look": look, "verdict": claim.verdict_text}
        rows.append(row | {"says": claim.says, "figures": "; ".join(said)})
    return rows


def _scale(scene: Scene) -> list[list[str]]:
    """Every verdict that a claim of the map has: sign, look, word, meaning."""
    words = {claim.verdict for claim in scene.claims}
    return [
        [row.sign, f"{row.slug} {row.tone}", say(row.text_key), say(row.how_key)]
        for say in (scene.say.message,)
        for word, row in VERDICTS.items()
        if word in words
    ]


def _panel_text(panel: Panel) -> JSON:
    return {
        "title": panel.title,
        "x": panel.x_title,
        "y": panel.y_title,
        "note": panel.note,
        "alt": panel.alt,
        "series": [
            {
                "title": series.title,
                "labels": list(series.labels),
                "x": list(series.x) if any(isinstance(x, str) for x in series.x) else None,
            }
            for series in panel.series
        ],
        "references": [reference.title for reference in panel.references],
    }


def _cited(scene: Scene) -> Iterator[Citation]:
    for claim in scene.claims:
        yield from claim.citations


def _entry(source: Citation, say: Translator) -> JSON:
    """A line of the bibliography; its key is what claims point to."""
    return {
        "key": source.key,
        "name": source.name,
        "detail": source.detail,
        "date": source.date,
        "state": source.state,
        "license": licence_text(source.license, say),
        "url": source.url,
    }


def _credit(credit: Credit, say: Translator) -> JSON:
    return {
        "name": credit.name,
        "holder": credit.holder,
        "license": licence_text(credit.license, say),
        "date": credit.date,
        "url": web_address(credit.url),
        "layers": list(credit.layers),
    }
