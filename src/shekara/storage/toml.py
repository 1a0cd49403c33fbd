"""Texts of others as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence


def text_of(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def key_of(name: str) -> str:
    """A TOML key, bare where it can be.

    >>> key_of("pt-BR"), key_of("ludność")
    ('pt-BR', '"ludność"')
    """
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else text_of(name)


def table_of(text: str, languages: Sequence[str]) -> str:
    """The same text in each language, to be translated."""
    return texts_of(dict.fromkeys(languages, text))


def texts_of(by_language: Mapping[str, str]) -> str:
    """A text in several languages, as an inline table."""
    texts = (f"{key_of(lang)} = {text_of(text)}" for lang, text in by_language.items())
    return "{ " + ", ".join(texts) + " }"
