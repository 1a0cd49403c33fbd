"""Spot colours: what styles and users name, one solid colour to a plate, in a steady order."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from shekara import sheet, site, starter
from shekara.atlas.style import known_ink
from shekara.errors import InputError, UsageError
from shekara.scene import resolve
from shekara.scene.model import Scene, SceneLayer, Style
from shekara.sheet.export.cmyk import to_cmyk
from shekara.sheet.export.spots import check_plates, read_spot, spots_of
from tests.support.sheet_scenes import scene

INK = "PANTONE 285 C"


def areas(whole: Scene) -> SceneLayer:
    return next(layer for layer in whole.layers if layer.kind == "polygon")


def painted(whole: Scene, styles: Sequence[Style]) -> Scene:
    """The scene with its first layer of areas as one area in each style."""
    first = areas(whole)
    features = tuple(replace(first.features[0], style=style) for style in styles)
    layers = [replace(la, features=features) if la is first else la for la in whole.layers]
    return replace(whole, layers=tuple(layers))


def test_a_style_names_a_plate_and_its_tint_in_the_legend_shares_it() -> None:
    # By hand: 0.6 of #0072b2 on the land's #f7f4ec, and the solid colour, go to one plate.
    whole = scene("en", claim_count=1, panel_count=0)
    style = Style(color="#333333", fill="#0072b2", fill_opacity=0.6, spot="PANTONE 285 C")
    solid, tint = spots_of(painted(whole, [style]))
    assert (solid.tint, tint.tint, solid.layer) == (1.0, 0.6, areas(whole).name)
    shares = [round(c * 255) for c in tint.color]
    assert shares == [round(0.6 * a + 0.4 * b) for a, b in ((0, 247), (114, 244), (178, 236))]
    with pikepdf.open(io.BytesIO(to_cmyk(sheet.single(whole, "A6"), [solid, tint]))) as pdf:
        assert list(pdf.pages[0].obj.Resources.ColorSpace.keys()).count("/Spot0") == 1
        assert "/Spot1" not in pdf.pages[0].obj.Resources.ColorSpace


@pytest.mark.parametrize("name", ["Black", " Ink", "A/B", "", "50 % Ink"])
def test_what_is_no_ink_is_refused_in_a_style(name: str) -> None:
    with pytest.raises(ValueError, match="as its maker does"):
        known_ink(name)


@pytest.mark.parametrize("text", ["0072b2=Ink", "#0072b2", "#0072b2=", "#0072b2=Black", "#12=Ink"])
def test_what_is_no_spot_colour_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="name of its ink"):
        read_spot(text)


def test_plates_come_in_the_order_of_the_layer() -> None:
    """Not in that of a set, which another process has otherwise."""
    names = [f"Ink {letter}" for letter in "ABCDEFGHIJ"]
    for wanted in (names, names[::-1]):
        styles = [Style(fill="#0072b2", fill_opacity=1.0, spot=name) for name in wanted]
        assert [spot.name for spot in spots_of(painted(scene("en"), styles))] == wanted


def press(whole: Scene, *spots: str) -> bytes:
    # An empty page: what is refused is refused before the page is looked at.
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    return sheet.pressed(out.getvalue(), sheet.Press(cmyk=True, spots=spots), whole)


def test_two_colours_of_one_ink_are_refused_and_tints_of_one_are_not() -> None:
    """As classes that take over the ink of their layer's style: in print they would be alike."""
    dark, light = (Style(fill=colour, spot=INK) for colour in ("#0072b2", "#99ccee"))
    with pytest.raises(InputError, match=rf"{INK}.*#0072b2.*#99ccee") as refusal:
        press(painted(scene("en"), [dark, light]))
    assert f"layers/{areas(scene('en')).name}.toml" in str(refusal.value)
    assert press(painted(scene("en"), [dark, replace(light, spot="PANTONE 290 C")]))
    assert press(painted(scene("en"), [dark, replace(dark, fill_opacity=0.2)]))
    assert press(painted(scene("en"), [dark, replace(dark, fill="#0072B2")]))


def test_a_user_gives_an_ink_no_second_colour() -> None:
    dark = Style(fill="#0072b2", spot=INK)
    with pytest.raises(UsageError, match=r"#99ccee \(--spot\) and #0072b2"):
        press(painted(scene("en"), [dark]), f"#99ccee={INK}")
    with pytest.raises(UsageError, match=r"two colours"):
        press(scene("en"), f"#99ccee={INK}", f"#0072b2={INK}")


def test_the_example_of_every_key_names_an_ink_for_each_colour(tmp_path: Path) -> None:
    starter.write(tmp_path, full=True)
    spots = spots_of(resolve(site.load(tmp_path), "island", "en"))
    assert {spot.name for spot in spots} == {"PANTONE 1795 C", "PANTONE 7559 C"}
    check_plates(spots)


def test_what_the_sheet_leaves_out_needs_no_plate() -> None:
    """One ink for two colours is refused where both are printed, and not where one is hidden."""
    whole = scene("en")
    first = areas(whole)
    styles = [Style(fill="#0072b2", fill_opacity=1.0, spot=INK), Style(fill="#d55e00", spot=INK)]
    layers = [
        replace(
            first,
            name=name,
            features=(replace(first.features[0], style=style),),
            printed=printed,
        )
        for name, style, printed in zip("ab", styles, (True, False), strict=True)
    ]
    assert press(replace(whole, layers=tuple(layers)))
    with pytest.raises(InputError, match="two colours"):
        press(replace(whole, layers=tuple(replace(layer, printed=True) for layer in layers)))
