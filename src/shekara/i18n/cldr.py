"""What CLDR knows of a language: whether it exists, how it calls itself, which way it runs."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

FALLBACK = "en"
SCRIPT = 4  # letters of a script's code: Cyrl, Arab, Hant


@lru_cache(maxsize=256)
def locale(lang: str) -> Locale:
    """The CLDR locale of a language code; English where CLDR does not know the code."""
    return _parsed(lang) or Locale.parse(FALLBACK)


def known_language(lang: str) -> bool:
    """Whether CLDR knows this language code."""
    return _parsed(lang) is not None


def own_name(lang: str) -> str:
    """A language's name in itself, as its readers look for it: Қазақ тілі, Deutsch.

    >>> own_name("de")
    'Deutsch'
    """
    name = locale(lang).get_language_name(lang) or lang
    return name[:1].title() + name[1:]  # the title case of Georgian is small


def direction(lang: str) -> str:
    """Which way its lines run: "ltr" or "rtl".

    >>> direction("ar"), direction("en")
    ('rtl', 'ltr')
    """
    return str(locale(lang).text_direction)


def base_language(lang: str) -> str:
    """The language whose words serve a region, too; a script of its own needs words of its own.

    >>> base_language("pt-BR"), base_language("uz-Cyrl")
    ('pt', 'uz-Cyrl')
    """
    language, *parts = lang.replace("_", "-").split("-")
    return lang if any(len(part) == SCRIPT for part in parts) else language


def territory_name(lang: str, code: str) -> str:
    """A state or territory by its ISO 3166 code of two or three letters; the code if unknown.

    >>> territory_name("ru", "KAZ"), territory_name("en", "US"), territory_name("en", "XXX")
    ('Казахстан', 'United States', 'XXX')
    """
    short = get_global("territory_aliases").get(code, [code])[0]
    return str(locale(lang).territories.get(short, code))


def plural_category(lang: str, number: int) -> str:
    """CLDR's plural category of a whole number: zero, one, two, few, many, other.

    >>> [plural_category("ru", number) for number in (1, 2, 5, 21)]
    ['one', 'few', 'many', 'one']
    """
    return str(locale(lang).plural_form(number))


def plural_categories(lang: str) -> frozenset[str]:
    """The plural categories that a language has."""
    return frozenset({*locale(lang).plural_form.tags, "other"})


def _parsed(lang: str) -> Locale | None:
    try:
        return Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
