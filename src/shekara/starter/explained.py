"""The atlas in which every key appears once: its files, with what each key does as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from shekara import keys
from shekara.claims import KINDS

# Which topic's keys stand under a heading, by the first that fits; the rest are the file's own.
HEADINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "layers": (
        (r"source", "source"), (r"quality", "quality"), (r"field\..+", "field"),
        (r"style(\..+)?", "style"), (r"time", "time"), (r"claim(\..+)?", "claim"), (r"", "layer"),
    ),
    "maps": (
        (r"layers", "map-layer"), (r"step", "step"), (r"panel(\..+)?", "panel"),
        (r"projection", "projection"),
        (r"multiples|sheet(\..+)?|", "map"),
    ),
    "index": ((r"text|imprint|", "index"),),
    "sources": ((r".+", "source"),),
}  # fmt: skip
HEADING = re.compile(r"\[{1,2}([^\]]+)\]{1,2}\s*")
KEY = re.compile(r"([A-Za-z0-9_]+) = ")
INNER = re.compile(r"[{,] ([a-z0-9_]+) = ")
WRITTEN_OUT = ("at", "no_data")  # tables on one line whose keys are their topic's


class Explained:
    """Comments for the files of an atlas, each key's once, in the order in which they are read."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def text(self, folder: str, name: str, text: str) -> str:
        """A file with its comments; `folder` is layers or maps, `name` the file's stem."""
        sort = name if name in ("index", "sources") else folder
        topic = _topic(sort, "")
        lines: list[str] = []
        for line in text.splitlines():
            heading = HEADING.fullmatch(line)
            if heading is not None:
                lines += self._heading(sort, heading[1])
                lines.append(line)
                topic = _topic(sort, heading[1])
            else:
                lines += self._line(topic, line)
        return "\n".join(lines) + "\n"

    def missing(self) -> Iterator[tuple[str, str]]:
        """Topics and keys that no file has shown yet."""
        for topic, key in every_key():
            if (topic, key) not in self._seen:
                yield topic, key

    def _heading(self, sort: str, heading: str) -> Iterator[str]:
        """What a table is, where it is a key of the file or of another table."""
        parent, _, key = heading.rpartition(".")
        key = parent if parent == "field" else key
        topic = _topic(sort, "" if key == parent else parent)
        if self._new(topic, key):
            yield f"# {keys.description(topic, key)}"

    def _line(self, topic: str, line: str) -> Iterator[str]:
        match = KEY.match(line)
        if match is None:
            yield line
            return
        key = match[1]
        kind = topic == "claim" and key in KINDS
        if kind:
            yield f"# {key}: {keys.meaning(key)}"
            for inner in INNER.findall(line):
                if self._new("kind", inner):
                    yield f"#   {inner}: {keys.description('kind', inner)}"
        elif self._new(topic, key):
            yield f"# {keys.description(topic, key)}"
        for inner in INNER.findall(line) if key in WRITTEN_OUT else ():
            if self._new(topic, inner):
                yield f"#   {inner}: {keys.description(topic, inner)}"
        yield line

    def _new(self, topic: str, key: str) -> bool:
        if (topic, key) in self._seen or (topic, key) not in every_key():
            return False
        self._seen.add((topic, key))
        return True


def every_key() -> set[tuple[str, str]]:
    """All keys of an atlas's files, by topic; those of the kinds of claims under "kind"."""
    return {(topic, key) for topic in keys.TOPICS for key in keys.keys_of(topic)} | {
        ("kind", key) for kind in KINDS for key in keys.keys_of(kind)
    }


def _topic(sort: str, heading: str) -> str:
    return next(
        (topic for pattern, topic in HEADINGS[sort] if re.fullmatch(pattern, heading)), "none"
    )
