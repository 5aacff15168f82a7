"""CSV tables beside an instance: one row for each entry, one column for each key.

A key below another is a dotted column (``pin.start``). A cell with several values separates them with
a semicolon; one that maps names to values writes ``name=value``; an empty cell says nothing.
Windows are written ``2017-11-21 09:00-12:00``, without the date on every date, without times all day.
Columns are separated by commas, or by semicolons where the header is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from scheduler.domain import Interval, Value, Window
from scheduler.domain.faults.spelling import hint
from scheduler.reading.errors import InputError, InputFault, Path
from scheduler.reading.origins import TableOrigin
from scheduler.reading.shape import bare, entries_of, is_model, keys_of, required_keys, values_of
from scheduler.reading.text import read_text
from scheduler.reading.yaml_data import MAX_NODES

_WINDOW = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)?\s*(?:(?P<from>\d{1,2}:\d\d)?\s*[-\u2013]\s*(?P<to>\d{1,2}:\d\d)?)?"
)


class Table(NamedTuple):
    """What a table says.

    Attributes
    ----------
    entries : list of dict
        One for each row that is not empty.
    origin : TableOrigin
        Where they stand.
    faults : list of InputFault
        What is wrong with the table as a table.
    """

    entries: list[dict[str, object]]
    origin: TableOrigin
    faults: list[InputFault]


class _Column(NamedTuple):
    name: str
    path: Path
    kind: Any
    read: Callable[[str], object]
    """From a cell that is not empty to what it says, as it would be written in YAML."""


def read_table(path: FilePath, name: str, model: type[Value]) -> Table:
    """Read a table.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file in UTF-8.
    name : str
        How errors name it.
    model : type of Value
        What each row is.

    Raises
    ------
    InputError
        If it is no table, or lacks columns that every row needs.
    """
    records = _records(read_text(path, name), name)
    header = [cell.strip() for cell in records[0]]
    columns, faults = _columns(header, name, model)
    known = {column.path: column.name for column in columns if column}
    missing = [key for key in required_keys(model) if (key,) not in known]
    if missing:
        faults += [InputFault(name, 1, 1, (key,), None, "is missing: every row needs it") for key in missing]
        raise InputError(faults)
    rows = [row for row, record in enumerate(records, 1) if row > 1 and any(map(str.strip, record))]
    for row in rows:
        faults += _nameless(records[row - 1], header, row, name)
    entries = [_entry(records[row - 1], columns) for row in rows]
    return Table(entries, TableOrigin(name, rows, known, header), faults)


def _records(text: str, name: str) -> list[list[str]]:
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = ";" if first.count(";") > first.count(",") else ","
    records: list[list[str]] = []
    cells = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)
            cells += len(record)
            if cells > MAX_NODES:
                message = f"the table holds too much: at most {MAX_NODES} cells are read"
                raise InputError([InputFault(name, len(records), 0, (), None, message)])
    except csv.Error as error:
        raise InputError(
            [InputFault(name, len(records) + 1, 0, (), None, f"this is no CSV: {error}")]
        ) from None
    return records


def _columns(
    header: Sequence[str], name: str, model: type[Value]
) -> tuple[list[_Column | None], list[InputFault]]:
    """Return what each column holds; None for one that holds nothing that can be used."""
    columns: list[_Column | None] = []
    faults: list[InputFault] = []
    for number, title in enumerate(header, 1):
        message = ""
        column = _column(title, model) if title else None
        if title in header[: number - 1]:
            message = "is the name of an earlier column too"
        elif column is None:
            message = f"is no column here{hint(title, keys_of(model))}"
        elif is_model(column.kind):
            parts = ", ".join(f"{title}.{key}" for key in keys_of(column.kind))
            message = f"has parts, and takes a column for each: {parts}"
        if message and title:
            faults.append(InputFault(name, 1, number, (title,), title, message))
        columns.append(None if message else column)
    return columns, faults


def _column(title: str, model: type[Value]) -> _Column | None:
    """Return what a column of a name holds, or None if there is nothing of that name."""
    kind: Any = model
    steps = title.split(".")
    for i, step in enumerate(steps):
        if is_model(kind):
            kind = bare(keys_of(kind).get(step))
        elif values_of(kind) is not None:  # the rest is a name, which may have dots
            kind = values_of(kind)
            return _Column(title, (*steps[:i], ".".join(steps[i:])), kind, cell_reader(kind))
        else:
            return None
    return _Column(title, tuple(steps), kind, cell_reader(kind)) if kind is not None else None


def _nameless(record: Sequence[str], header: Sequence[str], row: int, name: str) -> Iterator[InputFault]:
    if len(record) <= len(header) and "" not in header:
        return
    for number, cell in enumerate(record, 1):
        if cell.strip() and not (number <= len(header) and header[number - 1]):
            yield InputFault(name, row, number, (), cell.strip(), "stands in a column that has no name")


def _entry(record: Sequence[str], columns: Sequence[_Column | None]) -> dict[str, object]:
    entry: dict[str, object] = {}
    for cell, column in zip(record, columns, strict=False):
        text = cell.strip()
        if text and column is not None:
            _put(entry, column.path, column.read(text))
    return entry


def _put(entry: dict[str, object], path: Path, value: object) -> None:
    """Put a value into an entry; beside what other columns say, where both say parts of one thing."""
    if len(path) == 1 and path[0] not in entry:
        entry[str(path[0])] = value
        return
    part: object = entry
    for step in path[:-1]:
        part = part.setdefault(step, {}) if isinstance(part, dict) else None
    if not isinstance(part, dict):
        return  # another column says something else in its place, and is told so
    before = part.get(path[-1])
    both = isinstance(before, dict) and isinstance(value, dict)
    part[path[-1]] = {**before, **value} if both else value  # type: ignore[dict-item]


def cell_reader(kind: Any) -> Callable[[str], object]:
    """Return how cells of a column are read, by the type of their values.

    A list's cell is split at semicolons, a mapping's also at equals signs.
    """
    entries = entries_of(kind)
    if entries in (Window, Interval):
        return lambda text: [_entry_value(part, entries) for part in _split(text)]
    if entries is not None:
        return _split
    return _pairs if values_of(kind) is not None else str


def _pairs(text: str) -> object:
    """Return what a cell says that maps names to values; the cell itself, where it does not."""
    pairs = [part.partition("=") for part in _split(text)]
    if not all(equals for _, equals, _ in pairs):
        return text
    return {key.strip(): value.strip() for key, _, value in pairs}


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _entry_value(text: str, kind: Any) -> object:
    """Return what an entry of a list of windows or intervals says."""
    if kind is Interval and "/" in text:
        start, _, end = text.partition("/")
        return {"from": start.strip(), "to": end.strip()}
    match = _WINDOW.fullmatch(text)
    if match is None:
        return text
    said = {key: value for key, value in match.groupdict().items() if value}
    if kind is Window:
        return said
    if len(said) < 3:
        return text
    return {key: f"{said['date']}T{said[key]:0>5}" for key in ("from", "to")}
