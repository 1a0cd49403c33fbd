"""The values that the tables of an atlas are made of: texts, colours, licences, addresses."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shekara.i18n import known_language
from shekara.where import Scalar

LONGEST_TEXT, LONGEST_WORD = 20_000, 500  # no line of a sheet could be broken


def _text(value: str | dict[str, str]) -> str | dict[str, str]:
    for words in [value] if isinstance(value, str) else value.values():
        if len(words) > LONGEST_TEXT or max(map(len, words.split()), default=0) > LONGEST_WORD:
            raise ValueError(
                f"is longer than {LONGEST_TEXT} letters, or has a word of more than {LONGEST_WORD}"
            )
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("is empty")
        return value
    if not value:
        raise ValueError('has no language; write for example { en = "…" }')
    for lang, words in value.items():
        if not known_language(lang):
            raise ValueError(f"{lang!r} is no language code; use one of CLDR, such as kk, ru, en")
        if not words.strip():
            raise ValueError(f"is empty in {lang!r}")
    return value


def _colour(value: str) -> str:
    digits = value[1:]
    if not (value.startswith("#") and len(digits) == 6 and all(c in _HEX for c in digits)):
        raise ValueError('is no colour; write "#rrggbb", such as "#b3261e"')
    return value.lower()


def _license(value: str) -> str:
    try:
        return str(canonicalize_license_expression(value))
    except InvalidLicenseExpression as error:
        raise ValueError(
            "is no SPDX licence expression; for public domain write LicenseRef-Public-Domain"
        ) from error


def _url(value: str) -> str:
    if not _leads_somewhere(value):
        raise ValueError("is no web address; write it as https://example.org/page")
    return value


def _leads_somewhere(url: str) -> bool:
    """Whether a text is an address of the web with a host, or a DOI, and nothing else in it."""
    if any(char.isspace() or not char.isprintable() for char in url):
        return False
    if url.startswith("doi:"):
        return re.fullmatch(r"doi:10\.[0-9]{4,9}(\.[0-9]+)*/\S+", url) is not None
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:  # brackets left open, a port beyond 65535
        return False
    return parts.scheme in ("http", "https") and bool(host) and url.startswith(f"{parts.scheme}://")


def _language(value: str) -> str:
    if not known_language(value):
        raise ValueError("is no language code; use one of CLDR, such as kk, ru, en")
    return value


_HEX = "0123456789abcdefABCDEF"
Text = Annotated[str | dict[str, str], AfterValidator(_text)]
Colour = Annotated[str, AfterValidator(_colour)]
License = Annotated[str, AfterValidator(_license)]
Url = Annotated[str, AfterValidator(_url)]
Language = Annotated[str, AfterValidator(_language)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Where = dict[str, Scalar | list[Scalar]]
Positive = Annotated[float, Field(ge=0, le=1e8, allow_inf_nan=False)]  # metres: the globe is 4e7
Points = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]  # 1/72 inch
Finite = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]
Opacity = Annotated[float, Field(ge=0, le=1)]


class Table(BaseModel):
    """A table of a file: unknown keys are errors, nothing is converted silently."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        populate_by_name=True,
        allow_inf_nan=False,
        defer_build=True,
    )
