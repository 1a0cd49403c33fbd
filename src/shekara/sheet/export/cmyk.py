"""A PDF in the inks of a press: every colour by one recipe, text still text, structure kept.

A grey is black ink alone. Any other colour gives its grey part to the black ink, so that two of
cyan, magenta and yellow remain at most and no place takes more than 300 % of ink. The recipe can be
undone: red = (1 - cyan)(1 - black), and so for green and blue. No colour profile is applied: the
document says for which printing condition it is meant, and a printer's own profile may follow.
Text in black ink overprints what lies beneath, so that no white rim shows where plates are shifted.
A colour can go to a plate of its own, a spot colour.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, String

from shekara.errors import UsageError
from shekara.sheet.export.spots import Spot
from shekara.storage import write_file

Inks = tuple[float, float, float, float]
FINEST = 4  # decimals of an amount of ink
# A condition of the registry at color.org: sheet-fed offset on coated paper (ISO 12647-2).
CONDITION, REGISTRY = "FOGRA39", "http://www.color.org"
CONDITION_INFO = "Coated FOGRA39 (ISO 12647-2:2004)"
OVERPRINTS, KNOCKS_OUT = "/Overprints", "/KnocksOut"  # states of a page
DARK = 0.85  # of black ink: such text overprints


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


def to_cmyk(pdf: bytes | Path, spots: Sequence[Spot] = ()) -> bytes:
    """A PDF in CMYK with its text, structure and description; a file named by its path is replaced.

    Parameters
    ----------
    pdf : bytes or Path
        The document.
    spots : sequence of Spot
        Colours that go to plates of their own.

    Raises
    ------
    UsageError
        It is no PDF, or a spot colour is nowhere in it.
    """
    content = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError as error:
        raise UsageError(f"--cmyk: this is no PDF that can be read: {error}") from error
    with document:
        used = set[str]()
        for page in document.pages:
            instructions = pikepdf.parse_content_stream(page)
            page.Contents = document.make_stream(_recoloured(instructions, spots, used, text=True))
            states = Dictionary(
                {
                    OVERPRINTS: Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
                    KNOCKS_OUT: Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0),
                }
            )
            add_resources(page.obj, "/ExtGState", states)
            add_resources(page.obj, "/ColorSpace", _plates(spots))
            if Name.Group in page.obj and Name.CS in page.obj.Group:
                page.obj.Group.CS = Name.DeviceCMYK
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                _recolour(item, spots, used)
        if missing := [spot.name for spot in spots if not spot.layer and spot.name not in used]:
            raise UsageError(
                f"--spot {missing[0]}: nothing on this map has exactly that colour; "
                "give the colour as the atlas writes it"
            )
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


def _plates(spots: Sequence[Spot]) -> Dictionary:
    """The colour spaces of spot colours, each with its like in inks (ISO 32000-1, 8.6.6.4)."""
    return Dictionary(
        {
            f"/Spot{place}": Array(
                [
                    Name.Separation,
                    Name("/" + spot.name),
                    Name.DeviceCMYK,
                    Dictionary(
                        FunctionType=2,
                        Domain=[0, 1],
                        C0=[0, 0, 0, 0],
                        C1=list(inks(*spot.color)),
                        N=1,
                    ),
                ]
            )
            for place, spot in enumerate(_solid(spots))
        }
    )


def _solid(spots: Sequence[Spot]) -> list[Spot]:
    """One spot for each plate, the first of its name: the solid one stands before its tints."""
    plates: dict[str, Spot] = {}
    for spot in spots:
        plates.setdefault(spot.name, spot)
    return list(plates.values())


def add_resources(holder: pikepdf.Object, kind: str, given: Dictionary) -> None:
    """Put entries into a kind of resources of a page, a form or a hatch."""
    if not len(given):
        return
    if Name.Resources not in holder:
        holder.Resources = Dictionary()
    if kind not in holder.Resources:
        holder.Resources[kind] = Dictionary()
    for key in given.keys():  # noqa: SIM118 - a PDF's dictionary is no mapping
        holder.Resources[kind][key] = given[key]


def _recoloured(
    instructions: Sequence[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage],
    spots: Sequence[Spot],
    used: set[str],
    *,
    text: bool = False,
) -> bytes:
    """The operators of a page with its colours in inks; names of spots that occur go to `used`."""
    changed: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    places = {spot.name: place for place, spot in enumerate(_solid(spots))}
    plate = {_rounded(spot.color): spot for spot in reversed(spots)}
    black, before, over = True, list[bool](), False  # a page begins with black

    def put(operands: list[object], operator: str) -> None:
        changed.append(
            pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))  # type: ignore[arg-type]
        )

    for item in instructions:
        name = str(item.operator)
        if name == "q":
            before.append(black)
        elif name == "Q" and before:
            black = before.pop()
        elif name == "BT" and text and black:
            put([Name(OVERPRINTS)], "gs")
            over = True
        if name not in ("rg", "RG", "g", "G"):
            changed.append(item)
            if name == "ET" and over:
                put([Name(KNOCKS_OUT)], "gs")
                over = False
            continue
        values = [float(str(value)) for value in item.operands]
        red, green, blue = values if len(values) == 3 else values * 3
        fills = name in ("rg", "g")
        amounts = inks(red, green, blue)
        if fills:
            black = max(amounts[:3]) == 0 and amounts[3] >= DARK
        if (key := _rounded((red, green, blue))) in plate:
            spot = plate[key]
            used.add(spot.name)
            put([Name(f"/Spot{places[spot.name]}")], "cs" if fills else "CS")
            put([spot.tint], "scn" if fills else "SCN")
        else:
            put(list(amounts), "k" if fills else "K")
    return bytes(pikepdf.unparse_content_stream(changed))


def _rounded(color: tuple[float, float, float]) -> tuple[int, ...]:
    return tuple(round(part * 255) for part in color)


def _recolour(item: pikepdf.Stream, spots: Sequence[Spot], used: set[str]) -> None:
    """Bring a form, a hatch or a picture into inks."""
    subtype, kind = item.get(Name.Subtype), item.get(Name.Type)
    if subtype == Name.Form or kind == Name.Pattern:
        item.write(_recoloured(pikepdf.parse_content_stream(item), spots, used))
        add_resources(item, "/ColorSpace", _plates(spots))
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
