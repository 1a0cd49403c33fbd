"""Rivers through a network of pieces: made here, so that the way is known."""

import numpy as np
import pytest
import shapely

from shekara.derive.watercourses import course_along
from shekara.errors import InputError

MAIN = np.array([(60.0, 50.0), (61.0, 50.2), (62.0, 50.0)])
LOWER = np.array([(62.0, 50.0), (63.0, 49.8), (64.0, 50.0)])
BRANCH = np.array([(61.0, 50.2), (61.0, 51.0), (61.5, 52.0)])
BEYOND = np.array([(65.0, 50.0), (66.0, 50.0)])  # a degree past the lower end: a reservoir


def test_the_way_follows_the_pieces_from_source_to_mouth() -> None:
    course = course_along([LOWER, BRANCH, MAIN], [(60.0, 50.0), (64.0, 50.0)], "row")
    expected = shapely.LineString([*MAIN, *LOWER[1:]])
    assert course.equals(expected)


def test_a_tributary_joins_in_the_middle_of_a_piece() -> None:
    course = course_along([MAIN, BRANCH], [(61.5, 52.0), (62.0, 50.0)], "row")
    assert shapely.get_coordinates(course).tolist() == [*BRANCH[::-1].tolist(), [62.0, 50.0]]


def test_nothing_is_drawn_where_the_package_has_no_piece() -> None:
    course = course_along([MAIN, LOWER, BEYOND], [(60.0, 50.0), (66.0, 50.0)], "row")
    parts = shapely.get_parts(course)
    assert len(parts) == 2
    assert parts[1].equals(shapely.LineString(BEYOND))


def test_a_point_far_from_every_river_is_refused() -> None:
    with pytest.raises(InputError, match="row: the river lies farther"):
        course_along([MAIN], [(60.0, 50.0), (62.0, 51.9)], "row")
