"""Languages: a Translator for each, made once where a language is chosen, and CLDR's facts."""

from shekara.i18n.catalogue import built_in, messages
from shekara.i18n.cldr import FALLBACK, direction, known_language, locale, own_name
from shekara.i18n.translator import ENGLISH, YEAR, Translator, year

__all__ = [
    "ENGLISH",
    "FALLBACK",
    "YEAR",
    "Translator",
    "built_in",
    "direction",
    "known_language",
    "locale",
    "messages",
    "own_name",
    "year",
]
