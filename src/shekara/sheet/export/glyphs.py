"""TrueType fonts cut down to the glyphs that a page shows, and put together again for a book.

A reader of PDFs needs the outlines and widths of the glyphs, found by their numbers (ISO 32000-1,
9.9: head, hhea, hmtx, loca, maxp, glyf, cvt, fpgm, prep), and nothing that turns letters into
glyphs. Glyphs keep their numbers: so the cuts of one font can be put together.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import numpy as np
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter  # type: ignore[import-untyped]

from shekara.pictures import last_saved

KEPT = ("head", "hhea", "maxp", "cvt ", "fpgm", "prep")  # as they are; the others are cut
# A table of ours: which font it was, for glyphs have the same numbers in it alone; in a collection
# each face is a font.
MARK = "Cut0"
LONG_PLACES = 50  # where head says how places in glyf are written: 0 halves, 1 whole numbers
METRICS = 34  # where hhea says how many glyphs have a width of their own
# Composite glyphs (OpenType, glyf): bits of a part's flags.
WORDS, SCALE, MORE, TWO_SCALES, FOUR_SCALES = 0x1, 0x8, 0x20, 0x40, 0x80


@dataclass(frozen=True)
class Outlines:
    """Glyphs of a font by their number, each with its record of hmtx; the tables beside them."""

    tables: Mapping[str, bytes]
    glyphs: Mapping[int, bytes]
    metrics: Mapping[int, bytes]  # advance and bearing, four bytes each
    total: int


@lru_cache(maxsize=32)
def _outlines(path: str, _saved: tuple[int, int], face: int) -> Outlines | None:
    """The glyphs of a font's file as it was saved; None where it has no TrueType outlines."""
    return read_outlines(Path(path).read_bytes(), face)


def read_outlines(font: bytes, face: int = -1) -> Outlines | None:
    """The glyphs of a font, or of a face of a collection; None without TrueType outlines."""
    reader = SFNTReader(io.BytesIO(font), fontNumber=face if font[:4] == b"ttcf" else -1)
    if not {"glyf", "loca", "hmtx", "head", "hhea", "maxp"} <= set(reader.keys()):
        return None
    tables = {tag: reader[tag] for tag in KEPT if tag in reader}
    head, total = tables["head"], int.from_bytes(tables["maxp"][4:6], "big")
    whole = head[LONG_PLACES : LONG_PLACES + 2] == b"\0\1"
    places = np.frombuffer(reader["loca"], ">u4" if whole else ">u2")[: total + 1].tolist()
    step, glyf = 1 if whole else 2, reader["glyf"]
    glyphs = {
        number: glyf[step * start : step * end]
        for number, (start, end) in enumerate(pairwise(places))
        if end > start
    }
    tables[MARK] = reader[MARK] if MARK in reader else hashlib.sha256(b"%d " % face + font).digest()
    metrics = _metrics(reader["hmtx"], int.from_bytes(tables["hhea"][METRICS:], "big"), total)
    return Outlines(MappingProxyType(tables), glyphs, metrics, total)


def _metrics(table: bytes, wide: int, total: int) -> dict[int, bytes]:
    """The record of each glyph; those after the last with a width of its own share that."""
    last = table[4 * wide - 4 : 4 * wide - 2]
    records = [table[at : at + 4] for at in range(0, 4 * wide, 4)]
    records += [last + table[at : at + 2] for at in range(4 * wide, 2 * (wide + total), 2)]
    return dict(enumerate(records[:total]))


def cut(path: str, face: int, wanted: Iterable[int]) -> bytes | None:
    """A font with these glyphs, their parts and the sign for a missing one.

    Parameters
    ----------
    path, face
        The font's file, and which of its faces where it is a collection.
    wanted
        Numbers of glyphs.

    Returns
    -------
    bytes or None
        None where the font has no TrueType outlines.
    """
    whole = _outlines(path, last_saved(path), face)
    if whole is None:
        return None
    needed, waiting = set[int](), [0, *wanted]
    while waiting:
        number = waiting.pop()
        if number not in needed and number < whole.total:
            needed.add(number)
            waiting += _parts(whole.glyphs.get(number, b""))
    return _written(_only(whole, needed))


def _only(whole: Outlines, needed: set[int]) -> Outlines:
    return replace(
        whole,
        glyphs={number: whole.glyphs[number] for number in needed if number in whole.glyphs},
        metrics={number: whole.metrics[number] for number in needed},
    )


def _parts(glyph: bytes) -> list[int]:
    """The glyphs that a composite glyph is made of."""
    if not glyph or int.from_bytes(glyph[:2], "big", signed=True) >= 0:
        return []
    parts, at, flags = [], 10, MORE
    while flags & MORE:
        flags = int.from_bytes(glyph[at : at + 2], "big")
        parts.append(int.from_bytes(glyph[at + 2 : at + 4], "big"))
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & FOUR_SCALES else 0
    return parts


def together(fonts: Sequence[bytes]) -> list[bytes]:
    """For each cut font one that serves all cuts of the same font; the others as they are."""
    read = [read_outlines(font) for font in fonts]
    groups: dict[bytes, list[Outlines]] = {}
    for outlines in read:
        if outlines is not None:
            groups.setdefault(outlines.tables[MARK], []).append(outlines)
    written = {mark: _written(_united(group)) for mark, group in groups.items()}
    return [
        font if outlines is None else written[outlines.tables[MARK]]
        for font, outlines in zip(fonts, read, strict=True)
    ]


def _united(cuts: Sequence[Outlines]) -> Outlines:
    glyphs: dict[int, bytes] = {}
    metrics: dict[int, bytes] = {}
    for outlines in cuts:
        glyphs |= outlines.glyphs
        metrics |= {n: record for n, record in outlines.metrics.items() if n in outlines.glyphs}
        metrics |= {n: record for n, record in outlines.metrics.items() if any(record)}
    return replace(cuts[0], glyphs=glyphs, metrics=metrics)


def _written(font: Outlines) -> bytes:
    """A font's file; numbers without a glyph are empty."""
    places, data, at = [0], [], 0
    for number in range(font.total):
        glyph = font.glyphs.get(number, b"")
        glyph += b"\0" * (-len(glyph) % 4)
        data.append(glyph)
        at += len(glyph)
        places.append(at)
    head, hhea = bytearray(font.tables["head"]), bytearray(font.tables["hhea"])
    head[LONG_PLACES : LONG_PLACES + 2] = b"\0\1"
    hhea[METRICS : METRICS + 2] = font.total.to_bytes(2, "big")
    tables = {
        **font.tables,
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(font.metrics.get(n, b"\0" * 4) for n in range(font.total)),
        "loca": np.asarray(places, ">u4").tobytes(),
        "glyf": b"".join(data),
    }
    out = io.BytesIO()
    writer = SFNTWriter(out, len(tables))
    for tag in sorted(tables):
        writer[tag] = tables[tag]
    writer.close()
    return out.getvalue()
