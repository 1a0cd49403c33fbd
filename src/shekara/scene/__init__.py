"""Scenes: maps resolved for one language, the only thing that the drawings read."""

from shekara.scene.assembly import problems, resolve
from shekara.scene.model import (
    Credit,
    Evidence,
    Feature,
    LegendEntry,
    Panel,
    Projection,
    Reference,
    Row,
    Scene,
    SceneClaim,
    SceneLayer,
    Series,
    Style,
)
from shekara.scene.statements import scene_claim

__all__ = [
    "Credit",
    "Evidence",
    "Feature",
    "LegendEntry",
    "Panel",
    "Projection",
    "Reference",
    "Row",
    "Scene",
    "SceneClaim",
    "SceneLayer",
    "Series",
    "Style",
    "problems",
    "resolve",
    "scene_claim",
]
