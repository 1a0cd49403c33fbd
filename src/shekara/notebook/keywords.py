"""The keywords that `explore` and `figure` hand on, as `help` and type checkers see them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ParamSpec, TypedDict, TypeVar

from shekara.atlas.style import Scheme
from shekara.spelling import way_out

P = ParamSpec("P")
R = TypeVar("R")
# Keywords of geopandas' own `explore`, and what stands for them here.
ELSEWHERE: Mapping[str, str] = {
    "cmap": "ramp",
    "tooltip": "popup",
    "categorical": "scheme='categories'",
    "classification_kwds": "breaks",
    "legend_kwds": "unit",
}


class LookWords(TypedDict, total=False):
    """What `explore` and `figure` hand on to `atlas_of`, as keywords."""

    scheme: Scheme | None
    k: int | None
    breaks: Iterable[float] | None
    ramp: str | Sequence[str] | None
    centre: float | None
    popup: str | Sequence[str] | bool | None
    title: str | None
    unit: str | None
    source: str | None
    lang: str | None
    facet: str | None
    facet_columns: int | None
    facet_values: Iterable[object] | None


def shows_keywords_of(
    handed_to: Callable[..., object],
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The same function, which `help` shows with the keywords of another one by one."""

    def shown_so(function: Callable[P, R]) -> Callable[P, R]:
        shown = inspect.signature(function)
        named = [item for item in shown.parameters.values() if item.kind is not item.VAR_KEYWORD]
        wishes = inspect.signature(handed_to).parameters
        keywords = [wishes[name] for name in LookWords.__annotations__]
        function.__dict__["__signature__"] = shown.replace(parameters=[*named, *keywords])
        return function

    return shown_so


def known_words(given: Mapping[str, object], function: str) -> None:
    """Refuse a keyword that a function does not have.

    Raises
    ------
    TypeError
        As Python says it, with the keyword that is meant.
    """
    known: Iterable[str] = LookWords.__annotations__
    for word in given:
        if word not in known:
            meant = f"use {ELSEWHERE[word]}" if word in ELSEWHERE else way_out(word, known)
            said = f"{function}() got an unexpected keyword argument {word!r}"
            raise TypeError(f"{said}; {meant}")
