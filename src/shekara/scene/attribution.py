"""Whose statement a claim is and where it stands, in words."""

from __future__ import annotations

from shekara.atlas import Atlas, Claim
from shekara.i18n import Translator


def place(claim: Claim, atlas: Atlas, say: Translator) -> str:
    """The passage of the text that a claim points to: "essay, paragraph 10, sentence 7"."""
    at, text = claim.table.at, atlas.index.text
    if at is None or text is None:
        return say.text(claim.table.text or "")
    kind = say.text(text.title or text.kind)
    if not at.sentences:
        return say.message("place_paragraph", kind=kind, paragraph=at.paragraph)
    sentences = ", ".join(map(str, at.sentences))
    return say.message("place_sentence", kind=kind, paragraph=at.paragraph, sentence=sentences)


def attribution(claim: Claim, atlas: Atlas, say: Translator) -> str:
    """Whose statement it is: the passage, or that the atlas or the press says it.

    What an atlas says itself is never put down to the text that it checks.
    """
    table, passage = claim.table, place(claim, atlas, say)
    if table.origin == "text":
        return passage
    whose = say.message(f"whose_{table.role or table.origin}")
    return f"{whose} ({passage})" if passage else whose
