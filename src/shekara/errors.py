"""The few ways in which an atlas, a file or a request can be wrong, each with its way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place: what stands there, the rule that it breaks, the way out."""

    file: str
    key: str
    value: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        """One line: ``file: key = value: rule; way out``."""
        key = self.key if len(self.key) <= 200 else self.key[:197] + "..."
        place = self.file + (f": {key}" if key else "")
        value = self.value if len(self.value) <= 80 else self.value[:77] + "..."
        shown = f" = {value}" if value else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}{shown}: {self.rule}{remedy}"


class ShekaraError(Exception):
    """Root of everything that shekara raises on purpose."""


class UsageError(ShekaraError):
    """A request that names something that is not there, or options that exclude each other."""


class InputError(ShekaraError):
    """A file or a value that cannot be read or breaks a rule."""


class GeometryError(InputError):
    """Geometry that cannot be measured or divided."""


class StorageError(ShekaraError):
    """The system refuses to write or to read: a full disk, missing rights, a busy folder."""


class AtlasError(InputError):
    """Every problem found in an atlas, reported at once."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the atlas:"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))
