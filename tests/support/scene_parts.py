"""Parts of scenes made by hand: what a test does not speak of is plain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shekara.scene.model import Feature, Kind, SceneClaim, SceneLayer


def layer(name: str, kind: Kind, features: Iterable[Feature], **rest: Any) -> SceneLayer:
    """A layer; `rest` are fields of SceneLayer."""
    plain: dict[str, Any] = {
        "title": name.capitalize(),
        "about": "",
        "group": "",
        "schematic": False,
        "precision": "mapped",
        "credit": (0,),
    }
    return SceneLayer(name=name, kind=kind, features=tuple(features), **(plain | rest))


def claim(id_: str, of: str, **rest: Any) -> SceneClaim:
    """A claim about a layer, which holds; `rest` are fields of SceneClaim."""
    plain: dict[str, Any] = {
        "says": id_,
        "claimed": "",
        "measured": "",
        "interval": "",
        "verdict": "holds",
        "verdict_text": "holds",
        "reason": "",
        "source": "",
        "method": "",
        "text": "",
    }
    return SceneClaim(id=id_, layer=of, **(plain | rest))
