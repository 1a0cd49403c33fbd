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

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# A container has no sandbox of its own to give; the pages under test are our own.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


@cache
def executable() -> str:
    """Path of a Chromium that runs here; installs one when there is none."""
    found = _found()
    if found:
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update"], check=True)
        subprocess.run(["apt-get", "install", "-y", "chromium"], check=True)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    found = _found()
    if not found:
        raise RuntimeError("No Chromium was found, and none could be installed.")
    return found


def _found() -> str:
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else ""


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
