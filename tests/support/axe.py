"""axe-core, the accessibility checker, fetched once from the npm registry and kept."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

VERSION = "4.14.1"
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const shown = rule => rule.nodes.map(node => node.html.slice(0, 120)).join(" | ");
  return found.violations.map(rule => `${rule.id}: ${shown(rule)}`);
}"""


@cache
def source() -> str:
    """The program."""
    kept = Path(tempfile.gettempdir()) / f"shekara-axe-core-{VERSION}.js"
    if not kept.is_file():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["npm", "pack", "--silent", f"axe-core@{VERSION}"], cwd=folder, check=True
            )
            with tarfile.open(Path(folder) / f"axe-core-{VERSION}.tgz") as archive:
                member = archive.extractfile("package/axe.min.js")
                assert member is not None
                fresh = Path(folder) / "axe.js"
                fresh.write_bytes(member.read())
                kept.write_bytes(fresh.read_bytes())
    return kept.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Every rule that the page breaks, with the elements."""
    page.evaluate(source())
    found: list[str] = page.evaluate(RUN)
    return found
