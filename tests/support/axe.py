"""axe-core, the accessibility checker, fetched once from the npm registry and kept."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from shekara.storage import write_file

VERSION = "4.14.1"
# What can be wrong with colours alone.
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async rules => {
  const only = rules && { runOnly: { type: "rule", values: rules } };
  const found = await axe.run(document, { resultTypes: ["violations"], ...only });
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
                write_file(kept, member.read())  # whole at once: other workers look for it
    return kept.read_text(encoding="utf-8")


def violations(page: Page, colours: bool = False) -> list[str]:
    """Every rule that the page breaks, with the elements; `colours`: only the rules on these."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    found: list[str] = page.evaluate(RUN, COLOURS if colours else None)
    return found
