"""shekara: an atlas that checks itself.

>>> import shekara
>>> atlas = shekara.load()                      # the bundled one, or a folder's
>>> verdicts = shekara.check_all(atlas)
>>> figure = shekara.figure(shekara.resolve(atlas, "border", "en"))   # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shekara.atlas import Atlas, Claim, Layer, Map
    from shekara.claims import Verdict, check_all
    from shekara.errors import AtlasError, ShekaraError
    from shekara.measuring.frames import area_m2, length_m, measure
    from shekara.median import divide, limit, zones
    from shekara.notebook import atlas_from, check, explore, figure
    from shekara.scene import Scene, resolve
    from shekara.site import build, load, show

# Names and the modules that they come from; imported when first used, so that a short command
# does not pay for the long ones.
_HOMES = {
    "Atlas": "atlas", "Claim": "atlas", "Layer": "atlas", "Map": "atlas",
    "Verdict": "claims", "check": "notebook", "check_all": "claims",
    "AtlasError": "errors", "ShekaraError": "errors",
    "area_m2": "measuring.frames", "length_m": "measuring.frames", "measure": "measuring.frames",
    "divide": "median", "limit": "median", "zones": "median",
    "Scene": "scene", "resolve": "scene",
    "atlas_from": "notebook", "explore": "notebook", "figure": "notebook",
    "build": "site", "load": "site", "show": "site",
}  # fmt: skip

__all__ = [
    "Atlas",
    "AtlasError",
    "Claim",
    "Layer",
    "Map",
    "Scene",
    "ShekaraError",
    "Verdict",
    "area_m2",
    "atlas_from",
    "build",
    "check",
    "check_all",
    "divide",
    "explore",
    "figure",
    "length_m",
    "limit",
    "load",
    "measure",
    "resolve",
    "show",
    "zones",
]


def __getattr__(name: str) -> Any:  # Any: functions and classes of every room
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
