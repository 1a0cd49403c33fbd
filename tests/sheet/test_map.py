"""The map on a sheet: scale, graticule, names, what is shown and what is not."""

from dataclasses import replace
from functools import lru_cache
from itertools import cycle

import numpy as np
import pytest
from matplotlib.path import Path
from matplotlib.text import Text
from pyproj import Geod, Transformer

from shekara import sheet
from shekara.errors import InputError
from shekara.i18n import Translator
from shekara.scene.model import Scene
from shekara.scene.projection import Extent
from shekara.sheet.labels.rules import Lettering
from shekara.sheet.map.frame import MapFrame, fit, round_scale
from shekara.sheet.map.graticule import labels, latitude_text, lay, longitude_text
from shekara.sheet.marginalia.scale_bar import measure_bar, numeric_scale, refusal, wants_north
from shekara.sheet.paper.fonts import MissingGlyph
from shekara.sheet.paper.paper import Box
from shekara.sheet.plan import plan
from tests.support.sheet_reading import drawn, map_axes, names, overlaps, page_texts
from tests.support.sheet_scenes import scene

pytestmark = pytest.mark.long

GEOD = Geod(ellps="WGS84")
EXTENTS: list[Extent] = [
    (140, -44, 152, -36),
    (46, 40, 88, 56),
    (-8, 49, 2, 60),
    (170, -48, -176, -34),
    (95, -10, 115, 6),
    (63, 45.3, 64, 46.2),
    (20, 69, 30, 74),
]


def window_of(one: Scene) -> MapFrame:
    return plan(one, "A4", frame=True).map_frame


@lru_cache
def bare_window(extent: Extent) -> MapFrame:
    return window_of(scene(extent=extent, panel_count=0))


def ground_m(map_frame: MapFrame, x0: float, x1: float, y: float) -> float:
    """Metres on the ellipsoid between two places on the page, by way of the PROJ string alone."""
    left, bottom, _, _ = map_frame.bounds
    back = Transformer.from_crs(map_frame.projection.definition, "EPSG:4326", always_xy=True)
    ends = [
        back.transform(
            left + (x - map_frame.box.x) / map_frame.mm_per_m,
            bottom + (y - map_frame.box.y) / map_frame.mm_per_m,
        )
        for x in (x0, x1)
    ]
    return float(GEOD.inv(*ends[0], *ends[1])[2])


@pytest.mark.parametrize("extent", EXTENTS)
@pytest.mark.parametrize("corner", [(0, 0), (1, 0), (0, 1), (0.5, 0.5)])
def test_every_part_of_the_bar_is_right_where_it_stands(
    extent: Extent, corner: tuple[float, float]
) -> None:
    map_frame = bare_window(extent)
    box = map_frame.box
    x = box.x + 4 + corner[0] * (box.width - 60)
    y = box.y + 4 + corner[1] * (box.height - 10)
    bar = measure_bar(map_frame, x, y, 50)
    assert bar is not None
    parts = len(bar.ends) - 1
    for place, end in enumerate(bar.ends[1:], start=1):
        # Promised are 0.5 %; a bisection has no reason to be worse than one in a million.
        wanted = bar.length_m * place / parts
        assert ground_m(map_frame, bar.ends[0], end, y) == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_the_bar_that_is_drawn_is_as_long_as_its_numbers_say(lang: str) -> None:
    one = scene(lang)
    figure = drawn(sheet.figure(one))
    map_frame = plan(one, "A4", frame=True).map_frame
    unit = {"en": "km", "ru": "км", "kk": "км"}[lang]
    texts = [item for item in page_texts(figure) if item.text.endswith(f"\u00a0{unit}")]
    last = next(item for item in texts if item.text.split("\u00a0")[0].isdigit())
    zero = next(item for item in page_texts(figure) if item.text == "0" and item.y0 == last.y0)
    # The number stands centred on the bar's end; the zero begins at its start.
    x0, x1 = zero.x0, (last.x0 + last.x1) / 2
    said = float(last.text.split("\u00a0")[0]) * 1000
    # It holds at the latitude that stands beside it: in the middle of the extent.
    lon, lat = (one.extent[0] + one.extent[2]) / 2, (one.extent[1] + one.extent[3]) / 2
    (mx,), (my,) = map_frame.to_mm(*map_frame.forward(np.array([lon]), np.array([lat])))
    assert ground_m(map_frame, mx, mx + x1 - x0, my) == pytest.approx(said, rel=0.005)


