"""What a book says about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Imprint:
    """What stands on the page after the title of a book; "" and None where it is not said."""

    publisher: str = ""
    place: str = ""
    year: int | None = None
    edition: str = ""
    isbn: str = ""
    license: str = ""
    note: str = ""
