"""The numbers of a text as drafts in an atlas's own files, each with the layer it speaks of."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shekara.atlas import Atlas, Layer
from shekara.atlas.paths import inside
from shekara.errors import UsageError
from shekara.intake.coverage import coverage
from shekara.intake.naming import layer_name
from shekara.storage import write_file
from shekara.texts import Candidate
from shekara.texts.draft import table

SHORTEST, STEM = 4, 5  # letters: a word that says what a layer is, and what its endings leave of it
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
# What in a sentence speaks for a layer: the name of a feature, a word of the layer's title, one of
# a field's; and a word of the title in the number's own phrase ("20 regions").
NAME, TITLE, FIELD, PHRASE = 4, 3, 1, 4
LINES, AREAS = {"LineString", "MultiLineString"}, {"Polygon", "MultiPolygon"}
SHAPES = {"area": AREAS, "length": LINES | AREAS}  # what a number of a kind can be measured on


@dataclass(frozen=True)
class Drafted:
    """A file of the atlas and the drafts that were written to it."""

    file: Path
    ids: tuple[str, ...]


def draft(
    text: Sequence[Candidate], atlas: Atlas, named: str, layer: str | None = None
) -> tuple[Drafted, ...]:
    """Write the numbers of a text into an atlas as claims with ``draft = true``.

    What a claim or a draft of the atlas answers already is left out, so that a text can be read
    again when it has changed. A draft goes to the layer whose title, fields or features the
    sentence names; those that name none go to a layer without shapes, called after the text.

    Parameters
    ----------
    text
        Its numbers, in their order.
    atlas
        A loaded atlas.
    named
        File name of the text.
    layer
        The layer of all drafts, where they are one layer's.

    Raises
    ------
    UsageError
        No such layer; or a layer's file writes its claims as ``claim = [...]``, to which nothing
        can be appended.
    """
    if layer is not None:
        atlas.layer(layer)
    open_ = [a.candidate for a in coverage(text, atlas) if not a.claims and not a.drafts]
    taken = {item.id for each in atlas.layers.values() for item in each.file.claim}
    words = {name: _words(each) for name, each in atlas.layers.items()}
    unnamed = layer_name(Path(named).stem)
    tables: dict[str, list[tuple[str, str]]] = {}
    placed = atlas.index.text is not None
    for candidate in open_:
        home = layer or _home(candidate, words, atlas) or unnamed
        name = _free(f"p{candidate.paragraph}-{candidate.kind}", taken)
        tables.setdefault(home, []).append((name, table(candidate, name, placed=placed)))
    written: list[tuple[Path, str, tuple[str, ...]]] = []
    for home, drafts in tables.items():
        path = atlas.folder / "layers" / f"{home}.toml"
        before = path.read_text(encoding="utf-8") if path.is_file() else _documents(named, atlas)
        after = "\n".join([before.rstrip("\n") + "\n", *(text for _, text in drafts)])
        try:
            tomllib.loads(after)
        except tomllib.TOMLDecodeError as error:
            raise UsageError(
                f"{path}: drafts cannot be appended ({error}); write its claims as [[claim]] "
                "tables, or name another layer with --layer"
            ) from error
        written.append((path, after, tuple(name for name, _ in drafts)))
    if unnamed in tables and unnamed not in atlas.layers:
        empty = {"type": "FeatureCollection", "features": []}
        write_file(inside(atlas.folder, f"geo/{unnamed}.geojson"), json.dumps(empty) + "\n")
    for path, after, _ in written:
        write_file(path, after)
    return tuple(Drafted(path, ids) for path, _, ids in written)


def _free(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    taken.add(f"{stem}-{number}")
    return f"{stem}-{number}"


@dataclass(frozen=True)
class _Words:
    """By what a sentence names a layer: stems of titles and fields, features' names in full."""

    titles: frozenset[str]
    fields: frozenset[str]
    names: frozenset[str]

    def score(self, candidate: Candidate) -> int:
        """How much a number's sentence and its own phrase speak of the layer."""
        stems, folded = _stems([candidate.sentence]), f" {_folded(candidate.sentence)} "
        return (
            TITLE * len(self.titles & stems)
            + FIELD * len(self.fields & stems)
            + NAME * sum(f" {name} " in folded for name in self.names)
            + PHRASE * bool(self.titles & _stems([candidate.text]))
        )


def _home(candidate: Candidate, words: Mapping[str, _Words], atlas: Atlas) -> str | None:
    """The layer that a number speaks of most; of equals the one that comes first; None for none."""
    best, most = None, 0
    for name, layer in atlas.layers.items():
        score = words[name].score(candidate) if _measurable(candidate.kind, layer) else 0
        if score > most:
            best, most = name, score
    return best


def _measurable(kind: str, layer: Layer) -> bool:
    """Whether a layer has shapes of the kind that is stated: no area is measured on points."""
    types = {shape.geom_type for shape in layer.geometry if shape is not None}
    return kind not in SHAPES or bool(types & SHAPES[kind])


def _words(layer: Layer) -> _Words:
    """Titles and names of a layer in all languages."""
    fields = [text for info in layer.file.field.values() for text in _texts(info.title)]
    label = layer.file.style.label
    names = {
        _folded(value)
        for attributes in layer.properties
        for key, value in attributes.items()
        if (key in ("name", label) or key.startswith("name_")) and isinstance(value, str)
    }
    return _Words(
        _stems([layer.name, *_texts(layer.file.title)]),
        _stems(fields),
        frozenset(name for name in names if len(name) >= SHORTEST),
    )


def _folded(text: str) -> str:
    """Its words in small letters, a space between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _texts(text: str | Mapping[str, str]) -> Iterator[str]:
    yield from [text] if isinstance(text, str) else text.values()


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:STEM] for text in texts for word in WORD.findall(text.casefold()))


def _documents(named: str, atlas: Atlas) -> str:
    """The beginning of a layer without shapes, for claims that no layer of the atlas answers."""
    title = ", ".join(f"{lang} = {json.dumps(named)}" for lang in atlas.languages)
    return (
        f"title = {{ {title} }}  # fill in\n\n"
        f"[[source]]\nname = {json.dumps(f'{named} (fill in: who wrote it)', ensure_ascii=False)}\n"
        'license = "LicenseRef-fill-in"  # fill in: an SPDX expression, such as CC-BY-4.0\n\n'
        '[quality]\nprecision = "documentary"\n'
    )