def test_the_numeric_scale_is_true_at_the_printed_size() -> None:
    one = scene(extent=(46, 40, 88, 56), panel_count=0)
    map_frame = window_of(one)
    x, y = map_frame.to_mm(*map_frame.forward(np.array([67.0]), np.array([48.0])))
    per_mm = ground_m(map_frame, float(x[0]) - 0.5, float(x[0]) + 0.5, float(y[0]))
    said = float(
        numeric_scale(map_frame, Translator("en")).split(":")[1].replace(",", "").strip("\u00a0")
    )
    # Albers stretches along one axis what it shrinks along the other: 0.42 % at the middle.
    assert per_mm * 1000 == pytest.approx(said, rel=0.006)


def test_scales_are_round_and_never_larger_than_the_room() -> None:
    assert round_scale(11_234_567) == 12_000_000
    assert round_scale(1_000_000) == 1_000_000
    assert round_scale(9_100_000) == 10_000_000


def test_the_bar_is_refused_with_its_reason_where_the_scale_varies() -> None:
    # Mercator from 40 to 56 degrees: cos 40 / cos 56 = 1.370, so 37 %.
    map_frame = window_of(scene(extent=(46, 40, 88, 56), named="mercator"))
    assert "37" in refusal(map_frame, Translator("en"))
    assert refusal(window_of(scene(extent=(46, 40, 88, 56))), Translator("en")) == ""
    said = {
        p.text for p in page_texts(sheet.figure(scene(extent=(46, 40, 88, 56), named="mercator")))
    }
    assert any("No scale bar" in text for text in said)


def test_the_arrow_stands_only_where_meridians_are_nearly_parallel() -> None:
    assert wants_north(window_of(scene(extent=(63, 45.3, 64, 46.2))))
    assert wants_north(window_of(scene(extent=(46, 40, 88, 56), named="mercator")))
    assert not wants_north(window_of(scene(extent=(46, 40, 88, 56))))


def test_the_whole_extent_is_on_the_map() -> None:
    for extent in EXTENTS:
        map_frame = window_of(scene(extent=extent))
        west, south, _, north = extent
        wide = (extent[2] - west) % 360
        lon = (west + np.linspace(0, 1, 50) * wide + 180) % 360 - 180
        left, bottom, right, top = map_frame.bounds
        for lat in (south, north):
            x, y = map_frame.forward(lon, np.full(50, lat))
            assert (x >= left - 1).all()
            assert (x <= right + 1).all()
            assert (y >= bottom - 1).all()
            assert (y <= top + 1).all()


@pytest.mark.parametrize(
    ("lang", "north", "west"),
    [
        ("en", "45°30′ N", "70° W"),
        ("ru", "45°30′ с. ш.", "70° з. д."),
        ("kk", "45°30′ с. е.", "70° б. б."),
    ],
)
def test_degrees_in_the_language_of_the_page(lang: str, north: str, west: str) -> None:
    assert latitude_text(45.5, Translator(lang)).replace("\u00a0", " ") == north
    assert longitude_text(290, Translator(lang)).replace("\u00a0", " ") == west


def test_equator_greenwich_and_date_line_have_no_hemisphere() -> None:
    assert latitude_text(0, Translator("en")) == "0°"
    assert longitude_text(360, Translator("en")) == "0°"
    assert longitude_text(-180, Translator("en")) == "180°"


@pytest.mark.parametrize("extent", EXTENTS)
def test_graticule_labels_stand_within_the_neatline_where_their_lines_end(extent: Extent) -> None:
    map_frame = window_of(scene(extent=extent))
    found = labels(map_frame, lay(map_frame, 1.0), Translator("en"), 5.4)
    assert {"left", "bottom"} <= {label.side for label in found}
    assert len({label.text for label in found}) == len(found)
    for label in found:
        assert map_frame.box.holds(label.box)
    for label in found:
        x = {"left": map_frame.box.x, "right": map_frame.box.right}.get(label.side, label.x - 0.5)
        y = {"bottom": map_frame.box.y, "top": map_frame.box.top}.get(label.side, label.y - 0.4)
        lon, lat = map_frame.inverse(*map_frame.from_mm(np.array([x]), np.array([y])))
        written = label.text.replace("°", " ").replace("′", " ").split()
        numbers = [int(part) for part in written if part.isdigit()]
        said = numbers[0] + (numbers[1] / 60 if len(numbers) > 1 else 0)
        places = [float(lat[0])] if label.text.endswith(("N", "S")) else [float(lon[0])]
        if label.text == "0°":  # the equator or Greenwich
            places = [float(lat[0]), float(lon[0])]
        assert min(abs(abs(place) - said) for place in places) < 0.02, label.text


