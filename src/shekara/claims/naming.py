"""Features as a reader knows them: by their names, in every language that they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shekara.atlas import Layer
from shekara.i18n import FALLBACK, Translator


def feature_name(layer: Layer, index: int, otherwise: str = "") -> str | dict[str, str]:
    """A feature's names by language, else its only name, else `otherwise`, its id, its number."""
    attributes = layer.properties[index]
    names = {
        key[5:]: str(text) for key, text in attributes.items() if key.startswith("name_") and text
    }
    return names or str(attributes.get("name") or otherwise or attributes.get("id") or index + 1)


def feature_names(layer: Layer, indexes: Iterable[int]) -> Mapping[str, str]:
    """Names of several features in a row, by language."""
    names = [feature_name(layer, int(index)) for index in indexes]
    languages = {lang for name in names if isinstance(name, dict) for lang in name}
    return {
        lang: ", ".join(Translator(lang).text(name) for name in names)
        for lang in sorted(languages | {FALLBACK})
    }
