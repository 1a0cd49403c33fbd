"""Chromium for the tests: found on this machine, or installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tests.support.programs import apt_install, one_at_a_time

# The shell without a window first: the same engine opens a page in a fourth of the time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# A container has no sandbox of its own to give; the pages under test are our own.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--in-process-gpu", "--disable-dev-shm-usage")


@cache
def executable() -> str:
    """Path of a Chromium that runs here; installs one when there is none."""
    path = _path()
    if not path:
        with one_at_a_time("apt"):
            path = _path()
            if not path:
                _install()
                path = _path()
    if not path:
        raise RuntimeError("No Chromium was found, and none could be installed.")
    return path


def _install() -> None:
    """The shell from Debian's packages, where we may install; else what playwright brings."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
        return
    try:
        apt_install(SHELL)
    except subprocess.CalledProcessError:  # a distribution without it
        apt_install("chromium")


def _path() -> str:
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    with sync_playwright() as playwright:
        bundled = playwright.chromium.executable_path
    return bundled if Path(bundled).exists() else ""


def launch(playwright: Playwright) -> Browser:
    """A headless browser, started with what a container needs."""
    path = executable()
    try:
        return playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    except Error as error:
        raise RuntimeError(f"{path} does not start: {error}") from error


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser for a with statement."""
    path = executable()  # before playwright starts: looking for one starts it too
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
