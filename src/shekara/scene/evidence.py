"""The shapes that show what a claim measured, with their words in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.i18n import Translator
from shekara.scene.columns import feature_name
from shekara.scene.model import Evidence

KILOMETRE = 1000.0
METRES_BELOW = 1000.0  # a shorter distance is written in metres


def evidence(
    verdict: Verdict, atlas: Atlas, say: Translator, drawn_ids: Collection[str]
) -> Iterator[Evidence]:
    """Everything that shows a measurement beyond the map's own features.

    What was measured but is not on the map comes first, then corridors, offsets and the like.
    """
    if verdict.ground == "geometry":
        yield from _missing(verdict, atlas, say, drawn_ids)
    for figure in verdict.figures(atlas):
        length = "" if figure.metres is None else length_text(figure.metres, say)
        written = length if figure.role in ("greatest", "distance") else ""
        title = say.message(f"evidence_{figure.role}", length=length)
        yield Evidence(figure.role, figure.geometry, title, written)


def _missing(
    verdict: Verdict, atlas: Atlas, say: Translator, drawn_ids: Collection[str]
) -> Iterator[Evidence]:
    """Measured shapes that the map does not draw: other sources' lines, parts left out."""
    layer = atlas.layers[verdict.claim.layer]
    wanted = set(verdict.measurement.features) - set(drawn_ids)
    for index, geometry in enumerate(layer.geometry):
        if geometry is None or layer.feature_id(index) not in wanted:
            continue
        name = feature_name(layer.properties[index], say) or say.text(layer.file.title)
        yield Evidence("subject", geometry, name)


def length_text(metres: float, say: Translator) -> str:
    """A length as it stands on a map: three figures at least, in metres or kilometres."""
    if metres < METRES_BELOW:
        return say.quantity(round(metres), "m", 0)
    kilometres = metres / KILOMETRE
    whole = abs(kilometres - round(kilometres)) < 1e-9
    return say.quantity(kilometres, "km", 0 if whole or kilometres >= 100 else 1)
