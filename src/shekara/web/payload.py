"""What a page carries in every language alike: the map's shapes, signs, years and order.

Everything that comes from an atlas goes into the page as data, compressed or with ``<`` written
as ``\\u003c``; the page's own program makes text of it, never markup.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from shekara.colour import contrast, luminance
from shekara.errors import UsageError
from shekara.scene.model import Feature, Panel, Scene, SceneClaim, SceneLayer, Step, Style
from shekara.verdicts import VERDICTS
from shekara.web.colour import (
    CONTRAST,
    DARK_LAND,
    LIGHT_LAND,
    fill_for_dark,
    for_dark,
    for_text,
    is_colour,
    quiet_dark,
)
from shekara.web.contract import (
    ArcsRow,
    ClaimRow,
    FeatureRow,
    FigureRow,
    LayerRow,
    LegendRow,
    PanelRow,
    Payload,
    StepRow,
    StyleRow,
)  # fmt: skip
from shekara.web.detail import ArcSet
from shekara.web.multiples import small_map_rows
from shekara.web.shapes import Shapes, evidence_id
from shekara.web.surroundings import Surroundings
from shekara.web.window import turned

PAPER = 0.8  # luminance of what is as pale as paper


def structure(
    scenes: Sequence[Scene], shapes: Shapes, tiled: bool = False, around: Surroundings | None = None
) -> Payload:
    """What is the same in every language: shapes, signs, years, order.

    On a map with tiles our own background is there to be switched on, but off at first.
    """
    scene = scenes[0]
    styles = _Styles()
    layers = [_layer(layer, shapes, styles) for layer in scene.layers]
    legend: list[LegendRow] = [
        {
            "layer": entry.layer,
            "kind": entry.kind,
            "style": styles.number(entry.style, _is_basemap(scene, entry.layer)),
            "heading": entry.heading,
        }
        for entry in scene.legend
    ]
    claims = [_claim(claim, shapes) for claim in scene.claims]
    panels = [_panel(panel, styles) for panel in scene.panels]
    return {
        "name": scene.name,
        "number": scene.number,
        "langs": [s.lang for s in scenes],
        "extent": list(shapes.extent),
        "frame": list(shapes.frame),
        "detail": shapes.tolerance_m,
        "told": _arcs(shapes.told),
        "ground": _arcs(shapes.ground),
        "layers": layers,
        "legend": legend,
        "claims": claims,
        "panels": panels,
        "steps": [_step(step) for step in scene.steps],
        "smallMaps": small_map_rows(scene),
        "tiled": tiled,
        "styles": styles.table,
        "around": (around or Surroundings()).links(),
    }


def _arcs(given: ArcSet) -> ArcsRow:
    return {"quantum": given.quantum, "first": given.first, "doublings": given.doublings}


def _claim(claim: SceneClaim, shapes: Shapes) -> ClaimRow:
    row = VERDICTS[claim.verdict]
    figures: list[FigureRow] = [
        {"role": figure.role, "g": shapes.of(evidence_id(claim, number))}
        for number, figure in enumerate(claim.evidence)
    ]
    return {
        "id": claim.id,
        "layer": claim.layer,
        "sign": row.sign,
        "kind": f"{row.slug} {row.tone}",
        "features": list(claim.features),
        "against": list(claim.against),
        "figures": figures,
    }


def _step(step: Step) -> StepRow:
    row: StepRow = {"claim": step.claim}
    if step.view is not None:
        row["view"] = list(turned(step.view))
    if step.layers is not None:
        row["layers"] = list(step.layers)
    if step.year is not None:
        row["year"] = step.year
    return row


def agree(scenes: Sequence[Scene]) -> None:
    """Make sure that the scenes are one map in several languages.

    Raises
    ------
    UsageError
        No scene, a language twice, or layers, features or legends that differ.
    """
    if not scenes:
        raise UsageError("A page needs at least one scene.")
    langs = [scene.lang for scene in scenes]
    if len(set(langs)) != len(langs):
        raise UsageError(f"A page has each language once, these scenes are {', '.join(langs)}.")
    first = _outline(scenes[0])
    for scene in scenes[1:]:
        if _outline(scene) != first:
            raise UsageError(
                f"The scenes of {scenes[0].name!r} differ between {scenes[0].lang} and "
                f"{scene.lang} in more than text: give the same map in each language."
            )


def _outline(scene: Scene) -> tuple[object, ...]:
    return (
        scene.name,
        [(layer.name, [feature.id for feature in layer.features]) for layer in scene.layers],
        [(entry.layer, entry.heading) for entry in scene.legend],
        [(claim.id, len(claim.evidence)) for claim in scene.claims],
        [(panel.kind, len(panel.series)) for panel in scene.panels],
        len(scene.credits),
        len(scene.steps),
        [(small.year, small.without) for small in scene.small_maps],
    )


def as_json(value: object) -> str:
    """JSON that stands safely inside a script element: no ``<``, ``>``, ``&`` in it."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        dumped = dumped.replace(sign, f"\\u{ord(sign):04x}")
    return dumped


