"""A thing that map and chart show has one colour in both."""

from __future__ import annotations

import shapely

from shekara.scene.model import Feature, LegendEntry, Panel, SceneLayer, Series, Style
from shekara.scene.same_colours import recoloured

GREEN = Style(color="#333333", fill="#228833", hatch="/")
RED = Style(color="#333333", fill="#cc3311")
BLUE, ORANGE = "#0072b2", "#e69f00"  # the usual first two of a chart


def layer(**looks: Style) -> SceneLayer:
    features = tuple(
        Feature(f"x/{name}", shapely.Point(0, 0), name, style) for name, style in looks.items()
    )
    return SceneLayer("x", "X", "", "", "polygon", features, False, "", ())


def chart(*titles: tuple[str, str], kind: str = "bars") -> Panel:
    series = tuple(
        Series(title, ("1998",), (1.0,), Style(color=colour, fill=colour))
        for title, colour in titles
    )
    return Panel(kind=kind, title="", x_title="", y_title="", series=series)  # type: ignore[arg-type]


def colours(panel: Panel) -> dict[str, tuple[str, str | None]]:
    return {series.title: (series.style.color, series.style.fill) for series in panel.series}


def test_a_series_has_the_colour_that_its_thing_has_on_the_map() -> None:
    (result,) = recoloured([chart(("A", BLUE), ("B", ORANGE))], [layer(A=GREEN, C=RED)], [])
    assert colours(result) == {"A": ("#333333", "#228833"), "B": (ORANGE, ORANGE)}
    assert result.series[0].style.hatch == "/"


def test_a_line_is_drawn_in_the_colour_of_the_things_filling() -> None:
    given = chart(("A", BLUE), ("B", ORANGE), kind="line")
    (result,) = recoloured([given], [layer(A=GREEN)], [])
    assert colours(result)["A"] == ("#228833", "#228833")


def test_the_legend_names_things_too() -> None:
    entry = LegendEntry("x", "B", "polygon", RED)
    (result,) = recoloured([chart(("A", BLUE), ("B", ORANGE))], [], [entry])
    assert colours(result)["B"] == ("#333333", "#cc3311")


def test_a_colour_that_several_things_share_is_nobodys_own() -> None:
    (result,) = recoloured([chart(("A", BLUE), ("B", ORANGE))], [layer(A=GREEN, C=GREEN)], [])
    assert colours(result) == {"A": (BLUE, BLUE), "B": (ORANGE, ORANGE)}


def test_no_other_series_has_the_colour_of_a_thing() -> None:
    """A has the usual colour of B on the map: B takes one that is free."""
    given = chart(("A", BLUE), ("B", ORANGE), ("C", "#009e73"))
    (result,) = recoloured([given], [layer(A=Style(color=ORANGE, fill=ORANGE))], [])
    shades = [series.style.fill for series in result.series]
    assert shades[0] == ORANGE
    assert len(set(shades)) == 3
    assert shades[2] == "#009e73"


def bars(*names: str, of: str = "sectors") -> Panel:
    series = (Series("Share", names, (1.0,) * len(names), Style(color=BLUE)),)
    return Panel("bars", "", "", "", series, layer=of)


def entries(name: str, **looks: Style) -> list[LegendEntry]:
    return [LegendEntry(name, title, "polygon", style) for title, style in looks.items()]


def test_bars_that_are_classes_of_a_layer_look_as_the_legend_says() -> None:
    """Of the layer itself, also where a map uses it a second time; not of another one."""
    legend = [*entries("others", A=RED, B=GREEN), *entries("sectors-2", A=GREEN, B=RED)]
    (result,) = recoloured([bars("B", "A")], [], legend)
    assert result.series[0].looks == (RED, GREEN)


def test_bars_of_which_one_is_no_class_keep_one_look() -> None:
    legend = entries("sectors", A=GREEN, B=RED)
    (result,) = recoloured([bars("A", "C")], [], legend)
    assert result.series[0].looks == ()


def test_no_series_has_the_colour_of_another_thing_of_the_legend() -> None:
    """B, which the map does not show, had the colour of C, which the chart does not."""
    legend = entries("x", A=GREEN, C=Style(color=ORANGE, fill=ORANGE))
    (result,) = recoloured([chart(("A", BLUE), ("B", ORANGE))], [layer(A=GREEN)], legend)
    assert result.series[1].style.fill not in {ORANGE, "#228833"}
