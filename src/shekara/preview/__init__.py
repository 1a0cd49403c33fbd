"""A local page that shows an atlas while it is written: fresh after each save, faults told on it.

Files are watched by watchfiles; the server is Python's own, on 127.0.0.1 only.
"""

from shekara.preview.server import Preview

__all__ = ["Preview"]
