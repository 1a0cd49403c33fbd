"""The first page of an atlas's site: each map with a small picture, its title and its verdicts."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from shekara import pagehead
from shekara.errors import UsageError
from shekara.pagehead.program import program
from shekara.pictures import Logo
from shekara.scene.model import Scene, Translator
from shekara.verdicts import VERDICTS
from shekara.web import document, guard
from shekara.web.sign import data_address

# A text in each language, or one for all.
Text = Mapping[str, str] | str

# Files of data whose ending says little of what they are.
FORMATS = {".junit.xml": "JUnit XML", ".claimreview.json": "ClaimReview"}

_PICTURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
    b"<svg": "image/svg+xml",
}


@dataclass(frozen=True)
class IndexEntry:
    """A map on the first page.

    Attributes
    ----------
    name
        Stem of the map's file; its page is maps/NAME.html unless `page` says otherwise.
    title
        By language.
    about
        One sentence, by language.
    verdicts
        How many of the map's claims have each verdict; zeros are left out.
    thumbnail
        A small picture (PNG, JPEG, WebP or SVG bytes), or one by language; b"": none.
    sheets
        Printed sheets by language, as paths relative to the first page.
    page
        Path of the map's page, relative to the first page.
    steps
        Of the map's story; 0: it has none.
    """

    name: str
    title: Text
    about: Text = ""
    verdicts: Mapping[str, int] = field(default_factory=dict)
    thumbnail: Mapping[str, bytes] | bytes = b""
    sheets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page: str = ""
    steps: int = 0


def index_page(  # noqa: PLR0913 - each is a part of the page
    title: Text,
    about: Text,
    entries: Sequence[IndexEntry],
    *,
    languages: Sequence[Translator],
    atlases: Mapping[str, str],
    reports: Sequence[str],
    notes: Sequence[Text],
    sign: tuple[Logo, Text] | None = None,
) -> str:
    """The site's index.html; see `shekara.web.index`."""
    langs = list(dict.fromkeys(languages))
    names = {say.lang: say.name for say in langs}
    if not langs:
        raise UsageError("The first page needs at least one language.")
    script = program("web/assets/index.js")
    titles = _texts(title, langs)
    page = pagehead.template(document.asset("index.html")).render(
        langs=list(names),
        policy=Markup(pagehead.policy([script], fonts=True)),
        title=titles,
        choices=[
            pagehead.LanguageChoice(
                say.lang, say.name, titles[say.lang], say.message("web_language"), say.direction
            )
            for say in langs
        ],
        about=_texts(about, langs),
        style=Markup(
            pagehead.faces()
            + document.short_style(
                pagehead.style() + document.asset("page.css") + document.asset("index.css")
            )
        ),
        script=Markup(script),
        heading={
            key: {say.lang: say.message(f"web_{key}") for say in langs}
            for key in ("sheet", "files", "around", "atlas_file", "report_file")
        },
        books={lang: _path(path) for lang, path in atlases.items()},
        report=next((_path(path) for path in reports if path.endswith(".html")), ""),
        maps=[_card(entry, langs) for entry in entries],
        files=[*_atlas_links(atlases, langs), *_report_links(reports, langs)],
        notes=[_texts(note, langs) for note in notes],
        sign=data_address(sign[0]) if sign else "",
        sign_title=_texts(sign[1] if sign else "", langs),
    )
    guard.check(page, "index")
    return page


def from_scenes(
    scenes: Sequence[Scene],
    thumbnail: Mapping[str, bytes] | bytes,
    sheets: Mapping[str, Sequence[str]],
) -> IndexEntry:
    """A map's entry from its scenes; see `shekara.web.entry`."""
    first = scenes[0]
    return IndexEntry(
        name=first.name,
        title={scene.lang: scene.title for scene in scenes},
        about={scene.lang: scene.subtitle for scene in scenes},
        verdicts=Counter(claim.verdict for claim in first.claims),
        thumbnail=thumbnail,
        sheets=sheets,
        steps=len(first.steps),
    )


def _texts(text: Text, langs: Sequence[Translator]) -> dict[str, str]:
    return {say.lang: say.text(text) for say in langs}


def _card(entry: IndexEntry, langs: Sequence[Translator]) -> dict[str, object]:
    counts = [(row, entry.verdicts.get(word, 0)) for word, row in VERDICTS.items()]
    return {
        "page": _path(entry.page or f"maps/{entry.name}.html"),
        "pictures": _pictures(entry.thumbnail, langs),
        "title": _texts(entry.title, langs),
        "about": _texts(entry.about, langs),
        "story": {say.lang: say.message("web_story_open", count=entry.steps) for say in langs}
        if entry.steps
        else {},
        "verdicts": [
            {
                "kind": f"{row.slug} {row.tone}",
                "sign": row.sign,
                "count": count,
                "text": {say.lang: say.message(row.text_key) for say in langs},
            }
            for row, count in counts
            if count
        ],
        "sheets": {
            say.lang: [
                {"href": _path(path), "kind": _kind(path)} for path in entry.sheets[say.lang]
            ]
            for say in langs
            if say.lang in entry.sheets
        },
    }


def _pictures(
    thumbnail: Mapping[str, bytes] | bytes, langs: Sequence[Translator]
) -> list[tuple[str, str]]:
    """Language and address of each picture; one for all languages has none."""
    if isinstance(thumbnail, bytes):
        return [("", picture(thumbnail))] if thumbnail else []
    return [(say.lang, picture(thumbnail[say.lang])) for say in langs if say.lang in thumbnail]


def _atlas_links(
    atlases: Mapping[str, str], langs: Sequence[Translator]
) -> list[dict[str, object]]:
    names = {say.lang: say.name for say in langs}
    return [
        {
            "href": _path(path),
            "lang": lang,
            "page": False,
            "text": {
                say.lang: f"{say.message('web_atlas_file')}: {names[lang]} ({_kind(path)})"
                for say in langs
            },
        }
        for lang, path in atlases.items()
    ]


def _report_links(reports: Sequence[str], langs: Sequence[Translator]) -> list[dict[str, object]]:
    return [
        {
            "href": _path(path),
            "lang": "",
            "page": path.endswith(".html"),
            "text": {
                say.lang: f"{say.message('web_report_file')} ({_kind(path)})" for say in langs
            },
        }
        for path in reports
    ]


def _kind(path: str) -> str:
    """The format of a file as its readers call it."""
    suffixes = PurePosixPath(path).suffixes
    return FORMATS.get("".join(suffixes[-2:])) or "".join(suffixes[-1:]).lstrip(".").upper()


def _path(path: str) -> str:
    """A path beside the page as an address: never a scheme, whatever the file is called."""
    return "./" + quote(path.removeprefix("./"))


def picture(data: bytes) -> str:
    """A small picture as an address that holds it; "" for none.

    Raises
    ------
    UsageError
        Bytes that are none of PNG, JPEG, WebP and SVG.
    """
    if not data:
        return ""
    for start, kind in _PICTURES.items():
        if data.startswith(start):
            return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
    raise UsageError("A thumbnail is a PNG, JPEG, WebP or SVG picture, as bytes.")
