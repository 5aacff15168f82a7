"""The data of an instance as it comes together, with the cells that each part of it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.reading.errors import Path
from scheduler.reading.workbook.directory import Directory
from scheduler.reading.workbook.settings import Settings
from scheduler.reading.workbook.shapes import misfits
from scheduler.reading.workbook.tables import Reading, Row
from scheduler.reading.workbook.trouble import Trouble
from scheduler.reading.workbook.values import Cells, LeansError, UnfitError, UnknownError
from scheduler.sheets import Column, Kind, Sheet

Entry = dict[str, Any]

_MORE = "more"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of the data was read.

    Attributes
    ----------
    row : Row
    columns : mapping of tuple to str
        The columns of what stands in the part, by its keys from there.
    others : tuple of Row
        Rows that say the same part.
    """

    row: Row
    columns: Mapping[Path, str]
    others: tuple[Row, ...] = ()


@dataclass
class Draft:
    """One attempt at the data of an instance, without the rows that are refused.

    Attributes
    ----------
    readings : mapping of str to Reading
        Of the sheets, by their names in the description.
    trouble : Trouble
    settings : Settings
    directory : Directory
    cells : Cells
    data : dict
        As of an instance file.
    sources : dict of Path to Source
    """

    readings: Mapping[str, Reading]
    trouble: Trouble
    settings: Settings = field(default_factory=Settings)
    directory: Directory = field(default_factory=Directory)
    data: Entry = field(default_factory=dict)
    sources: dict[Path, Source] = field(default_factory=dict)
    date_order: str = ""

    def __post_init__(self) -> None:
        self.cells = Cells(self.directory, self.date_order)

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet that are not refused, as of now."""
        reading = self.readings.get(sheet)
        if reading is not None and not reading.unusable:
            yield from (row for row in reading.rows if row not in self.trouble.refused)

    def has(self, sheet: str) -> bool:
        """Return whether a sheet has rows, used or not."""
        reading = self.readings.get(sheet)
        return reading is not None and bool(reading.rows)

    # -- cells -----------------------------------------------------------------------------------

    def value(self, row: Row, column: Column) -> Any:
        """Return what a row says in a column; None if nothing, or if it cannot be used (it is refused)."""
        cell = row.cells.get(column.name, "")
        if cell == "":
            return None
        try:
            return self.cells.read(column, cell)
        except UnknownError as error:
            self.trouble.doubt(row, column.name, str(error), error.names, error.part)
        except UnfitError as error:
            self.trouble.refuse(row, column.name, str(error), error.part)
        except LeansError as error:
            self.trouble.follow(row, column.name, str(error), error.part)
        return None

    def said(self, row: Row, name: str) -> Any:
        """Return what a row says in the column of a name, as :meth:`value` does."""
        return self.value(row, row.table.sheet.column(name))

    def entry(self, row: Row, skipped: Sequence[str] = ()) -> Entry | None:
        """Return the entry of an instance file that a row says; None if it is refused.

        Parameters
        ----------
        row : Row
        skipped : sequence of str
            Names of columns that are read elsewhere.
        """
        entry: Entry = {}
        for column in row.table.sheet.columns:
            if column.name in skipped:
                continue
            if column.needed and column.name not in row.cells:
                self.trouble.refuse(row, column.name, "is empty: every row needs it")
            elif (column.path or column.kind is Kind.MORE) and column.name in row.cells:
                self._put(row, column, entry)
        return entry if row not in self.trouble.refused else None

    def _put(self, row: Row, column: Column, entry: Entry) -> None:
        value = self.value(row, column)
        if value is None or column.path is None:
            return
        if column.kind is Kind.MORE:
            for step in column.path:
                entry = entry.setdefault(step, {})
            self.merge(row, column, entry, self.fitting(row, column, value))
        else:
            put(entry, column.path, dict(value) if column.kind is Kind.ROLES else value)

    def fitting(self, row: Row, column: Column, more: Entry) -> Entry:
        """Return what ``more`` says; nothing (and the row is refused) if a key has a wrong shape."""
        wrong = list(misfits(row.table.sheet, column, more))
        for message in wrong:
            self.trouble.refuse(row, column.name, message)
        return {} if wrong else more

    def merge(self, row: Row, column: Column, entry: Entry, more: Entry) -> None:
        """Put further keys into an entry; one that a column says too refuses the row."""
        for key, value in more.items():
            known = entry.get(key)
            if isinstance(known, dict) and isinstance(value, dict):
                self.merge(row, column, known, value)
            elif key in entry:
                message = f"says `{key}`, which another column says too"
                self.trouble.refuse(row, column.name, message)
            else:
                entry[key] = value

    # -- places ----------------------------------------------------------------------------------

    def add(self, path: Path, entry: Entry, source: Source) -> Path:
        """Add an entry to the list at a path of the data, and return its own path."""
        entries = put_default(self.data, path)
        entries.append(entry)
        own = (*path, len(entries) - 1)
        self.sources[own] = source
        return own

    def source_of(self, path: Path) -> tuple[Source, str] | None:
        """Return the rows that a part of the data comes from, and the column; None if from none."""
        for length in range(len(path), 0, -1):
            source = self.sources.get(path[:length])
            if source is None:
                continue
            rest = tuple(step for step in path[length:] if isinstance(step, str))
            return source, _column_at(source.columns, rest)
        return None


def _column_at(columns: Mapping[Path, str], path: tuple[str, ...]) -> str:
    """Return the column of a key of an entry: its own, the last of its parts, or that of what is around."""
    if path in columns and (path or columns[path] != _MORE):
        return columns[path]
    parts = [name for keys, name in columns.items() if path and keys[: len(path)] == path]
    if parts:
        return parts[-1]
    around = (columns.get(path[:i]) for i in range(len(path) - 1, -1, -1))
    return next((name for name in around if name is not None), "")


def entries_in(data: object, key: str) -> list[Entry]:
    """Return the entries of a list below a key, as far as they are such: `more` may say anything."""
    found = data.get(key) if isinstance(data, dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def columns_of(sheet: Sheet, below: tuple[str, ...] = ()) -> dict[Path, str]:
    """Return the names of columns by the keys that they stand for, from some key on."""
    found: dict[Path, str] = {}
    for column in sheet.columns:
        if column.path is not None and column.path[: len(below)] == below:
            found.setdefault(column.path[len(below) :], column.name)
    return found


def put(entry: Entry, path: Sequence[str], value: object) -> None:
    """Put a value into an entry at a path of keys."""
    *above, last = path
    for step in above:
        entry = entry.setdefault(step, {})
    entry[last] = value


def put_default(data: Any, path: Path) -> list[Entry]:
    """Return the list at a path of data, which is made if it is not there."""
    *above, last = path
    for step in above:
        data = data[step] if isinstance(step, int) else data.setdefault(step, {})
    found: list[Entry] = data.setdefault(last, [])
    return found
