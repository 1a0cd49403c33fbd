"""A small atlas of an invented island, from which a new one is begun, and other examples."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from shekara.errors import UsageError

PARTS = ("geo", "layers", "maps")
FULL, DELIMITATION = "full", "delimitation"
# The first line of each file, by which Taplo and VS Code know its keys.
SCHEMA = "#:schema ../.schema/{}.schema.json\n"
# Written as comments: what they name (a recipe, fonts, a picture) is an atlas's own.
LEFT = """
# Keys that need something of your own:
"""


def write(folder: Path, *, full: bool = False) -> tuple[Path, ...]:
    """Write a small atlas into a new or empty folder; the files that were written.

    Parameters
    ----------
    folder
        New or empty.
    full
        The atlas in which every key appears once, with what it does as a comment.

    Raises
    ------
    UsageError
        The folder holds something already.
    """
    from shekara.keys import write_schemas

    with _whole(folder):
        _copied({FULL: "."} if full else {part: part for part in PARTS}, folder)
        if full:
            _explain(folder)
        write_schemas(folder / ".schema")
        for path in sorted(folder.glob("*/*.toml")):
            alone = path.stem in ("index", "sources")
            name = path.stem if alone else path.parent.name.removesuffix("s")
            text = SCHEMA.format(name) + path.read_text("utf-8")
            path.write_text(text, "utf-8", newline="\n")
    return _files(folder)


def write_delimitation(folder: Path) -> tuple[Path, ...]:
    """Copy the worked example of a delimitation into a new or empty folder.

    Raises
    ------
    UsageError
        The folder holds something already.
    """
    with _whole(folder):
        _copied({DELIMITATION: "."}, folder)
    return _files(folder)


@contextmanager
def _whole(folder: Path) -> Iterator[None]:
    """A new or empty folder that is as it was where the block does not end well.

    Raises
    ------
    UsageError
        The folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a folder that does not exist yet")
    there = folder.exists()
    try:
        yield
    except BaseException:
        for written in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(written, ignore_errors=True)  # all of it lies in folders
        if not there:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _copied(parts: Mapping[str, str], folder: Path) -> None:
    here = Path(__file__).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    for source, goal in parts.items():
        shutil.copytree(
            here / source, folder / goal, copy_function=shutil.copyfile, dirs_exist_ok=True
        )


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _explain(folder: Path) -> None:
    """Put the comments in; keys that only an owner can complete stand at the end of the index."""
    from shekara import keys
    from shekara.starter.explained import Explained

    explained = Explained()
    index = folder / "maps" / "index.toml"
    paths = [path for path in sorted(folder.glob("*/*.toml")) if path != index]
    texts = {
        path: explained.text(path.parent.name, path.stem, path.read_text("utf-8"))
        for path in [*paths, index]
    }
    left = [
        f"# {topic}: {key} = …  {keys.description(topic, key)}"
        for topic, key in sorted(explained.missing())
    ]
    texts[index] += LEFT + "\n".join(left) + "\n"
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
