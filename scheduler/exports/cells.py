"""Tables that spreadsheets open, none of whose cells may run as a formula."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from scheduler.sheets.guarding import guarded, unguarded

__all__ = ["csv_file", "csv_text", "guarded", "unguarded"]


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
