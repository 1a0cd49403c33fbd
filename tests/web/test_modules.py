"""Modules of the page's program that need no page, run by node."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import pytest
import shapely

from shekara.i18n import Translator
from shekara.web.wording import number_signs
from tests.support.modules import run


def test_what_is_typed_fits_the_beginning_a_word_or_the_middle() -> None:
    grades = run(
        "matching",
        *(f"matching.grade({json.dumps(typed)}, {json.dumps(name)})" for typed, name in (
            ("alma", "almaty"), ("ata", "alma-ata"), ("mat", "almaty"), ("xyz", "almaty"),
        )),
    )  # fmt: skip
    assert grades == [0, 1, 2, None]  # JSON writes Infinity as null


@pytest.mark.parametrize(
    ("typed", "name", "slips"),
    [
        ("almtay", "almaty", 1),  # two letters swapped
        ("petropvl", "petropavl", 1),  # one left out: two are allowed in eight letters
        ("sarmakand", "samarkand", 2),
        ("karagnada", "karaganda region", 1),
        ("kasakhstan", "kazakhstan", 1),
        ("regoin", "karaganda region", 1),  # a later word
        ("abc", "abd", None),  # short words must fit
        ("moskau", "almaty", None),
    ],
)
def test_slips_of_the_fingers_are_forgiven(typed: str, name: str, slips: int | None) -> None:
    (grade,) = run("matching", f"matching.grade({json.dumps(typed)}, {json.dumps(name)})")
    assert grade == (None if slips is None else 2 + slips)


RUSSIAN = '{north: "с. ш.", south: "ю. ш.", east: "в. д.", west: "з. д."}'


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("48.5, 67", [48.5, 67]),
        ("48,5; 67,25", [48.5, 67.25]),
        ("-33.9 18.4", [-33.9, 18.4]),
        ("48°30′ N 67°15′ E", [48.5, 67.25]),
        ("48°30'36\"N, 67°E", [48.51, 67]),
        ("33.9 S, 18.4 W", [-33.9, -18.4]),
        ("67 E, 48 N", [48, 67]),
        ("48°30′ с. ш., 67° в. д.", [48.5, 67]),
        ("Almaty", None),
        ("95, 10", None),
        ("1998", None),
    ],
)
def test_coordinates_are_read_as_people_write_them(typed: str, place: list[float] | None) -> None:
    (answer,) = run("matching", f"matching.coordinates({json.dumps(typed)}, {RUSSIAN})")
    assert answer == (None if place is None else pytest.approx(place, abs=1e-9))


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("51.1 71.4", [51.1, 71.4]),
        ("51,1, 71,4", [51.1, 71.4]),
        ("N 51.1 E 71.4", [51.1, 71.4]),
        ("S33°51'30'' E151°12'", [-33.858333333, 151.2]),
        ("51 degrees 7' N, 71 degrees 26' E", [51.116666667, 71.433333333]),
        ("51º07′ N 71˚26′ E", [51.116666667, 71.433333333]),
        ("٥١٫٥° ش، ٧١° ق", [51.5, 71]),
        ("Route 66, 4", None),
        ("section 12, 30 N", None),
        ("51, 71, 80", None),
        (f"1{' ' * 5000}x", None),  # at once
        (f"{'a' * 5000}1", None),
    ],
)
def test_coordinates_are_read_in_many_manners(typed: str, place: list[float] | None) -> None:
    """Letters before or after, words, other signs of degrees, digits of Arabic; no mere numbers."""
    arabic = '{north: "ش", south: "ج", east: "ق", west: "غ"}'
    (answer,) = run("matching", f"matching.coordinates({json.dumps(typed)}, {arabic})")
    assert answer == (None if place is None else pytest.approx(place, abs=1e-9))


@pytest.mark.parametrize(
    "view", ["50,1e308,4", "1,-1e300,1", "1,1,1e300", "NaN,0,0", "91,0,3", "1,2"]
)
def test_a_view_beyond_the_world_is_none(view: str) -> None:
    (read,) = run("address", f"(globalThis.location = {{hash: '#view={view}'}}, address.read())")
    assert "view" not in read


def test_longitudes_of_geojson_lie_within_180_degrees() -> None:
    """RFC 7946, sections 4 and 3.1.9: the map counts on beyond 180, to the west as well; what lies
    across is cut there."""
    place = "([lng, lat]) => ({lat, lng})"

    def area(*rings: list[list[float]]) -> str:
        text = ",".join(f"{json.dumps(ring)}.map({place})" for ring in rings)
        return f"giving.geometry({{points: [], lines: [], polygons: [[{text}]]}}, 3)"

    def line(*lines: list[list[float]]) -> str:
        text = ",".join(f"{json.dumps(each)}.map({place})" for each in lines)
        return f"giving.geometry({{points: [], lines: [{text}], polygons: []}}, 3)"

    beyond, across, lines, point, long = run(
        "giving",
        area([[180, 0], [184, 0], [184, 4], [180, 4]], [[181, 1], [181, 2], [182, 2]]),
        area([[170, 0], [190, 0], [190, 4], [170, 4]], [[172, 1], [172, 2], [175, 2], [175, 1]]),
        line([[-190, 0], [-185, 1]], [[179, 0], [181, 1]], [[179, 0], [180, 1], [182, 2]]),
        "giving.geometry({points: [{lat: -20, lng: 185}], lines: [], polygons: []}, 3)",
        "giving.geometry({points: [], polygons: [], lines: [Array.from({length: 300000},"
        " (_, i) => ({lat: 0, lng: i / 3000}))]}, 3).coordinates.length",
    )
    assert {lon for ring in beyond["coordinates"] for lon, _ in ring} == {-180, -176, -179, -178}
    pieces = [shapely.Polygon(rings[0], rings[1:]) for rings in across["coordinates"]]
    east, west = shapely.box(170, 0, 180, 4), shapely.box(-180, 0, -170, 4)
    assert pieces[0].equals(east - shapely.box(172, 1, 175, 2))
    assert pieces[1].equals(west)
    assert lines["coordinates"] == [
        [[170, 0], [175, 1]],
        [[179, 0], [180, 0.5]],
        [[-180, 0.5], [-179, 1]],
        [[179, 0], [180, 1]],
        [[-180, 1], [-178, 2]],
    ]
    assert point["coordinates"] == [-175, -20]
    assert long == 300_000


def test_columns_of_one_title_are_told_apart() -> None:
    (titles,) = run("giving", 'giving.apart(["Name", "Year", "Name", "Name"])')
    assert titles == ["Name", "Year", "Name (2)", "Name (3)"]


def test_lines_of_a_drawing_break_where_words_do() -> None:
    """Words stay whole; Chinese has no spaces, and its letters are twice as wide."""
    lines = run(
        "breaking",
        'breaking.broken("one two three four", 9)',
        'breaking.broken("", 9)',
        'breaking.broken("incomprehensibilities and", 9)',
        'breaking.broken("里海的面积是多少", 8)',
    )
    assert lines == [
        ["one two", "three", "four"],
        [""],
        ["incomprehensibilities", "and"],
        ["里海的面", "积是多少"],
    ]


def test_cells_of_a_table_are_quoted_and_never_reckoned_with() -> None:
    (table,) = run(
        "giving",
        'giving.csv(["a", "b, c"], '
        '[["say \\"x\\"", 1.5], ["=1+1", "-12,5"], ["two\\nlines", null]])',
    )
    assert table == ('\ufeffa,"b, c"\r\n"say ""x""",1.5\r\n\'=1+1,"-12,5"\r\n"two\nlines",\r\n')


