"""The rules for names on all plates: `poe plates`, or with SHEKARA_ATLAS those of any atlas.

`poe plates -k 85mm` walks one size, `-k "border and 85mm"` one map in it. The bundled atlas takes
some six minutes of processor in all.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from shekara import scene, sheet, site
from shekara.atlas import Atlas
from shekara.sheet.labels.rules import Lettering, violations

SIZES = ("A4", "A3", "170mm", "120mm", "85mm")


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    return site.load(None)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", list(atlas().maps))
def test_no_name_breaks_a_rule(name: str, size: str) -> None:
    versions = [scene.resolve(atlas(), name, lang) for lang in atlas().languages]
    broken = {}
    for version in versions:
        figure = sheet.figure(version, size=size, frame=not size.endswith("mm"), versions=versions)
        assert isinstance(figure.lettering, Lettering)
        if faults := violations(figure.lettering):
            broken[version.lang] = [f"{item.rule} {item.name}: {item.detail}" for item in faults]
    assert not broken
