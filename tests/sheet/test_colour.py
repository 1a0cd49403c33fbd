"""Colours of a sheet: the simulation is the published one, and classes can be told apart."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from shekara import sheet
from shekara.colour import lab, linear
from shekara.scene.model import LegendEntry, Style
from shekara.sheet.symbols.palette import (
    BLINDNESS,
    GRATICULE,
    LAND,
    LEAST_DIFFERENCE,
    LEAST_GREY,
    SEA,
    alike,
    difference,
    distinguish_styles,
    grey_difference,
    least_difference,
    simulate,
)
from shekara.verdicts import VERDICTS
from tests.support.sheet_reading import map_axes
from tests.support.sheet_scenes import scene


def test_the_matrices_leave_white_and_grey_as_they_are() -> None:
    # Machado et al. 2009: rows sum to one, so what has no colour is seen as it is.
    for matrix in BLINDNESS.values():
        assert np.array(matrix).sum(axis=1) == pytest.approx([1, 1, 1], abs=2e-6)
    for kind in BLINDNESS:
        assert simulate("#808080", kind) == "#808080"


@pytest.mark.parametrize(
    ("color", "kind", "seen"),
    [
        # Made with colorspacious 1.1.2, sRGB1+CVD at severity 100, clipped to sRGB.
        ("#ff0000", "protan", "#6d5f00"),
        ("#00ff00", "deutan", "#efd63a"),
        ("#0000ff", "tritan", "#006b96"),
        ("#b3261e", "deutan", "#756916"),
    ],
)
def test_simulated_colours_are_those_of_another_program(color: str, kind: str, seen: str) -> None:
    ours, theirs = simulate(color, kind), seen
    for place in (1, 3, 5):
        assert abs(int(ours[place : place + 2], 16) - int(theirs[place : place + 2], 16)) <= 1


def test_lightness_of_the_primaries_is_that_of_the_tables() -> None:
    # CIE L* under D65: red 53.24, green 87.73, blue 32.30, white 100.
    for color, light in (("#ff0000", 53.24), ("#00ff00", 87.73), ("#0000ff", 32.30)):
        assert lab(color)[0] == pytest.approx(light, abs=0.01)
    assert lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.02)
    assert linear("#000000") == pytest.approx([0, 0, 0])


def test_red_and_green_that_the_deutan_cannot_tell_apart_count_as_alike() -> None:
    red, green = "#b35f1e", "#7b7a20"
    assert difference(red, green) > 3 * least_difference(red, green)
    assert alike(Style(color=red), Style(color=green), "line")


def entries(kind: str, styles: list[Style]) -> list[LegendEntry]:
    return [
        LegendEntry("layer", str(place), kind, style)  # type: ignore[arg-type]
        for place, style in enumerate(styles)
    ]


OKABE_ITO = ("#e69f00", "#56b4e9", "#009e73", "#0072b2", "#d55e00", "#cc79a7")


@pytest.mark.parametrize("kind", ["line", "polygon", "point"])
@pytest.mark.parametrize("colors", [OKABE_ITO, ("#777777",) * 6, ("#b3261e", "#26b31e") * 3])
def test_classes_differ_to_everybody_and_signs_in_grey_too(
    kind: str, colors: tuple[str, ...]
) -> None:
    given = entries(kind, [Style(color=c, fill=c, fill_opacity=0.8) for c in colors])
    made = distinguish_styles(given)
    for first, second in itertools.combinations(made, 2):
        pattern = (first.hatch, first.dash, first.marker) != (
            second.hatch,
            second.dash,
            second.marker,
        )
        seen = least_difference(first.fill or "", second.fill or "") >= LEAST_DIFFERENCE
        grey = grey_difference(first.fill or "", second.fill or "") >= LEAST_GREY * 0.8
        # A hatch disturbs names and relief: areas have it for the eye that needs it alone.
        assert pattern or (seen and (grey or kind == "polygon"))


def test_what_differs_already_stays_as_the_atlas_wants_it() -> None:
    styles = [Style(color="#000000"), Style(color="#e69f00", dash=(4, 2)), Style(color="#aaaaaa")]
    assert distinguish_styles(entries("line", styles)) == tuple(styles)


def test_steps_of_a_graduated_sign_stay_alike() -> None:
    flows = [Style(color="#0072b2", width=width, arrow=True) for width in (6.0, 2.0, 1.0)]
    assert distinguish_styles(entries("line", flows)) == tuple(flows)
    circles = [Style(color="#0072b2", fill="#0072b2", size=size) for size in (20.0, 9.0, 8.0)]
    assert distinguish_styles(entries("point", circles)) == tuple(circles)


def test_more_signs_than_patterns_are_not_compared_each_with_each() -> None:
    """A thousand of a kind stay as they are; a few of another kind beside them do not."""
    points = entries("point", [Style(color=f"#{shade:06x}") for shade in range(0, 80_000, 80)])
    lines = entries("line", [Style(color="#aa3333"), Style(color="#aa3344")])
    after = distinguish_styles([*points, *lines])
    assert after[:1000] == tuple(entry.style for entry in points)
    assert after[1000].dash != after[1001].dash


def test_pale_ground_gets_no_pattern() -> None:
    styles = [Style(fill=LAND, fill_opacity=1), Style(fill=SEA, fill_opacity=1)]
    assert [style.hatch for style in distinguish_styles(entries("polygon", styles))] == ["", ""]


def test_the_ground_is_quiet_and_verdicts_can_be_read() -> None:
    assert lab(SEA)[0] > 80
    assert lab(LAND)[0] - lab(SEA)[0] >= 10
    assert lab(LAND)[0] > 90
    assert least_difference(SEA, LAND) > 5
    assert grey_difference(GRATICULE, LAND) < 35
    for row in VERDICTS.values():
        # WCAG 2.2, contrast of text on white: at least 4.5.
        light = float(np.array([0.2126, 0.7152, 0.0722]) @ linear(row.ink))
        assert 1.05 / (light + 0.05) >= 4.5


def test_classes_of_a_drawn_map_wear_the_hatch_of_their_legend() -> None:
    one = scene()
    same = Style(color="#446688", fill="#6688aa", fill_opacity=0.7)
    legend = tuple(
        LegendEntry(e.layer, e.title, e.kind, same, e.note, e.heading) if i in (2, 3) else e
        for i, e in enumerate(one.legend)
    )
    made = distinguish_styles(legend)
    assert made[2].hatch != made[3].hatch
    layers = tuple(
        replace(
            layer,
            features=tuple(
                replace(feature, style=same) if feature.legend in (2, 3) else feature
                for feature in layer.features
            ),
        )
        for layer in one.layers
    )
    axes = map_axes(sheet.figure(replace(one, layers=layers, legend=legend)))
    drawn = {item.get_gid(): item for item in axes.patches if item.get_gid()}
    first, second = drawn["ranges/1"].get_hatch(), drawn["ranges/2"].get_hatch()
    assert (first or "")[:1] == made[2].hatch
    assert (second or "")[:1] == made[3].hatch
