"""Colours measured: the expected values are those of WCAG 2.2 and of published tables of Lab."""

import pytest

from shekara.colour import contrast, darkened, encoded, hls, lab, linear, mix, of_hls


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    # The grey that WCAG's own tools name as the lightest that passes on white, and the next.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize(
    ("colour", "expected"),
    [  # Lindbloom's calculator, sRGB, D65
        ("#ff0000", (53.24, 80.09, 67.20)),
        ("#00ff00", (87.73, -86.18, 83.18)),
        ("#0000ff", (32.30, 79.19, -107.86)),
        ("#808080", (53.59, 0.0, 0.0)),
    ],
)
def test_lab_is_that_of_the_tables(colour: str, expected: tuple[float, float, float]) -> None:
    assert lab(colour) == pytest.approx(expected, abs=0.02)


def test_light_and_its_code_undo_each_other() -> None:
    assert linear("#bcbcbc")[0] == pytest.approx(0.5028865, abs=1e-6)
    assert encoded(linear("#123456")) == pytest.approx((0x12 / 255, 0x34 / 255, 0x56 / 255))


def test_a_mixed_colour_lies_between() -> None:
    assert mix("#000000", "#ffffff", 0.25) == "#bfbfbf"
    assert mix("#ff0000", "#0000ff", 1.0) == "#ff0000"


def test_a_darkened_colour_keeps_its_hue_and_can_be_read() -> None:
    dark = darkened("#ffcc00", "#ffffff", 4.5)
    assert contrast(dark, "#ffffff") >= 4.5
    assert hls(dark)[0] == pytest.approx(hls("#ffcc00")[0], abs=0.02)
    assert darkened("#000000", "#ffffff", 4.5) == "#000000"
    assert of_hls(0.0, 0.5, 1.0) == "#ff0000"
