"""The report tells whose a statement is, which source it has, what it rests on, what was mended."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import msgspec_schemaorg.models as vocabulary  # type: ignore[import-untyped]
import pytest
from typer.testing import CliRunner

from shekara import report, site
from shekara.atlas import Atlas
from shekara.claims import Verdict, check_all
from shekara.cli import app
from shekara.i18n import Translator
from tests.support.atlases import claim, sound

EN = Translator("en")
INDEX = """
title = { en = "Roads", kk = "Жолдар", ru = "Дороги" }
[text]
kind = { en = "essay", kk = "эссе", ru = "эссе" }
language = "kk"
years = [1998, 2000]
"""
SOURCES = """
[law]
title = "Law on roads"
author = "Parliament"
date = 1995-01-20
page = "article 3"
url = "https://example.org/law"
read_on = 2026-11-01
[hearsay]
title = "Hearsay"
known = "recalled"
"""
DOCUMENT = 'documented = { by = "the law" }'
MENDED = 'correction = [{ date = 2026-11-02, was = "holds", now = "documented", why = "A law." }]'
CLAIMS = (
    claim("text-law", f'{DOCUMENT}\nsource = ["law"]\nat = {{ paragraph = 10, sentence = [2, 3] }}'
          f'\nnote = "A caveat."\n{MENDED}', "documented"),
    claim("text-heard", f'{DOCUMENT}\nsource = ["hearsay"]\nat = {{ paragraph = 9 }}',
          "cannot tell"),
    claim("own-trap", 'length_km = { more_than = 9999 }\norigin = "atlas"\nrole = "trap"\n'
          "at = { paragraph = 10, sentence = 1 }", "fails"),
    claim("press", f'{DOCUMENT}\nsource = ["law"]\norigin = "press"', "documented"),
)  # fmt: skip
Found = tuple[Atlas, tuple[Verdict, ...]]


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = sound(tmp_path_factory.mktemp("roads") / "atlas")
    (folder / "maps" / "index.toml").write_text(INDEX, encoding="utf-8")
    (folder / "maps" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    layer = folder / "layers" / "road.toml"
    old = layer.read_text(encoding="utf-8")
    own = old[: old.index("[[claim]]")]
    layer.write_text(own + "".join(CLAIMS), encoding="utf-8")
    atlas = site.load(folder)
    verdicts = check_all(atlas)
    assert all(one.as_recorded for one in verdicts)
    return atlas, verdicts


def test_claims_are_counted_by_whose_they_are_their_verdict_and_what_it_rests_on(
    roads: Found,
) -> None:
    assert report.tally(roads[1]) == {
        "text": {
            "holds": {"list": 1},  # the three towns of the small atlas
            "cannot tell": {"document": 1},
            "documented": {"document": 1},
        },
        "atlas": {"fails": {"geometry": 1}},
        "press": {"documented": {"document": 1}},
    }
    assert [one.claim.id for one in report.doubtful(roads[1])] == ["text-heard"]


def test_the_data_say_whose_where_and_from_which_source(roads: Found) -> None:
    document = json.loads(report.json_text(*roads))
    told = {one["id"]: one for one in document["claims"]}
    law = told["text-law"]
    assert law["text"] == "essay, paragraph 10, sentence 2, 3"
    assert (law["origin"], law["paragraph"], law["sentences"]) == ("text", 10, [2, 3])
    assert law["note"] == "A caveat."
    assert law["origins"] == [
        {
            "id": "law", "name": "Law on roads", "detail": "Parliament, article 3", "license": "",
            "date": "1995-01-20", "url": "https://example.org/law", "known": "read",
        }
    ]  # fmt: skip
    assert law["corrections"] == [
        {"date": "2026-11-02", "was": "holds", "now": "documented", "why": "A law."}
    ]
    assert told["own-trap"]["text"].startswith("the atlas: a trap")
    assert [row["rating"] for row in document["scale"]] == [5, 1, None, 5, None, None, None]


def test_the_page_links_a_source_from_where_it_is_used_and_counts_the_text_alone(
    roads: Found,
) -> None:
    page = report.html(*roads, ["en"])
    assert page.count('id="source-law"') == 1
    assert page.count('href="#source-law"') == 2
    assert "recalled, not read" in page
    assert "2 November 2026" in page or "November 2, 2026" in page
    assert "3 statements of a text" in page


# Google Search Central, "Fact check (ClaimReview) structured data": what a review must have.
REQUIRED = ("claimReviewed", "reviewRating", "url")
ISO_DATE = re.compile(r"\d{4}(-\d{2}-\d{2})?")
ADDRESS = re.compile(r"https?://\S+")


def _expected(kind: str, key: str) -> set[str]:
    """Types that schema.org expects of a property: "Organization", "str", "date"."""
    for owner in getattr(vocabulary, kind).__mro__:
        if (annotation := inspect.get_annotations(owner).get(key)) is not None:
            return set(re.findall(r"[A-Za-z]+", str(annotation)))
    return set()


def _is_of(value: Any, expected: set[str]) -> bool:
    """Whether a value has one of the types expected; a thing may be of a narrower type."""
    if isinstance(value, list):
        return bool(value) and all(_is_of(item, expected) for item in value)
    if isinstance(value, dict):
        kinds = {kind.__name__ for kind in getattr(vocabulary, value["@type"]).__mro__}
        return bool(kinds & expected)
    if isinstance(value, int | float):
        return not isinstance(value, bool) and bool({"int", "float"} & expected)
    return (
        "str" in expected
        or ("date" in expected and ISO_DATE.fullmatch(value) is not None)
        or ("URL" in expected and ADDRESS.fullmatch(value) is not None)
    )


def _walk(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _walk(item)]
    if not isinstance(value, dict):
        return []
    return [value, *(found for item in value.values() for found in _walk(item))]


def test_reviews_are_of_the_text_alone_and_keep_to_the_vocabulary(roads: Found) -> None:
    reviews = report.claim_reviews(*roads, EN, base="https://example.org/atlas/")
    assert [one["url"].rpartition("claim-")[2] for one in reviews] == [
        "text-law", "text-heard", "towns",
    ]  # fmt: skip
    for review in reviews:
        assert all(review[key] for key in REQUIRED)
        assert review["url"].startswith("https://example.org/")
        assert review["itemReviewed"]["author"]["name"] == "author unknown"
        assert review["itemReviewed"]["datePublished"] == "1998"
        for thing in _walk(review):
            known = getattr(vocabulary, thing["@type"]).__struct_fields__
            for key, value in thing.items():
                if not key.startswith("@"):
                    assert key in known, (thing["@type"], key)
                    assert _is_of(value, _expected(thing["@type"], key)), (thing["@type"], key)
        # Google: a rating says its verdict in words, or as a number on a scale from worst to best.
        rating = review["reviewRating"]
        assert rating["alternateName"]
        if "ratingValue" in rating:
            assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    assert reviews[0]["citation"][0]["url"] == "https://example.org/law"


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("ClaimReview", "author", "Roads"),
        ("ClaimReview", "url", "report.html#claim-x"),
        ("ClaimReview", "datePublished", "2 November 2026"),
        ("ClaimReview", "reviewRating", {"@type": "Person", "name": "x"}),
        ("Rating", "ratingValue", {"@type": "Rating"}),
        ("Claim", "appearance", "essay"),
    ],
)
def test_a_value_of_another_type_would_be_found(kind: str, key: str, value: Any) -> None:
    assert not _is_of(value, _expected(kind, key))


def test_check_ends_with_the_counts_and_writes_a_report_for_a_build_server(
    roads: Found, tmp_path: Path
) -> None:
    file = tmp_path / "report.xml"
    folder = str(roads[0].folder)
    told = CliRunner().invoke(app, ["check", folder, "--junit", str(file)])
    assert told.exit_code == 0
    for heading in ("Statements of the text", "The atlas’s own checks", "text-heard"):
        assert heading in told.stdout
    assert 'name="own-trap"' in file.read_text(encoding="utf-8")
    listed = CliRunner().invoke(app, ["check", folder, "--sources"])
    assert "Hearsay" in listed.stdout
    assert "own-trap" not in listed.stdout
