"""Languages: a Translator for each, made once where a language is chosen, and CLDR's facts."""

from shekara.i18n.catalogue import PLURAL, built_in, messages, plural_forms
from shekara.i18n.cldr import (
    FALLBACK,
    base_language,
    direction,
    known_language,
    locale,
    own_name,
    plural_categories,
    plural_category,
)
from shekara.i18n.translator import ENGLISH, YEAR, Translator, year
from shekara.i18n.words_file import words_file

__all__ = [
    "ENGLISH",
    "FALLBACK",
    "PLURAL",
    "YEAR",
    "Translator",
    "base_language",
    "built_in",
    "direction",
    "known_language",
    "locale",
    "messages",
    "own_name",
    "plural_categories",
    "plural_category",
    "plural_forms",
    "words_file",
    "year",
]
