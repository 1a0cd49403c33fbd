"""A PDF in the inks of a press: every colour by one recipe, text still text, structure kept.

A grey is black ink alone. Any other colour gives its grey part to the black ink, so that two of
cyan, magenta and yellow remain at most and no place takes more than 300 % of ink. The recipe can be
undone: red = (1 - cyan)(1 - black), and so for green and blue. No colour profile is applied: the
document says for which printing condition it is meant, and a printer's own profile may follow.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, String

from shekara.errors import UsageError
from shekara.storage import write_file

Inks = tuple[float, float, float, float]
FINEST = 4  # decimals of an amount of ink
# A condition of the registry at color.org: sheet-fed offset on coated paper (ISO 12647-2).
CONDITION, REGISTRY = "FOGRA39", "http://www.color.org"
CONDITION_INFO = "Coated FOGRA39 (ISO 12647-2:2004)"


def inks(red: float, green: float, blue: float) -> Inks:
    """Cyan, magenta, yellow and black of a colour, each 0 to 1.

    >>> inks(0.25, 0.25, 0.25)
    (0.0, 0.0, 0.0, 0.75)
    >>> inks(1.0, 0.5, 0.0)
    (0.0, 0.5, 1.0, 0.0)
    """
    lightest = max(red, green, blue)
    if lightest <= 0:
        return (0.0, 0.0, 0.0, 1.0)
    cyan, magenta, yellow = (1 - part / lightest for part in (red, green, blue))
    return (
        round(cyan, FINEST),
        round(magenta, FINEST),
        round(yellow, FINEST),
        round(1 - lightest, FINEST),
    )


def to_cmyk(pdf: bytes | Path) -> bytes:
    """A PDF in CMYK with its text, structure and description; a file named by its path is replaced.

    Raises
    ------
    UsageError
        It is no PDF.
    """
    content = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError as error:
        raise UsageError(f"--cmyk: this is no PDF that can be read: {error}") from error
    with document:
        for page in document.pages:
            instructions = pikepdf.parse_content_stream(page)
            page.Contents = document.make_stream(_recoloured(instructions))
            if Name.Group in page.obj and Name.CS in page.obj.Group:
                page.obj.Group.CS = Name.DeviceCMYK
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                _recolour(item)
        document.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=String(CONDITION),
                    RegistryName=String(REGISTRY),
                    Info=String(CONDITION_INFO),
                )
            ]
        )
        out = io.BytesIO()
        document.save(out, deterministic_id=True, compress_streams=True)
    if isinstance(pdf, Path):
        write_file(pdf, out.getvalue())
    return out.getvalue()


def _recoloured(
    instructions: Sequence[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage],
) -> bytes:
    """The operators of a page with its colours in inks."""
    changed: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    for item in instructions:
        name = str(item.operator)
        if name not in ("rg", "RG", "g", "G"):
            changed.append(item)
            continue
        values = [float(str(value)) for value in item.operands]
        amounts = inks(*(values if len(values) == 3 else values * 3))
        operator = pikepdf.Operator("k" if name in ("rg", "g") else "K")
        changed.append(pikepdf.ContentStreamInstruction(list(amounts), operator))
    return bytes(pikepdf.unparse_content_stream(changed))


def _recolour(item: pikepdf.Stream) -> None:
    """Bring a form, a hatch or a picture into inks."""
    subtype, kind = item.get(Name.Subtype), item.get(Name.Type)
    if subtype == Name.Form or kind == Name.Pattern:
        item.write(_recoloured(pikepdf.parse_content_stream(item)))
        if Name.Group in item and Name.CS in item.Group:
            item.Group.CS = Name.DeviceCMYK
    elif subtype == Name.Image and item.get(Name.ColorSpace) not in (None, Name.DeviceGray):
        picture = pikepdf.PdfImage(item).as_pil_image().convert("RGB")
        rgb = np.asarray(picture, dtype=np.float64) / 255
        lightest = rgb.max(axis=2, keepdims=True)
        tints = 1 - rgb / np.maximum(lightest, 1e-9)
        amounts = np.concatenate([np.where(lightest > 0, tints, 0.0), 1 - lightest], axis=2)
        item.write(np.round(amounts * 255).astype(np.uint8).tobytes())
        item.ColorSpace, item.BitsPerComponent = Name.DeviceCMYK, 8
        if Name.Decode in item:
            del item[Name.Decode]