def test_shapes_become_geojson_with_rings_closed_and_wound() -> None:
    """Outer rings counterclockwise, holes clockwise: RFC 7946, section 3.1.6."""
    ring = "[[0,0],[0,4],[4,4],[4,0]].map(([lng, lat]) => ({lat, lng}))"  # clockwise, open
    shape = f"{{points: [], lines: [], polygons: [[{ring}, {ring}.reverse()]]}}"
    two = (
        "{points: [{lat: 1.23456789, lng: 2}], lines: [[{lat: 0, lng: 0}, {lat: 1, lng: 1}]], "
        "polygons: []}"
    )
    area, mixed, none = run(
        "giving",
        f"giving.geometry({shape}, 3)",
        f"giving.geometry({two}, 3)",
        "giving.geometry({points: [], lines: [], polygons: []}, 3)",
    )
    assert area["type"] == "Polygon"
    outer, hole = area["coordinates"]
    assert outer[0] == outer[-1]
    turn = [sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(r)) for r in (outer, hole)]
    assert turn == [32, -32]
    assert [part["type"] for part in mixed["geometries"]] == ["Point", "LineString"]
    assert mixed["geometries"][0]["coordinates"] == [2, 1.235]
    assert none is None


def test_marks_keep_every_point_and_numbers_stay_in_their_cells() -> None:
    """Of 500 points drawn by a known rule: none is lost, and no two circles touch."""
    (rows,) = run(
        "marks",
        """(() => {
            const points = Array.from({ length: 500 }, (_, i) => ({
                x: (i * 7919) % 640 - 320, y: (i * 104729) % 311, i,
            }));
            const all = [...marks.marks(points, () => 8).values()].flat();
            return all.map(m => [m.x, m.y, m.radius, m.points.map(p => p.i)]);
        })()""",
    )
    assert sorted(i for *_, ids in rows for i in ids) == list(range(500))
    circles = [(x, y, radius) for x, y, radius, _ in rows if radius]
    assert circles
    for n, (x, y, radius) in enumerate(circles):
        for east, south, other in circles[n + 1 :]:
            assert math.hypot(x - east, y - south) > radius + other


def test_points_with_room_keep_their_own_signs() -> None:
    (rows,) = run(
        "marks",
        """[...marks.marks([{ x: 5, y: 5, i: 0 }, { x: 40, y: 5, i: 1 }], () => 8).values()]
            .flat().map(m => [m.x, m.y, m.radius])""",
    )
    assert rows == [[5, 5, 0], [40, 5, 0]]


