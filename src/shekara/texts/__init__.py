"""Numbers that a text states and an atlas could measure: candidates of claims, drafts of them.

A language is a file of words in number_words/; modules know none by name. CLDR gives the rest:
names of months, currencies and units and the separators by way of Babel, the names of units in
every case (cases/) from the npm package cldr-units-full, since Babel keeps the nominative alone.

Libraries were measured and not taken (2026): quantulum3 0.10 reads English phrases well, but has
one language in Python modules, 24 MB, a first parse of seconds, and cuts 2724902,25 km² in two;
Recognizers-Text 1.0.2a2 for Python has neither kk nor ru and does not import beside today's emoji;
text2num 3.1 has neither kk nor ru and no halves; pymorphy3 (17 MB) and yargy know Russian alone,
and CLDR's cases are the same ten forms of a unit. num2words 0.5 writes numbers out: it is the other
side of a test. Babel's ``parse_decimal`` is not asked (see numeral).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from shekara.errors import InputError
from shekara.texts.candidate import Candidate
from shekara.texts.draft import drafts
from shekara.texts.reader import candidates
from shekara.texts.tables import languages

__all__ = ["Candidate", "candidates", "claims_command", "drafts", "not_understood", "read_text"]


def claims_command(path: str | Path, lang: str | None = None) -> tuple[str, dict[str, object]]:
    """Drafts of the claims of a text file, and its candidates as one document for JSON.

    Raises
    ------
    InputError
        The file is not there, cannot be read, or is no text in UTF-8.
    UsageError
        `lang` is no language that has a file.
    """
    path = Path(path)
    read = read_text(path, lang)
    document: dict[str, object] = {
        "file": path.name,
        "remark": not_understood(read),
        "candidates": [candidate.as_dict() for candidate in read],
    }
    return drafts(read), document


def not_understood(read: Iterable[Candidate]) -> str:
    """One sentence on the numbers of sentences in a language that is not known; "" without any."""
    lines = [candidate.line for candidate in read if not candidate.understood]
    if not lines:
        return ""
    known = ", ".join(languages())
    return (
        f"{len(lines)} numbers stand in sentences whose language is not known (first in line "
        f"{lines[0]}): only their digits and signs of units are read, no words; known are {known} "
        "(--lang names one)"
    )


def read_text(path: Path, lang: str | None = None) -> tuple[Candidate, ...]:
    """The numbers of a text file; see `claims_command`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise InputError(f"{path}: cannot be read ({reason}); name a text file") from error
    except UnicodeDecodeError as error:
        rule = f"is no text in UTF-8 (byte {error.start})"
        raise InputError(f"{path}: {rule}; save it as plain text in UTF-8") from error
    if "\0" in text:
        raise InputError(f"{path}: holds zero bytes, so it is no text; save it as plain text")
    # й typed as two characters would be no letter of a known word.
    return candidates(unicodedata.normalize("NFC", text), lang)
