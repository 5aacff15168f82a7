"""Writes sheets with XlsxWriter: texts as texts, never as formulas; the same sheets as the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from scheduler.domain import ActivityKind
from scheduler.exports.entries import TRAVEL
from scheduler.exports.plain import fit
from scheduler.exports.schedule_workbook.layout import (
    Block,
    Column,
    Front,
    Grid,
    Line,
    Link,
    Look,
    Section,
    Sheet,
    Table,
    Value,
)
from scheduler.exports.schedule_workbook.sheet_names import units

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""How long a text in a cell may be, in UTF-16 units, in Excel."""
HEAD = 2
"""The row of a table's or a grid's heads, counted from 0: above it stand the title and a sentence."""

_FORMATS: dict[Look, dict[str, Any]] = {
    Look.TEXT: {"text_wrap": True},
    Look.NUMBER: {"num_format": "0", "align": "left"},
    Look.DATE: {"num_format": "ddd d mmm yyyy", "align": "left"},
    Look.TIME: {"num_format": "hh:mm", "align": "left"},
    Look.MOMENT: {"num_format": "ddd d mmm yyyy hh:mm", "align": "left"},
}
_COLOURS: dict[str, dict[str, Any]] = {
    ActivityKind.MEETING: {},
    ActivityKind.TALK: {"bg_color": "#F2F2F2"},
    ActivityKind.INAUGURAL: {"bg_color": "#9DC3E6", "bold": True},
    ActivityKind.CONFERENCE: {"bg_color": "#BDD7EE", "bold": True},
    ActivityKind.WORKSHOP: {"bg_color": "#C5E0B4", "bold": True},
    ActivityKind.ROUNDTABLE: {"bg_color": "#E2F0D9", "bold": True},
    ActivityKind.ROADSHOW: {"bg_color": "#FFE699", "bold": True},
    ActivityKind.FIELD_VISIT: {"bg_color": "#F8CBAD", "bold": True},
    TRAVEL: {"bg_color": "#D9D9D9", "italic": True},
}
"""In grey a session is told by its bold type, travel by italics, a meeting by plain white."""
_FAINT = {"border": 1, "border_color": "#BFBFBF"}
_A3, _A4 = 8, 9
_ROOM_FOR_TIME = 5.5
"""In a narrower column, in characters, a time of day stands upright."""
_WIDE = 200
"""A table of more characters than these is printed on larger paper."""
_MOST = 400.0
"""The greatest height of a row, in points."""
_SMALL = 9
"""The size of letters in grids; elsewhere it is 11."""


