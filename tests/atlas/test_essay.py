"""The essay of the 1990s: each of its 63 statements is in the atlas, with what was found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shekara import claims, site
from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.i18n import Translator

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"kk", "ru", "en"}

# The statements and the paragraphs in which they stand.
STATEMENTS = {
    "r01": 1, "r02": 2, "r03": 2, "d01": 3, "d02": 3, "d03": 3, "d04": 3, "d05": 4, "r04": 4,
    "r05": 7, "r06": 6, "r07": 8, "d06": 9, "v01": 9, "v02": 9, "v03": 9, "s01": 10, "s02": 10,
    "s03": 10, "s04": 10, "s05": 10, "s06": 10, "r08": 10, "s07": 10, "r09": 10, "l01": 10,
    "g01": 10, "g02": 10, "g03": 10, "n01": 10, "d07": 10, "n02": 10, "a01": 10, "a02": 10,
    "d08": 11, "d09": 12, "g04": 13, "r10": 14, "r11": 14, "r12": 14, "m01": 15, "r13": 16,
    "m02": 17, "r14": 18, "d10": 19, "r15": 20, "r16": 21, "g05": 22, "m03": 22, "m04": 22,
    "p01": 22, "r17": 23, "g06": 23, "r18": 23, "m05": 24, "r19": 24, "r20": 24, "r21": 24,
    "m06": 24, "r22": 24, "m07": 25, "r23": 25, "r24": 25,
}  # fmt: skip

# What a reader of the sources works out: the claim, its verdict, its value.
# Trade: million dollars of Correlates of War 4.0; people: World Bank; launches: McDowell's log.
FIGURES = [
    ("l01-border-official", "holds", 100 * (7799.5 - 7598.6) / 7598.6, 0.1),
    ("l01-dimension", "holds", 1.083, 0.001),
    ("l01-resolution-6500", "holds", 3.18, 0.01),
    ("n01-launches", "fails", 134, 0),
    ("n01-launches-failed", "holds", 5, 0),
    ("a01-ranges-area", "cannot tell", 79007 + 19477 + 2928.25 + 3080, 0.01),
    ("a01-ranges-later", "holds", 86005.39 + 16000 + 3080, 0.01),
    ("a02-ranges-share", "holds", 100 * 104492 / 2717300, 1e-6),
    ("a02-ranges-share-today", "holds", 100 * 104492 / 2724900, 1e-6),
    ("a02-ranges-share-land", "fails", 100 * 104492 / 2669800, 1e-6),
    ("a02-implied-territory", "holds", 104492 / 0.038, 1),
    ("v01-turnover-1994", "fails", 1293 + 1996, 0),
    ("v02-turnover-1995", "cannot tell", 1900 + 2742, 0),
    ("s01-import-share", "holds", 100 * 2743 / 52219, 1e-6),
    ("s01-export-share", "fails", 100 * 1969 / 84960, 1e-6),
    ("s02-import-share", "holds", 100 * 6640 / 52219, 1e-6),
    ("s02-export-share", "fails", 100 * 9897 / 84960, 1e-6),
    ("s03-import-share", "holds", 100 * 2651 / 52219, 1e-6),
    ("s04-import-share", "holds", 100 * 3981 / 52219, 1e-6),
    ("s05-export-share", "holds", 100 * 4631 / 84960, 1e-6),
    ("s06-export-share", "holds", 100 * 191 / 84960, 1e-6),
    ("s06-common-denominator", "holds", 20791 / 391, 1e-6),
    ("s07-after-the-peak", "holds", 0.387 * 10354, 1e-6),
    ("d06-growth-after", "fails", 1712 + 1877, 0),
    ("p01-five-1997", "holds", 54_975_191, 0),
    ("p01-five-1998", "holds", 55_138_633, 0),
    ("p01-four", "fails", 50_728_126, 0),
    ("p01-three", "fails", 44_551_729, 0),
    ("m03-benelux-people", "holds", 10_181_245 + 419_450 + 15_610_650, 0),
    ("m07-three-states", "fails", 4, 0),
    ("r02-three-centuries", "holds", 1998 - 1731, 0),
    ("r10-russian-half", "fails", 22.3, 0),
    ("r20-common-language", "fails", 4, 0),
]


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return site.load(ROOT)


@pytest.fixture(scope="module")
def verdicts(atlas: Atlas) -> dict[str, Verdict]:
    return {one.claim.id: one for one in claims.check_all(atlas)}


def test_there_are_63_statements_and_each_is_in_the_atlas(atlas: Atlas) -> None:
    found = {claim.id.partition("-")[0] for claim in atlas.claims}
    assert len(STATEMENTS) == 63
    assert found == set(STATEMENTS)


def test_every_claim_names_its_paragraph_in_three_languages(atlas: Atlas) -> None:
    for claim in atlas.claims:
        number = STATEMENTS[claim.id.partition("-")[0]]
        assert claim.table.text == {
            "kk": f"эссе, {number}-абзац",
            "ru": f"эссе, абзац {number}",
            "en": f"essay, paragraph {number}",
        }, claim.id


def test_every_claim_speaks_three_languages_each_in_its_own_words(atlas: Atlas) -> None:
    for claim in atlas.claims:
        for text in (claim.table.says, claim.table.note, claim.table.official):
            if text is not None:
                assert isinstance(text, dict)
                assert set(text) == LANGUAGES, claim.id
                # a number with its unit may read the same in Kazakh and Russian
                assert not re.search(r"[^\W\d_]{4}", text["ru"]) or text["kk"] != text["ru"]
                assert text["en"] != text["ru"], claim.id


@pytest.mark.parametrize(("name", "verdict", "value", "within"), FIGURES)
def test_a_figure_is_what_the_sources_give(
    verdicts: dict[str, Verdict], name: str, verdict: str, value: float, within: float
) -> None:
    found = verdicts[name].measurement.interval
    assert found is not None
    assert verdicts[name].verdict == verdict
    assert found.value == pytest.approx(value, abs=within or 1e-9)


def test_what_a_text_claims_of_a_schematic_drawing_is_left_open(
    verdicts: dict[str, Verdict],
) -> None:
    for name in ("a01-ranges-area-drawn", "g02-lease-area-drawn", "l01-border-coarse"):
        assert verdicts[name].verdict == "cannot tell"


def test_nine_lines_and_five_published_lengths_speak_of_the_border(
    verdicts: dict[str, Verdict],
) -> None:
    """The four lines of 1 km or finer are longer than 6,500 km; five coarser ones do not decide."""
    measured = [one.verdict for one in verdicts["l01-border-length"].sources]
    assert sorted(measured) == ["cannot tell"] * 5 + ["holds"] * 4
    published = verdicts["l01-published"].sources
    assert len(published) == 5
    assert {one.verdict for one in published} == {"holds"}


def test_two_sources_contradict_each_other_on_the_share_of_russia(
    verdicts: dict[str, Verdict],
) -> None:
    """39.4 % by Kazakhstan is within a point of 38.7 %, 45.5 % by the importers is not."""
    found = verdicts["s07-russia-share"]
    assert found.verdict == "cannot tell"
    assert sorted(one.verdict for one in found.sources) == ["fails", "holds"]
    assert "contradict" in found.reason(Translator("en"))


def test_an_opinion_says_why_it_cannot_be_checked(verdicts: dict[str, Verdict]) -> None:
    unchecked = [one for one in verdicts.values() if one.verdict == "not checkable"]
    assert len(unchecked) >= 20
    for one in unchecked:
        reasons = [one.reason(Translator(lang)) for lang in sorted(LANGUAGES)]
        assert all(len(reason) > 20 for reason in reasons), one.claim.id
        assert len(set(reasons)) == 3, one.claim.id


def test_a_documented_statement_names_its_document(verdicts: dict[str, Verdict]) -> None:
    for one in verdicts.values():
        if one.verdict == "documented":
            assert re.search(r"\d{4}|Kremlin", one.reason(Translator("en"))), one.claim.id
