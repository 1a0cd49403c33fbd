"""Nine texts of some 300 words, read without being told their language, against their keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.texts.marking import TEXTS, answers, marks


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_most_is_right_and_nothing_high_is_wrong(path: Path) -> None:
    """Value and unit in 95 of 100, the relation in 90, no wrong number that says high."""
    score = marks(path)
    assert score.wrong_high == []
    assert score.right >= 0.95 * score.total, score.misses
    assert score.related >= 0.90 * score.total, score.misses
    assert score.kinds_right >= 0.90 * score.kinds, score.misses
    assert len(score.extra) <= 0.05 * score.total, score.extra


def test_there_are_three_texts_in_each_language_and_their_keys_are_long() -> None:
    """The yardstick itself is not empty."""
    languages = [path.stem.split("-")[0] for path in TEXTS]
    assert sorted(languages) == ["en"] * 3 + ["kk"] * 3 + ["ru"] * 3
    assert all(len(list(answers(path))) > 40 for path in TEXTS)


def test_a_wrong_reading_lowers_the_marks(tmp_path: Path) -> None:
    """A key that the text does not say is missed, and a high reading then counts as wrong."""
    (tmp_path / "en-x.txt").write_text("The road is 5 km long and 7 m wide.", "utf-8")
    (tmp_path / "en-x.tsv").write_text(
        "5 km\t6\t\tkm\tequals\t\n7 m\t7\t\tm\tmore_than\t\n", "utf-8"
    )
    score = marks(tmp_path / "en-x.txt")
    assert (score.right, score.related, len(score.wrong_high)) == (1, 0, 1)
