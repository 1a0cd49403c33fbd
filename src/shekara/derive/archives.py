"""One file of a packed package, read in memory: no bomb, no link, no damage gets further."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from pathlib import Path
from typing import IO

from shekara.errors import InputError

LARGEST_UNPACKED = 1 << 30  # bytes; the largest package known holds 0.17 GB


class _Counted(io.RawIOBase):
    """A stream that ends with an error when more comes out of it than is allowed."""

    def __init__(self, stream: IO[bytes], name: str, most: int):
        self.stream, self.name, self.left, self.most = stream, name, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self.stream.read(len(buffer))
        self.left -= len(data)
        if self.left < 0:
            raise InputError(
                f"{self.name}: unpacks to more than {self.most / 1e9:.1f} GB, the limit; "
                "use a smaller package"
            )
        buffer[: len(data)] = data
        return len(data)


def read_member(archive: Path, name: str, most: int = LARGEST_UNPACKED) -> bytes:
    """The bytes of one file of a .tgz archive.

    Parameters
    ----------
    archive
        Path of the archive.
    name
        Of the file in it.
    most
        Bytes that the whole archive may unpack to.

    Raises
    ------
    InputError
        The archive is damaged or too large, or has no plain file of that name.
    """
    try:
        with gzip.open(archive) as unpacked:
            counted = io.BufferedReader(_Counted(unpacked, archive.name, most), 1 << 20)  # type: ignore[type-var,arg-type]
            with tarfile.open(fileobj=counted, mode="r|") as tar:
                for member in tar:
                    if member.name == name:
                        file = tar.extractfile(member) if member.isreg() else None
                        if file is None:
                            raise InputError(f"{archive.name}: {name} is a link or a folder")
                        data = file.read()
                        if len(data) != member.size:
                            raise EOFError("it ends in the middle of the file")
                        return data
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise InputError(
            f"{archive}: is damaged ({error}); delete the file to fetch it again"
        ) from error
    raise InputError(f"{archive.name}: the package has no file {name.removeprefix('package/')}")
