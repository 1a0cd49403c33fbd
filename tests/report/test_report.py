"""The report as data: JSON by its schema, CSV, JUnit XML, ClaimReview; the same bytes each time."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shekara import report
from shekara.atlas import Atlas
from shekara.atlas.outline import outline
from shekara.characters import clean
from shekara.claims import KINDS, Verdict
from shekara.i18n import Translator, messages
from shekara.report.difference import Difference, difference
from shekara.report.entry import entries, family
from shekara.scene.citations import web_address
from tests.support import report_atlas

EN, KK, RU = Translator("en"), Translator("kk"), Translator("ru")

Found = tuple[Atlas, tuple[Verdict, ...]]
# One degree of the equator, km: WGS 84's semi-major axis times pi / 180.
DEGREE_KM = 6378.137 * 3.141592653589793 / 180


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return report_atlas.read(tmp_path_factory.mktemp("lake") / "atlas")


def by_id(found: Found) -> dict[str, Verdict]:
    return {verdict.claim.id: verdict for verdict in found[1]}


def apart(found: Found, name: str) -> Difference | None:
    return difference(by_id(found)[name], found[0])


# What differs.


def test_difference_is_measured_minus_claimed_in_unit_and_percent(lake: Found) -> None:
    found = apart(lake, "border-degree")
    assert found is not None
    assert found.value == pytest.approx(DEGREE_KM - 100, abs=1e-9)
    assert found.percent == pytest.approx(DEGREE_KM - 100, abs=1e-9)  # of a hundred


def test_difference_is_said_with_sign_unit_and_the_separators_of_the_language() -> None:
    found = Difference(1144.26, 17.604, "km", 1)
    assert found.text(EN) == "+1,144.3\u00a0km"
    assert found.text(RU) == "+1\u00a0144,3\u00a0км"
    assert found.percent_text(KK) == "+17,6\u00a0%"
    assert Difference(-0.04, -0.0004, "km", 1).text(EN) == "0.0\u00a0km"  # no minus zero
    assert Difference(-0.04, -0.0004, "km", 1).percent_text(EN) == "0.0\u00a0%"
    assert Difference(392.0, 392.3, "%", 0).percent_text(EN) == "+392\u00a0%"
    assert Difference(0.3, 0.04, "km", 1).percent_text(EN) == "+0.04\u00a0%"


def test_less_than_claimed_has_a_minus_sign(lake: Found) -> None:
    found = apart(lake, "fish-catch")  # 200 t where the text says 250 t
    assert found is not None
    assert (found.value, found.percent) == (-50.0, -20.0)
    assert found.text(EN) == "−50\u00a0t"
    assert found.percent_text(EN) == "−20.0\u00a0%"


def test_shares_differ_by_percentage_points_and_by_no_percent(lake: Found) -> None:
    found = apart(lake, "lake-share")
    assert found is not None
    assert (found.text(EN), found.percent) == ("+1.0\u00a0pp", None)


def test_years_differ_by_no_percent(lake: Found) -> None:
    found = apart(lake, "treaty-year")
    assert found is not None
    assert (found.value, found.percent, found.text(EN)) == (-1.0, None, "−1")


@pytest.mark.parametrize(
    "name", ["treaty-signed", "treaty-secret", "lake-beauty", "border-shore", "border-surveys"]
)
def test_no_difference_where_it_makes_no_sense(lake: Found, name: str) -> None:
    """Documents, opinions, relations in space, sources that contradict each other."""
    assert apart(lake, name) is None


def test_inside_a_claimed_range_nothing_differs(lake: Found) -> None:
    found = apart(lake, "sums")  # 12.1 within 11 to 13.5
    assert found is not None
    assert (found.value, found.text(EN), found.percent_text(EN)) == (
        0.0,
        "0.0\u00a0million",
        "",
    )


def test_outside_a_claimed_range_the_nearer_end_counts(tmp_path: Path) -> None:
    edit = _replace("between = [11.0, 13.5]", "between = [13.0, 14.0]")
    found = report_atlas.read(tmp_path / "a", edit)
    other = apart(found, "sums")
    assert other is not None
    assert other.value == pytest.approx(12.1 - 13.0)


def test_schematic_geometry_differs_from_nothing(tmp_path: Path) -> None:
    found = report_atlas.read(tmp_path / "a", _replace('"mapped"', '"schematic"'))
    assert by_id(found)["lake-area"].verdict == "cannot tell"
    assert apart(found, "lake-area") is None


def test_sources_that_agree_have_the_difference_of_the_value_that_is_shown(tmp_path: Path) -> None:
    edit = _replace("more_than = 120, each", "more_than = 100, each")
    found = apart(report_atlas.read(tmp_path / "a", edit), "border-surveys")
    assert found is not None
    assert found.value == pytest.approx(DEGREE_KM - 100, abs=1e-9)


def test_each_source_has_its_own_difference(lake: Found) -> None:
    rows = {one.claim.id: one for one in entries(*lake, EN)}["border-surveys"].sources
    assert [(row.name, row.verdict) for row in rows] == [
        ("A", "fails"), ("B", "holds"), ("C", "holds"),
    ]  # fmt: skip
    # 1, 1.2 and 1.4 degrees, less the 120 km of the text.
    assert [_number(row.difference) for row in rows] == pytest.approx(
        [DEGREE_KM - 120, DEGREE_KM * 1.2 - 120, DEGREE_KM * 1.4 - 120], abs=0.5
    )


def _number(text: str) -> float:
    return float(text.partition("\u00a0")[0].replace("−", "-").replace(",", ""))


def test_quality_is_that_of_what_was_measured(lake: Found) -> None:
    """One survey is generalised to 5 km; a claim on it says so, a claim on another does not."""
    shown = entries(*lake, EN)
    found = {one.claim.id: one.quality.replace("\u00a0", " ") for one in shown}
    assert found["border-degree"] == "surveyed, position ± 10 m (1σ)"
    assert found["border-coarse"] == "surveyed, position ± 10 m (1σ), resolution 5,000 m"
    assert found["lake-area"] == "mapped, position ± 100 m (1σ), resolution 30 m"
    assert found["fish-catch"] == found["lake-beauty"] == ""


# JSON.


def test_json_keeps_the_schema_and_the_counts(lake: Found) -> None:
    import jsonschema  # late: its grammars take two seconds

    document = json.loads(report.json_text(*lake))
    jsonschema.Draft202012Validator.check_schema(report.schema())
    jsonschema.Draft202012Validator(report.schema()).validate(document)
    # Counted by hand in report_atlas.py.
    assert document["summary"] == {
        "total": 13, "holds": 5, "fails": 4, "cannot tell": 2, "documented": 1,
        "not checkable": 1, "not checked": 0, "outdated": 0, "not_as_recorded": 0,
    }  # fmt: skip
    area = next(one for one in document["claims"] if one["id"] == "lake-area")
    assert area["maps"] == ["lake"]
    assert area["origins"] == [
        {
            "id": "",
            "name": "Survey of the shore",
            "detail": "",
            "license": "CC-BY-4.0",
            "date": "2019-05-07",
            "url": "https://example.org/shore?a=1&b=2",
            "known": "read",
        }
    ]
    assert [one["id"] for one in document["claims"]] == [v.claim.id for v in lake[1]]


def _first(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["claims"] if one["id"] == name)
    return found


def _set(name: str, **values: object) -> Callable[[dict[str, Any]], None]:
    return lambda document: _first(document, name).update(values)


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "another format": lambda d: d.update(format="shekara-report/1"),
    "a verdict that is none": _set("lake-area", verdict="true"),
    "an unknown key": _set("lake-area", colour="red"),
    "a number as text": _set("lake-area", measured="49 232"),
    "an opinion that was measured": _set("lake-beauty", measured=1.0),
    "a bound with two ends": _set("border-coarse", high=160.0),
    "a script as address": lambda d: _first(d, "lake-area")["origins"][0].update(
        url="javascript:alert(1)"
    ),
    "a date in words": lambda d: _first(d, "lake-area")["origins"][0].update(date="May 7, 2019"),
    "percent of nothing": _set("border-shore", difference_percent=3.0),
    "a missing count": lambda d: d["summary"].pop("fails"),
    "a missing statement": lambda d: _first(d, "lake-area").pop("says"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_schema_refuses(lake: Found, name: str) -> None:
    import jsonschema  # late: its grammars take two seconds

    document = json.loads(report.json_text(*lake))
    BROKEN[name](document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(report.schema()).validate(document)


# CSV.


def test_csv_reads_back_row_for_row(lake: Found) -> None:
    text = report.csv_text(*lake, RU)
    assert text.count("\r\n") == 14  # a heading and thirteen claims
    assert "\n" not in text.replace("\r\n", "")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(rows) == 13
    catch = rows["fish-catch"]
    assert catch["statement"] == "За год ловят 250 т рыбы."
    assert catch["text"] == "очерк, абзац 6"  # holds a comma
    assert (catch["stated"], catch["measured"], catch["difference"]) == ("250.0", "200.0", "-50.0")
    assert (catch["verdict"], catch["verdict_text"]) == ("fails", "опровергнуто")
    assert catch["licenses"] == "LicenseRef-Public-Domain"
    assert rows["lake-beauty"]["measured"] == ""
    assert rows["border-coarse"]["high"] == ""
    assert rows["border-coarse"]["lower_bound"] == "true"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\\t=", "\\r", " =", "＝"])
def test_csv_cell_is_never_a_formula(tmp_path: Path, start: str) -> None:
    """Whatever a text begins with, a spreadsheet sees an apostrophe first."""
    edit = _replace("The yearly catch is 250 t.", start + "HYPERLINK(1,2)")
    found = report_atlas.read(tmp_path / "a", edit)
    text = report.csv_text(*found, EN)
    row = next(
        row for row in csv.DictReader(io.StringIO(text, newline="")) if row["id"] == "fish-catch"
    )
    assert row["statement"].startswith("'")
    assert row["statement"].endswith("HYPERLINK(1,2)")
    assert row["claimed"] == "'=\u00a0250\u00a0t"  # our own sign is one, too
    assert row["difference"] == "-50.0"  # a number stays a number


def test_csv_keeps_quotes_commas_and_line_ends(tmp_path: Path) -> None:
    said = 'one "two", three\nfour; five'
    edit = _replace("The yearly catch is 250 t.", 'one \\"two\\", three\\nfour; five')
    found = report_atlas.read(tmp_path / "a", edit)
    rows = csv.DictReader(io.StringIO(report.csv_text(*found, EN), newline=""))
    assert said in [row["statement"] for row in rows]


# JUnit XML.


def test_junit_has_a_suite_per_layer_and_a_case_per_claim(lake: Found) -> None:
    root = ET.fromstring(report.junit_text(*lake))
    assert root.tag == "testsuites"
    assert [(s.get("name"), s.get("tests")) for s in root] == [
        ("figures", "5"), ("lines", "4"), ("shore", "4"),
    ]  # fmt: skip
    assert root.findall(".//failure") == []
    assert {case.get("name") for case in root.iter("testcase")} == set(by_id(lake))


def test_junit_fails_where_the_verdict_is_not_the_recorded_one(tmp_path: Path) -> None:
    """A claim proved false passes when the atlas says so; one that turned out otherwise fails."""
    edit = _replace(
        'less_than = 10000 }\nverdict = "fails"', 'less_than = 10000 }\nverdict = "holds"'
    )
    root = ET.fromstring(report.junit_text(*report_atlas.read(tmp_path / "a", edit)))
    failed = [
        case.get("name") for case in root.iter("testcase") if case.find("failure") is not None
    ]
    assert failed == ["lake-small"]
    assert root.get("failures") == "1"
    suite = next(s for s in root if s.get("name") == "shore")
    assert suite.get("failures") == "1"
    failure = suite.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "the measured verdict is 'fails', recorded is 'holds'"
    assert "measured: 49,2" in (failure.text or "")


def test_xml_and_utf8_carry_any_character_of_an_atlas(tmp_path: Path) -> None:
    edit = _replace("The yearly catch is 250 t.", "a\\u0001b\\u001bc <&\\\"'> ]]> \\uFFFEd")
    found = report_atlas.read(tmp_path / "a", edit)
    root = ET.fromstring(report.junit_text(*found).encode("utf-8"))
    said = next(c for c in root.iter("testcase") if c.get("name") == "fish-catch").find(
        "system-out"
    )
    assert said is not None
    assert "a\ufffdb\ufffdc <&\"'> ]]> \ufffdd" in (said.text or "")
    assert clean("\ud800") == "\ufffd"  # a lone surrogate, which JSON may hold
    for text in (
        report.json_text(*found),
        report.html(*found, ["en"]),
        report.csv_text(*found, EN),
    ):
        text.encode("utf-8")


# ClaimReview.


def test_every_rated_claim_has_a_review_with_what_aggregators_require(lake: Found) -> None:
    """claimReviewed, reviewRating.alternateName and url are required; the rest is recommended."""
    reviews = report.claim_reviews(*lake, EN)
    assert len(reviews) == 12  # all but the opinion
    assert not any("lake-beauty" in one["url"] for one in reviews)
    for one in reviews:
        assert (one["@context"], one["@type"]) == ("https://schema.org", "ClaimReview")
        assert one["claimReviewed"]
        assert one["author"] == {"@type": "Organization", "name": "Atlas of lakes"}
        assert one["itemReviewed"]["@type"] == "Claim"
        assert one["reviewRating"]["@type"] == "Rating"
        assert one["reviewRating"]["alternateName"]
        assert "datePublished" not in one
    assert len({one["url"] for one in reviews}) == 12


def test_rating_is_a_number_only_where_something_was_decided(lake: Found) -> None:
    reviews = {one["url"].partition("#claim-")[2]: one for one in report.claim_reviews(*lake, RU)}
    ratings = {
        name: (one["reviewRating"].get("ratingValue"), one["reviewRating"]["alternateName"])
        for name, one in reviews.items()
    }
    assert ratings["lake-area"] == (5, "подтверждено")
    assert ratings["lake-small"] == (1, "опровергнуто")
    assert ratings["treaty-signed"] == (5, "подтверждено документом")
    assert ratings["border-surveys"] == (None, "установить нельзя")
    scale = reviews["lake-area"]["reviewRating"]
    assert (scale["worstRating"], scale["bestRating"]) == (1, 5)


def test_review_names_where_the_claim_appears(lake: Found) -> None:
    reviews = report.claim_reviews(
        *lake,
        KK,
        base="https://example.net/atlas",
        published=datetime.date(2026, 3, 1),
    )
    area = next(one for one in reviews if one["url"].endswith("lake-area"))
    assert area["url"] == "https://example.net/atlas/report.html#claim-lake-area"
    assert area["author"]["url"] == "https://example.net/atlas/"
    assert area["datePublished"] == "2026-03-01"
    assert area["itemReviewed"]["appearance"] == {
        "@type": "CreativeWork",
        "name": "очерк, 2-абзац",
        "url": "https://example.org/essay",
    }


def test_review_text_cannot_leave_a_script_element(tmp_path: Path) -> None:
    edit = _replace("The yearly catch is 250 t.", "</script><!--<script>\\u2028&")
    text = report.claim_review_text(*report_atlas.read(tmp_path / "a", edit), EN)
    assert not set("<>&\u2028") & set(text)
    assert any(one["claimReviewed"] == "</script><!--<script>\u2028&" for one in json.loads(text))


# Rows, lists, words.


def test_table_has_plain_rows_for_a_terminal(lake: Found) -> None:
    assert report.columns(EN) == (
        "Claim", "Claimed", "Measured", "Interval", "Verdict", "Recorded", "Why",
    )  # fmt: skip
    rows = {row[0]: row for row in report.table(lake[1], EN)}
    own = by_id(lake)["border-degree"]
    assert rows["border-degree"] == (
        "border-degree", ">\u00a0100\u00a0km", own.measured_text(EN), own.interval_text(EN),
        "holds", "holds", "The whole measured interval agrees with the statement.",
    )  # fmt: skip
    assert all(row[-1] for row in rows.values())  # every verdict has its reason in words
    assert _number(rows["border-degree"][2]) == pytest.approx(DEGREE_KM, abs=0.01)
    assert all(len(row) == len(report.columns(EN)) for row in rows.values())


def test_contents_name_layers_and_maps(lake: Found) -> None:
    listed = outline(lake[0].folder)
    found = report.contents(listed)
    assert [layer["name"] for layer in found["layers"]] == ["figures", "lines", "shore"]
    assert found["maps"][0]["claims"] == ["lake-area", "border-degree", "border-surveys"]
    layers, maps = report.contents_tables(listed)
    assert layers[2][2] == ("shore", "Lake shore", "2", "mapped", "4")
    assert maps[2] == [("lake", "Lake and border", "shore lines", "3")]
    assert all(len(row) == len(columns) for _, columns, rows in (layers, maps) for row in rows)


def test_every_kind_of_claim_has_its_word() -> None:
    assert [kind for kind in KINDS if f"report_kind_{family(kind)}" not in messages()] == []


@pytest.mark.parametrize(
    ("written", "followed"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("doi:10.1007/s00190-012-0578-z", "https://doi.org/10.1007/s00190-012-0578-z"),
        ("javascript:alert(1)", ""),
        ("https://a.example/ onmouseover=1", ""),
        ('https://a.example/"x', ""),
        ("data:text/html,x", ""),
        ("http:///x", ""),
        ("https://:443/x", ""),
        ("https://[::1/x", ""),
        ("https://[::1]/x", "https://[::1]/x"),
        ("", ""),
    ],
)
def test_only_web_addresses_are_followed(written: str, followed: str) -> None:
    assert web_address(written) == followed


def test_links_lead_to_maps_that_list_the_claim_and_have_a_page(lake: Found) -> None:
    document = report.html(*lake, ["en"])
    assert document.count('href="maps/lake.html#claim=lake-area&amp;lang=en"') == 1
    assert "#claim=lake-small" not in document
    assert "maps/lake.html" not in report.html(*lake, ["en"], maps=[])


def test_same_atlas_same_bytes(lake: Found) -> None:
    """Whatever the order of sets in a run of Python."""
    code = (
        "import hashlib, sys; from shekara import report, claims, site;"
        "a = site.load(sys.argv[1]); v = claims.check_all(a);"
        "t = [report.html(a, v, a.languages), report.json_text(a, v), "
        "report.csv_text(a, v, a.translator('kk')),"
        "report.junit_text(a, v), report.claim_review_text(a, v, a.translator('ru'))];"
        "print(hashlib.sha256('\\0'.join(t).encode()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code, str(lake[0].folder)],
            env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(sums) == 1


def test_an_atlas_without_claims_has_an_empty_report(tmp_path: Path) -> None:
    def edit(text: str) -> str:
        return text.partition("[[claim]]")[0].partition("claims = [")[0]

    found = report_atlas.read(tmp_path / "a", edit)
    assert found[1] == ()
    assert "This atlas has no claims." in report.html(*found, ["en"])
    assert json.loads(report.json_text(*found))["claims"] == []
    assert report.csv_text(*found, EN).count("\r\n") == 1
    assert ET.fromstring(report.junit_text(*found)).get("tests") == "0"
    assert json.loads(report.claim_review_text(*found, EN)) == []


def test_words_of_the_report_are_all_used() -> None:
    room = Path(report.__file__).parent
    named = (room.parent / "i18n" / "kk_ru_en" / "report.toml").read_text(encoding="utf-8")
    code = "".join(
        path.read_text(encoding="utf-8") for path in sorted(room.rglob("*")) if path.is_file()
        and path.suffix in (".py", ".html")
    )  # fmt: skip
    computed = ("kind_", "ground_", "whose_", "how_")
    unused = [
        key
        for key in (name.removeprefix("report_") for name in tomllib.loads(named))
        if not key.startswith(computed) and f".{key}" not in code and f'"{key}"' not in code
        and f"report_{key}" not in code
    ]  # fmt: skip
    assert unused == []


def _replace(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)
