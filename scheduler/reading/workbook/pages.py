"""The pages of a workbook or of a folder of tables: cells by row and column, not yet understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta
"""What a cell holds; one that is empty holds the empty text."""

Span = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last row and column of a merged cell, counted from 0."""

MAX_CELLS = 20_000_000
"""More cells than this, empty ones between full ones included, are not read."""

NO_VALUE = "holds a formula whose value is not in the file: open the file in a spreadsheet and save it"


@dataclass(frozen=True)
class Page:
    """One sheet, or one file of a folder.

    Attributes
    ----------
    title : str
        What the sheet is called (of a file: its name without the ending).
    file : str
        How messages name the file.
    sheet : str
        How they name the sheet; empty where the file is one sheet.
    rows : list of list
        Its cells, from the first row and column of the sheet.
    spans : tuple of Span
        Its merged cells: the value stands in the first of each.
    broken : mapping of (int, int) to str
        What is wrong with cells that hold no value, by row and column counted from 0.
    """

    title: str
    file: str
    sheet: str
    rows: list[list[Cell]]
    spans: tuple[Span, ...] = ()
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """All pages, and what is to be said of what holds them.

    Attributes
    ----------
    name : str
        How messages name it.
    stem : str
        Its name without folders and ending, of which a programme's id can be made.
    pages : tuple of Page
    notes : tuple of str
        What somebody should know who has made it.
    """

    name: str
    stem: str
    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()


def spread(page: Page, rows: Iterable[int], *, sideways: bool) -> None:
    """Write the values of merged cells into all of their cells that are in some rows.

    Parameters
    ----------
    page : Page
        Its rows are changed.
    rows : iterable of int
        Counted from 0.
    sideways : bool
        Whether cells right of the first column of a merged cell get its value too.
    """
    wanted = set(rows)
    for (top, left), (bottom, right) in page.spans:
        if top >= len(page.rows) or left >= len(page.rows[top]):
            continue
        value = page.rows[top][left]
        for row in wanted.intersection(range(top, bottom + 1)):
            cells = page.rows[row]
            for column in range(left, min(right if sideways else left, len(cells) - 1) + 1):
                if cells[column] == "":
                    cells[column] = value
