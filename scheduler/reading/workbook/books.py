"""From a file, its bytes or a folder to pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.packed import DAMAGED
from scheduler.reading.text import MAX_BYTES
from scheduler.reading.workbook.csv_files import csv_page
from scheduler.reading.workbook.insides import Insides, insides_of
from scheduler.reading.workbook.pages import MAX_CELLS, Book, Page, Span

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

CSV_ENDINGS = (".csv", ".tsv", ".txt")
_KINDS = "a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) or a folder of CSV files"
_MAX_UNPACKED = 1_000_000_000
"""A workbook that grows beyond this when it is unpacked, in bytes, is not read."""


def open_book(source: Path | bytes, name: str = "") -> Book:
    """Open a workbook or a folder of CSV files.

    Parameters
    ----------
    source : pathlib.Path or bytes
        A file, a folder, or the contents of a file.
    name : str
        How messages name it.  [default: the path, or ``workbook``]

    Raises
    ------
    InputError
        If it is neither, or cannot be read.
    """
    if isinstance(source, bytes):
        return _workbook(source, name or "workbook", Path(name or "workbook").stem)
    name = name or str(source)
    if source.is_dir():
        return _folder(source, name)
    try:
        if source.stat().st_size > MAX_BYTES:
            raise _refused(name, f"is too large: at most {MAX_BYTES // 1_000_000} MB are read")
        data = source.read_bytes()
    except OSError as error:
        raise _refused(name, f"cannot be read: {error.strerror or error}") from None
    if source.suffix.lower() in CSV_ENDINGS:
        found = csv_page(data, source.stem, name)
        return Book(name, source.stem, (found.page,), found.notes)
    return _workbook(data, name, source.stem)


def _refused(name: str, message: str) -> InputError:
    return InputError([InputFault(name, 0, 0, (), None, message, "")])


def _folder(folder: Path, name: str) -> Book:
    pages: list[Page] = []
    notes: list[str] = []
    total = 0
    for path in sorted(folder.iterdir()):
        shown = f"{name.rstrip('/')}/{path.name}"
        if path.suffix.lower() in CSV_ENDINGS and path.is_file():
            total += path.stat().st_size
            if total > MAX_BYTES:
                raise _refused(name, f"is too large: at most {MAX_BYTES // 1_000_000} MB are read")
            found = csv_page(path.read_bytes(), path.stem, shown)
            pages.append(found.page)
            notes += found.notes
        elif not path.name.startswith("."):
            notes.append(f"{shown}: is not read: it is no CSV file")
    if not pages:
        raise _refused(name, "has no CSV file in it: there should be one for each sheet, such as people.csv")
    return Book(name, folder.resolve().name, tuple(pages), tuple(notes))


def _workbook(data: bytes, name: str, stem: str) -> Book:
    if len(data) > MAX_BYTES:
        raise _refused(name, f"is too large: at most {MAX_BYTES // 1_000_000} MB are read")
    insides = _looked_into(data, name)
    book = _opened(data, name)
    pages = tuple(_page(book, title, name, insides) for title in book.sheet_names)
    return Book(name, stem, tuple(page for page in pages if page is not None))


def _looked_into(data: bytes, name: str) -> Mapping[str, Insides]:
    """Return what only the packed files say of the sheets; nothing for a file that is not packed."""
    if not data.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
                raise _refused(name, "is too large when it is unpacked")
            return insides_of(packed)
    except InputError:
        raise
    except DAMAGED:
        raise _refused(name, f"is damaged: it should be {_KINDS}") from None


def _opened(data: bytes, name: str) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise _refused(name, "is protected by a password: save it without one") from None
    except CalamineError as error:
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data:
            raise _refused(name, "is protected by a password: save it without one") from None
        if "format" in str(error):
            raise _refused(name, f"is no spreadsheet: it should be {_KINDS}") from None
        raise _refused(name, f"is damaged ({error}): it should be {_KINDS}") from None


def _page(book: CalamineWorkbook, title: str, name: str, insides: Mapping[str, Insides]) -> Page | None:
    """Return a sheet's cells; None for what has no cells, such as a chart."""
    from python_calamine import CalamineError

    inside = insides.get(title, Insides())
    if inside.cells > MAX_CELLS:
        message = f"has something too far from the first cell: at most {MAX_CELLS} cells are read"
        raise InputError([InputFault(name, 0, 0, (), None, message, title)])
    try:
        sheet = book.get_sheet_by_name(title)
    except CalamineError as error:
        raise InputError([InputFault(name, 0, 0, (), None, f"is a damaged sheet ({error})", title)]) from None
    rows = sheet.to_python(skip_empty_area=False)
    return Page(title, name, title, rows, inside.spans or _spans(sheet), inside.broken)


def _spans(sheet: CalamineSheet) -> tuple[Span, ...]:
    return tuple(sheet.merged_cell_ranges or ())
