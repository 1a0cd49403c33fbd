"""words/LANG.toml to begin with: every word of the program, for an atlas that translates them."""

from __future__ import annotations

import json
import re

from shekara.i18n.catalogue import messages
from shekara.i18n.cldr import FALLBACK, plural_categories
from shekara.i18n.translator import Translator

FORMS = ("zero", "one", "two", "few", "many")  # of CLDR; "other" is the word itself


def words_file(lang: str) -> str:
    """Every word of the program as words/LANG.toml; those that the language lacks are comments.

    So a file of which half is translated counts the other half as missing.
    """
    say = Translator(lang)
    lines = [f"# words/{lang}.toml: the program's words; keep what stands in {{braces}}."]
    if say.missing():
        lines.append("# Take the # away before each word that you have translated.")
        forms = [form for form in FORMS if form in plural_categories(lang)]
        if forms:
            lines.append(
                f"# Forms by number ({', '.join(forms)}) of a word with {{count}} are lines of "
                f'their own: "web_rows@{forms[0]}" = "…"'
            )
    for key, table in messages().items():
        lines += [] if lang == FALLBACK else [f"# {table[FALLBACK]}"]
        bare = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)
        mark = "#" if say.lacks(key) else ""
        lines.append(f"{mark}{bare} = {json.dumps(say.message(key), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
