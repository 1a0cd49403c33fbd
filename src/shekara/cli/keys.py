"""shekara keys: every key of an atlas's files, what it does, its type, its default."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.terminal import print_table, print_text, say


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
        print_text(explained.words_file(lang))
        return
    for title, columns, rows in explained.tables(topic):
        print_table(columns, rows, title)
