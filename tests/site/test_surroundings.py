"""The same bytes wherever a site is built: locale, hash seed, workers, folder, user's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.atlases import sound

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ulimit, umask")
SURE = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
ODD = {"LC_ALL": "C", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7"}
RC = """font.size: 31
lines.linewidth: 9
axes.facecolor: red
savefig.facecolor: green
figure.dpi: 30
"""


def built(atlas: Path, out: Path, env: dict[str, str], before: str, *more: str) -> dict[str, bytes]:
    """The files of a site that another process built, by their path in it."""
    command = [sys.executable, "-m", "shekara.cli", "build", str(atlas), "--out", str(out), *more]
    run = subprocess.run(
        ["bash", "-c", before + 'exec "$@"', "bash", *command],
        env={**SURE, **env},
        cwd=out.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_surroundings_do_not_show(tmp_path: Path) -> None:
    atlas = sound(tmp_path / "atlas")
    (tmp_path / "plain").mkdir()
    usual = built(atlas, tmp_path / "plain" / "site", {"HOME": str(tmp_path)}, "")
    assert len(usual) > 8
    folder = tmp_path / 'o\'d d\n"x"é'
    (folder / "home" / ".config" / "matplotlib").mkdir(parents=True)
    (folder / "home" / ".config" / "matplotlib" / "matplotlibrc").write_text(RC)
    (folder / "matplotlibrc").write_text(RC)
    env = {**ODD, "HOME": str(folder / "home")}
    before = "umask 077; ulimit -n 64; "
    found = built(sound(folder / "atlas"), folder / "si te", env, before, "--workers", "1")
    assert list(found) == list(usual)
    assert [name for name in usual if found[name] != usual[name]] == []
