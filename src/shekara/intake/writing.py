"""Texts of others as TOML."""

from __future__ import annotations

import json
from collections.abc import Sequence


def text_of(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def table_of(text: str, languages: Sequence[str]) -> str:
    """The same text in each language, to be translated."""
    return "{ " + ", ".join(f"{text_of(lang)} = {text_of(text)}" for lang in languages) + " }"
