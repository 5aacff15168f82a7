"""What a picture shows: panels with a clock each, rows in them, bars in these; no coordinates yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from scheduler.exports.hours import Stretch

FREE = "free"
"""The kind of the dotted line between two bars of a person."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One activity, leg or free stretch in a row."""

    id: str
    kind: str
    """As an entry's: ``meeting``, ``travel`` ...; or ``free``."""
    start: dt.datetime
    """On the clock of its city."""
    end: dt.datetime
    """On the clock of its city; of a leg, of the city that it reaches."""
    lines: tuple[str, ...]
    """What it says, the most important first; each may be broken or shortened."""
    short: str
    """What it says where one line must do."""
    told: str
    """Everything, for who points at it."""
    listening: bool = False
    """Whether the person of the row is in the audience."""


class Of(Enum):
    """What a row is of, which says how high it should be."""

    ROOM = "room"
    TABLE = "table"
    """One of many alike."""
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Row:
    """What runs along one room, table or person."""

    id: str
    label: str
    bars: tuple[Bar, ...] = ()
    open: tuple[Stretch, ...] | None = None
    """When the room is open or the person there; None: always."""
    of: Of = Of.PERSON


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: the rooms of a venue, the tables of an area, people."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One day on one clock."""

    date: dt.date
    heading: str
    clock: str
    """In words, whose clock the hours are on."""
    midnight: dt.datetime
    """From which its hours count, with the zone of the clock."""
    start: dt.datetime
    end: dt.datetime
    """What the hours must reach from and to at the least."""
    groups: tuple[Group, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, from the top."""
        return (row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture."""

    stem: str
    """The name of its files, without the ending."""
    title: str
    panels: tuple[Panel, ...]

    @property
    def bars(self) -> Iterator[Bar]:
        """All bars, from the top."""
        return (bar for panel in self.panels for row in panel.rows for bar in row.bars)
