"""The report as a page: one file in several languages that needs no network, also on paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files

from shekara import pagehead
from shekara.atlas import Atlas
from shekara.characters import clean
from shekara.claims import Verdict
from shekara.i18n import Translator
from shekara.pagehead.program import program
from shekara.report.counts import ORIGINS, Table, tally_tables
from shekara.report.entry import Entry, entries, verdict_word
from shekara.report.records import summary
from shekara.report.reviews import claim_reviews, script_json
from shekara.scene.citations import Citation, bibliography, licence_text
from shekara.verdicts import VERDICTS, VerdictRow

# Names of the files that a built site has beside the page.
BESIDE = (
    ("JSON", "report.json"),
    ("CSV", "report.csv"),
    ("JUnit XML", "report.junit.xml"),
    ("ClaimReview", "report.claimreview.json"),
)
BAR = 1000.0  # width of the summary bar in units of its own drawing


@dataclass(frozen=True)
class Count:
    """One verdict in the summary; `start` and `width` place it in the bar."""

    row: VerdictRow
    title: str
    count: int
    start: float
    width: float
    how: str


@dataclass(frozen=True)
class Edition:
    """The whole report in one language."""

    say: Translator
    lang: str
    name: str  # of the language, in itself
    atlas_title: str
    entries: tuple[Entry, ...]
    tally: tuple[Table, ...]
    bibliography: tuple[Citation, ...]
    counts: tuple[Count, ...]
    differing: int
    layers: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    whose: tuple[tuple[str, str], ...]
    words: dict[str, str]

    @property
    def title(self) -> str:
        """What the window is called."""
        return f"{self.words['title']} — {self.atlas_title}"

    @property
    def whose_title(self) -> str:
        """What the choice of those who state something is called."""
        return self.say.message("web_said_in")

    @property
    def lead(self) -> str:
        """How many statements were checked, and how."""
        return self.say.message("report_lead", total=sum(row.count for row in self.counts))


def html(
    atlas: Atlas,
    verdicts: Sequence[Verdict],
    langs: Sequence[str],
    *,
    maps: Collection[str] | None = None,
    base: str = "",
) -> str:
    """The report as one HTML document.

    The first language stands in the page and is read without any program; the others wait in it
    and take its place when the reader chooses them.

    Parameters
    ----------
    atlas
        The atlas.
    verdicts
        On its claims, in the order of the page.
    langs
        Languages, the first is shown first; all of the atlas when empty.
    maps
        Names of the maps that have a page beside the report, in maps/ (None: all).
    base
        Address of the folder that the page is published in, for its ClaimReviews.
    """
    editions = [
        _edition(atlas, verdicts, atlas.translator(lang), maps)
        for lang in dict.fromkeys(langs or atlas.languages)
    ]
    style = pagehead.faces() + pagehead.style() + _asset("page.css")
    script = program("report/assets/page.js")
    from markupsafe import Markup

    reviews = claim_reviews(atlas, verdicts, editions[0].say, base=base)
    return pagehead.template(_asset("page.html"), _printable).render(
        editions=editions,
        first=editions[0],
        style=Markup(style),
        program=Markup(script),
        policy=Markup(pagehead.policy([script], [style], fonts=True)),
        choices=[
            pagehead.LanguageChoice(e.lang, e.name, e.title, e.words["language"], e.say.direction)
            for e in editions
        ],
        reviews=Markup(script_json(reviews)),
        beside=BESIDE,
        verdicts=VERDICTS,
        licence=licence_text,
        bar=BAR,
    )


def _edition(
    atlas: Atlas, verdicts: Sequence[Verdict], say: Translator, maps: Collection[str] | None
) -> Edition:
    rows = entries(atlas, verdicts, say, maps)
    total = summary([entry_row for entry_row in verdicts if entry_row.claim.table.origin == "text"])
    kinds = {(entry_row.kind, entry_row.kind_title) for entry_row in rows}
    return Edition(
        say=say,
        lang=say.lang,
        name=say.name,
        atlas_title=clean(say.text(atlas.index.title)),
        entries=rows,
        tally=tuple(tally_tables(verdicts, say)),
        bibliography=bibliography(origin for row in rows for origin in row.origins),
        counts=_counts(total, say),
        differing=summary(verdicts)["not_as_recorded"],
        layers=tuple(
            dict.fromkeys((entry_row.claim.layer, entry_row.layer_title) for entry_row in rows)
        ),
        kinds=tuple(sorted(kinds, key=lambda kind: kind[::-1])),
        whose=tuple(
            (origin, say.message(f"report_whose_{origin}"))
            for origin in ORIGINS
            if any(entry_row.origin == origin for entry_row in rows)
        ),
        words=say.messages("report_"),
    )


def _counts(total: dict[str, int], say: Translator) -> tuple[Count, ...]:
    result, start = [], 0.0
    for verdict, row in VERDICTS.items():
        width = BAR * total[verdict] / total["total"] if total["total"] else 0.0
        how = say.message(row.how_key)
        count = total[verdict]
        title = verdict_word(verdict, say)
        result.append(Count(row, title, count, round(start, 2), round(width, 2), how))
        start += width
    return tuple(result)


def _printable(value: object) -> object:
    """A value for the template; a text without what no file can carry."""
    return clean(value) if type(value) is str else value


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
