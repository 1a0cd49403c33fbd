"""A folder that is replaced whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shekara.errors import UsageError

MARK = ".shekara"  # a folder with this file in it was built by us and may be built again


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of `out` when the block ends without an error."""
    out = out.resolve()
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        fresh.chmod(0o755)
        yield fresh
        (fresh / MARK).write_text("made by shekara build; it may be replaced\n", encoding="utf-8")
        old = fresh.with_name(fresh.name + "-old")
        if out.exists():
            out.replace(old)
        fresh.replace(out)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file; name a folder with --out")
    if any(out.iterdir()) and not (out / MARK).is_file():
        raise UsageError(
            f"{out} holds things that shekara did not build, and a build would replace them; "
            "name another folder with --out"
        )
