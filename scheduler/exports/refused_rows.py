"""Rows of a workbook that could not be used, as a table that their owner can correct."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.exports.cells import csv_file, csv_text
from scheduler.sheets.report import RefusedRow

_COLUMNS = ("file", "sheet", "row", "column", "value", "reason")


def refused_rows_table(rows: Sequence[RefusedRow]) -> bytes:
    """Return refused rows as CSV in UTF-8 with a byte order mark: where, why, and then their own cells.

    A row that is wrong in several ways stands there once for each.
    """
    widest = max((len(row.cells) for row in rows), default=0)
    head = [*_COLUMNS, *(f"cell {number}" for number in range(1, widest + 1))]
    return csv_file(csv_text(head, map(_cells, rows)), bom=True)


def _cells(row: RefusedRow) -> list[str]:
    return [row.file, row.sheet, str(row.row), row.column, row.value, row.reason, *row.cells]
