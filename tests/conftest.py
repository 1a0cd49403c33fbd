"""What a test needs of the machine, told by marks and installed when the first one needs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import chromium, programs

# A busy machine is no fault of the program: no example has a deadline. The default draws the same
# examples each time, so that a run can be repeated; HYPOTHESIS_PROFILE=explore draws others.
settings.register_profile(
    "shekara", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("shekara"), derandomize=False)
# No build of a test finds what another one made; tests of the memory name a folder of their own.
os.environ["SHEKARA_CACHE"] = "off"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "shekara"))

# Rooms whose tests build or measure a whole atlas, fetch packages, or start the command anew.
WHOLE = {"atlas", "cli", "house", "readme", "site", "tasks"}
MARKS = {
    "browser": "opens pages in Chromium",
    "programs": "reads files with programs of the system (poppler, qpdf, Ghostscript, npm)",
    "whole": "builds or measures a whole atlas, or walks the whole repository",
    "long": "simulates errors by the hundred, draws whole sheets, or solves many shores",
}


def pytest_configure(config: pytest.Config) -> None:
    for mark, meaning in MARKS.items():
        config.addinivalue_line("markers", f"{mark}: {meaning}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A module is marked by what it imports, a room by what it is for."""
    for item in items:
        for mark in _marks(item.path):
            item.add_marker(mark)


_known: dict[Path, set[str]] = {}


def _marks(path: Path) -> set[str]:
    if path not in _known:
        text = path.read_text(encoding="utf-8")
        marks = {"whole"} if path.parent.name in WHOLE else set()
        if "tests.support.chromium" in text or "playwright" in text:
            marks.add("browser")
        if "tests.support.programs" in text or "tests.support.axe" in text:
            marks.add("programs")
        _known[path] = marks
    return _known[path]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("programs") or item.get_closest_marker("whole"):
        programs.need_all()
    if item.get_closest_marker("browser"):
        chromium.executable()
