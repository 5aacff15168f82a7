"""Workbooks made for tests: rows of cells to the bytes of an XLSX file, and a small programme in sheets."""

from __future__ import annotations

import copy
import datetime as dt
import io
from typing import Any

import openpyxl

Sheets = dict[str, list[list[Any]]]

SMALL: Sheets = {
    "programme": [
        ["setting", "value"],
        ["name", "Ágora 2025"],
        ["time zone", "Europe/Madrid"],
        ["dates", "2025-05-12; 2025-05-13"],
        ["opens", "09:00"],
        ["closes", "14:00"],
    ],
    "venues": [
        ["city", "venue", "room", "tables", "seats"],
        ["Bilbao", "City Hall", "Hall", None, 60],
        ["Bilbao", "City Hall", "Tables", 4, None],
        ["Donostia", "Palace", "Salon", None, 40],
    ],
    "travel": [["from", "to", "duration", "both ways"], ["Bilbao", "Donostia", "1h15", "yes"]],
    "people": [
        ["email", "name", "organisation", "delegation", "languages"],
        ["anna@valencia.example", "Anna García", "Las Naves", "Valencia", "es; en"],
        ["ben@sydney.example", "Ben Li", "Sydney Water", "Sydney", "en"],
        ["wang@guangzhou.example", "王伟", "Port", "Guangzhou", "zh; en"],
        [None, "김민준", None, "Seoul", "ko; en"],
    ],
    "wishes": [
        ["from", "to", "wish"],
        ["anna@valencia.example", "Ben Li", "must"],
        ["Sydney Water", "Anna Garcia", "must"],
        ["王伟", "Valencia", "like"],
    ],
}
"""Two cities, four people, a mutual must and a like."""


def small(**changes: list[list[Any]]) -> Sheets:
    """Return the small programme with some of its sheets replaced or added."""
    return {**copy.deepcopy(SMALL), **{name.replace("_", " "): rows for name, rows in changes.items()}}


def with_cell(sheets: Sheets, sheet: str, row: int, column: int, value: object) -> Sheets:
    """Return sheets with one cell changed; row and column as a spreadsheet counts them, from 1."""
    changed = copy.deepcopy(sheets)
    cells = changed[sheet][row - 1]
    cells += [None] * (column - len(cells))
    cells[column - 1] = value
    return changed


def book(sheets: Sheets, *, merged: dict[str, list[str]] | None = None) -> bytes:
    """Return sheets as an XLSX file; dates and times are real cells, ``merged`` names ranges by sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    cell = page.cell(number, column, value)
                    if isinstance(value, str):
                        cell.data_type = "s"  # what begins with = is a text here
        for area in (merged or {}).get(title, ()):
            page.merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def moment(text: str) -> dt.datetime:
    """Return a date and time as a cell would hold it."""
    return dt.datetime.fromisoformat(text)
