"""What of a scene stands on paper: layers, year, leading claim, and the order of the legend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from shekara.scene.cautions import cautions
from shekara.scene.model import (
    Feature,
    LegendEntry,
    Panel,
    Scene,
    SceneClaim,
    SceneLayer,
    Series,
    Style,
)
from shekara.sheet.identity import Same

VERSIONS = 32  # languages of a map that are kept, so that each goes onto paper once


def on_paper(scene: Scene) -> Scene:
    """The scene as its sheet shows it.

    Layers that the sheet leaves out are gone, with their lines of the legend; of features with
    years those of the sheet's year remain; the leading claim comes first; and the legend begins
    with what the claims speak of.
    """
    return _on_paper(Same(scene))


@lru_cache(maxsize=VERSIONS)
def _on_paper(same: Same[Scene]) -> Scene:
    scene = same.value
    layers = tuple(
        replace(
            layer,
            visible=True,
            extra=False,
            features=tuple(f for f in layer.features if _there(f, scene.sheet_year)),
        )
        for layer in scene.layers
        if _is_printed(layer)
    )
    claims = leading(scene.claims, scene.sheet_lead)
    order = _legend_order(scene.legend, layers, subjects(replace(scene, layers=layers)))
    place = {old: new for new, old in enumerate(order)}
    return replace(
        scene,
        layers=tuple(_renumbered(layer, place) for layer in layers),
        legend=_dated(tuple(scene.legend[old] for old in order), layers, scene.sheet_year),
        claims=claims,
        panels=tuple(coloured(panel, scene.legend, layers) for panel in scene.panels),
        notes=_notes(scene, layers),
    )


def _notes(scene: Scene, printed: Sequence[SceneLayer]) -> tuple[str, ...]:
    """The notes, whose cautions name no layer that the sheet leaves out."""
    printed_too = {caution.kind: caution.text for caution in cautions(printed, scene.say)}
    instead = {
        caution.text: printed_too.get(caution.kind, "")
        for caution in cautions(scene.layers, scene.say)
    }
    notes = (instead.get(note, note) for note in scene.notes)
    return tuple(note for note in notes if note)


def coloured(panel: Panel, legend: Sequence[LegendEntry], layers: Sequence[SceneLayer]) -> Panel:
    """A chart whose series have the colours that the map gives to things of the same name."""
    styles: dict[str, Style] = {
        name.casefold(): feature.style
        for layer in layers
        if not layer.basemap and layer.kind == "polygon"
        for feature in layer.features
        for name in (feature.name, feature.label)
    }
    styles |= {entry.title.casefold(): entry.style for entry in legend if not entry.heading}
    wanted = [styles.get(item.title.casefold()) for item in panel.series]
    colours = [style.fill or style.color for style in wanted if style]
    if len(set(colours)) < len(colours):  # the map shows them alike: the chart must not
        return panel
    series = tuple(_coloured(*pair) for pair in zip(panel.series, wanted, strict=True))
    return replace(panel, series=series)


def _coloured(series: Series, style: Style | None) -> Series:
    if style is None:
        return series
    fill = style.fill or style.color
    look = replace(series.style, color=style.color, fill=fill, hatch=style.hatch)
    return replace(series, style=replace(look, fill_opacity=max(style.fill_opacity, 0.75)))


def leading(claims: Sequence[SceneClaim], lead: str) -> tuple[SceneClaim, ...]:
    """The claims with the leading one first, the others in their order."""
    return tuple(sorted(claims, key=lambda claim: claim.id != lead)) if lead else tuple(claims)


def claimed_features(scene: Scene) -> frozenset[str]:
    """The features that claims speak of."""
    return frozenset(feature for claim in scene.claims for feature in claim.features)


def named_in_legend(
    scene: Scene, features: Sequence[Feature], printed: Collection[str]
) -> frozenset[str]:
    """The names of features that the legend names, their sign being no other feature's.

    Parameters
    ----------
    scene : Scene
        Whose legend it is.
    features : sequence of Feature
        Of a map.
    printed : collection of str
        Titles of the lines of the legend that are printed, in lower case.
    """
    users = Counter(feature.legend for feature in features)
    return frozenset(
        feature.label.strip()
        for feature in features
        if feature.legend is not None
        and users[feature.legend] == 1
        and (title := scene.legend[feature.legend].title.casefold()) in printed
        and title in feature.label.casefold()
    )


def _is_printed(layer: SceneLayer) -> bool:
    return layer.visible and not layer.extra if layer.printed is None else layer.printed


def _dated(
    legend: Sequence[LegendEntry], layers: Sequence[SceneLayer], year: float | None
) -> tuple[LegendEntry, ...]:
    """The legend with the year of the sheet beside the titles of layers that change with years."""
    if year is None:
        return tuple(legend)
    changing = {
        layer.name
        for layer in layers
        if any(shown.start is not None or shown.end is not None for shown in layer.features)
    }
    result = []
    for entry in legend:
        first = entry.layer in changing
        changing.discard(entry.layer)
        said = f"{year:g}" in entry.title
        titled = replace(entry, title=f"{entry.title}, {year:g}") if first and not said else entry
        result.append(titled)
    return tuple(result)


def _there(feature: Feature, year: float | None) -> bool:
    if year is None:
        return True
    since, until = feature.start, feature.end
    return (since is None or since <= year) and (until is None or until >= year)


def subjects(scene: Scene) -> frozenset[str]:
    """The layers of a scene of which its claims speak, or whose features they measure."""
    measured = claimed_features(scene)
    named = {claim.layer for claim in scene.claims}
    return frozenset(
        layer.name
        for layer in scene.layers
        # A second use of a layer on a map has a number after the layer's name.
        if re.sub(r"-\d+$", "", layer.name) in named
        or layer.name in named
        or any(shown.id in measured for shown in layer.features)
    )


def _legend_order(
    legend: Sequence[LegendEntry], layers: Sequence[SceneLayer], subject: Collection[str]
) -> list[int]:
    """The lines of printed layers: first those that claims are about, each layer's together."""
    names = {layer.name for layer in layers}
    kept = [place for place, entry in enumerate(legend) if entry.layer in names]
    return sorted(kept, key=lambda place: legend[place].layer not in subject)


def _renumbered(layer: SceneLayer, place: dict[int, int]) -> SceneLayer:
    features = tuple(
        shown if shown.legend is None else replace(shown, legend=place.get(shown.legend))
        for shown in layer.features
    )
    return replace(layer, features=features)
