"""A folder is replaced whole or not at all, and files that are not ours stay."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from shekara.errors import StorageError, UsageError
from shekara.storage import exchange as exchanges
from shekara.storage import folders, replace_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights and signals")


def put(out: Path, **texts: str) -> None:
    with replace_folder(out) as folder:
        for name, text in texts.items():
            (folder / name).write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def in_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system that cannot exchange two folders at once."""
    monkeypatch.setattr(exchanges, "_at_once", lambda a, b: False)


def test_the_new_folder_stands_where_the_old_one_was(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1", b="1")
    put(tmp_path / "out", a="2")
    assert names(tmp_path / "out") == [".shekara", "a"]
    assert (tmp_path / "out" / "a").read_text() == "2"
    assert names(tmp_path) == ["out"]


def test_an_error_leaves_the_old_folder(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1")

    def half() -> None:
        with replace_folder(tmp_path / "out") as folder:
            (folder / "a").write_text("2")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert (tmp_path / "out" / "a").read_text() == "1"
    assert names(tmp_path) == ["out"]


@posix
def test_where_the_system_can_both_change_places_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform not in ("linux", "darwin"):
        pytest.skip("no exchange")
    put(tmp_path / "out", a="1")
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("moved in two steps"))
    put(tmp_path / "out", a="2")
    assert (tmp_path / "out" / "a").read_text() == "2"


def test_a_folder_is_replaced_in_two_steps_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_two_steps(monkeypatch)
    put(tmp_path / "out", a="1")
    put(tmp_path / "out", a="2")
    assert (tmp_path / "out" / "a").read_text() == "2"
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("fault", [OSError(errno.EBUSY, "Busy"), KeyboardInterrupt()])
def test_when_the_second_step_fails_the_old_folder_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    in_two_steps(monkeypatch)
    put(tmp_path / "out", a="1")
    move = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if ".shekara-" in self.name and not self.name.endswith(".old"):
            raise fault
        return move(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises((StorageError, KeyboardInterrupt)):
        put(tmp_path / "out", a="2")
    monkeypatch.undo()
    assert (tmp_path / "out" / "a").read_text() == "1"
    assert names(tmp_path) == ["out"]


def test_the_next_run_sweeps_and_puts_back_what_was_moved_aside(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1")
    (tmp_path / "out").rename(tmp_path / ".out.shekara-0123456789ab.old")
    (tmp_path / ".out.shekara-0123456789ab").mkdir()

    def broken_off() -> None:
        with replace_folder(tmp_path / "out"):
            assert (tmp_path / "out" / "a").read_text() == "1"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert names(tmp_path) == ["out"]


def test_files_of_the_user_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, a="1", b="1")
    (out / "CNAME").write_text("example.org")
    (out / ".git" / "refs").mkdir(parents=True)
    (out / ".git" / "HEAD").write_text("ref")
    (out / "photos").mkdir()
    (out / "photos" / "link").symlink_to("nowhere")
    put(out, a="2")
    assert names(out) == [".git", ".shekara", "CNAME", "a", "photos"]
    assert (out / "CNAME").read_text() == "example.org"
    assert (out / ".git" / "HEAD").read_text() == "ref"
    assert (out / ".git" / "refs").is_dir()
    assert (out / "photos" / "link").is_symlink()
    put(out, a="3")
    assert (out / "CNAME").read_text() == "example.org"


def test_a_file_that_comes_while_the_folders_change_places_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "out", a="1")

    def late(fresh: Path, place: Path) -> Path:
        (place / "photo.jpg").write_text("late")
        return exchanges.exchange(fresh, place)

    monkeypatch.setattr(folders, "exchange", late)
    put(tmp_path / "out", a="2")
    assert (tmp_path / "out" / "photo.jpg").read_text() == "late"


def test_a_file_of_the_user_is_never_overwritten(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1")
    (tmp_path / "out" / "b").write_text("mine")
    with pytest.raises(UsageError, match=r"out/b is not a file of shekara.*move it away"):
        put(tmp_path / "out", a="2", b="2")
    assert (tmp_path / "out" / "a").read_text() == "1"
    assert (tmp_path / "out" / "b").read_text() == "mine"


def test_a_mark_without_a_list_stands_for_what_is_known_to_be_ours(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / ".shekara").write_text("made by shekara build; it may be replaced\n")
    (out / "index.html").write_text("ours")
    (out / "old.html").write_text("ours")
    (out / "CNAME").write_text("theirs")
    with replace_folder(out, lambda name: name.endswith(".html")) as folder:
        (folder / "index.html").write_text("new")
    assert names(out) == [".shekara", "CNAME", "index.html"]


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo").write_text("x")
    with pytest.raises(UsageError, match="holds things that shekara did not build"):
        put(tmp_path, a="1")
    with pytest.raises(UsageError, match="is a file; name a folder"):
        put(tmp_path / "photo", a="1")


def test_a_second_run_into_the_same_folder_is_told_who_is_there(tmp_path: Path) -> None:
    with replace_folder(tmp_path / "out") as folder:
        code = (
            "import sys; from pathlib import Path; from shekara.storage import replace_folder\n"
            "with replace_folder(Path(sys.argv[1])): pass"
        )
        run = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "out")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 1
        assert f"StorageError: {tmp_path / 'out'}: process {os.getpid()} on" in run.stderr
        assert "is writing there; wait until it has ended" in run.stderr
        assert folder.is_dir()
    assert names(tmp_path) == ["out"]


@posix
def test_a_killed_run_holds_no_lock_and_leaves_nothing_for_long(tmp_path: Path) -> None:
    put(tmp_path / "out", a="1")
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from shekara.storage import replace_folder\n"
        "with replace_folder(Path(sys.argv[1])) as folder:\n"
        "    (folder / 'a').write_text('2'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "out")], check=False)
    assert run.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) == 3  # the site, the lock, the temporary folder
    assert (tmp_path / "out" / "a").read_text() == "1"
    put(tmp_path / "out", a="3")
    assert (tmp_path / "out" / "a").read_text() == "3"
    assert names(tmp_path) == ["out"]


@posix
def test_a_site_can_be_read_by_a_web_server_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        put(tmp_path / "out", a="1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "out" / "a").stat().st_mode) == 0o644


@posix
def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    put(tmp_path / "real", a="1")
    (tmp_path / "link").symlink_to("real")
    put(tmp_path / "link", a="2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_text() == "2"


def test_a_mount_point_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "out", a="1")
    monkeypatch.setattr(os.path, "ismount", lambda path: True)
    with pytest.raises(UsageError, match="is a mount point and cannot be replaced"):
        put(tmp_path / "out", a="2")
