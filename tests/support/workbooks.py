"""Reads workbooks back with two readers that have nothing to do with what wrote them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
import python_calamine

Cells = dict[tuple[int, int], Any]
"""What cells hold, by row and column as a spreadsheet counts them: from 1."""
Span = tuple[int, int, int]
"""Row, first and last column of merged cells."""

HEAD = 3
"""The row of the heads."""


@dataclass(frozen=True)
class Block:
    """A block of a grid: whose line, from when to when (on the clock of the sheet), and what it says."""

    labels: tuple[str, ...]
    start: dt.datetime
    end: dt.datetime
    text: str


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as openpyxl reads it."""

    name: str
    cells: Cells
    merged: tuple[Span, ...]
    sheet: Any

    def row(self, number: int) -> list[Any]:
        """Return the cells of a row, up to the last that holds something."""
        last = max((column for row, column in self.cells if row == number), default=0)
        return [self.cells.get((number, column)) for column in range(1, last + 1)]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of a table by their heads; of an empty cell None."""
        heads = self.row(HEAD)
        last = max((row for row, _ in self.cells), default=0)
        return [
            {head: self.cells.get((row, column)) for column, head in enumerate(heads, start=1)}
            for row in range(HEAD + 1, last + 1)
        ]

    @property
    def edges(self) -> dict[int, dt.datetime]:
        """The times in the head of a grid, by column."""
        heads = enumerate(self.row(HEAD), start=1)
        return {column: head for column, head in heads if isinstance(head, dt.datetime)}

    def blocks(self) -> Iterator[Block]:
        """Yield what stands in the slots of a grid."""
        edges, ends = self.edges, {(row, first): last for row, first, last in self.merged}
        left = min(edges)
        for (row, column), value in sorted(self.cells.items()):
            if row > HEAD and column >= left:
                labels = tuple(self.cells.get((row, label), "") or "" for label in range(1, left))
                last = ends.get((row, column), column)
                yield Block(labels, edges[column], edges[last + 1], value)


def read(data: bytes) -> dict[str, ReadSheet]:
    """Return the sheets of a workbook as openpyxl reads it, once calamine has read the same."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {sheet.title: _sheet(sheet) for sheet in book.worksheets}
    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert other.sheet_names == list(found)
    for name in other.sheet_names:
        rows = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        seen = {
            (row, column): _alike(value)
            for row, line in enumerate(rows, start=1)
            for column, value in enumerate(line, start=1)
            if value != ""
        }
        assert seen == {place: _alike(value) for place, value in found[name].cells.items()}
    return found


def dump(data: bytes) -> str:
    """Return a workbook as lines of text: each cell with what it holds, its format and its colour."""
    lines: list[str] = []
    for name, read_sheet in read(data).items():
        sheet = read_sheet.sheet
        lines += [
            f"== {name} freeze={sheet.freeze_panes} print={_area(sheet)} filter={sheet.auto_filter.ref}"
        ]
        lines += [f"merged {merged}" for merged in sorted(map(str, sheet.merged_cells.ranges))]
        for row, column in sorted(read_sheet.cells):
            cell = sheet.cell(row, column)
            link = f" -> {cell.hyperlink.location}" if cell.hyperlink else ""
            lines.append(f"{cell.coordinate} [{cell.number_format}] {cell.value!r}{link}")
    return "\n".join(lines) + "\n"


def _area(sheet: Any) -> str:
    return str(sheet.print_area).rpartition("!")[2]


def _sheet(sheet: Any) -> ReadSheet:
    cells = {
        (cell.row, cell.column): cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    merged = tuple((area.min_row, area.min_col, area.max_col) for area in sheet.merged_cells.ranges)
    return ReadSheet(sheet.title, cells, merged, sheet)


def _alike(value: Any) -> Any:
    """Return a value in the one form for what the two readers have two for."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(0))
    return float(value) if isinstance(value, int) else value


def instant(value: dt.datetime, clock: str, *, end: bool = False) -> dt.datetime:
    """Return a time of day as an instant, by the clock that stands beside it."""
    offsets = re.findall(r"UTC([+-])(\d\d):(\d\d)", clock)
    sign, hours, minutes = offsets[-1 if end else 0]
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    return value.replace(tzinfo=dt.timezone(offset))
