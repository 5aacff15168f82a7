"""A CSV file as a page: its encoding and its delimiter found out."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.workbook.pages import MAX_CELLS, Cell, Page
from scheduler.sheets.guarding import unguarded

_DELIMITERS = (",", ";", "\t")
_FIELD_LIMIT = 1_000_000
_LOOKED_AT = 50


class CsvPage(NamedTuple):
    """A page, and what should be said of how it was read."""

    page: Page
    notes: tuple[str, ...]


def csv_page(data: bytes, title: str, name: str) -> CsvPage:
    """Return what a CSV file says.

    Parameters
    ----------
    data : bytes
        Its contents: UTF-8 with or without a byte order mark, UTF-16 with one, or Windows-1252.
    title : str
        What its sheet is called.
    name : str
        How messages name it.

    Raises
    ------
    InputError
        If it is no CSV.
    """
    text, notes = _decoded(data, name)
    rows: list[list[Cell]] = []
    cells = 0
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        for record in reader:
            rows.append([*map(unguarded, record)])
            cells += len(record)
            if cells > MAX_CELLS:
                raise csv.Error(f"it holds too much: at most {MAX_CELLS} cells are read")
    except csv.Error as error:
        fault = InputFault(name, len(rows) + 1, 0, (), None, f"this is no CSV: {error}", "")
        raise InputError([fault]) from None
    return CsvPage(Page(title, name, "", rows), notes)


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return (
            data.decode("cp1252", "replace"),
            (f"{name}: is not in UTF-8, so it was read as Windows-1252: look whether accents are right",),
        )


def _delimiter(text: str) -> str:
    """Return the delimiter that stands, outside quotes, in the most of the first lines."""
    lines = ["".join(line.split('"')[::2]) for line in text.splitlines()[:_LOOKED_AT]]

    def weight(mark: str) -> tuple[int, int]:
        return sum(mark in line for line in lines), sum(line.count(mark) for line in lines)

    return max(_DELIMITERS, key=weight)
