"""The words of a verdict, each once: its sign, its inks, its rating, in the order of a reader.

A new word is one name in `VerdictWord`, one row in `VERDICTS`, and its texts ``verdict_SLUG`` and
``report_how_SLUG`` among the program's words. Pages and paper show the same sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

VerdictWord = Literal[
    "holds", "fails", "cannot tell", "documented", "not checkable", "not checked", "outdated"
]  # fmt: skip
# Which of three colours of a page a verdict has: it speaks for the claim, against it, or for
# neither. Beside the colour stands the sign, so that no verdict is told by colour alone.
Tone = Literal["for", "against", "open"]

# The scale of a review is 1 to 5 with words beside it, as aggregators expect
# (schema.org/ClaimReview; Google Search Central, "Fact check structured data").
WORST, BEST = 1, 5


@dataclass(frozen=True)
class VerdictRow:
    """How one verdict is shown."""

    word: VerdictWord
    sign: str
    tone: Tone
    ink: str  # on white paper, "#rrggbb"
    rating: int | None = None  # None: in words only, no point between true and false
    reviewed: bool = True  # whether a claim with this verdict counts as reviewed
    measured: bool = True  # whether a measure or a count of the atlas decides it

    @property
    def slug(self) -> str:
        """The word in keys, addresses and class names: "cannot_tell"."""
        return slug(self.word)

    @property
    def text_key(self) -> str:
        """Key of the verdict among the program's words."""
        return f"verdict_{self.slug}"

    @property
    def how_key(self) -> str:
        """Key of the sentence that says what the verdict means."""
        return f"report_how_{self.slug}"


def slug(word: VerdictWord) -> str:
    """A verdict in keys, addresses and class names.

    >>> slug("cannot tell")
    'cannot_tell'
    """
    return word.replace(" ", "_")


VERDICTS: Mapping[VerdictWord, VerdictRow] = MappingProxyType(
    {
        row.word: row
        for row in (
            VerdictRow("holds", "✓", "for", "#00664b", rating=BEST),
            VerdictRow("fails", "✗", "against", "#a63603", rating=WORST),
            VerdictRow("cannot tell", "?", "open", "#4d4d4d"),
            VerdictRow("documented", "§", "for", "#08519c", rating=BEST, measured=False),
            VerdictRow("not checkable", "–", "open", "#4d4d4d", reviewed=False, measured=False),
            VerdictRow("not checked", "∅", "open", "#4d4d4d", reviewed=False, measured=False),
            VerdictRow("outdated", "†", "open", "#6a3d9a"),
        )
    }
)
