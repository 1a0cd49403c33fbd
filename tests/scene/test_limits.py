"""Limits between classes: against mapclassify, closed forms, and what round means."""

from __future__ import annotations

import warnings

import mapclassify
import numpy as np
import pytest
from numpy.typing import NDArray

from shekara.scene.limits import CLASSIFIERS, Search, limits_between, rounded, through


@pytest.mark.parametrize("k", [2, 3, 5, 7])
def test_natural_breaks_are_those_of_another_program(k: int) -> None:
    values = np.round(np.random.default_rng(k).lognormal(size=40), 2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that numba is not installed
        theirs = mapclassify.FisherJenks(values, k=k).bins
    limits = np.array(limits_between(list(values), "natural_breaks", k))
    members = [np.searchsorted(edges, values) for edges in (theirs[:-1], limits)]
    assert members[0].tolist() == members[1].tolist()


@pytest.mark.parametrize("scheme", ["quantiles", "equal_interval", "pretty"])
@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(1).lognormal(size=50),
        -np.random.default_rng(2).lognormal(size=9),
        np.random.default_rng(3).integers(-3, 3, size=40) * 1000.0,  # ties
        np.random.default_rng(4).normal(size=30) * 1e-9,
        np.array([0.0] * 20 + [1.5, 7.0]),
        np.array([2.0, 3.0]),
    ],
)
def test_every_value_is_in_the_class_that_mapclassify_puts_it_in(
    scheme: Search, values: NDArray[np.float64]
) -> None:
    for k in (2, 5, 9):
        count = min(k, len(set(values)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that values repeat
            theirs = getattr(mapclassify, CLASSIFIERS[scheme])(values, k=count).bins[:-1]
        limits = limits_between(list(values), scheme, count)
        # Classes that hold no value are left out by us.
        places = [np.unique(np.searchsorted(edges, values), return_inverse=True)[1]
                  for edges in (theirs, limits)]  # fmt: skip
        assert places[0].tolist() == places[1].tolist()


def test_natural_breaks_keep_neighbours_together() -> None:
    # Three heaps; Fisher's optimum parts them whatever their sizes are.
    values = [1, 1.1, 1.2, 5, 5.1, 9, 9.1, 9.2, 9.3]
    limits = limits_between(values, "natural_breaks", 3)
    assert [sum(v <= limit for v in values) for limit in limits] == [3, 5]


def test_equal_intervals_are_equal() -> None:
    assert limits_between([0.0, 0.9, 3.3, 10.0], "equal_interval", 4) == [2.5, 5.0, 7.5]


def test_equal_intervals_have_no_more_decimals_than_the_data() -> None:
    """Each 7.94 wide: -3.26, 4.68, 12.62, 20.56."""
    changes = [24.0, 17.3, 28.5, 18.0, 14.6, -6.8, 23.9, -8.3, 5.2, -11.2, 20.3, -10.1, 3.9]
    assert limits_between(changes, "equal_interval", 5) == [-3.3, 4.7, 12.6, 20.6]


def test_pretty_limits_are_round() -> None:
    # R: pretty(c(0.3, 47), 5) is 0 10 20 30 40 50.
    assert limits_between([0.3, 17.0, 47.0], "pretty", 5) == [10.0, 20.0, 30.0, 40.0]


def test_values_that_repeat_make_fewer_classes_and_no_warning() -> None:
    values = [0.0] * 6 + [1.0, 2.0]
    # Quintiles are 0, 0, 0, 0.6: nothing lies between 0 and 0.6.
    assert limits_between(values, "quantiles", 5) == [0.0]
    assert limits_between([4.0, 4.0], "quantiles", 5) == []


@pytest.mark.parametrize(
    ("limit", "numbers", "round_limit"),
    [
        (1.8, [0.0, 1.0, 2.0], 1.0),  # counts are told apart by counts
        (505.0, [10.0, 1001.0], 500.0),  # not 1000: too far from where it was
        (0.123456, [0.12, 0.13], 0.12),  # no more decimals than the data have
        (0.123456, [0.12, 0.13, 0.1307], 0.123),  # here they have: 0.12 is farther away
        (12.3, [12.3, 12.31], 12.3),
        (-1.7, [-2.0, -1.5], -1.7),
    ],
)
def test_a_limit_is_round_and_no_value_changes_its_class(
    limit: float, numbers: list[float], round_limit: float
) -> None:
    chosen = rounded(limit, np.array(numbers))
    assert [v <= chosen for v in numbers] == [v <= limit for v in numbers]
    assert chosen == round_limit


def test_the_nearest_limit_goes_through_the_centre() -> None:
    assert through(0.0, [-3.0, 1.0, 4.0], [-9, 9]) == [-3.0, 0.0, 4.0]
    assert through(0.0, [2.0, 4.0], [1, 9]) == [2.0, 4.0]  # no value lies below it
