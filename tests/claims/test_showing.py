"""Shapes that show a claim: where they must lie by closed forms on the equator and a meridian."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from shekara import claims, site
from shekara.claims.showing import Figure
from shekara.scene import resolve
from shekara.scene.model import SceneClaim
from tests.support.atlases import claim, feature, line, point, polygon, write_layer, write_map

DEGREE_LAT_KM = 110.574  # of a meridian at the equator, WGS 84
DEGREE_LON_KM = 111.320  # of the equator: a·π/180


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bent line over the equator, the equator, two squares that touch, and a point."""
    bent = [[0.0, 0.0], [1.0, 0.5], [2.0, 0.0]]
    squares = {
        "a": [[0.0, 1.0], [1.0, 1.0], [1.0, 2.0], [0.0, 2.0], [0.0, 1.0]],
        "b": [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]],
    }
    write_layer(
        tmp_path,
        "bent",
        [feature(line(bent), id="l"), feature(line([[0.0, 0.1], [2.0, 0.1]]), id="hidden")],
        claim("most", 'offset_km = { to = "straight", where = { id = "l" }, about = 55 }')
        + claim(
            "near",
            'corridor_percent = { of = "straight", where = { id = "l" }, within_km = 20, '
            "about = 36 }",
        )
        + claim("walk", "line_dimension = { steps_km = [10, 20, 40], about = 1 }")
        + claim("long", "length_km = { more_than = 1 }"),
    )
    write_layer(tmp_path, "straight", [feature(line([[-9.0, 0.0], [9.0, 0.0]]), id="s")])
    write_layer(
        tmp_path,
        "squares",
        [feature(polygon(ring), id=name) for name, ring in squares.items()],
        claim("meet", 'touches = { where = { id = "a" }, with_where = { id = "b" } }')
        + claim("away", 'distance_km = { to = "straight", where = { id = "a" }, about = 110 }')
        + claim("half", 'share_percent = { where = { id = "a" }, about = 50 }')
        + claim("held", 'within = { layer = "squares", where = { id = "a" } }', "fails"),
    )
    write_layer(tmp_path, "spot", [feature(point(5.0, 1.0), id="p")])
    names = ["most", "near", "walk", "long", "meet", "away", "held", "half"]
    drawn = '[{ layer = "bent", where = { id = "l" } }, "straight", "squares"]'
    write_map(tmp_path, "all", ["straight"], [-1.0, -1.0, 3.0, 3.0], names)
    text = (tmp_path / "maps/all.toml").read_text().replace('["straight"]', drawn)
    (tmp_path / "maps/all.toml").write_text(text)
    return tmp_path


def figures(folder: Path, name: str) -> dict[str, Figure]:
    atlas = site.load(folder)
    shown = claims.check(claims.claim_by_id(atlas, name), atlas).figures(atlas)
    return {figure.role: figure for figure in shown}


def test_the_greatest_offset_stands_at_the_bend(folder: Path) -> None:
    greatest = figures(folder, "most")["greatest"]
    assert greatest.metres == pytest.approx(500 * DEGREE_LAT_KM, rel=1e-4)
    ends = shapely.get_coordinates(greatest.geometry).ravel()
    assert ends == pytest.approx([1, 0.5, 1, 0], abs=1e-6)


def test_offsets_lead_from_the_line_to_the_nearest_places(folder: Path) -> None:
    for stick in shapely.get_parts(figures(folder, "most")["offset"].geometry):
        (lon, lat), (foot, zero) = stick.coords
        assert lat == pytest.approx(0.5 * (1 - abs(lon - 1)), abs=1e-3)
        assert (foot, zero) == pytest.approx((lon, 0), abs=1e-3)


def test_the_near_part_ends_where_the_line_leaves_the_corridor(folder: Path) -> None:
    """It rises half a degree of latitude over a degree of longitude: out at 2·20/110.574."""
    shown = figures(folder, "near")
    assert shown["corridor"].metres == 20_000
    assert shown["corridor"].geometry.bounds[3] == pytest.approx(20 / DEGREE_LAT_KM, rel=1e-3)
    out = shapely.get_parts(shown["near"].geometry)[0].bounds[2]
    assert out == pytest.approx(40 / DEGREE_LAT_KM, rel=2e-3)


def test_dividers_stand_as_far_apart_as_they_are_opened(folder: Path) -> None:
    atlas = site.load(folder)
    walks = claims.check(claims.claim_by_id(atlas, "walk"), atlas).figures(atlas)
    assert [walk.metres for walk in walks] == [10_000, 20_000, 40_000]
    straight = shapely.get_parts(walks[0].geometry)[1].coords  # along a parallel near the equator
    assert straight[1][0] - straight[0][0] == pytest.approx(10 / DEGREE_LON_KM, rel=3e-4)


def test_what_two_squares_share_is_their_common_side(folder: Path) -> None:
    shared = figures(folder, "meet")["contact"].geometry
    assert shared.equals(shapely.LineString([(1, 1), (1, 2)]))


def test_the_shortest_way_goes_straight_down_a_meridian(folder: Path) -> None:
    way = figures(folder, "away")["distance"]
    assert way.metres == pytest.approx(1000 * DEGREE_LAT_KM, rel=1e-4)
    (lon, _), (foot, _) = way.geometry.coords
    assert lon == pytest.approx(foot, abs=1e-6)


def in_words(folder: Path) -> dict[str, SceneClaim]:
    return {one.id: one for one in resolve(site.load(folder), "all", "en").claims}


def test_a_scene_names_what_it_shows_and_what_it_is_held_against(folder: Path) -> None:
    shown = in_words(folder)
    assert [one.title for one in shown["most"].evidence] == [
        "distances to the other line", "greatest distance: 55.3\N{NO-BREAK SPACE}km",
    ]  # fmt: skip
    assert shown["most"].evidence[1].label == "55.3\N{NO-BREAK SPACE}km"
    assert shown["most"].against == ("straight/s",)
    assert shown["held"].against == ("squares/a", "squares/b")
    assert shown["half"].features == ("squares/a",)
    assert shown["half"].against == ("squares/b",)
    assert shown["near"].basis == "measured on geometry"


def test_measured_shapes_that_the_map_leaves_out_are_brought_along(folder: Path) -> None:
    missing = [one for one in in_words(folder)["long"].evidence if one.role == "subject"]
    assert [shapely.get_coordinates(one.geometry)[0].tolist() for one in missing] == [[0, 0.1]]


def test_shapes_are_made_once_for_all_languages(folder: Path) -> None:
    atlas = site.load(folder)
    verdict = claims.check(claims.claim_by_id(atlas, "most"), atlas)
    assert verdict.figures(atlas) is verdict.figures(atlas)
