"""Sources of claims: named by id, read or recalled, and what a verdict without them may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from shekara import claims, site
from shekara.claims import Verdict
from shekara.errors import AtlasError
from shekara.i18n import Translator
from tests.support.atlases import SQUARE, claim, feature, line, polygon, sound, write_layer

SOURCES = """
[yearbook]
title = "Yearbook of towns"
publisher = "Office of towns"
date = 1998
page = "table 3"
url = "https://example.org/yearbook"
read_on = 2026-11-01

[memory]
title = "A figure that someone remembered"
known = "recalled"
"""
FIELDS = """
[field.people]
title = "People"
[field.since]
title = "Since"
source = "since_source"
[field.source]
title = "Source"
kind = "source"
[field.since_source]
title = "Source of the year"
kind = "source"
"""
TOWNS = [
    feature(
        polygon(SQUARE), id="a", people=10, since=1900, source="yearbook", since_source="memory"
    ),
    feature(
        polygon(SQUARE), id="b", people=20, since=1950, source="memory", since_source="yearbook"
    ),
    feature(polygon(SQUARE), id="c", people=30, since=1990, source="yearbook; memory"),
    feature(polygon(SQUARE), id="d", people=40, since=1995, since_source="yearbook"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = sound(tmp_path / "atlas")
    (place / "maps" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return place


def people(name: str, where: str, verdict: str, more: str = "") -> str:
    total = {"a": 10, "b": 20, "c": 30, "d": 40}[name]
    kind = f'sum = {{ field = "people", where = {{ {where} }}, equals = {total} }}'
    return claim(f"people-{name}{more and '-more'}", kind + more, verdict)


def judged(folder: Path, *tables: str) -> dict[str, Verdict]:
    write_layer(folder, "figures", TOWNS, FIELDS + "".join(tables))
    return {one.claim.id: one for one in claims.check_all(site.load(folder))}


def faults(folder: Path) -> list[str]:
    with pytest.raises(AtlasError) as caught:
        site.load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_figure_that_was_read_decides(folder: Path) -> None:
    found = judged(folder, people("a", 'id = "a"', "holds"))["people-a"]
    assert found.verdict == "holds"
    assert [source.id for source in found.evidence.sources] == ["yearbook"]
    assert found.ground == "figures"


@pytest.mark.parametrize("name", ["b", "c"])
def test_a_recalled_figure_decides_nothing_and_is_named(folder: Path, name: str) -> None:
    found = judged(folder, people(name, f'id = "{name}"', "holds"))[f"people-{name}"]
    assert found.verdict == "cannot tell"
    assert "A figure that someone remembered" in found.reason(Translator("en"))


def test_a_figure_without_a_source_decides_nothing(folder: Path) -> None:
    found = judged(folder, people("d", 'id = "d"', "holds"))["people-d"]
    assert found.verdict == "cannot tell"
    assert "no named source" in found.reason(Translator("en"))


def test_a_field_with_sources_of_its_own_is_judged_by_them(folder: Path) -> None:
    """The people of a were read, but the year by which a is chosen was not."""
    chosen = people("a", "since = 1900", "cannot tell")
    assert judged(folder, chosen)["people-a"].verdict == "cannot tell"
    counted = claim("year", 'value = { field = "since", where = { id = "d" }, equals = 1995 }')
    found = judged(folder, counted)["year"]
    assert found.verdict == "cannot tell"  # the row has no source, whatever its year has


def test_a_claim_may_name_its_sources(folder: Path) -> None:
    document = 'documented = { by = "the yearbook" }\nsource = ["yearbook"]'
    memory = 'documented = { by = "hearsay" }\nsource = ["yearbook", "memory"]'
    found = judged(folder, claim("read", document), claim("heard", memory))
    assert found["read"].verdict == "documented"
    assert found["read"].ground == "document"
    assert found["read"].evidence.sources[0].page == "table 3"
    assert found["heard"].verdict == "cannot tell"


def test_an_atlas_without_records_keeps_its_verdicts(tmp_path: Path) -> None:
    place = sound(tmp_path / "old")
    more = claim("paper", 'documented = { by = "Treaty of 1900" }', "documented")
    sums = claim(
        "sums",
        'arithmetic = { expression = "a + b", values = { a = [1, 1], b = [2, 2] }, equals = 3 }',
    )
    write_layer(place, "figures", TOWNS, more + sums)
    found = claims.check_all(site.load(place))
    assert all(one.as_recorded for one in found)
    assert {one.claim.id: one.ground for one in found} == {
        "road-length": "geometry", "towns": "list", "paper": "document", "sums": "figures",
    }  # fmt: skip


def test_numbers_of_the_atlas_itself_need_a_source(folder: Path) -> None:
    sums = 'arithmetic = { expression = "a + b", values = { a = [1, 1], b = [2, 2] }, equals = 3 }'
    own = claim("own", f'{sums}\norigin = "atlas"\nrole = "check"')
    sourced = claim("sourced", f'{sums}\norigin = "atlas"\nrole = "check"\nsource = ["yearbook"]')
    found = judged(folder, own, sourced)
    assert (found["own"].verdict, found["sourced"].verdict) == ("cannot tell", "holds")


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        ('source = ["yearbok"]', ("claim x.source", "'yearbok'", "did you mean 'yearbook'")),
        ("at = { paragraph = 3 }", ("claim x.at", "add [text] to maps/index.toml")),
        ('origin = "atlas"', ("without role",)),
        ('role = "trap"', ("role",)),
        (
            'correction = [{ date = 2026-01-01, was = "fails", now = "fails", why = "so" }]',
            ("corrected to 'fails'", "'holds'"),
        ),
        ('correction = [{ date = 2026-01-01, was = "fails", why = "so" }]', ("both",)),
    ],
)
def test_a_mistake_about_whose_claim_it_is_says_the_way_out(
    folder: Path, more: str, parts: tuple[str, ...]
) -> None:
    write_layer(folder, "figures", TOWNS, FIELDS + claim("x", f"count = {{ equals = 4 }}\n{more}"))
    told = faults(folder)
    assert len(told) == 1, told
    for part in parts:
        assert part in told[0]


def test_a_row_that_names_no_source_of_the_atlas_is_told(folder: Path) -> None:
    rows = [
        feature(polygon(SQUARE), id="a", since_source="memory", source="yearbook; memry", since=1)
    ]
    write_layer(folder, "figures", rows, FIELDS.replace('[field.people]\ntitle = "People"', ""))
    assert faults(folder) == [
        "geo/figures.geojson: features[0].properties.source = 'memry': names no source; "
        "did you mean 'memory'?"
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[x]\ntitle = "X"\nknown = "guessed"\n', ("maps/sources.toml", "x.known", "'guessed'")),
        ('[x]\nauthor = "A"\n', ("maps/sources.toml: x.name", "is missing")),
        ('x = "A"\n', ("maps/sources.toml: x", "is no source")),
        (
            '[x]\ntitle = "X"\nknown = "recalled"\nread_on = 2026-01-01\n',
            ("maps/sources.toml", "recalled"),
        ),
        ('[x]\ntitle = "X"\nurll = "https://a.b"\n', ("x.urll", "did you mean 'url'")),
    ],
)
def test_a_mistake_in_a_record_is_told_with_its_place(
    folder: Path, text: str, parts: tuple[str, ...]
) -> None:
    (folder / "maps" / "sources.toml").write_text(text, encoding="utf-8")
    told = faults(folder)
    assert len(told) == 1, told
    for part in parts:
        assert part in told[0]


def test_a_layer_may_name_a_record_instead_of_describing_it(folder: Path) -> None:
    path = folder / "layers" / "road.toml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("[[source]]"), text.index("[quality]")
    layer = text[:start].rstrip() + '\nsource = ["survey"]\n' + text[end:]
    path.write_text(layer, encoding="utf-8")
    records = SOURCES + '\n[survey]\ntitle = "Survey"\nlicense = "CC0-1.0"\n'
    (folder / "maps" / "sources.toml").write_text(records, encoding="utf-8")
    found = site.load(folder)
    assert found.layers["road"].file.source[0].id == "survey"
    path.write_text(layer.replace("survey", "surwey"), encoding="utf-8")
    assert faults(folder) == [
        "layers/road.toml: source[0] = 'surwey': names no source of maps/sources.toml; "
        "did you mean 'survey'?"
    ]


def test_what_nobody_looked_at_is_not_checked_and_says_what_there_is(folder: Path) -> None:
    found = judged(folder, claim("x", 'not_checked = { why = "the archive has it" }'))["x"]
    assert (found.verdict, found.reason(Translator("en")), found.ground) == (
        "not checked", "the archive has it", "",
    )  # fmt: skip


def test_what_held_once_is_outdated_and_what_never_did_still_fails(folder: Path) -> None:
    once, never = (
        claim(name, f'count = {{ where = {{ id = "a" }}, equals = {number} }}\nuntil = 2016')
        for name, number in (("once", 1), ("never", 2))
    )
    found = judged(folder, once, never)
    assert found["once"].verdict == "outdated"
    assert "2016" in found["once"].reason(Translator("en"))
    assert found["never"].verdict == "fails"


def test_a_table_held_against_itself_proves_only_the_list(folder: Path) -> None:
    """Forty people typed, forty claimed: what the atlas typed says nothing about the world."""
    check = people("a", 'id = "a"', "holds", '\norigin = "atlas"\nrole = "check"')
    assert judged(folder, check)["people-a-more"].ground == "list"


def test_lines_and_corridor_are_clipped_alike(folder: Path) -> None:
    """A road along 50.5 N from 10 to 12 E, a trade route along its eastern degree.

    Of both degrees half lies in the corridor; of the western one nothing, which is all that lies
    inside the square from 10 to 11 E (but for 10 km before the route's end).
    """
    road = [feature(line([[10.0, 50.5], [12.0, 50.5]]), id="long")]
    write_layer(folder, "long", road)
    write_layer(folder, "route", [feature(line([[11.0, 50.5], [12.0, 50.5]]), id="r")])
    where = 'of = "route", within_km = 10'
    half = claim("half", f"corridor_percent = {{ {where}, between = [55, 60] }}")
    inside = f'{where}, inside = "land"'
    west = claim("west", f"corridor_percent = {{ {inside}, between = [13, 15.5] }}")
    ratio = f'corridor_ratio = {{ {inside}, beside = "land", between = [3, 12] }}'
    write_layer(folder, "long", road, half + west + claim("ratio", ratio), accuracy=0)
    found = {one.claim.id: one for one in claims.check_all(site.load(folder))}
    degree_km = 70.98  # of a parallel at 50.5 N, by its closed form
    for name, exact in (
        ("half", 100 * (degree_km + 10) / 2 / degree_km),
        ("west", 1000 / degree_km),
    ):
        value = found[name].measurement.interval
        assert value is not None
        assert value.value == pytest.approx(exact, abs=1)
    assert found["ratio"].verdict == "holds"


def test_a_clip_without_its_layer_is_told(folder: Path) -> None:
    where = 'of = "road", within_km = 1, inside_where = { id = "land" }'
    kind = f"corridor_percent = {{ {where}, at_most = 1 }}"
    write_layer(folder, "figures", TOWNS, FIELDS + claim("x", kind))
    assert "inside_where without inside" in faults(folder)[0]
