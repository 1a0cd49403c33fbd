"""Text in a table that a spreadsheet may open: no cell of it is a formula."""

from __future__ import annotations

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def spreadsheet_cell(text: str) -> str:
    """A text as it may stand in a CSV file: with an apostrophe where it would be a formula.

    Parameters
    ----------
    text
        The cell; numbers that are meant as numbers are written without this.

    Examples
    --------
    >>> spreadsheet_cell("=1+1"), spreadsheet_cell("north")
    ("'=1+1", 'north')
    """
    return "'" + text if text.lstrip(" \u00a0").startswith(FORMULA) else text
