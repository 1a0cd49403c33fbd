"""Where geometry comes from: installed Python packages, npm packages in a cache, tables, layers."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from shekara.atlas.paths import inside
from shekara.derive.archives import read_member
from shekara.derive.recipe import NPM
from shekara.errors import InputError

LOCK = "layers/packages.csv"
LARGEST_TABLE = 64_000_000  # bytes
LARGEST_ARCHIVE = 500_000_000
LONGEST_DOWNLOAD_S = 900


def default_cache() -> Path:
    """Folder for downloaded packages: ``SHEKARA_CACHE``, else the platform's cache folder.

    "off" is a word for builds, which then remember nothing; packages have to lie somewhere.
    """
    named = os.environ.get("SHEKARA_CACHE", "")
    if named not in ("", "off"):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "shekara"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "shekara"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shekara"


@dataclass(frozen=True)
class Sources:
    """What a recipe may read: tables of the atlas, and packages pinned by version and digest."""

    atlas: Path
    cache: Path

    def table(self, name: str, required: tuple[str, ...] = ()) -> list[dict[str, str]]:
        """Rows of a CSV table of the atlas, by column name; cells are stripped text.

        Raises
        ------
        InputError
            The table is missing, is not UTF-8, lacks a required column or has a short row.
        """
        path = inside(self.atlas, name)
        try:
            if path.stat().st_size > LARGEST_TABLE:
                raise InputError(f"{name}: is larger than {LARGEST_TABLE / 1e6:.0f} MB, the limit")
            # utf-8-sig: spreadsheets write a mark at the beginning
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                columns, rows = list(reader.fieldnames or []), list(reader)
        except FileNotFoundError:
            raise InputError(f"{name}: there is no such table in {self.atlas}") from None
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputError(f"{name}: not readable as CSV in UTF-8: {error}") from error
        _check(name, columns, rows, required)
        return [{key: value.strip() for key, value in row.items()} for row in rows]

    def require_python(self, reference: str) -> None:
        """Check that the Python package ``NAME@VERSION`` is installed in that version."""
        name, _, version = reference.removeprefix("pypi:").rpartition("@")
        try:
            version_value = metadata.version(name)
        except metadata.PackageNotFoundError:
            version_value = "not installed"
        if version_value != version:
            raise InputError(
                f"package {name} {version} is needed and {version_value} was found; "
                f"install it with: pip install '{name}=={version}'"
            )

    def read_npm(self, reference: str, member: str) -> bytes:
        """One file of the npm package ``NAME@VERSION``, read from its checked archive.

        Nothing is unpacked to disk: the archive is read in memory, so a path in it can do no
        harm.
        """
        return read_member(self.fetch_npm(reference), f"package/{member}")

    def fetch_npm(self, reference: str) -> Path:
        """Path of the archive of ``NAME@VERSION`` in the cache; downloaded once if absent.

        The archive is compared with the SHA-512 of ``layers/packages.csv`` every time.
        """
        reference = reference.removeprefix("npm:")
        if not NPM.fullmatch(f"npm:{reference}"):
            raise InputError(f"{reference!r} is no npm package in one version; write NAME@1.2.3")
        expected = pinned(self, reference)
        target = (
            self.cache / "npm" / (reference.replace("@", "", 1).replace("/", "-") + ".tgz")
            if reference.startswith("@")
            else self.cache / "npm" / f"{reference}.tgz"
        )
        if not target.exists():
            _download_npm(reference, target)
        with target.open("rb") as file:
            digest = hashlib.file_digest(file, "sha512").hexdigest()
        if digest != expected:
            raise InputError(
                f"{target}: SHA-512 is {digest[:16]}... and {LOCK} says {expected[:16]}...; "
                "delete the file to fetch it again"
            )
        return target


def pinned(sources: Sources, reference: str) -> str:
    """SHA-512 that `LOCK` gives for the npm package ``NAME@VERSION``, in hexadecimal digits.

    Raises
    ------
    InputError
        It gives none, or what it gives is no SHA-512.
    """
    reference = reference.removeprefix("npm:")
    for row in sources.table(LOCK, ("registry", "package", "sha512")):
        if row["registry"] == "npm" and row["package"] == reference:
            if not re.fullmatch(r"[0-9a-f]{128}", row["sha512"]):
                raise InputError(f"{LOCK}: sha512 of {reference} is not 128 hexadecimal digits")
            return row["sha512"]
    raise InputError(
        f"{LOCK}: no line for npm package {reference}; add it with the SHA-512 of its "
        "archive, so that everybody derives from the same file"
    )


def read_toml(atlas: Path, file: str) -> dict[str, object]:
    """A TOML file of an atlas.

    Raises
    ------
    InputError
        There is none, or it is not TOML.
    """
    try:
        return tomllib.loads(inside(atlas, file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such layer in {atlas}; see `shekara list`") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file}: not readable as TOML: {error}") from error


def _check(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str | None, str]],
    required: tuple[str, ...],
) -> None:
    for column in required:
        if column not in columns:
            raise InputError(f"{name}: column {column!r} is missing; it has {list(columns)}")
    if twice := [column for column in columns if columns.count(column) > 1]:
        raise InputError(f"{name}: column {twice[0]!r} stands twice; rename or delete one")
    if not rows and name != LOCK:
        raise InputError(f"{name}: has no rows under its heading; add one, or leave the table out")
    for number, row in enumerate(rows, 2):
        if None in row or any(value is None for value in row.values()):
            raise InputError(
                f"{name}: line {number} has not as many cells as the heading; "
                "put cells with commas in quotes"
            )
        if "id" in required and not row["id"].strip():
            raise InputError(f"{name}: line {number}: id is empty; every row has an id of its own")


def _download_npm(reference: str, target: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise InputError(
            f"package {reference} is not in the cache and npm was not found; install Node.js "
            f"with npm, or put the package's archive at {target}"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        options = ["--pack-destination", folder, "--ignore-scripts", "--silent"]
        try:
            result = subprocess.run(
                [npm, "pack", *options, "--", reference],
                cwd=folder,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=LONGEST_DOWNLOAD_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise InputError(
                f"npm did not fetch {reference} within {LONGEST_DOWNLOAD_S} s; check the network, "
                f"or put the package's archive at {target}"
            ) from None
        archives = list(Path(folder).glob("*.tgz"))
        if result.returncode or len(archives) != 1:
            last = (result.stderr.strip().splitlines() or ["no message"])[-1]
            raise InputError(
                f"npm could not fetch {reference}: {last}; check the network, or put the "
                f"package's archive at {target}"
            )
        if archives[0].stat().st_size > LARGEST_ARCHIVE:
            raise InputError(
                f"{reference}: its archive is larger than {LARGEST_ARCHIVE / 1e6:.0f} MB, the limit"
            )
        archives[0].replace(target)
