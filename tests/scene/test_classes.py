"""Classes of [style] in TOML: ranges, colours, a centre, no data, categories, dots, faults."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import shapely

from shekara import site
from shekara.atlas.ramps import DIVERGING, QUALITATIVE, SEQUENTIAL
from shekara.colour import lab
from shekara.errors import AtlasError
from shekara.scene import Scene, resolve
from shekara.scene.ramps import categories, colours, places
from shekara.sheet.symbols.palette import distinguish_styles, least_difference
from tests.support.atlases import feature, polygon, write_layer, write_map

VALUES = [-4.0, -1.0, 2.0, 3.0, 20.0, None]


def square(west: float) -> dict[str, object]:
    return polygon([[west, 50], [west + 1, 50], [west + 1, 51], [west, 51], [west, 50]])


def scene_of(folder: Path, style: str, lang: str = "en", entry: str = "") -> Scene:
    cells = [
        feature(square(float(place)), id=f"c{place}", change=value, kind="ab"[place % 2])
        for place, value in enumerate(VALUES)
    ]  # fmt: skip
    field = '[field.change]\ntitle = { en = "Change", de = "Wandel" }\nunit = "%"\n'
    write_layer(folder, "cells", cells, f"{field}[style]\n{style}\n")
    write_map(folder, "all", ["cells"], [0, 49, 6, 52])
    if entry:
        path = folder / "maps" / "all.toml"
        path.write_text(
            path.read_text(encoding="utf-8").replace('"cells"', entry), encoding="utf-8"
        )
    return resolve(site.load(folder), "all", lang)


def legend(scene: Scene) -> list[str]:
    return [entry.title for entry in scene.legend]


BREAKS = 'by = "change"\nbreaks = [0, 10]\n'


def test_own_limits_are_open_at_both_ends_and_a_value_on_one_belongs_below(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, 'by = "change"\nbreaks = [2, 10]')
    assert legend(scene) == ["Change, %", "≤\u00a02", ">\u00a02–10", ">\u00a010", "no data"]
    assert [f.legend for f in scene.layers[0].features] == [1, 1, 1, 2, 3, 4]
    assert scene.layers[0].features[5].style.fill == "#d6d6d6"


def test_numbers_and_words_are_the_readers(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, 'by = "change"\nbreaks = [2.5, 10]', "kk")
    assert legend(scene)[1:] == ["≤\u00a02,5", ">\u00a02,5–10,0", ">\u00a010,0", "дерек жоқ"]


def test_light_is_little_and_dark_is_much(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, BREAKS + 'ramp = "blues"')  # capitals do not matter
    lightness = [lab(scene.layers[0].features[i].style.fill or "")[0] for i in (0, 2, 4)]
    assert lightness[0] > lightness[1] + 20 > lightness[2] + 40


def test_a_centre_parts_the_two_sides_of_a_ramp(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, 'by = "change"\nscheme = "quantiles"\nk = 3\ncentre = 0')
    fills = [feature.style.fill for feature in scene.layers[0].features[:5]]
    assert fills[0] == fills[1] != fills[2]
    assert legend(scene)[1] == "−4 – 0"
    # PuOr: orange below, purple above (ColorBrewer).
    assert lab(fills[0] or "")[2] > 20 > -5 > lab(fills[4] or "")[2]


@pytest.mark.parametrize(
    ("limits", "centre", "expected"),
    [
        ([(0, 1), (1, 2), (2, 3)], None, [0.0, 0.5, 1.0]),
        ([(-2, -1), (-1, 0), (0, 1)], 0, [0.0, 0.25, 1.0]),
        ([(-2, -1), (-1, 1), (1, 2), (2, 3)], 0, [0.25, 0.5, 0.75, 1.0]),
        ([(1, 2), (2, 3)], 0, [0.75, 1.0]),
    ],
)
def test_as_many_classes_from_the_centre_as_strong(
    limits: list[tuple[float, float]], centre: float | None, expected: list[float]
) -> None:
    if limits[1] == (-1, 0):  # one side only has one class: it is as strong as the second of two
        expected = [0.0, 0.25, 0.75]
    assert places(limits, centre, True) == expected


def test_an_author_s_colours_and_outline_are_kept(tmp_path: Path) -> None:
    scene = scene_of(
        tmp_path, BREAKS + 'ramp = ["#ffffff", "#ff0000"]\ncolor = "#123456"\nwidth = 2'
    )
    styles = [scene.layers[0].features[i].style for i in (0, 2, 4)]
    assert [style.fill for style in styles] == ["#ffffff", "#ff7f7f", "#ff0000"]
    assert {(style.color, style.width) for style in styles} == {("#123456", 2.0)}


def test_a_map_has_classes_of_its_own(tmp_path: Path) -> None:
    entry = '{ layer = "cells", where = { kind = "a" }, style = { by = "change", breaks = [0] } }'
    scene = scene_of(tmp_path, 'color = "#000000"', entry=entry)
    assert legend(scene) == ["Change, %", "≤\u00a00", ">\u00a00"]


def test_categories_have_colours_without_order_the_commonest_first(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, 'by = "kind"\nscheme = "categories"')
    fills = [feature.style.fill for feature in scene.layers[0].features]
    assert fills == ["#e69f00", "#56b4e9"] * 3  # Okabe and Ito's orange and sky blue
    two = scene_of(tmp_path, 'by = "change"\nscheme = "categories"\nramp = ["#111111", "#222222"]')
    assert legend(two)[-2:] == ["other", "no data"]  # five values, two colours


def test_dots_are_as_many_as_the_value_says_and_lie_within(tmp_path: Path) -> None:
    style = 'dots_by = "people"\nper_dot = 10\n'
    field = '[field.people]\ntitle = "People"\n[style]\n'
    cells = [
        feature(square(float(place)), **{"id": f"c{place}", "people": people})
        for place, people in enumerate([0, 14, 15, 1000])
    ]  # fmt: skip
    write_layer(tmp_path, "cells", cells, field + style)
    write_map(tmp_path, "all", ["cells"], [0, 49, 6, 52])
    drawn = resolve(site.load(tmp_path), "all", "en")
    counts = [len(shapely.get_parts(f.geometry)) for f in drawn.layers[0].features]
    assert counts == [0, 1, 2, 100]
    assert all(shapely.box(3, 50, 4, 51).covers(p) for p in
               shapely.get_parts(drawn.layers[0].features[3].geometry))  # fmt: skip
    assert [e.title for e in drawn.legend] == ["cells en", "one dot: 10"]
    again = resolve(site.load(tmp_path), "all", "en")
    assert again.layers[0].features[3].geometry == drawn.layers[0].features[3].geometry


def test_circles_in_areas_have_areas_as_their_values(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, 'size_by = "change"\nsize = 20')
    assert scene.layers[0].kind == "point"
    sizes = [feature.style.size for feature in scene.layers[0].features]
    assert sizes[4] == 20.0
    assert sizes[2] == pytest.approx(20.0 * (2 / 20) ** 0.5)
    assert scene.layers[0].features[2].geometry.equals_exact(shapely.Point(2.5, 50.5), 0.01)  # type: ignore[union-attr]


def test_an_area_without_a_value_stays_an_area_among_circles(tmp_path: Path) -> None:
    # Expectation: a lease around its pads has no launches; only the pads are circles.
    cells = [
        feature(square(0.0), id="lease", kind="lease"),
        feature(square(2.0), id="pad", kind="pad", launches=9),
    ]
    style = '[field.launches]\ntitle = "L"\n[style]\nsize_by = "launches"\n'
    write_layer(tmp_path, "base", cells, style)
    write_map(tmp_path, "all", ["base"], [0, 49, 6, 52])
    path = tmp_path / "maps" / "all.toml"
    parts = ", ".join(f'{{ layer = "base", where = {{ kind = "{k}" }} }}' for k in ("lease", "pad"))
    path.write_text(path.read_text(encoding="utf-8").replace('"base"', parts), encoding="utf-8")
    drawn = resolve(site.load(tmp_path), "all", "en")
    assert [item.kind for item in drawn.layers] == ["polygon", "point"]


@pytest.mark.parametrize(
    ("style", "message"),
    [
        (
            'by = "change"\nscheme = "quantiles"\nk = 6',
            "style.k = 6.*5 different values; write k = 5",
        ),
        ('by = "change"\nscheme = "quantile"', "style.scheme.*'quantiles'"),
        ('by = "change"\nbreaks = [3, 3]', "`breaks` do not rise: 3 stands before 3"),
        ('by = "change"\nscheme = "breaks"', "needs `breaks`"),
        ('by = "change"\nscheme = "pretty"\nbreaks = [1]', "delete them, or scheme = 'pretty'"),
        (
            'by = "kind"\nscheme = "pretty"',
            "style.by = 'kind'.*'a' in features.0.*pretty needs them",
        ),
        ('by = "none"\nscheme = "pretty"', "'none'.*no value in any of the 6 features"),
        ('by = "chnge"\nscheme = "pretty"', "did you mean 'change'"),
        (
            'by = "change"\nscheme = "pretty"\nramp = "jet"',
            "viridis.*PuOr.*okabe_ito.*list of colours",
        ),
        ('by = "change"\nscheme = "pretty"\nramp = "okabe_ito"', "has no order"),
        ('by = "change"\nscheme = "pretty"\ncentre = 0\nramp = "Reds"', "two sides: BrBG"),
        ('scheme = "pretty"', "needs `by`"),
        ('by = "change"\nk = 3', "`k` needs `scheme`"),
        ('by = "change"\nscheme = "pretty"\nk = 40', "style.k = 40"),
        ('dots_by = "change"\nper_dot = 1', "negative values"),
        ('dots_by = "change"', "go together"),
    ],
)
def test_what_cannot_be_classed_is_one_clear_message(
    tmp_path: Path, style: str, message: str
) -> None:
    cells = [
        feature(square(float(place)), **{"change": value, "kind": "ab"[place % 2], "none": None})
        for place, value in enumerate(VALUES)
    ]  # fmt: skip
    write_layer(tmp_path, "cells", cells, f"[style]\n{style}\n")
    write_map(tmp_path, "all", ["cells"], [0, 49, 6, 52])
    with pytest.raises(AtlasError, match=message) as caught:
        site.load(tmp_path)
    assert len(caught.value.problems) == 1, str(caught.value)
    assert caught.value.problems[0].file == "layers/cells.toml"


@pytest.mark.parametrize("name", [*SEQUENTIAL, *DIVERGING])
def test_seven_classes_of_every_ramp_are_told_apart_by_the_colour_blind(name: str) -> None:
    tints = colours(name, [place / 6 for place in range(7)], reverse=False)
    # 2.3 is just to be seen side by side (Mahy et al. 1994); simulation after Machado (2009).
    assert min(least_difference(a, b) for a, b in itertools.combinations(tints, 2)) > 2 * 2.3
    if name in SEQUENTIAL:
        lightness = [lab(tint)[0] for tint in tints]
        assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize("name", QUALITATIVE)
def test_the_colours_of_categories_are_told_apart_by_the_colour_blind(name: str) -> None:
    pairs = itertools.combinations(categories(name, reverse=False), 2)
    assert min(least_difference(a, b) for a, b in pairs) > 4 * 2.3


def test_what_an_author_writes_is_not_changed_on_paper(tmp_path: Path) -> None:
    plain = 'by = "kind"\nopacity = 1\nfill_opacity = 1\n'
    alike = "".join(
        f'[[style.class]]\nvalue = "{value}"\nfill = "{grey}"\n'
        for value, grey in (("a", "#808080"), ("b", "#828282"))
    )

    def hatches(style: str) -> list[str]:
        scene = scene_of(tmp_path, style)
        styles = distinguish_styles(scene.legend)
        return [s.hatch for s, e in zip(styles, scene.legend, strict=True) if not e.heading]

    assert sorted(map(bool, hatches(plain + alike))) == [
        False,
        True,
    ]  # two greys nobody tells apart
    assert hatches(plain + "distinguish = false\n" + alike) == ["", ""]
    assert hatches(plain + alike + 'hatch = ""')[1] == ""  # the other one gives way
    assert hatches(plain + alike + 'hatch = ""')[0] != ""
