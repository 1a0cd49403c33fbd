"""Scenes: maps resolved for one language, the only thing that the drawings read."""

from shekara.scene.assembly import problems, resolve, scene_claim
from shekara.scene.model import (
    Credit,
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

__all__ = [
    "Credit",
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
