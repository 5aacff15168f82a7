"""What is wrong with an input, and where."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and positions (counted from 0) from the top of the data, as they are written in the file."""

_LONGEST_VALUE = 60


class InputFault(NamedTuple):
    """One thing wrong with an input.

    Attributes
    ----------
    file : str
        The file as it was named; empty for data that came from no file.
    line, column : int
        Counted from 1; 0 where there is none. In a table the row (the header is row 1) and the
        number of the column.
    path : tuple of str and int
        Keys and positions from the top.
    value : object
        What stands there; None where nothing does.
    message : str
        What is wrong and what would be right, to be read after the value.
    sheet : str or None
        Of a spreadsheet: the sheet, and the place is told as spreadsheets show it (the column as letters);
        empty for a file that is one sheet. None for anything else.
    """

    file: str
    line: int
    column: int
    path: Path
    value: object
    message: str
    sheet: str | None = None

    def __str__(self) -> str:
        column = self.column if self.sheet is None else letters(self.column)
        place = ":".join(str(part) for part in (self.file, self.sheet, self.line, column) if part)
        path = ".".join(map(str, self.path)) if self.sheet is None else ""
        said = f"{_quoted(self.value)} {self.message}".lstrip()
        return _on_one_line(": ".join(part for part in (place, path, said) if part))


def letters(column: int) -> str:
    """Return the letters by which spreadsheets call a column (counted from 1): A, ..., Z, AA, ..."""
    found = ""
    while column > 0:
        column, last = divmod(column - 1, 26)
        found = chr(ord("A") + last) + found
    return found


class InputError(ValueError):
    """An input that is no instance (or no solution).

    Attributes
    ----------
    faults : list of InputFault
        Everything found, in the order of the files.
    """

    def __init__(self, faults: Iterable[InputFault]) -> None:
        self.faults = list(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))  # made when it is wanted: there may be many, and long ones


def in_order(faults: Iterable[InputFault], first: str) -> list[InputFault]:
    """Return faults by file (one file first, the others by name), line and column, each once."""
    unique = {(fault.file, fault.line, fault.column, fault.path, fault.message): fault for fault in faults}
    return sorted(unique.values(), key=lambda f: (f.file != first, f.file, f.line, f.column))


def _on_one_line(text: str) -> str:
    """Return a text with line ends and all else that is not printed written as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _quoted(value: object) -> str:
    """Return a scalar in quotes on one line, cut when it is long; nothing for lists and mappings."""
    if isinstance(value, bool):
        return f'"{str(value).lower()}"'
    if not isinstance(value, str | int | float):
        return ""
    text = json.dumps(str(value), ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f'{text[: _LONGEST_VALUE - 1]}…"'
