"""What earlier builds made, by the content of what it was made of: only what changed is made anew.

A key is a digest of everything that an answer depends on: the program's own files, the versions of
the libraries, and the arguments. So the files of a build are the same with it and without.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import shapely

from shekara import claims
from shekara.atlas import Atlas, Claim
from shekara.claims import Verdict
from shekara.tasks import Scheduler, Task
from shekara.tasks.pool import Answer

VARIABLE = "SHEKARA_CACHE"
MOST = 1_000_000_000  # bytes; what was used longest ago goes first
# Libraries whose version may change a byte of what is drawn or a digit of what is measured.
DRAWN_BY = (
    "babel", "cartopy", "folium", "fonttools", "mapclassify", "matplotlib", "numpy", "pikepdf",
    "pyproj", "scipy", "shapely", "xstatic-leaflet",
)  # fmt: skip
WORDING = {"says", "text", "note", "official", "url"}  # of a claim: no verdict depends on them


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
            key = digest(stamp(), beside, task.work.__qualname__, _content(task.arguments))
            answer = self.get(key)
            if answer is None:
                waiting[task.title] = (key, task)
            else:
                yield task.title, answer
        if waiting:  # processes start only where there is something to do
            for title, answer in scheduler.run([task for _, task in waiting.values()]):
                self.made += 1
                self.put(waiting[title][0], answer)
                yield title, answer

    def verdicts(self, atlas: Atlas, scheduler: Scheduler | None = None) -> tuple[Verdict, ...]:
        """The verdicts on all claims; wording alone changes none."""
        data = digest(stamp(), *_data(atlas))
        verdicts: dict[str, Verdict] = {}
        keys = [_claim_key(data, claim) for claim in atlas.claims]
        for key in keys:
            verdict = self.get(key)
            if verdict is not None:
                verdicts[key] = verdict
        named = zip(keys, atlas.claims, strict=True)
        missing = {key: claim for key, claim in named if key not in verdicts}
        judged = claims.check_each(list(missing.values()), atlas, scheduler)
        for key, verdict in zip(missing, judged, strict=True):
            self.made += 1
            self.put(key, verdict)
            verdicts[key] = verdict
        return tuple(
            replace(verdicts[key], claim=claim)
            for key, claim in zip(keys, atlas.claims, strict=True)
        )

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


def _claim_key(data: str, claim: Claim) -> str:
    table = claim.table.model_dump(exclude=WORDING | {claim.kind})
    return digest(data, claim.layer, claim.kind, repr(claim.asks), repr(table))


def digest(*parts: str | bytes) -> str:
    """One name for several texts or bytes, whose borders count."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(f"{len(data)}:".encode())
        total.update(data)
    return total.hexdigest()


def _content(value: object) -> bytes:
    """A value as bytes that say nothing of which of its equal parts are one object.

    That is a pickle without a memo; arguments of tasks have no cycles.
    """
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol=5)
    pickler.fast = True
    pickler.dump(value)
    return out.getvalue()


def whole(atlas: Atlas, options: object) -> str:
    """The key of a build: all that the atlas holds, its pictures and fonts, and how it is drawn."""
    maps = [repr((name, item.file)) for name, item in atlas.maps.items()]
    files = [digest((atlas.folder / name).read_bytes()) for name in _companions(atlas)]
    layers = [repr(layer.file) for layer in atlas.layers.values()]
    said = [repr(atlas.index), repr(atlas.languages), repr(dict(atlas.words)), repr(options)]
    return digest(stamp(), *_data(atlas), *layers, *maps, *files, *said)


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


def companions_digest(atlas: Atlas) -> str:
    """Of the relief and the fonts that the atlas names: scenes hold only their paths."""
    return digest(*((atlas.folder / name).read_bytes() for name in _companions(atlas)))


@lru_cache(maxsize=1)
def stamp() -> str:
    """The program and its libraries."""
    package = Path(__file__).resolve().parent.parent
    files = [
        digest(path.relative_to(package).as_posix(), path.read_bytes())
        for path in sorted(package.rglob("*"))
        if path.is_file() and path.suffix != ".pyc" and "bundled" not in path.parts
    ]
    return digest(sys.version, *files, *(f"{name} {_version(name)}" for name in DRAWN_BY))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _usual() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named)
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(home or Path.home() / ".cache") / "shekara"
    except RuntimeError:  # nobody has a home here
        return Path(tempfile.gettempdir()) / f"shekara-{os.getpid()}"


def _data(atlas: Atlas) -> Iterator[str]:
    """What verdicts depend on beside their claim: shapes, attributes, quality, sources."""
    for layer in atlas.layers.values():
        shapes = [b"" if shape is None else shapely.to_wkb(shape) for shape in layer.geometry]
        file = layer.file.model_copy(update={"claim": []})
        yield digest(layer.name, repr(file), repr(layer.properties), repr(layer.remarks), *shapes)
    yield repr(sorted(atlas.sources.items()))
    yield repr(atlas.index.text)


def _companions(atlas: Atlas) -> list[str]:
    relief = [f"geo/{atlas.index.relief.file}"] if atlas.index.relief is not None else []
    return [*relief, *(f"maps/{name}" for name in atlas.index.fonts)]
