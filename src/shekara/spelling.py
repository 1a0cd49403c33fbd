"""The way out of a name that leads nowhere: the nearest one that exists, else all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

SHOWN = 40  # names in one message; kinds of claims are fewer
LONGEST = 60  # characters of a name there


def closest(name: str, known: Iterable[object], *, likeness: float = 0.6) -> str | None:
    """The known name most like a wrong one, or None where none is like it; capitals do not count.

    Parameters
    ----------
    name
        What was written.
    known
        The names that exist; in any order, the answer does not depend on it.
    likeness
        Least ratio of matching letters, as `difflib.SequenceMatcher.ratio` counts them.
    """
    names = sorted({str(other) for other in known})
    same = [other for other in names if other.casefold() == name.casefold()]
    matches = same or get_close_matches(name, names, 1, likeness)
    return matches[0] if matches else None


def way_out(name: str, known: Iterable[object], *, likeness: float = 0.6) -> str:
    """What to write instead of a wrong name.

    >>> way_out("lenght_km", ["length_km", "area_km2"])
    "did you mean 'length_km'?"
    >>> way_out("x", ["length_km", "area_km2"])
    'there are: area_km2, length_km'
    >>> way_out("KAZ", ["kaz", "S_KAZ"])
    "did you mean 'kaz'?"
    """
    names = sorted({str(other) for other in known})
    nearest = closest(name, names, likeness=likeness)
    if nearest is not None:
        return f"did you mean {nearest!r}?"
    return f"there are: {listed(names)}" if names else "there are none"


def counted(count: int, thing: str) -> str:
    """How many things there are, in English.

    >>> counted(1, "layer"), counted(2, "layer")
    ('1 layer', '2 layers')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def listed(names: Sequence[str]) -> str:
    """Names one after the other, as many as a message can hold.

    >>> listed(["b", "a"])
    'b, a'
    """
    cut = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in names[:SHOWN]]
    rest = len(names) - len(cut)
    return ", ".join(cut) + (f" and {rest:,} more" if rest else "")
