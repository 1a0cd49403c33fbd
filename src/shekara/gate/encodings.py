"""The letters of old files: which encoding a text has, stated or guessed, and said when guessed."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import Path

from shekara.errors import InputError

# What Shapefiles and CSV files are written in by the programs that people use.
LIKELY = (
    "utf-8", "Windows-1250", "Windows-1251", "Windows-1252", "Windows-1253", "Windows-1254",
    "Windows-1255", "Windows-1256", "Windows-1257", "Windows-1258", "KOI8-R", "CP866", "CP850",
    "CP852", "GB18030", "Big5", "CP932", "EUC-JP", "CP949",
)  # fmt: skip
# Byte 29 of a .dbf: 0 is "not stated"; 0x57 is "of this machine", which says as little.
UNSTATED = (0x00, 0x57)
SAMPLE_BYTES = 100_000
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # marks at the beginning of a text


def known(name: str) -> str:
    """An encoding's name as Python has it.

    Raises
    ------
    InputError
        There is no such encoding.
    """
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise InputError(f"--encoding {name}: is no encoding; give utf-8, cp1251 …") from error


def guess(data: bytes) -> str:
    """The likeliest encoding of a text: UTF-8 where it is that, else by a detector."""
    if data.startswith(UTF_16):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    import chardet  # late: slow to import, and rarely needed

    best = chardet.detect(data[:SAMPLE_BYTES], include_encodings=LIKELY)["encoding"]
    return codecs.lookup(best or "cp1252").name


def shapefile_states(path: Path) -> bool:
    """Whether a Shapefile says its encoding, in a .cpg or in its table's language byte."""
    for ending in (".cpg", ".CPG"):
        if path.with_suffix(ending).is_file():
            return True
    for ending in (".dbf", ".DBF"):
        table = path.with_suffix(ending)
        if table.is_file():
            with table.open("rb") as file:
                return _head_states(file.read(32))
    return True  # no table, no text


def zipped_shapefile_states(path: Path, inside: str) -> bool:
    """The same for a Shapefile in a zip."""
    stem = inside.rpartition(".")[0].casefold()
    with zipfile.ZipFile(path) as archive:
        parts = {name.casefold(): name for name in archive.namelist()}
        if f"{stem}.cpg" in parts:
            return True
        if f"{stem}.dbf" not in parts:
            return True
        with archive.open(parts[f"{stem}.dbf"]) as file:
            return _head_states(file.read(32))


def _head_states(head: bytes) -> bool:
    return len(head) > 29 and head[29] not in UNSTATED
