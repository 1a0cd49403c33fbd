"""shekara list: the layers and maps of an atlas."""

from __future__ import annotations

from shekara.cli.options import AtlasArgument, Json
from shekara.terminal import print_json, print_table


def list_(atlas: AtlasArgument = None, json_: Json = False) -> None:
    """Show layers and maps.

    Example: shekara list my-atlas --json
    """
    from shekara.atlas.outline import outline
    from shekara.report.atlas_contents import contents, contents_tables

    opened = outline(atlas)
    if json_:
        print_json(contents(opened))
    else:
        for title, columns, rows in contents_tables(opened):
            print_table(columns, rows, title)