def test_a_figure_keeps_clear_of_strokes() -> None:
    """Two points lie in the first box, one in the second, none in the third."""
    rows = run(
        "spots",
        """(() => {
            const strokes = new spots.Strokes([]);
            for (const at of [[4, 5], [6, 5], [26, 5]]) strokes.add(at);
            const of = (corners, most) => strokes.clearest(corners, [10, 10], most) ?? null;
            const all = [[0, 0], [20, 0], [40, 0]];
            return [of(all), of(all.slice(0, 2)), of(all.slice(0, 1)), of(all.slice(0, 1), 1)];
        })()""",
        "spots.around([10, 10, 20, 30], 6, 4).map(([x, y]) =>"
        " x >= 20 || x + 6 <= 10 || y >= 30 || y + 4 <= 10)",
    )
    assert rows == [[[40, 0], [20, 0], [0, 0], None], [True] * 4]


def test_a_figure_stands_nearest_to_its_own_line() -> None:
    """Two level lines 12 pixels apart: between them there is no room for a figure of the upper one,
    above it there is; where all room is under the other line, it has none."""
    (spots,) = run(
        "spots",
        """(() => {
            const strokes = new spots.Strokes([]);
            for (let x = 0; x < 90; x += 6) { strokes.add([x, 30, 1]); strokes.add([x, 42, 2]); }
            const of = (...corners) => strokes.beside(corners, [], [20, 10], 8, 1) ?? null;
            return [of([20, 31], [20, 16]), of([20, 46]), of([20, 46], [20, 31])];
        })()""",
    )
    assert spots == [[20, 16], None, [20, 31]]


def test_an_outline_is_thinned_once_and_looked_at_for_free_places_only() -> None:
    """A square of 100 pixels with very many vertices, a name of 20 by 10 that is moved east at
    most: 0.35 and 0.75 of its width have room, at 1.3 it lies half outside; where nothing is free,
    nobody looks.
    Of an outline with more vertices than anybody can look at only the middle is tried."""
    (answers,) = run(
        "spots",
        """(() => {
            let [thinnings, looks] = [0, 0];
            const corners = [[0, 0], [100, 0], [100, 100], [0, 100]].map(([x, y]) => ({ x, y }));
            class Polygon {}
            const simplify = () => { thinnings += 1; return counted; };
            const get = (ring, key) => { looks += key === "0"; return ring[key]; };
            const counted = new Proxy(corners, { get });
            globalThis.L = { Polygon, LineUtil: { simplify } };
            const area = () =>
                Object.assign(new Polygon(), { _map: true, _rings: [Array(60000).fill({})] });
            const named = (part, free, layer = { items: [{ parts: [part] }] }) => {
                const east = ([x, y]) => y === 45 && x >= 60 && free;
                return [...spots.within(layer, 0, [60, 45], 20, 10, east)];
            };
            const fine = area();
            const none = [named(fine, false), looks];
            const some = [named(fine, true), named(fine, true).length, thinnings];
            L.LineUtil.simplify = () => Array.from({ length: 1 << 18 }, (_, n) => corners[n >> 16]);
            return [none, ...some, named(area(), true)];
        })()""",
    )
    assert answers == [[[], 0], [[60, 45], [67, 45], [75, 45], [86, 45]], 4, 1, [[60, 45]]]


@pytest.mark.parametrize(
    ("lang", "value", "digits", "text"),
    [
        # CLDR, numbers: India's groups of two, Georgian's spaces and comma.
        ("hi", 1234567.891, 2, "12,34,567.89"),
        ("en", -1234567, 0, "\u22121,234,567"),
        ("he", -0.5, 1, "\u200e\u22120.5"),
        ("ka", 12345.5, 1, "12\u00a0345,5"),
        ("en", 999, 0, "999"),
    ],
)
def test_the_page_writes_numbers_as_the_language_does(
    lang: str, value: float, digits: int, text: str
) -> None:
    signs = json.dumps(number_signs(Translator(lang)))
    assert run("nodes", f"nodes.number({value}, {digits}, {signs})") == [text]


def test_years_of_a_map_and_those_that_an_address_asks_for() -> None:
    layers = "[{ features: [{ from: 1951, to: 1992.5 }, {}] }, { features: [{ from: 1990 }] }]"
    assert run(
        "time",
        f"time.yearsOf({layers})",
        "time.yearsOf([{ features: [{ from: 1951, to: 1951 }] }])",
        "time.yearsOf([])",
        *(
            f"Object.values(time.within({{ first: 1951, last: 1992 }}, {asked}))"
            for asked in ("1951", "1992", "1960, 1970", "2050", "1900, 1960", "1900, 1910", "null")
        ),
        "Object.values(time.within(null, 1960))",
    ) == [
        {"first": 1951, "last": 1992, "steps": [1951, 1990, 1992]},
        None,
        None,
        [1951, None, None],
        [1992, None, None],
        [1960, 1970, None],
        [1992, None, "2050"],
        [1951, 1960, "1900–1960"],
        [1951, None, "1900–1910"],
        [None, None, None],
        [None, None, None],
    ]
