"""Workbooks (or folders of CSV files) to fill in, empty or filled with a programme.

Reading them gives the instance that they were written from: what has no column of its own stands in ``more``.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from scheduler.domain import Instance
from scheduler.exports.workbook.pages import Page, UncarriedError, pages_of
from scheduler.exports.writing import write_files
from scheduler.sheets import SHEETS

__all__ = ["UncarriedError", "workbook_bytes", "workbook_tables", "write_workbook"]

NEEDED = ("programme", "venues", "people", "wishes")
USUAL = ("cities", "delegations", "availability", "meetings", "sessions", "travel", "locks")


def workbook_bytes(instance: Instance | None = None) -> bytes:
    """Return a programme as an Excel workbook.

    Parameters
    ----------
    instance : Instance, optional
        Not given: an empty workbook to fill in.

    Returns
    -------
    bytes
        The same for equal instances. What is read from it is equal to the instance.

    Raises
    ------
    UncarriedError
        If a text of the instance is longer than a cell of a spreadsheet can be.
    """
    from scheduler.exports.workbook.xlsx import book_of

    return book_of(_pages(instance), NEEDED, USUAL)


def workbook_tables(instance: Instance | None = None) -> dict[str, bytes]:
    """Return a programme as CSV files for one folder, by name: the sheets of :func:`workbook_bytes`.

    No cell begins like a formula: one that would has an apostrophe before it.
    """
    from scheduler.exports.workbook.folder import tables

    return tables(_pages(instance))


def write_workbook(path: str | PathLike[str], instance: Instance | None = None) -> list[Path]:
    """Write a programme as a workbook (a path that ends in ``.xlsx``), or as CSV files into a folder.

    Returns
    -------
    list of pathlib.Path
        What was written; each file is there whole or as it was before.

    Raises
    ------
    OSError
        If it cannot be written.
    UncarriedError
        As :func:`workbook_bytes` does.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        return write_files(path.parent, {path.name: workbook_bytes(instance)})
    return write_files(path, workbook_tables(instance))


def _pages(instance: Instance | None) -> tuple[Page, ...]:
    """Return the sheets that there are to fill in, and whichever else the programme needs."""
    filled = {page.sheet.name: page for page in pages_of(instance)} if instance is not None else {}
    shown = (*NEEDED, *USUAL)
    return tuple(
        filled.get(sheet.name, Page(sheet)) for sheet in SHEETS if sheet.name in shown or sheet.name in filled
    )
