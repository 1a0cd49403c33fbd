"""The story of a map in one language, as its file tells it."""

from __future__ import annotations

from collections.abc import Iterator

from shekara.atlas import Map
from shekara.i18n import Translator
from shekara.scene.model import Step


def steps(item: Map, say: Translator) -> Iterator[Step]:
    """The steps in their order."""
    for table in item.file.step:
        view = None if table.view is None else (*table.view,)
        yield Step(
            text=say.text(table.text),
            title=say.text(table.title or ""),
            view=None if view is None else (view[0], view[1], view[2], view[3]),
            layers=None if table.layers is None else tuple(table.layers),
            year=table.year,
            claim=table.claim or "",
        )
