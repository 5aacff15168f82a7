"""The sheet of settings: a setting in each row, its value beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from scheduler.domain.faults.spelling import hint
from scheduler.reading.workbook.pages import Cell, Page, spread
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Reading, Row, Table, names_of
from scheduler.sheets import Column, Sheet, folded

_VALUE_HEADS = frozenset({"value", "values", "valor"})
_LOOKED_AT = 40
_SETTING_HEADS = frozenset({"setting", "settings", "key", "ajuste"})


@dataclass(frozen=True)
class Settings:
    """What the settings say that is no key of an instance file, and that other sheets need.

    Attributes
    ----------
    dates : tuple of str
        The dates on which cities are open that do not say.
    opens, closes : str
        And when.
    meeting_length : str
        How long a meeting of a wish is; empty: as the instance file has it.
    meeting_cities : tuple of str
        The names of the only cities for these.
    """

    dates: tuple[str, ...] = ()
    opens: str = "09:00"
    closes: str = "18:00"
    meeting_length: str = ""
    meeting_cities: tuple[str, ...] = ()


def read_settings(page: Page, sheet: Sheet) -> Reading:
    """Return the rows of a sheet of settings, each with one cell by the name of its setting."""
    known = names_of(sheet)
    at = _column_of_names(page, known)
    if at is None:
        return Reading(None, notes=[f"{page.title}: has no setting that is known, and is not read"])
    beside, first = _values(page, at)
    spread(page, range(len(page.rows)), sideways=True)
    table = Table(sheet, page, 0, dict.fromkeys((column.name for column in sheet.columns), beside))
    reading = Reading(table)
    seen: dict[str, Row] = {}
    for number in range(first, len(page.rows)):
        name, value = _cell(page, number, at), _cell(page, number, beside)
        if shown(name) and (shown(value) or (number, beside) in page.broken):
            _add(reading, known.get(folded(shown(name))), Row(table, number, {shown(name): value}), at, seen)
    return reading


def _column_of_names(page: Page, known: Container[str]) -> int | None:
    """Return the column with the most names of settings."""
    counted = Counter(
        at
        for row in page.rows
        for at, cell in enumerate(row)
        if isinstance(cell, str) and folded(cell) in known
    )
    return min(counted, key=lambda at: (-counted[at], at)) if counted else None


def _values(page: Page, at: int) -> tuple[int, int]:
    """Return the column of the values, and the first row that may hold a setting."""
    for number, row in enumerate(page.rows[:_LOOKED_AT]):
        heads = [folded(shown(cell)) for cell in row]
        if at < len(heads) and heads[at] in _SETTING_HEADS:
            return next(
                (n for n in range(at + 1, len(heads)) if heads[n] in _VALUE_HEADS), at + 1
            ), number + 1
    covered = max((right for (_, left), (_, right) in page.spans if left == at), default=at)
    return covered + 1, 0


def _cell(page: Page, row: int, column: int) -> Cell:
    cells = page.rows[row]
    return cells[column] if column < len(cells) else ""


def _add(reading: Reading, column: Column | None, row: Row, at: int, seen: dict[str, Row]) -> None:
    """Add a row as the setting that it names; refused, if it names none or one that is said already."""
    ((name, value),) = row.cells.items()
    if column is None:
        names = [each.name for each in row.table.sheet.columns]
        reading.rows.append(row)
        reading.refused[row] = row.table.fault(row.number, at, name, f"is no setting{hint(name, names)}")
        return
    made = Row(row.table, row.number, {column.name: value})
    reading.rows.append(made)
    first = seen.setdefault(column.name, made)
    if first is not made:
        reading.refused[made] = made.fault(column.name, shown(value), f"is said already ({first.place})")
