"""What a printing house gets: PDF/X-4 point by point, black that overprints, spot colours."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageOps

from shekara import sheet
from shekara.errors import UsageError
from shekara.sheet.export.cmyk import to_cmyk
from shekara.sheet.export.pdfx import read_profile, to_pdfx
from shekara.sheet.export.picture import png_of
from shekara.sheet.export.spots import read_spot
from tests.support.programs import output
from tests.support.sheet_scenes import scene

MOMENT = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=5)))
NAME = "Coated paper, test"


def profile(
    kind: bytes = b"prtr", space: bytes = b"CMYK", version: int = 2, *, described: bool = True
) -> bytes:
    """The frame of an ICC profile: a header and what it calls itself (ICC.1:2001-04, 6)."""
    text = NAME.encode() + b"\0"
    desc = b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(78)
    tags = [(b"desc" if described else b"none", desc)]
    body, table = b"", struct.pack(">I", len(tags))
    for name, content in tags:
        table += struct.pack(">4sII", name, 128 + 4 + 12 * len(tags) + len(body), len(content))
        body += content
    head = bytearray(128)
    head[8], head[12:16], head[16:20], head[20:24] = version, kind, space, b"Lab "
    head[36:40] = b"acsp"
    whole = bytes(head) + table + body
    return struct.pack(">I", len(whole)) + whole[4:]


@lru_cache(maxsize=1)
def plain() -> bytes:
    return sheet.single(scene("en", claim_count=1, panel_count=0), "A6")


@lru_cache(maxsize=1)
def x4() -> bytes:
    marked = sheet.with_marks(to_cmyk(plain()), 3.0)
    return to_pdfx(marked, read_profile(profile(), "a.icc"), MOMENT, condition="FOGRA39")


def inside(outer: pikepdf.Object, inner: pikepdf.Object) -> bool:
    a, b = ([float(side) for side in box] for box in (outer, inner))
    return a[0] <= b[0] and a[1] <= b[1] and a[2] >= b[2] and a[3] >= b[3]


def test_the_profile_is_embedded_and_named() -> None:
    # ISO 15930-7, 6.2: one intent of PDF/X with a profile of four inks.
    with pikepdf.open(io.BytesIO(x4())) as pdf:
        (intent,) = [item for item in pdf.Root.OutputIntents if item.S == "/GTS_PDFX"]
        assert intent.OutputConditionIdentifier == "FOGRA39"
        assert intent.RegistryName == "http://www.color.org"
        assert intent.Info == NAME
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == profile()


def test_a_condition_without_a_registered_name_is_custom_and_described() -> None:
    made = to_pdfx(to_cmyk(plain()), read_profile(profile(), "a.icc"), MOMENT)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.OutputConditionIdentifier == "Custom"
        assert intent.Info == NAME
        assert "/RegistryName" not in intent
        page = pdf.pages[0].obj
        trim, media = ([float(side) for side in box] for box in (page.TrimBox, page.MediaBox))
        assert trim == pytest.approx(media, abs=1e-3)


def test_the_document_says_what_it_is_in_both_places() -> None:
    with pikepdf.open(io.BytesIO(x4())) as pdf:
        assert pdf.pdf_version == "1.6"
        assert not pdf.is_encrypted
        assert len(pdf.trailer.ID) == 2
        info = pdf.docinfo
        assert info["/GTS_PDFXVersion"] == "PDF/X-4"
        assert info["/Trapped"] == pikepdf.Name("/False")
        assert info["/CreationDate"] == info["/ModDate"] == "D:20260301070000+00'00'"
        with pdf.open_metadata(update_docinfo=False) as said:
            assert said["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert said["pdf:Trapped"] == "False"
            assert said["dc:title"] == info["/Title"]
            for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
                assert datetime.fromisoformat(said[key]) == MOMENT
            assert said["xmpMM:DocumentID"].startswith("uuid:")
            assert said["xmpMM:RenditionClass"] == "default"


def test_boxes_lie_within_each_other_and_there_is_no_other() -> None:
    with pikepdf.open(io.BytesIO(x4())) as pdf:
        for page in pdf.pages:
            obj = page.obj
            assert inside(obj.MediaBox, obj.BleedBox)
            assert inside(obj.BleedBox, obj.TrimBox)
            assert "/ArtBox" not in obj
            assert "/CropBox" not in obj


def test_nothing_that_pdf_x_forbids_is_in_it() -> None:
    with pikepdf.open(io.BytesIO(x4())) as pdf:
        assert not {"/AA", "/OpenAction", "/AcroForm"} & set(pdf.Root.keys())
        assert "/JavaScript" not in pdf.Root.get("/Names", pikepdf.Dictionary())
        assert all("/Annots" not in page.obj for page in pdf.pages)
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                continue
            assert item.get("/ColorSpace") not in ("/DeviceRGB", "/CalRGB", "/Lab")
            assert "/TR" not in item
            assert item.get("/Subtype") not in ("/PS", "/Type3")
            if item.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in item
            if "/Group" in item and "/CS" in item.Group:
                assert item.Group.CS == "/DeviceCMYK"
            if isinstance(item, pikepdf.Stream):
                assert "LZW" not in str(item.get("/Filter"))
    for page in pikepdf.open(io.BytesIO(x4())).pages:
        operators = {str(item.operator) for item in pikepdf.parse_content_stream(page)}
        assert not operators & {"rg", "RG"}


def test_other_readers_find_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "x4.pdf"
    path.write_bytes(x4())
    assert "No syntax or stream encoding errors" in output("qpdf", "qpdf", "--check", str(path))
    assert "PDF/X-4" in output("pdfinfo", "poppler-utils", str(path))


def test_the_same_moment_gives_the_same_bytes() -> None:
    profiles = read_profile(profile(), "a.icc")
    inked = to_cmyk(plain())
    assert to_pdfx(inked, profiles, MOMENT) == to_pdfx(inked, profiles, MOMENT)
    assert to_pdfx(inked, profiles, MOMENT) != to_pdfx(inked, profiles, datetime.now(UTC))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nothing", "no ICC profile"),
        (profile()[:-4], "cut off"),
        (profile(kind=b"mntr", space=b"RGB "), "this one is mntr, RGB"),
        (profile(space=b"GRAY"), "prtr, GRAY"),
        (profile(version=5), "version 5"),
    ],
)
def test_what_is_no_profile_of_a_press_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_profile(content, "a.icc")


def test_a_profile_without_a_name_has_that_of_its_file() -> None:
    assert read_profile(profile(described=False), "house.icc").name == "house.icc"


@pytest.mark.parametrize("length", [0, 4, 11])
def test_a_profile_whose_name_is_cut_off_is_named_by_its_file(length: int) -> None:
    whole = bytearray(profile())
    whole[128 + 4 + 8 : 128 + 4 + 12] = struct.pack(">I", length)  # ICC.1:2001-04, 6.2
    assert read_profile(bytes(whole), "house.icc").name == "house.icc"


def test_rgb_pictures_are_no_pdf_x() -> None:
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        pdf.pages[0].obj.Picture = pdf.make_stream(
            b"\0\0\0", Type=pikepdf.Name.XObject, ColorSpace=pikepdf.Name.DeviceRGB
        )
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(UsageError, match="RGB"):
        to_pdfx(out.getvalue(), read_profile(profile(), "a.icc"), MOMENT)


def test_black_text_overprints_and_nothing_else_does() -> None:
    with pikepdf.open(io.BytesIO(to_cmyk(plain()))) as pdf:
        page = pdf.pages[0]
        states = page.obj.Resources.ExtGState
        on = {key for key in states.keys() if states[key].get("/op")}  # noqa: SIM118
        assert len(on) == 1
        over, black, texts, stack = False, True, [], []
        for item in pikepdf.parse_content_stream(page):
            name = str(item.operator)
            if name == "q":
                stack.append((over, black))
            elif name == "Q":
                over, black = stack.pop()
            elif name == "gs" and "/op" in states[str(item.operands[0])]:
                over = str(item.operands[0]) in on
            elif name == "k":
                amounts = [float(value) for value in item.operands]
                black = amounts[:3] == [0, 0, 0] and amounts[3] >= 0.85
            elif name == "TJ":
                texts.append((over, black))
            elif name in ("f", "B", "S", "f*", "B*"):
                assert not over
    assert (True, True) in texts
    assert {pair for pair in texts if pair[0] != pair[1]} == set()
    gs = states[on.pop()]
    assert (bool(gs.OP), bool(gs.op), int(gs.OPM)) == (True, True, 1)


@pytest.mark.parametrize("frame", [True, False])
def test_no_ink_of_the_sheet_reaches_the_trim_so_that_none_must_bleed(*, frame: bool) -> None:
    """The ground ends at the neatline, and the paper around it is white up to the edge."""
    size, dpi = ("A6", 144) if frame else ("120x90mm", 144)
    whole = sheet.single(scene("en", claim_count=1, panel_count=0), size, frame=frame)
    png = png_of(sheet.with_marks(to_cmyk(whole), 3.0, marks=False), dpi)
    with Image.open(io.BytesIO(png)) as picture:
        ink = ImageOps.invert(picture.convert("L")).point(lambda value: 255 * (value > 8))
        (left, top, right, bottom), mm = ink.getbbox() or (0, 0, 0, 0), dpi / 25.4
        slug = 13 * mm  # 3 mm of bleed and 10 for the marks
        white = min(left - slug, top - slug, ink.width - slug - right, ink.height - slug - bottom)
    # 3 mm around a sheet, 1 mm around a figure, less half of the neatline and a dot.
    assert white / mm > (2.7 if frame else 0.7)


def test_a_spot_colour_goes_to_a_plate_of_its_own() -> None:
    # The lanes of the scene are drawn in #0072b2.
    made = to_cmyk(plain(), [read_spot("#0072b2=PANTONE 285 C")])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        page = pdf.pages[0]
        space = page.obj.Resources.ColorSpace.Spot0
        assert [str(space[i]) for i in range(3)] == [
            "/Separation",
            "/PANTONE 285 C",
            "/DeviceCMYK",
        ]
        like = [float(value) for value in space[3].C1]
        operators = [
            (str(item.operator), [str(value) for value in item.operands])
            for item in pikepdf.parse_content_stream(page)
        ]
    assert ("CS", ["/Spot0"]) in operators
    assert not [item for item in operators if item[0] == "K" and list(map(float, item[1])) == like]
    # #0072b2: red 0, green 114, blue 178 of 255 by the recipe.
    assert like == pytest.approx([1, 1 - 114 / 178, 0, 1 - 178 / 255], abs=1e-4)


def test_a_tint_takes_its_share_of_the_ink() -> None:
    # The lanes of the scene are drawn in #0072b2: here four tenths of an ink.
    spot = replace(read_spot("#0072b2=PANTONE 285 C"), tint=0.4)
    with pikepdf.open(io.BytesIO(to_cmyk(plain(), [spot]))) as pdf:
        shares = {
            float(str(item.operands[0]))
            for item in pikepdf.parse_content_stream(pdf.pages[0])
            if str(item.operator) in ("scn", "SCN")
        }
    assert shares == {0.4}


def test_a_spot_colour_that_nothing_has_is_refused() -> None:
    with pytest.raises(UsageError, match="exactly that colour"):
        to_cmyk(plain(), [read_spot("#123456=PANTONE 285 C")])


def test_a_profile_brings_the_sheet_into_inks_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 2026-03-01 00:00 UTC
    path = tmp_path / "a.icc"
    path.write_bytes(profile())
    made = sheet.pressed(plain(), sheet.Press(intent=path, marks=True))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.docinfo["/CreationDate"] == "D:20260301000000+00'00'"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 4


@pytest.mark.parametrize(
    ("press", "said"),
    [
        (sheet.Press(intent=Path("nowhere.icc")), "nowhere.icc"),
        (sheet.Press(condition="FOGRA39"), "give its profile too"),
    ],
)
def test_a_wish_that_cannot_be_met_is_said(press: sheet.Press, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        sheet.pressed(plain(), press)
