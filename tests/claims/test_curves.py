"""Richardson's line: published dimensions, the fit of another tool, too little data."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from scipy.stats import linregress
from scipy.stats import t as student

from shekara import claims, site
from shekara.claims import Verdict
from shekara.claims.curves import divider_length_m, fit
from shekara.errors import AtlasError, InputError
from shekara.i18n import Translator
from shekara.measuring import student_quantile
from tests.support.atlases import claim, feature, line, write_layer, write_map

DEGREE_KM = 111.3194908  # of the equator: a·π/180
METRE_LON, METRE_LAT = 1 / 111319.4908, 1 / 110574.2758  # degrees at the equator


# Dividers opened to exactly a third would miss the corners that they must meet by a rounding.
WIDE = 8100 * (1 + 1e-6)


def check(folder: Path, features: list[dict[str, Any]], kind: str, **how: Any) -> Verdict:
    """The verdict on one claim about one layer."""
    write_layer(folder, "it", features, claim("c", kind), **how)
    write_map(folder, "all", ["it"], [-5.0, -5.0, 30.0, 5.0])
    found = site.load(folder)
    return claims.check(claims.claim_by_id(found, "c"), found)


def lines(curve: dict[float, float]) -> list[dict[str, Any]]:
    """Lines on the equator, one for each resolution in metres, with their lengths in kilometres."""
    return [
        feature(line([[0.0, 0.0], [km / DEGREE_KM, 0.0]]), id=f"r{n}", resolution_m=metres)
        for n, (metres, km) in enumerate(curve.items())
    ]


def koch(steps: int) -> np.ndarray[Any, Any]:
    """H. von Koch's curve on the segment from 0 to 1."""
    points = np.array([0j, 1 + 0j])
    turn = np.exp(-1j * math.pi / 3)
    for _ in range(steps):
        start, way = points[:-1], np.diff(points) / 3
        parts = np.stack(
            [start, start + way, start + way + way * turn.conjugate(), start + 2 * way]
        )
        points = np.append(parts.T.ravel(), points[-1])
    return np.column_stack([points.real, points.imag])


def test_dividers_find_the_dimension_of_kochs_curve(tmp_path: Path) -> None:
    """log 4 / log 3 = 1.2619 (Mandelbrot 1967, doi:10.1126/science.156.3775.636)."""
    metres = koch(6) * WIDE
    places = metres * [METRE_LON, METRE_LAT]
    kind = "line_dimension = { steps_km = [0.1, 0.3, 0.9, 2.7], about = 1.2619, tolerance = 0.001 }"
    found = check(tmp_path, [feature(line(places.tolist()), id="koch")], kind)
    assert found.verdict == "holds"
    assert found.measurement.interval is not None
    assert found.measurement.interval.value == pytest.approx(math.log(4) / math.log(3), abs=2e-4)


@pytest.mark.parametrize("power", [1, 2, 3])
def test_dividers_walk_kochs_curve_four_thirds_longer_with_each_third(power: int) -> None:
    curve = shapely.linestrings(koch(6) * WIDE * [METRE_LON, METRE_LAT])
    found = divider_length_m(np.array([curve]), 8100 / 3**power)
    assert found == pytest.approx(8100 * (4 / 3) ** power, rel=1e-4)


def test_a_straight_line_is_as_long_with_any_dividers_and_keeps_its_rest() -> None:
    """20 km on the equator: two steps of 7 km and a rest of 6 km."""
    straight = shapely.linestrings([[0.0, 0.0], [20 / DEGREE_KM, 0.0]])
    assert divider_length_m(np.array([straight]), 7000) == pytest.approx(20_000, abs=0.02)


def test_dividers_take_the_first_point_far_enough_and_many_vertices_change_nothing() -> None:
    """A hairpin of 3 km out and 3 km back, dividers of 2 km: 2 out, then 1 to the end."""
    out = np.linspace(0, 3000, 700)
    way = np.column_stack([np.append(out, out[::-1]), np.zeros(1400)])
    hairpin = shapely.linestrings(way * [METRE_LON, METRE_LAT])
    # from 2 km the way goes to 3 km and back past 2 km to 0, which is 2 km away: a second step
    assert divider_length_m(np.array([hairpin]), 2000) == pytest.approx(4000, abs=1)


