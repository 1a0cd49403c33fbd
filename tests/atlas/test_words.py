"""How the atlas that ships writes dates, passages and figures."""

from __future__ import annotations

import re
from pathlib import Path

from babel.dates import get_month_names

from shekara import site
from tests.support.texts import texts

ROOT = Path(__file__).resolve().parents[2]
ATLAS = site.load(ROOT)
LANGUAGES = ("kk", "ru", "en")
FILES = [
    *(layer.file.model_dump() for layer in ATLAS.layers.values()),
    *(item.file.model_dump() for item in ATLAS.maps.values()),
    *(source.model_dump() for source in ATLAS.sources.values()),
    ATLAS.index.model_dump(),
]
MONTHS = "|".join(get_month_names("wide", locale="en").values())


def words(lang: str) -> str:
    return "\n".join(text.get(lang, "") for text in texts(FILES, LANGUAGES))


def test_english_dates_have_the_order_that_the_program_gives_them() -> None:
    """CLDR's long form of en is "July 6, 1998": dates of sources are written so."""
    english = words("en")
    assert re.search(rf"\b(?:{MONTHS}) \d{{1,2}}, \d{{4}}\b", english)
    assert re.findall(rf"\b\d{{1,2}} (?:{MONTHS})\b", english) == []


def test_a_passage_of_a_source_is_named_and_not_a_bare_number() -> None:
    for name, source in ATLAS.sources.items():
        pages = source.page.values() if isinstance(source.page, dict) else [source.page or "none"]
        assert all(re.search(r"[^\W\d_]{3}", page) for page in pages), name


def test_nothing_is_called_official_that_was_not_read_where_the_office_published_it() -> None:
    """Figures of the border come from a copy in an encyclopedia, others from the press."""
    assert [claim.id for claim in ATLAS.claims if claim.table.official] == []
    uses = re.findall(r"[^\n]*\bofficial\b[^\n]*", words("en"), re.IGNORECASE)
    assert all("2,724,900" in use or "recalled" in use for use in uses), uses