def test_no_label_of_the_graticule_is_turned() -> None:
    figure = sheet.figure(scene(extent=(46, 40, 88, 56)))
    degrees = [item for item in figure.findobj(Text) if "°" in item.get_text()]
    assert len(degrees) > 8
    assert {item.get_rotation() for item in degrees} == {0.0}


@pytest.mark.parametrize(
    ("extent", "lang"), list(zip(EXTENTS, cycle(["en", "ru", "kk"]), strict=False))
)
def test_names_stay_on_the_map_and_apart(extent: Extent, lang: str) -> None:
    figure = drawn(sheet.figure(scene(lang, extent=extent)))
    box = map_axes(figure).get_window_extent()
    per = 25.4 / figure.dpi
    found = names(figure)
    assert found
    assert overlaps(found) == []
    for name in found:
        assert box.x0 * per <= name.x0
        assert name.x1 <= box.x1 * per
        assert box.y0 * per <= name.y0
        assert name.y1 <= box.y1 * per


def test_the_first_rank_is_named_when_there_is_room_for_one_name() -> None:
    one = scene(panel_count=0)
    lettering = sheet.figure(one, size="A6").lettering
    assert isinstance(lettering, Lettering)
    assert "Great Island" in {name.text for name in lettering.names.placed}


def test_hidden_and_extra_layers_are_not_drawn() -> None:
    figure = sheet.figure(scene())
    said = {item.get_text() for item in figure.findobj(Text)}
    gids = {item.get_gid() for item in map_axes(figure).get_children()}
    assert not {"HIDDEN", "EXTRA"} & said
    assert "hidden/1" not in gids
    assert "extra/1" not in gids
    assert "islands/1" in gids


def test_dollars_in_a_name_are_dollars() -> None:
    one = scene()
    figure = drawn(sheet.figure(replace(one, title="Costs of $5 and $6 ^a_b {x} % # &", claims=())))
    assert "Costs of $5 and $6 ^a_b {x} % # &" in {piece.text for piece in page_texts(figure)}


def test_a_title_without_glyphs_is_drawn_with_a_warning() -> None:
    with pytest.warns(MissingGlyph, match=r"U\+13000"):
        sheet.figure(replace(scene(), title="x\U00013000", claims=()))


def test_nothing_is_drawn_beyond_the_neatline() -> None:
    figure = sheet.figure(scene(extent=(142, -43, 146, -40)))
    axes = map_axes(figure)
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    paths = [item for item in axes.get_children() if hasattr(item, "get_path")]
    drawn_paths = [item for item in paths if item.get_transform() == axes.transData]
    assert len(drawn_paths) > 10
    for item in drawn_paths:
        path = item.get_path()
        # The point of CLOSEPOLY is never drawn.
        xy = path.vertices if path.codes is None else path.vertices[path.codes != Path.CLOSEPOLY]
        if not len(xy):
            continue
        assert xy[:, 0].min() >= left - 1
        assert xy[:, 0].max() <= right + 1
        assert xy[:, 1].min() >= bottom - 1
        assert xy[:, 1].max() <= top + 1


def test_a_window_that_no_projection_can_fill_is_refused() -> None:
    one = scene()
    # A gnomonic view from the South Pole sees nothing of the north.
    south = "+proj=gnom +lat_0=-90 +datum=WGS84 +units=m +type=crs"
    bad = replace(one.projection, definition=south)
    with pytest.raises(InputError, match="cannot show"):
        fit(bad, (0.0, 40.0, 10.0, 50.0), Box(0, 0, 100, 100))


def test_an_author_can_go_on_with_the_figure_in_degrees() -> None:
    import cartopy.crs as ccrs

    one = scene()
    figure = sheet.figure(one, size="170x120mm", frame=False)
    axes = map_axes(figure)
    (line,) = axes.plot([146], [-40], "o", transform=ccrs.PlateCarree())
    map_frame = plan(one, "170x120mm", frame=False).map_frame
    x, y = map_frame.forward(np.array([146.0]), np.array([-40.0]))
    placed = line.get_transform().transform([(146, -40)])
    assert placed == pytest.approx(axes.transData.transform([(x[0], y[0])]), abs=0.01)
    assert tuple(figure.get_size_inches() * 25.4) == pytest.approx((170, 120))
