"""Values of a column as classes of a map: numbers by mapclassify, texts one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from shekara.atlas.files import StyleClass
from shekara.errors import UsageError
from shekara.i18n import Translator
from shekara.scene.looks import DEFAULT_COLORS

Scheme = Literal["quantiles", "natural_breaks", "equal_interval", "pretty"]
CLASSIFIERS = {
    "quantiles": "Quantiles",
    "natural_breaks": "FisherJenks",
    "equal_interval": "EqualInterval",
    "pretty": "PrettyBreaks",
}
RAMP = "viridis"  # even in lightness, safe for the colour-blind (matplotlib's own)
NO_DATA = "#c8c8c8"


def classed(
    values: Sequence[object], scheme: Scheme, k: int, lang: str
) -> tuple[list[str], list[StyleClass]]:
    """The class of every value, and how the classes look, lowest first.

    Raises
    ------
    UsageError
        The scheme does not exist, or k is no number of classes.
    """
    if scheme not in CLASSIFIERS or not 2 <= k <= 12:
        raise UsageError(f"scheme is one of {', '.join(CLASSIFIERS)}, and k from 2 to 12")
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if numbers and all(v is None or isinstance(v, int | float) for v in values):
        return _ranges(values, numbers, scheme, k, Translator(lang))
    names = ["" if value is None else str(value) for value in values]
    texts = [name for name in dict.fromkeys(names) if name]
    classes = [
        StyleClass(value=text, color=DEFAULT_COLORS[place % len(DEFAULT_COLORS)], fill_opacity=0.7)
        for place, text in enumerate(texts)
    ]
    return names, classes


def _ranges(
    values: Sequence[object], numbers: Sequence[float], scheme: Scheme, k: int, say: Translator
) -> tuple[list[str], list[StyleClass]]:
    from importlib import import_module

    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    different = len(set(numbers))
    count = min(k, different)
    if count < 2:
        edges = np.array([float(numbers[0])])
    else:
        classifier = getattr(import_module("mapclassify"), CLASSIFIERS[scheme])(
            np.array(numbers, float), k=count
        )
        edges = np.unique(classifier.bins.astype(float))
    edges = edges[: int(np.searchsorted(edges, max(numbers))) + 1]
    lows = [float(min(numbers)), *edges[:-1]]
    names = [f"{say.number(round(low, 6))}–{say.number(round(high, 6))}"
             for low, high in zip(lows, edges, strict=True)]  # fmt: skip
    ramp = colormaps[RAMP]
    classes = [
        StyleClass(value=name, color=to_hex(ramp(0.95 - 0.9 * place / max(1, len(names) - 1))),
                   fill_opacity=0.85)
        for place, name in enumerate(names)
    ]  # fmt: skip
    names_value = [
        names[min(int(np.searchsorted(edges, float(v))), len(names) - 1)]
        if isinstance(v, int | float)
        else ""
        for v in values
    ]
    if "" in names_value:
        classes.append(StyleClass(value="", title=say.message("other"), color=NO_DATA))
    return names_value, classes
