"""Sources: where a figure, a shape or a document comes from, once each and with an id."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from shekara.atlas.values import Language, License, Name, Table, Text, Url

Knowledge = Literal["read", "recalled"]
Date = datetime.date | Annotated[int, Field(ge=1, le=9999)]


class Source(Table):
    """A source, as `maps/sources.toml` describes it or as [[source]] of a layer.

    `known` says whether its words were read, or only remembered: what is recalled decides nothing.
    """

    SYNONYMS: ClassVar[Mapping[str, str]] = MappingProxyType({"title": "name"})

    id: Name | None = None
    name: Text  # written `title` or `name`
    lang: Language | None = None  # of a title that is written once for all readers
    author: Text | None = None
    publisher: Text | None = None
    license: License | None = None
    date: Date | None = None
    url: Url | None = None
    page: Text | None = None  # or article, table, entry
    known: Knowledge = "read"
    read_on: datetime.date | None = None
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _title_is_its_name(cls, data: object) -> object:
        if isinstance(data, dict) and "title" in data and "name" not in data:
            return {"name" if key == "title" else key: value for key, value in data.items()}
        return data

    @model_validator(mode="after")
    def _read_or_recalled(self) -> Self:
        if self.known == "recalled" and self.read_on is not None:
            raise ValueError("is recalled and has a day on which it was read; delete one of them")
        return self


class LayerSource(Source):
    """[[source]] of a layer: whose geometry is drawn has a licence."""

    license: License


def written_out(data: Mapping[str, object], known: Mapping[str, Source]) -> dict[str, object]:
    """A layer's table with the sources that it names by id put in their place.

    Ids that nobody knows stay: they are reported with the file's other faults.
    """
    named = data.get("source")
    if not isinstance(named, list):
        return dict(data)
    return {**data, "source": [_record(item, known) for item in named]}


def _record(item: object, known: Mapping[str, Source]) -> object:
    if not isinstance(item, str) or item not in known:
        return item
    return known[item].model_dump(exclude_none=True)
