"""Faults that only repeat another one: what leads to something that could not be read itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from shekara.atlas.model import Layer
from shekara.errors import Problem

CLAIM = re.compile(r"claim ([^ .]+)")
NO_ATTRIBUTE = "is no attribute of the layer"


def without_echoes(
    problems: Iterable[Problem], layers: Mapping[str, Layer], names: set[str]
) -> list[Problem]:
    """The faults to mend first; what remains of the others is told once those are mended.

    Parameters
    ----------
    problems : iterable of Problem
        All that was found in an atlas.
    layers : mapping of str to Layer
        The layers that could be read.
    names : set of str
        Those that the atlas has.
    """
    every = list(problems)
    unread = names - set(layers)
    broken = {PurePosixPath(problem.file).stem for problem in every}
    quoted = {repr(name) for name in unread & broken}
    claims = {match[1] for problem in every if (match := CLAIM.match(problem.key))}
    quoted_claims = {repr(name) for name in claims}
    shapes = _with_faulty_features(every, layers)

    def repeats(problem: Problem) -> bool:
        if problem.rule == "names no layer":
            return problem.value in quoted
        if problem.rule == "names no claim":
            return problem.value in quoted_claims or bool(quoted)
        if problem.rule.startswith(NO_ATTRIBUTE):
            folder, _, name = problem.file.partition("/")
            return bool(shapes) if folder == "maps" else PurePosixPath(name).stem in shapes
        return False

    return [problem for problem in every if not repeats(problem)]


def _with_faulty_features(problems: list[Problem], layers: Mapping[str, Layer]) -> set[str]:
    """Layers of whose features, and so of whose attributes, something is wrong."""
    files = {problem.file for problem in problems}
    return {
        layer.name
        for layer in layers.values()
        if (layer.file.file or f"geo/{layer.name}.geojson") in files
    }
