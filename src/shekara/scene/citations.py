"""Sources as a reader reads them: where the evidence of claims comes from, in one language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from shekara.atlas.source import Source
from shekara.characters import clean
from shekara.i18n import Translator, year

# A licence that has no name of SPDX's own, within an expression.
_REFERENCE = re.compile(r"(?:DocumentRef-[\w.-]+:)?LicenseRef-([\w.-]+)")

_VERSION = re.compile(r"-(\d+(?:\.\d+)*)\b")


@dataclass(frozen=True)
class Citation:
    """A source with its licence.

    `date` is in words, `iso` as a year or YYYY-MM-DD; `url` is an address that a browser may
    follow. Each may be "".
    """

    name: str
    license: str
    date: str
    iso: str
    url: str
    detail: str = ""  # author, publisher, page
    known: str = "read"
    state: str = ""  # in words: when it was read, or that it was recalled
    key: str = ""  # its id in the bibliography
    lang: str = ""  # of a title that is the same for all readers, where the atlas says it


def citations(sources: Iterable[Source], say: Translator) -> tuple[Citation, ...]:
    """Sources in words of one language, in order of use, each once."""
    return tuple(dict.fromkeys(_citation(source, say) for source in sources))


def bibliography(cited: Iterable[Citation]) -> tuple[Citation, ...]:
    """Every source that has an id, once, by author or title."""
    known = {source.key: source for source in cited if source.key}
    return tuple(
        sorted(known.values(), key=lambda source: (source.detail or source.name).casefold())
    )


def web_address(address: str | None) -> str:
    """The address when a browser may follow it; a doi: as its resolver's; else nothing."""
    text = (address or "").strip()
    if text.startswith("doi:"):
        text = "https://doi.org/" + text[4:].strip()
    return clean(text) if re.fullmatch(r"https?://[^\s<>\"]+", text) and _host(text) else ""


def licence_text(licence: str, say: Translator) -> str:
    """A licence as a reader knows it: SPDX's names without their hyphens, references in words.

    ``CC-BY-SA-4.0`` is "CC BY-SA 4.0", ``LGPL-3.0-or-later`` "LGPL 3.0 or later".
    """
    if licence == "LicenseRef-Public-Domain":
        return say.message("public_domain")
    plain = _REFERENCE.sub(lambda named: named[1].replace("-", " "), licence)
    numbered = _VERSION.sub(r" \1", re.sub(r"\bCC-BY", "CC BY", plain))
    return numbered.replace("-or-later", " or later").replace("-only", "")


def _host(address: str) -> str:
    """The host that an address names, "" where it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as a bracket that is never closed
        return ""


def _citation(source: Source, say: Translator) -> Citation:
    parts = (source.author, source.publisher, source.page)
    state = say.message("source_recalled") if source.known == "recalled" else ""
    if source.read_on is not None:
        state = say.message("source_read_on", day=say.day(source.read_on))
    return Citation(
        name=clean(say.text(source.name)),
        license=source.license or "",
        date=_date(source.date, say),
        iso="" if source.date is None else str(source.date),
        url=web_address(source.url),
        detail=clean(", ".join(say.text(part) for part in parts if part)),
        known=source.known,
        state=state,
        key=source.id or "",
        lang=_language(source, say),
    )


def _language(source: Source, say: Translator) -> str:
    """The language of a title that is not the reader's; "" where it is, or nobody knows."""
    if isinstance(source.name, str):
        return "" if source.lang == say.lang else source.lang or ""
    shown = say.text(source.name)
    at = next((lang for lang, text in source.name.items() if text == shown), say.lang)
    return "" if at == say.lang or say.lang in source.name else at


def _date(value: datetime.date | int | None, say: Translator) -> str:
    if value is None:
        return ""
    return year(value) if isinstance(value, int) else say.day(value)
