"""Numbers that a text states and an atlas could measure: candidates of claims, drafts of them.

What libraries give was measured first. CLDR, by way of Babel, has the names of months, units and
currencies and the separators in kk, ru and en; it is used for all of them. Its ``parse_decimal``
is not (see numeral). quantulum3 0.10 (24 MB, one language, the first parse 1.7 s) reads English
well, but cuts 2724902,25 km² into 2724902 and 25 km², takes footnote marks for quantities and
1,234 always for 1234; a further language has to come as Python modules inside its package.
text2num 3.1 knows neither kk nor ru. num2words 0.5.14 writes numbers out in all three: it is the
other side of a test here. Written here is the rest: strict separators, the words around a number,
its endings, dates in running text, intervals, and the language of each sentence.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from shekara.errors import InputError
from shekara.texts.candidate import Candidate
from shekara.texts.draft import drafts
from shekara.texts.reader import candidates

__all__ = ["Candidate", "candidates", "claims_command", "drafts"]


def claims_command(path: str | Path, lang: str | None = None) -> tuple[str, dict[str, object]]:
    """Drafts of the claims of a text file, and its candidates as one document for JSON.

    Raises:
        InputError: the file is not there, cannot be read, or is no text in UTF-8.
        UsageError: `lang` is no language that has a file.
    """
    path = Path(path)
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
    read = candidates(unicodedata.normalize("NFC", text), lang)
    document: dict[str, object] = {
        "file": path.name,
        "candidates": [candidate.as_dict() for candidate in read],
    }
    return drafts(read), document
