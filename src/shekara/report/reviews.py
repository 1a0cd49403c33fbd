"""The report for fact-check aggregators: schema.org ClaimReview as JSON-LD."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any

from shekara.atlas import Atlas
from shekara.claims import Verdict
from shekara.i18n import Translator
from shekara.report.characters import clean, cleaned
from shekara.report.entry import verdict_word, web_address
from shekara.verdicts import BEST, VERDICTS, WORST

JSON = dict[str, Any]


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

    Args:
        atlas: the atlas.
        verdicts: on its claims.
        say: language of the texts.
        base: address of the folder that the report is published in ("https://example.org/atlas/");
            without it the addresses are relative to that folder.
        published: the day of publication, where it is known.
    """
    folder = base if not base or base.endswith("/") else base + "/"
    return [
        _review(atlas, verdict, say, folder, published)
        for verdict in verdicts
        if VERDICTS[verdict.verdict].reviewed
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
    found = claim_reviews(atlas, verdicts, say, base=base, published=published)
    return script_json(found) + "\n"


def script_json(value: Any) -> str:
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
    reviewed = _claim(verdict, say)
    if reviewed:
        review["itemReviewed"] = reviewed
    review["reviewRating"] = _rating(verdict, say)
    return review


def _claim(verdict: Verdict, say: Translator) -> JSON:
    """The claim and where it appears, as far as the atlas says."""
    table = verdict.claim.table
    appearance: JSON = {"@type": "CreativeWork"}
    if table.text:
        appearance["name"] = clean(say.text(table.text))
    url = web_address(table.url)
    if url:
        appearance["url"] = url
    claim: JSON = {"@type": "Claim", "name": say.text(table.says)}
    return claim | ({"appearance": appearance} if len(appearance) > 1 else {})


def _rating(verdict: Verdict, say: Translator) -> JSON:
    rating: JSON = {"@type": "Rating", "alternateName": verdict_word(verdict.verdict, say)}
    value = VERDICTS[verdict.verdict].rating
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}
    found = [verdict.measured_text(say), verdict.interval_text(say)]
    measured = " (".join(part for part in found if part) + (")" if all(found) else "")
    parts = [f"{measured}." if measured else "", verdict.reason(say)]
    rating["ratingExplanation"] = " ".join(part for part in parts if part)
    return rating