def workbook(sheets: Iterable[Sheet], title: str, created: dt.datetime, *, thrifty: bool) -> bytes:
    """Return sheets as an xlsx file.

    Parameters
    ----------
    sheets : iterable of Sheet
        At least one.
    title : str
        Of the document.
    created : datetime
        When the document says it was made.
    thrifty : bool
        Whether memory matters more than that every program, on telephones too, can show the texts: rows are
        then written to the disk as they come, with their texts in them.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    options = {
        "constant_memory": thrifty,
        "in_memory": not thrifty,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(file, options) as book:
        book.set_properties({"title": fit(title), "created": created.replace(tzinfo=None)})
        paper = _Paper(book)
        for sheet in sheets:
            paper.write(sheet)
    return file.getvalue()


def cell_text(text: str) -> str:
    """Return a text as a cell holds it: with line feeds for all line ends, and no longer than Excel takes."""
    plain = text if text.isascii() and text.isprintable() else fit(text)
    if units(plain) <= LONGEST:
        return plain
    kept = plain[: LONGEST - 1]
    return kept[: max(0, LONGEST - 1 - (units(kept) - len(kept)))] + "…"


class _Paper:
    """A workbook being written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._named: dict[tuple[str, str], Format] = {}

    def write(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.name)
        page.set_landscape()
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&L&A&RPage &P of &N")
        page.fit_to_pages(1, 0)
        if isinstance(sheet, Front):
            self._front(page, sheet)
        elif isinstance(sheet, Table):
            self._table(page, sheet)
        else:
            self._grid(page, sheet)

    def _format(self, **properties: Any) -> Format:
        given = {"valign": "top", **properties}
        key = tuple(sorted(given.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(given)
        return self._formats[key]

    def _cell(self, page: Worksheet, row: int, column: int, value: Value, form: Format) -> None:
        match value:
            case None:
                page.write_blank(row, column, None, form)
            case Link():
                link = self._format(font_color="#0563C1", underline=1)
                sheet = value.sheet.replace("'", "''")
                page.write_url(row, column, f"internal:'{sheet}'!A1", link, cell_text(value.text))
            case str():
                _write_text(page, row, column, value, form)
            case int():
                page.write_number(row, column, value, form)
            case _:
                page.write_datetime(row, column, value, form)

    # -- the first sheet -------------------------------------------------------------------------------

    def _front(self, page: Worksheet, sheet: Front) -> None:
        page.set_paper(_A4)
        page.hide_gridlines(2)
        for column, width in enumerate((36, 62, 16, 20)):
            page.set_column(column, column, width)
        _write_text(page, 0, 0, sheet.title, self._format(bold=True, font_size=16))
        row = 2
        for section in sheet.sections:
            row = self._section(page, row, section) + 1
        page.print_area(0, 0, row - 1, 3)

    def _section(self, page: Worksheet, row: int, section: Section) -> int:
        page.write_string(row, 0, section.heading, self._format(bold=True, font_size=12))
        row += 1
        for column, head in enumerate(section.heads):
            page.write_string(row, column, head, self._head())
        row += bool(section.heads)
        for line in section.rows:
            for column, value in enumerate(line.cells):
                look = _FORMATS[_look_of(value)] | {"align": "left"}
                self._cell(page, row, column, value, self._format(**look, **_COLOURS.get(line.kind, {})))
            row += 1
        return row

    # -- tables ----------------------------------------------------------------------------------------

    def _table(self, page: Worksheet, sheet: Table) -> None:
        page.set_paper(_A3 if sum(column.width for column in sheet.columns) > _WIDE else _A4)
        last = max(HEAD + len(sheet.rows), HEAD + 1)
        self._above(page, sheet.title, sheet.about)
        self._heads(page, sheet.columns, last, len(sheet.columns) - 1)
        page.freeze_panes(HEAD + 1, 0)
        widths = [column.width for column in sheet.columns]
        for row, line in enumerate(sheet.rows, start=HEAD + 1):
            page.set_row(row, _height(zip(line.cells, widths, strict=True)))
            for number, (value, column) in enumerate(zip(line.cells, sheet.columns, strict=True)):
                self._cell(page, row, number, value, self._of_table(column.look, line.kind))

    def _of_table(self, look: Look, kind: str) -> Format:
        # A format is looked up by what it is called, as there are very many cells.
        key = (look, kind)
        if key not in self._named:
            self._named[key] = self._format(**_FORMATS[look], **_COLOURS.get(kind, {}), **_FAINT)
        return self._named[key]

    def _above(self, page: Worksheet, title: str, about: str) -> None:
        for row in range(HEAD):  # without the lines of columns
            page.set_row(row, None, self._format())
        _write_text(page, 0, 0, title, self._format(bold=True, font_size=14))
        _write_text(page, 1, 0, about, self._format(italic=True))

    def _heads(self, page: Worksheet, columns: Sequence[Column], last_row: int, last_column: int) -> None:
        for number, column in enumerate(columns):
            page.set_column(number, number, column.width)
            page.write_string(HEAD, number, column.head, self._head())
        page.repeat_rows(HEAD)
        page.autofilter(HEAD, 0, last_row, len(columns) - 1)
        page.print_area(0, 0, last_row, last_column)

    def _head(self, **more: Any) -> Format:
        return self._format(bold=True, bg_color="#44546A", font_color="#FFFFFF", border=1, **more)

    # -- grids -----------------------------------------------------------------------------------------

    def _grid(self, page: Worksheet, sheet: Grid) -> None:
        page.set_paper(_A3)
        left, slots = len(sheet.columns), len(sheet.edges) - 1
        last = max(HEAD + len(sheet.lines), HEAD + 1)
        self._above(page, sheet.title, sheet.about)
        self._heads(page, sheet.columns, last, left + slots)
        turned = 90 if sheet.slot_width < _ROOM_FOR_TIME else 0
        time = self._head(num_format="hh:mm", align="left", font_size=_SMALL, rotation=turned)
        for number, edge in enumerate(sheet.edges):
            page.write_datetime(HEAD, left + number, edge, time)
        # Whole columns have lines: to write each empty cell would make large files twice as large.
        page.set_column(left, left + slots - 1, sheet.slot_width, self._format(**_FAINT))
        page.set_column(left + slots, left + slots, 6)
        page.repeat_columns(0, left - 1)
        page.freeze_panes(HEAD + 1, left)
        label = self._format(text_wrap=True, font_size=_SMALL, **_FAINT)
        for row, line in enumerate(sheet.lines, start=HEAD + 1):
            page.set_row(row, _height(_texts(line, sheet), _SMALL))
            for column, text in enumerate(line.labels):
                self._cell(page, row, column, text, label)
            for block in line.blocks:
                self._block(page, row, left, block)

    def _of_grid(self, kind: str) -> Format:
        key = ("grid", kind)
        if key not in self._named:
            colour = _COLOURS.get(kind, {})
            self._named[key] = self._format(text_wrap=True, border=1, font_size=_SMALL, **colour)
        return self._named[key]

    def _block(self, page: Worksheet, row: int, left: int, block: Block) -> None:
        form = self._of_grid(block.kind)
        first, last = left + block.first, left + block.end - 1
        if first < last:
            page.merge_range(row, first, row, last, "", form)
        _write_text(page, row, first, block.text, form)


def _look_of(value: Value) -> Look:
    if isinstance(value, int):
        return Look.NUMBER
    return Look.DATE if isinstance(value, dt.date) else Look.TEXT


def _write_text(page: Worksheet, row: int, column: int, text: str, form: Format) -> None:
    """Write a text; an empty one is no text to spreadsheets, and some readers see it and others do not."""
    held = cell_text(text)
    if held:
        page.write_string(row, column, held, form)
    else:
        page.write_blank(row, column, None, form)


def _texts(line: Line, sheet: Grid) -> Iterator[tuple[Value, float]]:
    """Yield what stands in a line, and how wide its cells are."""
    yield from zip(line.labels, (column.width for column in sheet.columns), strict=True)
    yield from ((block.text, sheet.slot_width * (block.end - block.first)) for block in line.blocks)


def _height(cells: Iterable[tuple[Value, float]], size: int = 11) -> float:
    """Return the height at which all of a row is seen.

    Not every program finds it by itself, and none does for merged cells.
    """
    lines = max(_lines(value, width * 11 / size) for value, width in cells if isinstance(value, str))
    return min(_MOST, 4 + 1.35 * size * lines)


def _lines(text: str, width: float) -> int:
    """Return about how many lines a text takes in a cell; what is wide counts twice."""
    room = max(1.0, 0.92 * width - 1)  # as words are not broken
    return sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n"))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