def test_the_fit_is_that_of_scipy() -> None:
    """Lengths of one border at 1, 5 and 10 km, as published with the data packages."""
    metres, km = np.array([1000.0, 5000.0, 10000.0]), np.array([7119.1, 6368.7, 5840.3])
    found = fit(metres, km * 1000)
    other = linregress(np.log(metres), np.log(km * 1000))
    assert found.dimension.value == pytest.approx(1 - other.slope, rel=1e-12)
    assert found.dimension.high - found.dimension.value == pytest.approx(
        student.ppf(0.97725, 1) * other.stderr, rel=1e-4
    )
    assert found.dimension.value == pytest.approx(1.083, abs=5e-4)
    assert found.resolution_m(6_500_000).value == pytest.approx(3183, abs=1)


def test_a_power_law_gives_back_its_dimension_and_its_resolution(tmp_path: Path) -> None:
    """L = 800·(e / 1 km)^−0.25: D is 1.25, and 400 km is reached at 2^4 = 16 km."""
    features = lines({1000.0 * e: 800 * e**-0.25 for e in (1, 4, 10)})
    found = check(tmp_path / "a", features, "line_dimension = { equals = 1.25 }")
    assert found.verdict == "holds"
    kind = "line_resolution_km = { length_km = 400, about = 16, tolerance_percent = 0.1 }"
    assert check(tmp_path / "b", features, kind).verdict == "holds"
    kind = "line_resolution_km = { length_km = 400, less_than = 15 }"
    assert check(tmp_path / "c", features, kind).verdict == "fails"


def test_scatter_widens_the_interval_and_its_trust_is_said(tmp_path: Path) -> None:
    features = lines({1000.0: 1000.0, 2000.0: 900.0, 4000.0: 850.0})
    found = check(tmp_path, features, "line_dimension = { more_than = 1 }")
    assert found.measurement.interval is not None
    low, high = found.measurement.interval.low, found.measurement.interval.high
    assert high - low > 0.05
    # Log lengths 0, −0.1054, −0.1625 over 0, 0.693, 1.386: D = 1.1172, standard error 0.0201.
    # Student's t of one degree of freedom leaves out 4.55 in 100 beyond 13.97 (tables: 12.71 at 5).
    assert high - low == pytest.approx(2 * 13.97 * 0.0201, rel=0.01)
    assert "95 cases in 100" in found.reason(Translator("en"))
    assert found.verdict == "cannot tell"


def test_lines_of_one_resolution_count_together(tmp_path: Path) -> None:
    """Two halves at each resolution make the whole: the dimension is that of their sums."""
    halves = [one for _ in "ab" for one in lines({1000.0 * e: 400 * e**-0.5 for e in (1, 4, 16)})]
    for number, one in enumerate(halves):
        one["properties"]["id"] = f"h{number}"
    assert check(tmp_path, halves, "line_dimension = { equals = 1.5 }").verdict == "holds"


@pytest.mark.parametrize(
    ("curve", "kind"),
    [
        ({1000.0: 100.0, 2000.0: 90.0}, "line_dimension = { more_than = 1 }"),
        (
            {1000.0: 80.0, 2000.0: 90.0, 4000.0: 99.0},
            "line_resolution_km = { length_km = 85, about = 1 }",
        ),
    ],
)
def test_two_lines_or_a_rising_curve_decide_nothing(
    tmp_path: Path, curve: dict[float, float], kind: str
) -> None:
    found = check(tmp_path, lines(curve), kind)
    assert found.verdict == "cannot tell"
    assert "three resolutions" in found.reason(Translator("en"))


def test_a_schematic_line_has_no_dimension(tmp_path: Path) -> None:
    features = lines({1000.0: 100.0, 2000.0: 90.0, 4000.0: 81.0})
    kind = "line_dimension = { more_than = 1 }"
    assert check(tmp_path, features, kind, precision="schematic").verdict == "cannot tell"


@pytest.mark.parametrize("steps", ["[1, 2]", "[1, 2, 0]", '"1 km"'])
def test_steps_that_make_no_line_are_refused(tmp_path: Path, steps: str) -> None:
    with pytest.raises((AtlasError, InputError), match="steps_km"):
        check(tmp_path, lines({1.0: 5.0}), f"line_dimension = {{ steps_km = {steps}, about = 1 }}")


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 50, 1001])
def test_students_quantile_is_that_of_scipy(freedom: int) -> None:
    for chance in (0.6, 0.9, 0.97725, 0.9999):
        due = float(student.ppf(chance, freedom))
        assert student_quantile(freedom, chance) == pytest.approx(due, rel=1e-9)
