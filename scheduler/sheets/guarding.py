"""Texts in the cells of CSV files that spreadsheets open, none of which may run as a formula.

A spreadsheet takes a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and a
formula may fetch and send what stands beside it ("CSV Injection", OWASP; CWE-1236). Quotes of CSV do
not help: they are gone when the cell is looked at.
"""

from __future__ import annotations

import re

_LIKE_A_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""What may be taken for a formula, and what would be once apostrophes are taken away.

Some programs look past spaces and line ends, and in East Asia past the width of a sign.
"""


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    One that may be taken for a formula has an apostrophe before it; so has one that begins with apostrophes
    and then goes on like a formula, so that :func:`unguarded` gives every text back.
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that :func:`guarded` has made."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell
