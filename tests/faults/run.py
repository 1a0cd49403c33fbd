"""A full disk, a read-only folder, no home, little memory, kills: what a build does then.

By hand: `python tests/faults/run.py [NAME …] [--kills 50]`. Each trial says what was expected and
what was seen; the exit code is 1 where they differ. Some trials need Linux and the right to mount.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEKARA = [sys.executable, "-m", "shekara.cli"]
# What a shell command ends with that is not allowed to do what a trial needs.
NOT_ALLOWED = 77


@dataclass(frozen=True)
class Bench:
    """A folder with a small atlas, and the bytes that a quiet machine makes of it."""

    folder: Path
    atlas: Path
    usual: str
    seconds: float


@dataclass(frozen=True)
class Seen:
    """What a trial gave: whether as expected, or None where it could not be made."""

    well: bool | None
    text: str


def environment(**values: str | None) -> dict[str, str]:
    """This process's environment with some values set, or taken out where None."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for name, value in values.items():
        env.pop(name, None)
        if value is not None:
            env[name] = value
    return env


def build(
    bench: Bench, out: Path, env: dict[str, str] | None = None, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """`shekara build` of the small atlas in a shell that first does something."""
    command = [*SHEKARA, "build", str(bench.atlas), "--out", str(out)]
    return subprocess.run(
        ["bash", "-c", f'{before}\nexec "$@"', "bash", *command],
        env=env or environment(),
        cwd=bench.folder,
        capture_output=True,
        text=True,
        check=False,
    )


def digest(site: Path) -> str:
    """One name for all bytes of a folder."""
    total = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def last_line(run: subprocess.CompletedProcess[str]) -> str:
    lines = run.stderr.strip().splitlines()
    return lines[-1] if lines else ""


def same_bytes(bench: Bench, run: subprocess.CompletedProcess[str], out: Path) -> Seen:
    if run.returncode == NOT_ALLOWED:
        return Seen(None, "not allowed here")
    if run.returncode:
        return Seen(False, f"exit {run.returncode}: {last_line(run)}")
    same = digest(out) == bench.usual
    return Seen(same, "same bytes" if same else "other bytes")


def refused(run: subprocess.CompletedProcess[str]) -> Seen:
    """One line and the code for a machine that fails."""
    if run.returncode == NOT_ALLOWED:
        return Seen(None, "not allowed here")
    well = run.returncode == 4 and "Traceback" not in run.stderr
    return Seen(well, f"exit {run.returncode}: {last_line(run)}")


def no_home(bench: Bench) -> Seen:
    out = bench.folder / "no-home"
    env = environment(HOME=None, XDG_CACHE_HOME=None, XDG_CONFIG_HOME=None, USER=None)
    return same_bytes(bench, build(bench, out, env), out)


def home_that_is_not_there(bench: Bench) -> Seen:
    out = bench.folder / "no-such-home"
    return same_bytes(bench, build(bench, out, environment(HOME="/nowhere/at/all")), out)


def locale_and_time_zone(bench: Bench) -> Seen:
    out = bench.folder / "locale"
    env = environment(LC_ALL="C", LANG="C", TZ="Pacific/Kiritimati", PYTHONHASHSEED="99")
    return same_bytes(bench, build(bench, out, env), out)


def few_files(bench: Bench) -> Seen:
    out = bench.folder / "files"
    return same_bytes(bench, build(bench, out, before="ulimit -n 64"), out)


def little_memory(bench: Bench) -> Seen:
    out = bench.folder / "memory"
    before = f"ulimit -v {3 * 1024 * 1024}"
    return same_bytes(bench, build(bench, out, before=before), out)


def one_core(bench: Bench) -> Seen:
    out = bench.folder / "core"
    before = f"taskset -cp 0 $$ >/dev/null || exit {NOT_ALLOWED}"
    return same_bytes(bench, build(bench, out, before=before), out)


def apart(commands: str) -> str:
    """A shell line that does commands in a mount name space of its own, then the rest."""
    return (
        f"unshare -m true 2>/dev/null || exit {NOT_ALLOWED}\n"
        f'exec unshare -m bash -c \'{commands} || exit {NOT_ALLOWED}; exec "$@"\' bash "$@"'
    )


def no_shared_memory(bench: Bench) -> Seen:
    out = bench.folder / "shm"
    hide = "mount -t tmpfs -o ro none /dev/shm"
    return same_bytes(bench, build(bench, out, before=apart(hide)), out)


def full_disk(bench: Bench) -> Seen:
    small = bench.folder / "small"
    small.mkdir()
    mount = f'mount -t tmpfs -o size=300k none "{small}"'
    return refused(build(bench, small / "site", before=apart(mount)))


def read_only_folder(bench: Bench) -> Seen:
    fixed = bench.folder / "fixed"
    fixed.mkdir()
    mount = f'mount -t tmpfs -o ro none "{fixed}"'
    return refused(build(bench, fixed / "site", before=apart(mount)))


def odd_folder(bench: Bench) -> Seen:
    odd = bench.folder / 'o\'d d\n"x" é ‮'
    odd.mkdir()
    out = odd / "si\tte"
    return same_bytes(bench, build(bench, out), out)


def kills(bench: Bench, count: int) -> Seen:
    """Killed at random moments: the site of before stays whole, the next build clears the rest."""
    place = bench.folder / "kills"
    place.mkdir()
    out = place / "site"
    if build(bench, out).returncode:
        return Seen(False, "the first build failed")
    draw = random.Random(17)
    broken, ended = 0, 0
    for _ in range(count):
        process = subprocess.Popen(
            [*SHEKARA, "build", str(bench.atlas), "--out", str(out)],
            env=environment(SHEKARA_CACHE="off"),  # else only the first would take its time
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(draw.uniform(0, 1.1 * bench.seconds))
            ended += 1
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        broken += digest(out) != bench.usual
    last = build(bench, out)
    rest = sorted(path.name for path in place.iterdir() if path.name != "site")
    well = not broken and not last.returncode and not rest and digest(out) == bench.usual
    text = f"{count - ended} killed, {ended} ended first; {broken} broken sites; left: {rest}"
    return Seen(well, text)


def trials(count: int) -> dict[str, Callable[[Bench], Seen]]:
    plain = (
        no_home, home_that_is_not_there, locale_and_time_zone, few_files, little_memory, one_core,
        no_shared_memory, full_disk, read_only_folder, odd_folder,
    )  # fmt: skip
    return {trial.__name__: trial for trial in plain} | {"kills": lambda b: kills(b, count)}


def prepare(folder: Path) -> Bench:
    """A small atlas and its site as a quiet machine builds it."""
    atlas, out = folder / "atlas", folder / "usual"
    subprocess.run([*SHEKARA, "new", str(atlas)], env=environment(), check=True, cwd=folder)
    start = time.monotonic()
    run = build(Bench(folder, atlas, "", 0), out, environment(SHEKARA_CACHE="off"))
    if run.returncode:
        sys.exit(run.stderr)
    return Bench(folder, atlas, digest(out), time.monotonic() - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="trials to make; all without a name")
    parser.add_argument("--kills", type=int, default=50, help="how often a build is killed")
    asked = parser.parse_args()
    every = trials(asked.kills)
    unknown = [name for name in asked.names if name not in every]
    if unknown:
        parser.error(f"no trial {unknown[0]!r}; there are: {', '.join(every)}")
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = prepare(Path(folder))
        print(f"a quiet build takes {bench.seconds:.1f} s", flush=True)
        for name in asked.names or every:
            seen = every[name](bench)
            word = {True: "well", False: "WRONG", None: "not tried"}[seen.well]
            print(f"{name:24} {word:10} {seen.text}", flush=True)
            worst = max(worst, seen.well is False)
    return worst


if __name__ == "__main__":
    sys.exit(main())
