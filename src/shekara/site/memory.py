"""What earlier builds made, by the content of what it was made of: only what changed is made anew.

A key is a digest of everything that an answer depends on: the program's own files, the versions of
the libraries, and the arguments. So the files of a build are the same with it and without.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from shekara import claims
from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.site.digests import content, digest, of_claim, of_data, stamp
from shekara.tasks import Scheduler, Task
from shekara.tasks.pool import Answer

VARIABLE = "SHEKARA_CACHE"
MOST = 1_000_000_000  # bytes; what was used longest ago goes first


class Memory:
    """A folder of answers by their key; what cannot be read or written is made anew.

    Parameters
    ----------
    folder
        Of the user alone; None: SHEKARA_CACHE, else shekara in the user's cache folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or _usual()
        self.made = 0  # answers that were not remembered
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @classmethod
    def usual(cls) -> Memory | None:
        """That of this user; None where SHEKARA_CACHE is "off"."""
        return None if os.environ.get(VARIABLE) == "off" else cls()

    def get(self, key: str) -> Any:  # Any: what was pickled; the key says what it is
        """An answer; None where there is none, or where somebody else could have put it there."""
        path = self.folder / key
        try:
            if hasattr(os, "getuid") and self.folder.stat().st_uid != os.getuid():
                return None
            answer = pickle.loads(path.read_bytes())
            os.utime(path)
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError):
            return None
        return answer

    def put(self, key: str, answer: object) -> None:
        """Keep an answer; a full disk is no reason to stop a build."""
        with contextlib.suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                pickle.dump(answer, file)
            Path(name).replace(self.folder / key)

    def answers(
        self, tasks: Iterable[Task[Answer]], scheduler: Scheduler, beside: str
    ) -> Iterator[tuple[str, Answer]]:
        """Title and answer of each task: the remembered ones first, then those that are done.

        `beside` is a digest of what tasks read beside their arguments.
        """
        waiting: dict[str, tuple[str, Task[Answer]]] = {}
        for task in tasks:
            key = digest(stamp(), beside, task.work.__qualname__, content(task.arguments))
            answer = self.get(key)
            if answer is None:
                waiting[task.title] = (key, task)
            else:
                yield task.title, answer
        if waiting:  # processes start only where there is something to do
            for title, answer in scheduler.run([task for _, task in waiting.values()]):
                self.piece(waiting[title][0], answer)
                yield title, answer

    def verdicts(self, atlas: Atlas, scheduler: Scheduler | None = None) -> tuple[Verdict, ...]:
        """The verdicts on all claims; wording alone changes none."""
        data = digest(stamp(), *of_data(atlas))
        verdicts: dict[str, Verdict] = {}
        keys = [of_claim(data, claim) for claim in atlas.claims]
        for key in keys:
            verdict = self.get(key)
            if verdict is not None:
                verdicts[key] = verdict
        named = zip(keys, atlas.claims, strict=True)
        missing = {key: claim for key, claim in named if key not in verdicts}
        judged = claims.check_each(list(missing.values()), atlas, scheduler)
        for key, verdict in zip(missing, judged, strict=True):
            self.piece(key, verdict)
            verdicts[key] = verdict
        return tuple(
            replace(verdicts[key], claim=claim)
            for key, claim in zip(keys, atlas.claims, strict=True)
        )

    def piece(self, key: str, answer: object) -> None:
        """Keep a piece that had to be made."""
        self.made += 1
        self.put(key, answer)

    def prune(self, most: int = MOST) -> None:
        """Forget what was used longest ago, until the rest is small enough."""
        with contextlib.suppress(OSError):
            files = [(path, path.stat()) for path in self.folder.iterdir()]
            size = sum(state.st_size for _, state in files)
            for path, state in sorted(files, key=lambda pair: pair[1].st_mtime):
                if size <= most:
                    break
                path.unlink(missing_ok=True)
                size -= state.st_size


def written(folder: Path) -> dict[str, str]:
    """Digest of each file in a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def as_written(folder: Path, files: dict[str, str]) -> bool:
    """Whether a folder holds these files, unchanged; others may stand beside them."""
    try:
        return all(digest((folder / name).read_bytes()) == known for name, known in files.items())
    except OSError:
        return False


class NoMemory(Memory):
    """Of a build that remembers nothing and keeps nothing."""

    def __init__(self) -> None:
        self.made = 0

    def get(self, key: str) -> None:
        """Nothing."""

    def put(self, key: str, answer: object) -> None:
        """Nothing."""

    def prune(self, most: int = MOST) -> None:
        """Nothing."""


def _usual() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named)
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(home or Path.home() / ".cache") / "shekara"
    except RuntimeError:  # nobody has a home here
        return Path(tempfile.gettempdir()) / f"shekara-{os.getpid()}"
