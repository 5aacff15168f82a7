"""From a page to rows: which row is the header, which column is which, and what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.reading.errors import InputFault, letters
from scheduler.reading.workbook.pages import Cell, Page, spread
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.spelling import misspelt
from scheduler.sheets import Column, Shape, Sheet, folded

_LOOKED_AT = 40
"""The header is one of so many first rows."""


@dataclass(frozen=True, eq=False)
class Table:
    """A page read as a sheet.

    Attributes
    ----------
    sheet : Sheet
        What it is read as.
    page : Page
    header : int
        The row of the header, counted from 0.
    columns : dict of str to int
        Where each column is, by its name in the description, counted from 0.
    """

    sheet: Sheet
    page: Page
    header: int
    columns: dict[str, int]

    def fault(self, row: int, column: int, value: object, message: str) -> InputFault:
        """Return a fault at a cell; row and column counted from 0, a column below 0 for the whole row."""
        page = self.page
        return InputFault(page.file, row + 1, column + 1, (), value, message, page.sheet)


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """A row that says something.

    Attributes
    ----------
    table : Table
    number : int
        Counted from 0.
    cells : dict of str to Cell
        What is not empty, by the names of columns.
    """

    table: Table
    number: int
    cells: dict[str, Cell]

    def fault(self, column: str, value: object, message: str) -> InputFault:
        """Return a fault at a cell, whose column it names; at the row's first if the column is not there."""
        at = self.table.columns.get(column)
        if at is None:
            return self.table.fault(self.number, min(self.table.columns.values(), default=0), value, message)
        if self.table.sheet.shape is Shape.SETTINGS:
            return self.table.fault(self.number, at, value, f'{message} (setting "{column}")')
        title = shown(self.table.page.rows[self.table.header][at])
        named = f' (column "{title}")' if title else ""
        return self.table.fault(self.number, at, value, message + named)

    @property
    def place(self) -> str:
        """Where it is, for messages in the same workbook: ``people:7``."""
        return f"{self.table.page.title}:{self.number + 1}"

    @property
    def whole(self) -> list[Cell]:
        """All its cells, those of columns without a meaning too."""
        return self.table.page.rows[self.number]


@dataclass
class Reading:
    """What came of a page.

    Attributes
    ----------
    table : Table or None
        None where no header was found.
    rows : list of Row
    faults : list of InputFault
        What is wrong with the header.
    notes : list of str
        What is not read.
    unusable : str
        Why no row can be used, if that is so.
    refused : dict of Row to InputFault
        Rows that say nothing that could be used.
    """

    table: Table | None
    rows: list[Row] = field(default_factory=list)
    faults: list[InputFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unusable: str = ""
    refused: dict[Row, InputFault] = field(default_factory=dict)


def names_of(sheet: Sheet) -> dict[str, Column]:
    """Return the columns of a sheet by all names that are understood, folded."""
    return {folded(name): column for column in sheet.columns for name in (column.name, *column.aliases)}


def read_table(page: Page, sheet: Sheet) -> Reading:
    """Read a page as a sheet that has its columns side by side."""
    known = names_of(sheet)
    header = _header_row(page.rows, known)
    if header is None:
        return _headless(page, sheet)
    found = Table(sheet, page, header, {})
    reading = Reading(found)
    _match_columns(found, known, reading)
    missing = [c.name for c in sheet.columns if c.needed and c.name not in found.columns]
    for name in missing:
        message = f'is missing: each row of the sheet "{sheet.name}" needs this column'
        reading.faults.append(found.fault(header, -1, name, message))
    if missing:
        reading.unusable = f'the sheet has no column "{missing[0]}"'
    spread(page, range(header + 1, len(page.rows)), sideways=True)
    reading.rows += _rows(found)
    return reading


def _header_row(rows: Sequence[Sequence[Cell]], known: dict[str, Column]) -> int | None:
    """Return the row with the most different names of columns; the first of them, and none without any."""
    best, most = None, 0
    for number, row in enumerate(rows[:_LOOKED_AT]):
        names = {
            known[name].name for cell in row if isinstance(cell, str) and (name := folded(cell)) in known
        }
        if len(names) > most:
            best, most = number, len(names)
    return best


def _headless(page: Page, sheet: Sheet) -> Reading:
    """Return what to say of a page in which nothing is named."""
    filled = [n for n, row in enumerate(page.rows) if any(cell != "" for cell in row)]
    if not filled:
        return Reading(None)
    names = ", ".join(f'"{column.name}"' for column in sheet.columns[:6])
    message = (
        f"has no row that names columns: one of the first {_LOOKED_AT} rows should have names such as {names}"
    )
    table = Table(sheet, page, filled[0], {})
    return Reading(
        table,
        [Row(table, number, {}) for number in filled[1:]],
        [table.fault(filled[0], 0, None, message)],
        unusable="the sheet has no row that names columns",
    )


def _match_columns(table: Table, known: dict[str, Column], reading: Reading) -> None:
    page = table.page
    titles = page.rows[table.header]
    covered = {
        (row, column)
        for (top, left), (bottom, right) in page.spans
        for row in range(top, bottom + 1)
        if row == table.header
        for column in range(left + 1, right + 1)
    }
    for at, title in enumerate(titles):
        text = "" if (table.header, at) in covered else shown(title)
        column = known.get(folded(text)) if text else None
        if column is None:
            _tell_unread(table, at, text, known, reading)
        elif column.name in table.columns:
            first = letters(table.columns[column.name] + 1)
            message = f'means the same as column {first} ("{column.name}"): one of them is too many'
            reading.faults.append(table.fault(table.header, at, text, message))
        else:
            table.columns[column.name] = at


def _tell_unread(table: Table, at: int, text: str, known: dict[str, Column], reading: Reading) -> None:
    """Say that a column is not read, if something stands in it; that its name is misspelt, if it is."""
    meant = misspelt(text, known) if text else None
    if meant:
        message = f'is no column of the sheet "{table.sheet.name}"; did you mean "{known[meant].name}"?'
        reading.faults.append(table.fault(table.header, at, text, message))
        return
    below = table.page.rows[table.header + 1 :]
    count = sum(1 for row in below if at < len(row) and row[at] != "")
    where = f"{table.page.title}: column {letters(at + 1)}"
    if text:
        reading.notes.append(f'{where} "{text}" is not read')
    elif count:
        cells = "1 cell" if count == 1 else f"{count} cells"
        reading.notes.append(f"{where} has no name and is not read ({cells})")


def _rows(table: Table) -> Iterator[Row]:
    places = table.columns.items()
    broken = {row for row, _ in table.page.broken}
    for number in range(table.header + 1, len(table.page.rows)):
        row = table.page.rows[number]
        cells = {name: row[at] for name, at in places if at < len(row) and not _is_blank(row[at])}
        if cells or (number in broken and _is_broken(table, number)):
            yield Row(table, number, cells)


def _is_broken(table: Table, number: int) -> bool:
    return any((number, at) in table.page.broken for at in table.columns.values())


def _is_blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip())
