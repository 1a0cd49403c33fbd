"""How many claims there are, by whose they are, their verdict and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from shekara.claims import Verdict
from shekara.i18n import Translator
from shekara.verdicts import VERDICTS, VerdictWord

ORIGINS = ("text", "atlas", "press")
GROUNDS = ("geometry", "figures", "list", "document", "none")
Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def tally(verdicts: Iterable[Verdict]) -> dict[str, dict[VerdictWord, dict[str, int]]]:
    """Numbers of claims: whose → verdict → ground; only what is there is named."""
    counts = Counter(
        (verdict.claim.table.origin, verdict.verdict, verdict.ground or "none")
        for verdict in verdicts
    )
    return {
        origin: {
            word: {
                ground: number
                for ground in GROUNDS
                if (number := counts[origin, word, ground])  # type: ignore[index]
            }
            for word in VERDICTS
            if any(counts[origin, word, ground] for ground in GROUNDS)  # type: ignore[index]
        }
        for origin in ORIGINS
        if any(key[0] == origin for key in counts)
    }


def doubtful(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Claims that rest on something recalled, or on a value without a named source."""
    return tuple(
        verdict for verdict in verdicts if verdict.ground and verdict.evidence.doubt is not None
    )


def tally_tables(verdicts: Sequence[Verdict], say: Translator) -> list[Table]:
    """A table for the statements of the text, one for the atlas's own, one for the press."""
    columns = (
        say.message("report_verdict"),
        *(say.message(f"report_ground_{ground}") for ground in GROUNDS),
        say.message("report_all"),
    )
    return [
        (
            say.message(f"report_whose_{origin}"),
            columns,
            [
                (
                    say.message(VERDICTS[word].text_key),
                    *(str(row.get(ground, "")) for ground in GROUNDS),
                    str(sum(row.values())),
                )
                for word, row in result.items()
            ],
        )
        for origin, result in tally(verdicts).items()
    ]


def doubtful_table(verdicts: Sequence[Verdict], say: Translator) -> Table:
    """The claims without a source that was read: id, verdict, which source."""
    unnamed = say.message("report_unnamed")
    return (
        say.message("report_unsourced"),
        (say.message("report_claim"), say.message("report_verdict"), say.message("report_source")),
        [
            (
                doubt.claim.id,
                say.message(VERDICTS[doubt.verdict].text_key),
                "; ".join(say.text(source.name) for source in doubt.evidence.recalled) or unnamed,
            )
            for doubt in doubtful(verdicts)
        ],
    )
