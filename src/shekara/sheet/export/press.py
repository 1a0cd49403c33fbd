"""What a printing house asks of a PDF: inks, bleed, marks, the profile of its condition, plates."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shekara.errors import UsageError
from shekara.scene.model import Scene
from shekara.sheet.export.cmyk import to_cmyk
from shekara.sheet.export.marks import with_marks
from shekara.sheet.export.pdfx import read_profile, to_pdfx
from shekara.sheet.export.spots import check_plates, read_spot, spots_of
from shekara.sheet.view import on_paper

EPOCH = "SOURCE_DATE_EPOCH"  # reproducible-builds.org: seconds that stand for now


@dataclass(frozen=True)
class Press:
    """The wishes of a printing house; the usual ones are none."""

    cmyk: bool = False
    bleed: float | None = None  # mm
    marks: bool = False
    intent: Path | None = None  # ICC profile of the printing condition: makes PDF/X-4
    condition: str = ""  # its registered name
    spots: tuple[str, ...] = ()  # "#b31e1e=PANTONE 1805 C"

    @property
    def in_inks(self) -> bool:
        """Whether colours are brought into inks: a profile and a plate of its own ask for it."""
        return self.cmyk or self.intent is not None or bool(self.spots)

    @property
    def any(self) -> bool:
        """Whether anything is wished."""
        return self.in_inks or self.marks or self.bleed is not None or bool(self.condition)


def pressed(pdf: bytes, press: Press, scene: Scene | None = None) -> bytes:
    """A PDF as the printing house wants it; the styles of its scene may name plates too.

    Raises
    ------
    UsageError
        A wish cannot be met: no such profile, bleed or colour.
    InputError
        The styles of layers name one ink for two colours.
    """
    if press.condition and press.intent is None:
        raise UsageError(
            "--condition names the printing condition of --output-intent; give its profile too"
        )
    profile = None
    if press.intent is not None:
        try:
            content = press.intent.read_bytes()
        except OSError as error:
            raise UsageError(
                f"--output-intent {press.intent}: {error.strerror}; give the ICC file of the "
                "printing condition"
            ) from error
        profile = read_profile(content, str(press.intent))
    spots = [read_spot(text) for text in press.spots]
    spots += spots_of(on_paper(scene)) if scene is not None else []
    if press.in_inks:
        check_plates(spots)
        pdf = to_cmyk(pdf, spots)
    if press.bleed is not None or press.marks:
        pdf = with_marks(pdf, press.bleed or 0.0, marks=press.marks)
    return pdf if profile is None else to_pdfx(pdf, profile, _now(), condition=press.condition)


def _now() -> datetime:
    """The time, or what the environment says it is."""
    given = os.environ.get(EPOCH, "")
    return datetime.fromtimestamp(int(given), UTC) if given.isdigit() else datetime.now(UTC)
