"""Sheets as CSV files of one folder."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator

from scheduler.exports.workbook.cells import Cell
from scheduler.exports.workbook.pages import Page
from scheduler.sheets import Shape
from scheduler.sheets.guarding import guarded


def tables(pages: Iterable[Page]) -> dict[str, bytes]:
    """Return a CSV file for each sheet, in UTF-8 with a byte order mark, by which Excel knows it.

    No cell begins like a formula (:mod:`scheduler.sheets.guarding`).
    """
    return {f"{page.sheet.name}.csv": _table(page) for page in pages}


def _table(page: Page) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(_records(page))
    return text.getvalue().encode("utf-8-sig")


def _records(page: Page) -> Iterator[list[str]]:
    names = [column.name for column in page.sheet.columns]
    if page.sheet.shape is Shape.SETTINGS:
        row = page.rows[0] if page.rows else {}
        yield from ([name, _text(row.get(name))] for name in names)
        return
    yield names
    for row in page.rows:
        yield [_text(row.get(name)) for name in names]


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return f"{cell:%H:%M}" if isinstance(cell, dt.time) else guarded(str(cell))
