"""Workbooks, and folders of CSV files, that describe a programme: from cells to an instance.

The sheets are those of :mod:`scheduler.sheets`. Headers may be spelt in many ways and columns may stand in
any order; whatever is wrong is told with its sheet, row and column, all at once, and nothing is left out
silently.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from scheduler.reading.workbook.books import open_book
from scheduler.reading.workbook.importing import ImportedWorkbook, WorkbookError, import_book
from scheduler.sheets.report import ImportReport

__all__ = ["ImportReport", "ImportedWorkbook", "WorkbookError", "load_workbook"]


def load_workbook(
    source: str | PathLike[str] | bytes, *, name: str = "", keep_going: bool = False
) -> ImportedWorkbook:
    """Read an instance from a workbook (XLSX, XLSM, XLSB, XLS, ODS) or a folder of CSV files.

    Parameters
    ----------
    source : str, path or bytes
        A file, a folder, or the contents of a file.
    name : str
        How messages name it.  [default: the path]
    keep_going : bool
        Whether rows that cannot be used are left out, with all rows that need them; else they are errors.

    Returns
    -------
    ImportedWorkbook
        The instance, and a report of how many rows were read, used and refused, and why.

    Raises
    ------
    WorkbookError
        With everything that is wrong, each thing at its file, sheet, row and column.
    """
    from scheduler.reading.files import without_collector

    with without_collector():
        book = open_book(source if isinstance(source, bytes) else Path(source), name)
        return import_book(book, keep_going=keep_going)
