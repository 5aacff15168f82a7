"""What the sheets of a schedule's workbook hold, before they are written: values, columns, blocks of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    """Date and time of day."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a sheet of the workbook."""

    sheet: str
    text: str


Value = str | int | dt.date | dt.datetime | Link | None
"""Of a cell: dates and times are of a city's clock, and have no zone; None: nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    head: str
    width: float
    """In characters."""
    look: Look = Look.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; its kind gives it its colour."""

    cells: tuple[Value, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that is a table under a title."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Block:
    """What takes up some slots of a line."""

    first: int
    end: int
    """The slot before which it ends."""
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a grid: whose it is, and what is in it; no two blocks overlap."""

    labels: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet with a line for each person or table, and a column for each slot of a day.

    Attributes
    ----------
    columns : tuple of Column
        Those of the labels.
    edges : tuple of datetime
        When slots begin, on the city's clock, and last of all when the last one ends.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    edges: tuple[dt.datetime, ...]
    slot_width: float
    """Of a column of slots, in characters."""
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the first sheet: a heading, heads of columns if there are any, and rows."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The first sheet: what the workbook holds."""

    name: str
    title: str
    sections: tuple[Section, ...]


Sheet = Front | Table | Grid
