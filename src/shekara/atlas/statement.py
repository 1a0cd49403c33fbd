"""Whose statement a claim is: the text and the place in it, and what was corrected since."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shekara.atlas.values import Language, Name, Table, Text, Url
from shekara.verdicts import VerdictWord

Origin = Literal["text", "atlas", "press"]
Role = Literal["derived", "trap", "check"]
Number = Annotated[int, Field(ge=1)]
Year = Annotated[int, Field(ge=1, le=9999)]


class TextTable(Table):
    """[text] of maps/index.toml: the text whose statements are checked.

    Without `title` or `author` the text has none that is known, and pages say so.
    """

    kind: Text  # essay, textbook, speech ...
    title: Text | None = None
    author: Text | None = None
    publisher: Text | None = None
    language: Language
    years: Annotated[list[Year], Field(min_length=1, max_length=2)] | None = None
    url: Url | None = None
    where: Text | None = None  # where it can be read
    note: Text | None = None


class At(Table):
    """Where in the text: paragraph, and sentence or sentences in it, each counted from 1."""

    paragraph: Number
    sentence: Number | Annotated[list[Number], Field(min_length=1)] | None = None

    @property
    def sentences(self) -> tuple[int, ...]:
        """The sentences, in their order; () for the whole paragraph."""
        if self.sentence is None:
            return ()
        return (self.sentence,) if isinstance(self.sentence, int) else tuple(sorted(self.sentence))


class Correction(Table):
    """What changed in a claim, when and why; `was` and `now` where its verdict did."""

    date: datetime.date
    was: VerdictWord | None = None
    now: VerdictWord | None = None
    why: Text

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.was is None) != (self.now is None):
            raise ValueError("needs both `was` and `now`, or neither where only words changed")
        return self


class ClaimTable(BaseModel):
    """[[claim]]: everything but its kind, which is the one key that is not listed here.

    `origin` says who states it: the text, the press, or the atlas itself, whose own claims are
    derived from the text, traps that a reader could fall into, or checks of the data.
    """

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, defer_build=True)
    id: Name
    says: Text
    origin: Origin = "text"
    role: Role | None = None
    at: At | None = None
    text: Text | None = None
    source: list[Name] = []
    draft: bool = False  # begun and not yet the atlas's own: neither measured nor shown
    verdict: VerdictWord
    until: Year | None = None  # the last year in which the statement was true
    note: Text | None = None
    official: Text | None = None
    url: Url | None = None
    correction: list[Correction] = []

    @model_validator(mode="after")
    def _role_is_of_the_atlas(self) -> Self:
        # A key too many may be a misspelt role: that is told first, where kinds are counted.
        kinds = len(self.model_extra or {})
        if kinds == 1 and (self.role is not None) != (self.origin == "atlas"):
            raise ValueError(
                'has origin = "atlas" without role, or role without it; '
                'an atlas\'s own claim has role = "derived", "trap" or "check"'
            )
        return self

    @model_validator(mode="after")
    def _corrected_to_what_is_recorded(self) -> Self:
        dated = sorted(self.correction, key=lambda item: item.date)
        last = next((item.now for item in reversed(dated) if item.now is not None), self.verdict)
        if last != self.verdict:
            raise ValueError(f"was corrected to {last!r}, but its verdict is {self.verdict!r}")
        return self
