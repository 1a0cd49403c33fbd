"""Where geometry comes from: installed Python packages, npm packages in a cache, tables, layers."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from shekara.errors import InputError

LOCK = "layers/packages.csv"


def default_cache() -> Path:
    """Folder for downloaded packages: ``SHEKARA_CACHE``, else the platform's cache folder."""
    if named := os.environ.get("SHEKARA_CACHE"):
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
        path = self.atlas / name
        try:
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                rows = list(reader)
        except FileNotFoundError:
            raise InputError(f"{name}: there is no such table in {self.atlas}") from None
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputError(f"{name}: not readable as CSV in UTF-8: {error}") from error
        columns = reader.fieldnames or []
        for column in required:
            if column not in columns:
                raise InputError(f"{name}: column {column!r} is missing; it has {list(columns)}")
        for number, row in enumerate(rows, 2):
            if None in row or any(value is None for value in row.values()):
                raise InputError(
                    f"{name}: line {number} has not as many cells as the heading; "
                    "put cells with commas in quotes"
                )
        return [{key: value.strip() for key, value in row.items()} for row in rows]

    def require_python(self, reference: str) -> None:
        """Check that the Python package ``NAME@VERSION`` is installed in that version."""
        name, _, version = reference.rpartition("@")
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            found = "not installed"
        if found != version:
            raise InputError(
                f"package {name} {version} is needed and {found} was found; "
                f"install it with: pip install '{name}=={version}'"
            )

    def read_npm(self, reference: str, member: str) -> bytes:
        """One file of the npm package ``NAME@VERSION``, read from its checked archive.

        Nothing is unpacked to disk: the archive is read in memory, so a path in it can do no
        harm.
        """
        archive = self.fetch_npm(reference)
        with tarfile.open(archive, "r:gz") as tar:
            try:
                file = tar.extractfile(f"package/{member}")
            except KeyError:
                file = None
            if file is None:
                raise InputError(f"{reference}: the package has no file {member}")
            return file.read()

    def fetch_npm(self, reference: str) -> Path:
        """Path of the archive of ``NAME@VERSION`` in the cache; downloaded once if absent.

        The archive is compared with the SHA-512 of ``layers/packages.csv`` every time.
        """
        expected = self._digest("npm", reference)
        target = (
            self.cache / "npm" / (reference.replace("@", "", 1).replace("/", "-") + ".tgz")
            if reference.startswith("@")
            else self.cache / "npm" / f"{reference}.tgz"
        )
        if not target.exists():
            _download_npm(reference, target)
        with target.open("rb") as file:
            found = hashlib.file_digest(file, "sha512").hexdigest()
        if found != expected:
            raise InputError(
                f"{target}: SHA-512 is {found[:16]}... and {LOCK} says {expected[:16]}...; "
                "delete the file to fetch it again"
            )
        return target

    def _digest(self, registry: str, reference: str) -> str:
        for row in self.table(LOCK, ("registry", "package", "sha512")):
            if row["registry"] == registry and row["package"] == reference:
                return row["sha512"]
        raise InputError(
            f"{LOCK}: no line for {registry} package {reference}; add it with the SHA-512 of its "
            "archive, so that everybody derives from the same file"
        )


def _download_npm(reference: str, target: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise InputError(
            f"package {reference} is not in the cache and npm was not found; install Node.js "
            f"with npm, or put the package's archive at {target}"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        result = subprocess.run(
            [npm, "pack", reference, "--pack-destination", folder, "--ignore-scripts", "--silent"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        archives = list(Path(folder).glob("*.tgz"))
        if result.returncode or len(archives) != 1:
            last = (result.stderr.strip().splitlines() or ["no message"])[-1]
            raise InputError(
                f"npm could not fetch {reference}: {last}; check the network, or put the "
                f"package's archive at {target}"
            )
        archives[0].replace(target)
