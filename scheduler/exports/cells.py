"""Texts in the cells of tables that spreadsheets open, none of which may run as a formula.

A spreadsheet takes a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and a
formula may fetch and send what stands beside it ("CSV Injection", OWASP; CWE-1236). Quotes of CSV do
not help: they are gone when the cell is looked at.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence

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


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[str]], *, all_quoted: bool = False) -> str:
    """Return a table as CSV (RFC 4180), its cells guarded.

    Parameters
    ----------
    columns : sequence of str
        The head, which is written as it is.
    rows : iterable of iterables of str
    all_quoted : bool
        Whether every cell stands in quotes, rather than only those that need it.
    """
    made = io.StringIO()
    # Not "\n" as the end of a line: Python then writes a "\r" within a cell without quotes.
    table = csv.writer(
        made, lineterminator="\r\n", quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    )
    table.writerow(columns)
    table.writerows([guarded(cell) for cell in row] for row in rows)
    return made.getvalue()


def csv_file(text: str, *, bom: bool = False) -> bytes:
    """Return a table as a file's content: UTF-8, on request with the mark by which Excel knows it."""
    return (codecs.BOM_UTF8 if bom else b"") + text.encode("utf-8")
