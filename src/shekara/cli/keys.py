"""shekara keys: every key of an atlas's files, what it does, its type, its default."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from shekara.errors import UsageError
from shekara.terminal import print_text, say

WIDEST = 100  # columns that are still read with ease
KEY_CELLS = 4  # beside a key: type, default, what it does, example


def keys(
    topic: Annotated[
        str | None, typer.Argument(help="layer, style, map, panel, claim, length_km … words.")
    ] = None,
    schema: Annotated[
        Path | None, typer.Option(help="Write JSON Schema files for editors into this folder.")
    ] = None,
    lang: Annotated[
        str, typer.Option(help="Of `keys words`: the language to translate to.")
    ] = "en",
) -> None:
    """Explain the keys of an atlas's files.

    Example: shekara keys style; shekara keys --schema .schema; shekara keys words --lang de
    """
    from shekara import keys as explained

    if schema is not None:
        for path in explained.write_schemas(schema):
            say(str(path))
        return
    if topic == "words":
        from shekara.i18n import known_language, words_file

        if not known_language(lang):
            raise UsageError(
                f"--lang = {lang!r}: CLDR knows no such language; give a code such as pl"
            )
        print_text(words_file(lang))
        return
    for title, _, rows in explained.tables(topic):
        print_text("\n".join(_entries(title, rows)))


def _entries(title: str, rows: list[tuple[str, ...]]) -> Iterator[str]:
    """A topic as a list, each key with what stands in its row, as wide as the terminal."""
    wide = max(40, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))
    yield from (*textwrap.wrap(title, wide), "")
    for key, *cells in rows:
        if len(cells) == KEY_CELLS:
            kind, default, said, example = cells
            kept = default if default in ("", "required") else f"default {default}"
            yield from _wrapped(f"{key}  {kind}{f'; {kept}' if kept else ''}", 2, wide)
            yield from _wrapped(said, 6, wide)
            yield from _wrapped(example, 6, wide)
        else:  # a kind of claim: what is measured, and which way it counts
            yield from _wrapped(key, 2, wide)
            for cell in cells:
                yield from _wrapped(cell, 6, wide)
    yield ""


def _wrapped(text: str, indent: int, wide: int) -> list[str]:
    return textwrap.wrap(
        text, wide, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
