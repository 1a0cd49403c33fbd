"""Shapes of a page that are not made again while nothing of them has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from shekara.scene.model import Scene
from shekara.web.shapes import Outlines, Shapes

REMEMBERED = 8  # maps: a preview shows one at a time
_SHAPES: dict[bytes, Shapes] = {}


def shapes_of(scene: Scene, known: Shapes | None = None) -> Shapes:
    """The shapes of a scene: those made before, where all that they are made of is the same.

    `known` are the scene's shapes where somebody else has kept them, by `key_of`.
    """
    key = key_of(scene)
    if key not in _SHAPES:
        if len(_SHAPES) >= REMEMBERED:
            _SHAPES.pop(next(iter(_SHAPES)))
        _SHAPES[key] = known or Shapes(Outlines(scene))
    return _SHAPES[key]


def key_of(scene: Scene) -> bytes:
    """Digest of extent, claims, evidence and features: all that the shapes of a page depend on."""
    digest = hashlib.blake2b(repr(scene.extent).encode())
    for words, geometry in _parts(scene):
        digest.update(repr(words).encode())
        if geometry is not None:
            digest.update(shapely.to_wkb(geometry))
    return digest.digest()


def _parts(scene: Scene) -> Iterator[tuple[object, BaseGeometry | None]]:
    for layer in scene.layers:
        for feature in layer.features:
            named = (bool(feature.label), bool(feature.name))
            yield (layer.basemap, feature.id, *named), feature.geometry
    for claim in scene.claims:
        yield (claim.id, claim.features), None
        for figure in claim.evidence:
            yield "", figure.geometry
