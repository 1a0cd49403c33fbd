"""What a map says of layers that are no survey: they are schematic, or computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shekara.i18n import Translator
from shekara.scene.model import SceneLayer


@dataclass(frozen=True)
class Caution:
    """A sentence about the layers of one kind."""

    kind: str
    text: str


def cautions(layers: Iterable[SceneLayer], say: Translator) -> Iterator[Caution]:
    """A sentence for each kind of caution, which names the layers that need it.

    Parameters
    ----------
    layers : iterable of SceneLayer
        Those that the reader sees: of a sheet, the printed ones.
    say : Translator
        Of the reader's language.
    """
    shown = list(layers)
    for kind in ("schematic", "computed"):
        titles = [layer.title for layer in shown if getattr(layer, kind) and not layer.basemap]
        if titles:
            joined = "; ".join(dict.fromkeys(titles))
            yield Caution(kind, say.message(f"note_{kind}", titles=joined))
