"""The report for fact-check aggregators: schema.org ClaimReview as JSON-LD."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from shekara.atlas import Atlas
from shekara.atlas.statement import TextTable
from shekara.characters import clean, cleaned
from shekara.claims import Verdict
from shekara.i18n import Translator
from shekara.report.entry import origins, verdict_word
from shekara.report.records import JSON
from shekara.scene.attribution import place
from shekara.scene.citations import web_address
from shekara.verdicts import BEST, VERDICTS, WORST


def claim_reviews(
    atlas: Atlas,
    verdicts: Sequence[Verdict],
    say: Translator,
    *,
    base: str = "",
    published: datetime.date | None = None,
) -> list[JSON]:
    """A ClaimReview for every claim that has a rating.

    A statement that cannot be checked gets none: it was not reviewed.

    Parameters
    ----------
    atlas
        The atlas.
    verdicts
        On its claims.
    say
        Language of the texts.
    base
        Address of the folder that the report is published in ("https://example.org/atlas/");
        without it the addresses are relative to that folder.
    published
        The day of publication, where it is known.
    """
    folder = base if not base or base.endswith("/") else base + "/"
    return [
        _review(atlas, verdict, say, folder, published)
        for verdict in verdicts
        if VERDICTS[verdict.verdict].reviewed and verdict.claim.table.origin == "text"
    ]


def claim_review_text(
    atlas: Atlas,
    verdicts: Sequence[Verdict],
    say: Translator,
    *,
    base: str = "",
    published: datetime.date | None = None,
) -> str:
    """The same as a JSON-LD document that may also stand in a script element of a page."""
    reviews = claim_reviews(atlas, verdicts, say, base=base, published=published)
    return script_json(reviews) + "\n"


def script_json(value: object) -> str:
    """JSON that cannot end the script element around it, nor begin a comment in it."""
    text = json.dumps(cleaned(value), ensure_ascii=False, indent=1, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _review(
    atlas: Atlas, verdict: Verdict, say: Translator, base: str, published: datetime.date | None
) -> JSON:
    claim = verdict.claim
    organization: JSON = {"@type": "Organization", "name": say.text(atlas.index.title)}
    if base:
        organization["url"] = base
    review: JSON = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{base}report.html#claim-{claim.id}",
        "inLanguage": say.lang,
        "claimReviewed": say.text(claim.table.says),
        "author": organization,
    }
    if published is not None:
        review["datePublished"] = published.isoformat()
    reviewed = _claim(atlas, verdict, say)
    if reviewed:
        review["itemReviewed"] = reviewed
    review["reviewRating"] = _rating(verdict, say)
    cited = _citations(verdict, say)
    if cited:
        review["citation"] = cited
    return review


def _claim(atlas: Atlas, verdict: Verdict, say: Translator) -> JSON:
    """The claim, who made it and where it appears, as far as the atlas says."""
    table, text = verdict.claim.table, atlas.index.text
    appearance: JSON = {"@type": "CreativeWork"}
    passage = place(verdict.claim, atlas, say)
    if passage:
        appearance["name"] = clean(passage)
    url = web_address(table.url or (text.url if text else None))
    if url:
        appearance["url"] = url
    claim: JSON = {"@type": "Claim", "name": say.text(table.says)}
    if text is not None:
        appearance |= _work(text, say)
        author = say.text(text.author) if text.author else say.message("author_unknown")
        claim["author"] = {"@type": "Person", "name": clean(author)}
        if text.years:
            claim["datePublished"] = str(text.years[0])
    return claim | ({"appearance": appearance} if len(appearance) > 1 else {})


def _work(text: TextTable, say: Translator) -> JSON:
    """The text as a work: language, years, publisher."""
    work: JSON = {"inLanguage": text.language, "genre": say.text(text.kind)}
    if text.years:
        work["datePublished"] = str(text.years[0])
    if text.publisher:
        work["publisher"] = {"@type": "Organization", "name": clean(say.text(text.publisher))}
    return work


def _citations(verdict: Verdict, say: Translator) -> list[JSON]:
    """The sources of the verdict."""
    cited = []
    for origin in origins(verdict, say):
        work: JSON = {"@type": "CreativeWork", "name": origin.name}
        work |= {"url": origin.url} if origin.url else {}
        work |= {"datePublished": origin.iso} if origin.iso else {}
        cited.append(work)
    return cited


def _rating(verdict: Verdict, say: Translator) -> JSON:
    rating: JSON = {"@type": "Rating", "alternateName": verdict_word(verdict.verdict, say)}
    value = VERDICTS[verdict.verdict].rating
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}
    result = [verdict.measured_text(say), verdict.interval_text(say)]
    measured = " (".join(part for part in result if part) + (")" if all(result) else "")
    parts = [f"{measured}." if measured else "", verdict.reason(say)]
    rating["ratingExplanation"] = " ".join(part for part in parts if part)
    return rating
