"""The words of a verdict stand in one place, and whoever shows one has all it needs there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from shekara.verdicts import VERDICTS, VerdictWord, slug

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shekara"


def test_the_words_in_the_order_of_a_reader() -> None:
    shown = [(row.word, row.sign, row.tone) for row in VERDICTS.values()]
    assert shown == [
        ("holds", "✓", "for"),
        ("fails", "✗", "against"),
        ("cannot tell", "?", "open"),
        ("documented", "§", "for"),
        ("not checkable", "–", "open"),
        ("not checked", "∅", "open"),
        ("outdated", "†", "open"),
    ]


def test_every_word_has_one_row() -> None:
    assert tuple(VERDICTS) == get_args(VerdictWord)


def test_no_two_verdicts_have_one_sign() -> None:
    signs = [row.sign for row in VERDICTS.values()]
    assert len(set(signs)) == len(signs)


def test_a_slug_is_what_an_address_and_a_class_name_take() -> None:
    assert slug("not checkable") == "not_checkable"
    assert all(re.fullmatch(r"[a-z_]+", row.slug) for row in VERDICTS.values())


def test_every_word_has_its_texts() -> None:
    tables: dict[str, object] = {}
    for path in SOURCE.rglob("*.toml"):
        if path.parent.name == "kk_ru_en":
            tables |= tomllib.loads(path.read_text(encoding="utf-8"))
    for row in VERDICTS.values():
        assert {row.text_key, row.how_key} <= set(tables)


@pytest.mark.parametrize("ending", ["js", "html", "css", "json"])
def test_no_page_lists_the_words_again(ending: str) -> None:
    for path in SOURCE.rglob(f"assets/*.{ending}"):
        text = path.read_text(encoding="utf-8")
        for row in VERDICTS.values():
            assert row.sign not in text or row.sign in "?–§", path.name
            assert " " not in row.word or json.dumps(row.word) not in text, path.name
