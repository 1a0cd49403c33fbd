"""The language of whoever reads a notebook, as their system names it."""

from __future__ import annotations

import os

from shekara.i18n import FALLBACK, built_in

NAMED_BY = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts (POSIX, 8.2)


def reader_language() -> str:
    """Code of the reader's language where the program speaks it, else English."""
    named = next((os.environ[name] for name in NAMED_BY if os.environ.get(name)), "")
    lang = named.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return lang if lang in built_in() else FALLBACK
