"""Colours for a printing press: a PDF turned from RGB to CMYK by Ghostscript, where installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from shekara.errors import UsageError
from shekara.storage import write_file

# Black letters stay black alone: four inks never meet exactly.
OPTIONS = (
    "-q",
    "-dSAFER",
    "-dBATCH",
    "-dNOPAUSE",
    "-sDEVICE=pdfwrite",
    "-sColorConversionStrategy=CMYK",
    "-sProcessColorModel=DeviceCMYK",
    "-dBlackText=true",
    "-dEmbedAllFonts=true",
    "-dSubsetFonts=true",
    "-dCompatibilityLevel=1.7",
)
LONGEST_S = 600


def to_cmyk(pdf: bytes | Path) -> bytes:
    """A PDF in CMYK, its letters still text; a file named by its path is replaced.

    Raises:
        UsageError: Ghostscript is not installed, or could not read the file.
    """
    program = shutil.which("gs") or shutil.which("gswin64c")
    if program is None:
        raise UsageError(
            "--cmyk needs Ghostscript, which is not installed; install it "
            "(Debian: apt-get install ghostscript) or leave --cmyk out"
        )
    content = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "rgb.pdf"), Path(folder, "cmyk.pdf")
        source.write_bytes(content)
        command = [program, *OPTIONS, f"-sOutputFile={out}", str(source)]
        done = subprocess.run(command, capture_output=True, timeout=LONGEST_S, check=False)
        if done.returncode or not out.is_file():
            message = (done.stderr or done.stdout).decode(errors="replace").strip()[-300:]
            raise UsageError(f"Ghostscript could not turn the PDF into CMYK: {message}")
        made = out.read_bytes()
    if isinstance(pdf, Path):
        write_file(pdf, made)
    return made
