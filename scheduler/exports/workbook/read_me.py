"""What a workbook says of itself to who fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.sheets import SHEETS, Sheet

READ_ME_WIDTHS = (22, 24, 62, 44)
"""The widths of the columns, in characters."""


class Line(NamedTuple):
    """One line: a text across, or a cell for each column."""

    style: str
    cells: tuple[str, ...]


_HOW = (
    "Fill in the sheets, save, and import:   scheduler import spreadsheet <this file> -o programme.yaml",
    "What is wrong is listed with its sheet, row and column, all at once; --dry-run only lists it.",
    "",
    "A dark header means: each row says it. All else may stay empty, and so may whole sheets.",
    "A programme needs `programme`, `venues`, `people`, and one of `wishes`, `meetings` and `sessions`.",
    "Several values in one cell have semicolons between them:   es; en",
    "People are named by email, by name, or by id; delegations, rooms and sessions by name or id.",
    "Write dates as 2017-11-20 and times as 09:30, or let the spreadsheet write them.",
    "Columns may stand in any order; blank rows, and titles above a header, do no harm.",
    "Columns of your own do no harm either: the import names them and passes them over.",
    "Nothing is read from this sheet.",
    "",
)


def read_me(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Yield the lines of the sheet that explains the others.

    Parameters
    ----------
    sheets : sequence of Sheet
        Those of the workbook; the others are said to be there for those who need them.
    """
    yield Line("title", ("How to fill in this workbook",))
    yield Line("across", ("",))
    for text in _HOW:
        yield Line("across", (text,))
    yield Line("head", ("sheet", "column", "what goes in", "example"))
    for sheet in sheets:
        yield from _sheet(sheet)
    names = {sheet.name for sheet in sheets}
    rare = [sheet for sheet in SHEETS if sheet.name not in names]
    if rare:
        yield Line("across", ("",))
        yield Line("title", ("Sheets that you can add",))
        yield Line("head", ("sheet", "columns", "what for", ""))
    for sheet in rare:
        columns = ", ".join(column.name for column in sheet.columns)
        yield Line("text", (sheet.name, columns, sheet.about, ""))


def _sheet(sheet: Sheet) -> Iterator[Line]:
    yield Line("sheet", (sheet.name, "", sheet.about, ""))
    for column in sheet.columns:
        words = f" One of: {', '.join(column.words)}." if column.words else ""
        several = " Several: with semicolons between them." if column.many else ""
        needed = "Needed. " if column.needed else ""
        yield Line("text", ("", column.name, f"{needed}{column.about}{words}{several}", column.example))
