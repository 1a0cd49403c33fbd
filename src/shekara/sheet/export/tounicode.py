"""From glyphs back to letters: the tables of a PDF's fonts in the form that every program reads.

matplotlib writes ranges with arrays, which Ghostscript 10 reads wrongly: Cyrillic would come out
of a CMYK file as nonsense. Single mappings (ISO 32000-1, 9.10.3) are read by all.
"""

from __future__ import annotations

import re

import pikepdf

RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*\[([^\]]*)\]")
MOST = 100  # mappings in one block, by the specification


def write_single_mappings(pdf: pikepdf.Pdf) -> None:
    """Replace ranges with arrays by single mappings in all fonts of a document."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            stream = item.ToUnicode
            before = stream.read_bytes()
            after = single_mappings(before)
            if after != before:
                stream.write(after)


def single_mappings(table: bytes) -> bytes:
    """A table of a font with its ranges written out; anything else in it stays as it is."""
    match_found = list(RANGE.finditer(table))
    if not match_found:
        return table
    pairs = []
    for part in match_found:
        first = int(part[1], 16)
        letters = re.findall(rb"<([0-9a-fA-F]+)>", part[3])
        pairs += [
            b"<%0*x> <%s>" % (len(part[1]), first + place, letter)
            for place, letter in enumerate(letters)
        ]
    blocks = [
        b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block))
        for block in (pairs[start : start + MOST] for start in range(0, len(pairs), MOST))
    ]
    head = table.index(b"endcodespacerange") + len(b"endcodespacerange")
    tail = table.rindex(b"endcmap")
    return table[:head] + b"\n" + b"\n".join(blocks) + b"\n" + table[tail:]
