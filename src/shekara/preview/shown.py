"""What the page shows: the last atlas that was sound, and what is wrong with the newest."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from shekara import site
from shekara.atlas import Atlas
from shekara.errors import AtlasError, ShekaraError
from shekara.scene import resolve


@dataclass(frozen=True)
class State:
    """One reading of the atlas's files.

    `version` counts what can be drawn, `number` every reading; `faults` are those of the last.
    """

    atlas: Atlas | None
    version: int
    number: int
    faults: tuple[str, ...]

    def record(self) -> dict[str, object]:
        """The same for the page: names of maps and languages, faults as lines of text."""
        atlas = self.atlas
        maps = [] if atlas is None else [
            {"name": name, "title": atlas.translator(atlas.languages[0]).text(item.file.title)}
            for name, item in atlas.maps.items()
        ]  # fmt: skip
        return {
            "version": self.version,
            "number": self.number,
            "faults": list(self.faults),
            "maps": maps,
            "languages": [] if atlas is None else list(atlas.languages),
        }


class Shown:
    """The state, and pages made of it when they are asked for; safe for many threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changed = threading.Condition()
        self._state = State(None, 0, 0, ())
        self._pages: dict[tuple[int, str, str], str] = {}
        self._drawing = threading.Lock()
        self._closed = False

    @property
    def state(self) -> State:
        """The newest."""
        with self._changed:
            return self._state

    @property
    def closed(self) -> bool:
        """Whether nobody will read the files again."""
        return self._closed

    def read(self) -> State:
        """Read the files again; a fault leaves the last good atlas where it is."""
        before = self.state
        try:
            atlas = site.load(self.folder)
            site.maps_to_draw(atlas)
        except AtlasError as error:
            faults = tuple(str(problem) for problem in error.problems)
            state = replace(before, faults=faults)
        except (ShekaraError, OSError) as error:  # a file is being moved into its place
            state = replace(before, faults=(str(error),))
        else:
            state = State(atlas, before.version + 1, 0, ())
        with self._changed:
            self._state = replace(state, number=before.number + 1)
            self._changed.notify_all()
            return self._state

    def warm(self) -> None:
        """Draw the first map before the browser asks, so that it need not wait for libraries."""
        atlas = self.state.atlas
        if atlas is not None and atlas.maps:
            self.page(next(iter(atlas.maps)), atlas.languages[0])

    def newer(self, number: int, seconds: float) -> State:
        """The state, as soon as it is a newer one than a number says, or after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._state.number != number, seconds)
            return self._state

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def page(self, name: str, lang: str) -> str:
        """The page of a map in a language, drawn once for each state.

        Raises
        ------
        UsageError
            There is no such map.
        """
        from shekara import web

        state = self.state
        if state.atlas is None:
            return ""
        key = (state.version, name, lang)
        with self._drawing:
            if key not in self._pages:
                self._pages = {
                    old: text for old, text in self._pages.items() if old[0] == state.version
                }
                self._pages[key] = web.page([resolve(state.atlas, name, lang)])
            return self._pages[key]
