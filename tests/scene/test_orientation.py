"""The sheets of an atlas lie alike: as its maps are largest together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from shekara.scene.orientation import orientation

WIDE, TALL = (0.0, 0.0, 20.0, 8.0), (0.0, 0.0, 6.0, 20.0)


def atlas(*maps: tuple[tuple[float, ...], str | None]) -> Any:
    """What the rule reads of an atlas: extents, and how maps want to lie."""
    return SimpleNamespace(
        maps={
            str(n): SimpleNamespace(
                file=SimpleNamespace(extent=extent, sheet=SimpleNamespace(orientation=wish))
            )
            for n, (extent, wish) in enumerate(maps)
        }
    )


@pytest.mark.parametrize(
    ("extents", "lies"),
    [
        ([WIDE, WIDE, TALL], "landscape"),
        ([TALL, TALL, WIDE], "portrait"),
        ([TALL], ""),  # alone it lies as it is largest
    ],
)
def test_all_maps_lie_as_most_of_them_are_largest(extents: list[Any], lies: str) -> None:
    assert orientation(atlas(*((extent, None) for extent in extents))) == lies


def test_a_map_that_says_it_itself_does_not_count() -> None:
    assert orientation(atlas((WIDE, None), (TALL, "portrait"), (TALL, "portrait"))) == "landscape"
    assert orientation(atlas((WIDE, "landscape"), (TALL, "portrait"))) == ""
