"""Sheets as an Excel workbook that is pleasant to fill in: notes, lists to choose from, headers that stay."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from scheduler.exports.workbook.cells import Cell
from scheduler.exports.workbook.pages import Page, Row, UncarriedError
from scheduler.exports.workbook.read_me import READ_ME_WIDTHS, read_me
from scheduler.sheets import Column, Kind, Shape, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_CREATED = dt.datetime(2000, 1, 1)
"""A workbook does not say when it was made: the same programme gives the same bytes."""

_MOST_ROWS = 1_048_575
_BLANK_ROWS = 2000
"""So many rows more than are filled have lists to choose from."""

_NARROWEST, _WIDEST = 9, 44
_MOST_LINES = 8

_NEEDED = "#1F4E79"
_OPTIONAL = "#DDE7F0"
_QUIET = "#6B7785"
_TABS = {"needed": "#1F4E79", "usual": "#7FA6C9", "rare": "#C9CED6"}

_NUMBERS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "hh:mm",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.NUMBER: "0",
}
"""How cells of a kind show; all others are text, so that 007 stays 007."""

_LISTED = {
    Kind.CITY: "cities",
    Kind.DELEGATION: "delegations",
    Kind.TRACK: "tracks",
    Kind.SESSION: "sessions",
}
"""The sheet that has what there is to choose from, for columns with one name in a cell."""


def book_of(pages: Sequence[Page], needed: Sequence[str], usual: Sequence[str]) -> bytes:
    """Return sheets as an Excel workbook, the same bytes each time.

    Parameters
    ----------
    pages : sequence of Page
        The sheets, in their order.
    needed, usual : sequence of str
        The names of sheets without which there is no programme, and of those that most have: their tabs
        have other colours than the rest.

    Raises
    ------
    UncarriedError
        If a sheet has more rows than a spreadsheet.
    """
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": "Programme", "created": _CREATED})
        _Writer(book, [page.sheet.name for page in pages]).write(pages, needed, usual)
    return content.getvalue()


class _Writer:
    """Writes sheets into a workbook."""

    def __init__(self, book: Workbook, names: Sequence[str]) -> None:
        self._book = book
        self._names = names
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self, pages: Sequence[Page], needed: Sequence[str], usual: Sequence[str]) -> None:
        self._read_me([page.sheet for page in pages])
        for page in pages:
            if len(page.rows) > _MOST_ROWS:
                raise UncarriedError(f"{page.sheet.name}: {len(page.rows)} rows are more than a sheet has")
            sheet = self._book.add_worksheet(page.sheet.name)
            name = page.sheet.name
            sheet.set_tab_color(_TABS["needed" if name in needed else "usual" if name in usual else "rare"])
            if page.sheet.shape is Shape.SETTINGS:
                self._settings(sheet, page)
            else:
                self._table(sheet, page)
            self._to_print(sheet, name)

    def _format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def _of(self, column: Column) -> Format:
        """Return how the cells of a column look."""
        several = column.many and column.kind is not Kind.DATE
        shown = "@" if several else _NUMBERS.get(column.kind, "@")
        return self._format(num_format=shown, text_wrap=several, align="left")

    def _head(self, column: Column) -> Format:
        if column.needed:
            return self._format(bold=True, font_color="white", bg_color=_NEEDED, border=1, text_wrap=True)
        return self._format(bold=True, bg_color=_OPTIONAL, border=1, text_wrap=True)

    # -- the kinds of sheet ------------------------------------------------------------------------

    def _table(self, sheet: Worksheet, page: Page) -> None:
        columns = page.sheet.columns
        widths = {column.name: _width(column.name, page.rows) for column in columns}
        for number, column in enumerate(columns):
            sheet.set_column(number, number, widths[column.name], self._of(column))
            sheet.write_string(0, number, column.name, self._head(column))
            sheet.write_comment(0, number, _note(column), {"x_scale": 1.6, "y_scale": 1.1})
            self._choices(sheet, column, (1, number, len(page.rows) + _BLANK_ROWS, number))
        for number, row in enumerate(page.rows, 1):
            _heighten(
                sheet, number, [(row.get(c.name, ""), widths[c.name] if c.many else 10**9) for c in columns]
            )
            for position, column in enumerate(columns):
                if column.name in row:
                    _put(sheet, number, position, row[column.name], self._of(column))
        sheet.freeze_panes(1, _frozen(page.sheet))
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, max(1, len(page.rows)), len(columns) - 1)

    def _settings(self, sheet: Worksheet, page: Page) -> None:
        row = page.rows[0] if page.rows else {}
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 40)
        sheet.set_column(2, 2, 78)
        about = self._format(font_color=_QUIET, italic=True, text_wrap=True, indent=1)
        for number, column in enumerate(page.sheet.columns):
            sheet.write_string(number, 0, column.name, self._head(column))
            said = row.get(column.name, "")
            _put(sheet, number, 1, said, self._setting(column))
            sheet.write_string(number, 2, _note(column, " "), about)
            _heighten(sheet, number, [(said, 40), (_note(column, " "), 78)])
            self._choices(sheet, column, (number, 1, number, 1))
        sheet.print_area(0, 0, len(page.sheet.columns) - 1, 2)

    def _setting(self, column: Column) -> Format:
        number = _NUMBERS.get(column.kind, "@") if not column.many else "@"
        return self._format(num_format=number, text_wrap=True, border=1, border_color="#C9CED6", align="left")

    def _read_me(self, sheets: Sequence[Sheet]) -> None:
        sheet = self._book.add_worksheet("read me")
        styles = {
            "title": self._format(bold=True, font_size=16, font_color=_NEEDED),
            "head": self._format(bold=True, font_color="white", bg_color=_NEEDED),
            "sheet": self._format(bold=True, bg_color=_OPTIONAL, text_wrap=True),
            "across": self._format(),
            "text": self._format(text_wrap=True),
        }
        for number, width in enumerate(READ_ME_WIDTHS):
            sheet.set_column(number, number, width)
        lines = list(read_me(sheets))
        for number, line in enumerate(lines):
            if styles[line.style].text_wrap:
                _heighten(sheet, number, zip(line.cells, READ_ME_WIDTHS, strict=True))
            for position, text in enumerate(line.cells):
                sheet.write_string(number, position, text, styles[line.style])
        sheet.print_area(0, 0, len(lines) - 1, len(READ_ME_WIDTHS) - 1)
        self._to_print(sheet, "read me")

    # -- what helps to fill them in ----------------------------------------------------------------

    def _choices(self, sheet: Worksheet, column: Column, cells: tuple[int, int, int, int]) -> None:
        """Offer what can stand in cells; what is typed in all the same is for the importer to judge."""
        source = _source(column, self._names)
        if source is None:
            return
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": column.name,
            "error_message": f"This is not in the list. {column.about}"[:255],
        }
        sheet.data_validation(*cells, rule)

    def _to_print(self, sheet: Worksheet, name: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{name}&R&P / &N")


def _source(column: Column, names: Sequence[str]) -> list[str] | str | None:
    """Return what there is to choose from: words, or the first column of another sheet."""
    if column.many:
        return None
    if column.kind is Kind.YES_NO:
        return ["yes", "no"]
    if column.kind is Kind.CHOICE:
        return list(column.words)
    other = _LISTED.get(column.kind)
    return f"='{other}'!$A$2:$A${_BLANK_ROWS}" if other in names else None


def _frozen(sheet: Sheet) -> int:
    """Return how many columns stay when a sheet is moved: those that say what a row is about."""
    return 2 if sheet.name in ("people", "venues", "talks") else 1


def _note(column: Column, line: str = "\n") -> str:
    parts = ["Needed." * column.needed, column.about]
    parts += [f"One of: {', '.join(column.words)}."] * bool(column.words)
    parts += ["Several: with semicolons between them."] * column.many
    parts += [f"Example: {column.example}"] * bool(column.example)
    return line.join(part for part in parts if part)


def _width(name: str, rows: Sequence[Row]) -> int:
    """Return how wide a column is, in characters: as most of what stands in it."""
    lengths = sorted(max(map(_length, _lines(row[name]))) for row in rows if name in row)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(_WIDEST, max(_NARROWEST, len(name) + 3, usual + 2))


def _lines(cell: Cell) -> list[str]:
    if isinstance(cell, str):
        return cell.split("\n")
    return ["yyyy-mm-dd hh:mm" if isinstance(cell, dt.datetime) else "yyyy-mm-dd"]


def _length(line: str) -> int:
    """Return how wide a line is; East Asian letters are twice as wide as others."""
    return len(line) + sum("\u1100" <= char <= "\uffdc" for char in line)


def _heighten(sheet: Worksheet, row: int, cells: Iterable[tuple[Cell, int]]) -> None:
    """Make a row as high as its cells need in columns of some widths; not all programs do so themselves."""
    needed = [sum(1 + _length(line) // width for line in _lines(cell)) for cell, width in cells]
    lines = max(needed, default=1)
    if lines > 1:
        sheet.set_row(row, 15 * min(lines, _MOST_LINES))


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    if cell == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_datetime(row, column, cell, style)