class _Styles:
    """Each style once; features and legend refer to it by number."""

    def __init__(self) -> None:
        self.table: list[StyleRow] = []
        self._known: dict[tuple[Style, bool], int] = {}

    def number(self, style: Style, quiet: bool = False) -> int:
        """Number of a style, for a feature of the background if `quiet`."""
        key = (style, quiet)
        if key not in self._known:
            self._known[key] = len(self.table)
            self.table.append(_style(style, quiet))
        return self._known[key]


def _style(style: Style, quiet: bool) -> StyleRow:
    dark = quiet_dark if quiet else for_dark
    stroke = style.color if is_colour(style.color) else "#444444"
    fill = style.fill if style.fill and is_colour(style.fill) else None
    # A name is written in the colour of what it names: of the line, or of a point's filling.
    named = fill if fill and style.width and contrast(stroke, LIGHT_LAND) < CONTRAST else stroke
    row: StyleRow = {
        "color": stroke,
        "dark": dark(stroke),
        "width": style.width,
        "ink": for_text(named, LIGHT_LAND),
        "inkDark": for_text(dark(named), DARK_LAND),
        "marker": style.marker,
        "size": style.size,
    }
    if fill:
        row["fill"] = fill
        # Of a hatch on paper the hatch is what is seen: on a dark page the paper is dark.
        on_paper = quiet or (style.hatch and luminance(fill) > PAPER)
        row["fillDark"] = quiet_dark(fill) if on_paper else fill_for_dark(fill)
        row["fillOpacity"] = style.fill_opacity
    if style.opacity != 1:
        row["opacity"] = style.opacity
    if style.dash:
        row["dash"] = list(style.dash)
    if style.hatch:
        row["hatch"] = style.hatch
    if style.arrow:
        row["arrow"] = True
    return row


def _is_basemap(scene: Scene, name: str) -> bool:
    return any(layer.basemap for layer in scene.layers if layer.name == name)


def _layer(layer: SceneLayer, shapes: Shapes, styles: _Styles) -> LayerRow:
    row: LayerRow = {
        "name": layer.name,
        "kind": layer.kind,
        "credit": list(layer.credit),
        "features": [
            _feature(feature, shapes, styles.number(feature.style, layer.basemap))
            for feature in layer.features
        ],
    }
    if layer.schematic:
        row["schematic"] = True
    if layer.basemap:
        row["basemap"] = True
    if layer.visible:
        row["visible"] = True
    if layer.computed:
        row["computed"] = True
    if layer.extra:
        row["extra"] = True
    if layer.name in shapes.unseen:
        row["unseen"] = True
    return row


def _feature(feature: Feature, shapes: Shapes, style: int) -> FeatureRow:
    row: FeatureRow = {"id": feature.id, "s": style}
    shape = shapes.of(feature.id)
    if shape:
        row["g"] = shape
    places = shapes.anchors(feature.id)
    if places:
        row["a"] = places[0]
    if len(places) > 1:
        row["m"] = places[1:]
    if feature.rank != 5:
        row["r"] = feature.rank
    if feature.label_size is not None:
        row["z"] = feature.label_size
    if feature.label_places:
        row["w"] = [list(place) for place in feature.label_places]
    if feature.start is not None:
        row["from"] = feature.start
    if feature.end is not None:
        row["to"] = feature.end
    if feature.legend is not None:
        row["l"] = feature.legend
    if feature.names:
        row["n"] = list(feature.names)
    return row


def _panel(panel: Panel, styles: _Styles) -> PanelRow:
    return {
        "kind": panel.kind,
        "xLog": panel.x_log,
        "yLog": panel.y_log,
        "yZero": panel.y_zero,
        "series": [
            {
                "x": list(series.x),
                "y": list(series.y),
                "style": styles.number(series.style),
                "estimated": list(series.estimated),
                "looks": [styles.number(look) for look in series.looks],
            }
            for series in panel.series
        ],
        "references": [
            {"value": r.value, "axis": r.axis, "style": styles.number(r.style)}
            for r in panel.references
        ],
    }
