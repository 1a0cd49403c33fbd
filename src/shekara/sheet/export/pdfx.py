"""PDF/X-4 (ISO 15930-7:2010): the file that a printing house takes, with its own colour profile.

The document must be in the inks of `cmyk` already. The profile of the printing condition comes
from the reader, who has it from the printing house: none is carried here.
"""

from __future__ import annotations

import io
import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from shekara.errors import UsageError

VERSION = "PDF/X-4"
PDF_VERSION = "1.6"  # that ISO 15930-7 rests on
HEADER_BYTES, TAG_BYTES = 128, 12  # of an ICC profile
OUTPUT_DEVICE, CMYK, SIGNATURE = b"prtr", b"CMYK", b"acsp"
NEWEST_ICC = 4  # major version that PDF 1.6 knows
UNREGISTERED = "Custom"  # ISO 15930-7, 6.2.1: a condition that no registry names
RGB_SPACES = ("/DeviceRGB", "/CalRGB", "/Lab")


@dataclass(frozen=True)
class Profile:
    """An ICC profile of a press: its bytes and what it calls itself."""

    content: bytes
    name: str


def read_profile(content: bytes, where: str) -> Profile:
    """The profile of an output device in CMYK.

    Parameters
    ----------
    content : bytes
        Of an ICC file.
    where : str
        The file's name, for errors.

    Raises
    ------
    UsageError
        It is no ICC profile, or not one of a press with four inks.
    """
    way_out = "give the CMYK profile of the printing condition, as the printing house names it"
    if len(content) < HEADER_BYTES + 4 or content[36:40] != SIGNATURE:
        raise UsageError(f"--output-intent {where}: this is no ICC profile; {way_out}")
    if struct.unpack(">I", content[:4])[0] != len(content):
        raise UsageError(f"--output-intent {where}: the profile is cut off; {way_out}")
    kind, space = content[12:16], content[16:20]
    if kind != OUTPUT_DEVICE or space != CMYK:
        said = f"{kind.decode('latin-1').strip()}, {space.decode('latin-1').strip()}"
        raise UsageError(
            f"--output-intent {where}: a profile of class prtr in CMYK is needed, "
            f"this one is {said}; {way_out}"
        )
    if content[8] > NEWEST_ICC:
        raise UsageError(
            f"--output-intent {where}: ICC version {content[8]} is newer than PDF/X-4 allows; "
            "give one of version 2 or 4"
        )
    return Profile(content, _description(content) or where)


def _tags(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Signature and content of each tag of a profile (ICC.1, 7.3)."""
    (count,) = struct.unpack(">I", content[HEADER_BYTES : HEADER_BYTES + 4])
    for place in range(count):
        start = HEADER_BYTES + 4 + place * TAG_BYTES
        entry = content[start : start + TAG_BYTES]
        if len(entry) < TAG_BYTES:
            return
        name, offset, length = struct.unpack(">4sII", entry)
        yield name, content[offset : offset + length]


def _description(content: bytes) -> str:
    """What a profile calls itself: tag "desc", as text of version 2 or of version 4."""
    for name, tag in _tags(content):
        if name != b"desc":
            continue
        if tag[:4] == b"desc" and len(tag) >= 12:
            (length,) = struct.unpack(">I", tag[8:12])
            return tag[12 : 12 + length].rstrip(b"\0").decode("latin-1").strip()
        if tag[:4] == b"mluc" and len(tag) >= 28:
            length, offset = struct.unpack(">II", tag[20:28])
            return tag[offset : offset + length].decode("utf-16-be", "replace").strip("\0 ")
    return ""


def to_pdfx(pdf: bytes, profile: Profile, moment: datetime, *, condition: str = "") -> bytes:
    """A document in inks as PDF/X-4.

    Parameters
    ----------
    pdf : bytes
        In CMYK, without links; with or without bleed.
    profile : Profile
        Of the printing condition; it is embedded.
    moment : datetime
        When the document was made: PDF/X-4 asks for it.
    condition : str
        The registered name of the printing condition, "FOGRA39"; "" where it has none.

    Raises
    ------
    UsageError
        The document has colours that are no inks, links, or fonts that are not embedded.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _refuse(document)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFX,
            OutputConditionIdentifier=String(condition or UNREGISTERED),
            Info=String(profile.name),
            DestOutputProfile=document.make_stream(profile.content, N=4, Alternate=Name.DeviceCMYK),
        )
        if condition:
            intent.RegistryName = String("http://www.color.org")
        document.Root.OutputIntents = Array([document.make_indirect(intent)])
        for page in document.pages:
            for box in ("/TrimBox", "/BleedBox"):
                if box not in page.obj:
                    page.obj[box] = Array([float(side) for side in page.mediabox])
            for key in ("/CropBox", "/Annots"):  # there is no link in it
                if key in page.obj:
                    del page.obj[key]
        _say(document, moment.astimezone(UTC), pdf)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            compress_streams=True,
            min_version=PDF_VERSION,
            force_version=PDF_VERSION,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _say(document: pikepdf.Pdf, moment: datetime, content: bytes) -> None:
    """What the document says of itself, in XMP and in its dictionary alike."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    info = moment.strftime("D:%Y%m%d%H%M%S+00'00'")
    document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = String(info)
    document.docinfo["/Trapped"] = Name("/False")
    document.docinfo["/GTS_PDFXVersion"] = String(VERSION)
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["pdfxid:GTS_PDFXVersion"] = VERSION
        meta["pdf:Trapped"] = "False"
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            meta[key] = stamp
        name = uuid.uuid5(uuid.NAMESPACE_URL, content.hex())
        meta["xmpMM:DocumentID"] = f"uuid:{name}"
        meta["xmpMM:VersionID"] = "1"
        meta["xmpMM:RenditionClass"] = "default"


def _refuse(document: pikepdf.Pdf) -> None:
    """Say what keeps a document from being PDF/X-4."""
    if any("/Annots" in page.obj and len(page.obj["/Annots"]) for page in document.pages):
        raise UsageError("--output-intent: a document with links is no PDF/X-4; print a single map")
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and str(item.get("/ColorSpace")) in RGB_SPACES:
            raise UsageError("--output-intent: a picture is in RGB; give --cmyk too")
        if not isinstance(item, pikepdf.Dictionary):
            continue
        if item.get("/Type") == "/FontDescriptor" and not any(
            key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")
        ):
            raise UsageError(f"--output-intent: font {item.get('/FontName')} is not embedded")
