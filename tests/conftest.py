"""What the tests need of the machine is looked for once, before they start, and installed."""

from __future__ import annotations

import pytest

from tests.support.chromium import executable
from tests.support.programs import need

PROGRAMS = {
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "qpdf": "qpdf",
    "gs": "ghostscript",
    "npm": "npm",
}


def pytest_sessionstart(session: pytest.Session) -> None:
    """In the first process only: several workers would install at the same time."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    for program, debian in PROGRAMS.items():
        need(program, debian)
    executable()
