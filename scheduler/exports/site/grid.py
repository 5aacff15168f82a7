"""Rooms against time: one row for each stretch between two moments at which something begins or ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from scheduler.domain import ActivityKind, Room
from scheduler.domain.times import UTC
from scheduler.exports.entries import Entry


@dataclass(frozen=True, slots=True)
class Cell:
    """What runs in a room for one row or several."""

    room: Room
    rows: int
    entries: tuple[Entry, ...]

    @property
    def sessions(self) -> tuple[Entry, ...]:
        """What of it is no meeting."""
        return tuple(entry for entry in self.entries if entry.kind is not ActivityKind.MEETING)

    @property
    def meetings(self) -> int:
        """How many meetings there are."""
        return len(self.entries) - len(self.sessions)

    @property
    def load(self) -> int:
        """How full a meeting area is, in quarters: 1 to 4; 0 where nobody meets."""
        return min(4, -(-4 * self.meetings // (self.room.tables or 1)))


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of time, and the cells that begin in it."""

    start: dt.datetime
    end: dt.datetime
    cells: tuple[Cell, ...]
    idle: bool
    """Whether nothing runs anywhere."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A day in a city: its rooms, and what runs in them when."""

    rooms: tuple[Room, ...]
    rows: tuple[Row, ...]


def grid_of(entries: Sequence[Entry], rooms: Sequence[Room]) -> Grid:
    """Return entries of one city, whose clock they are on, against time.

    Rooms in which nothing takes place have no column. Whatever runs at a time in one room stands in one cell,
    so schedules that break rules can be shown too.

    Parameters
    ----------
    entries : sequence of Entry
        Talks are left out where their session is there.
    rooms : sequence of Room
        The columns, in their order.
    """
    here: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.place.room is not None:
            here.setdefault(entry.place.room.id, []).append(entry)
    used = tuple(room for room in rooms if room.id in here)
    instants = {instant.astimezone(UTC): instant for e in entries for instant in (e.start, e.end)}
    moments = [instants[instant] for instant in sorted(instants)]
    columns = {room.id: _column(here[room.id], moments) for room in used}
    starts = {room.id: dict(_cells(room, columns[room.id])) for room in used}
    rows = tuple(
        Row(
            start,
            end,
            tuple(starts[room.id][at] for room in used if at in starts[room.id]),
            not any(columns[room.id][at] for room in used),
        )
        for at, (start, end) in enumerate(pairwise(moments))
    )
    return Grid(used, rows)


def _column(entries: Sequence[Entry], moments: Sequence[dt.datetime]) -> list[tuple[Entry, ...]]:
    """Return what runs in a room in each stretch between moments."""
    at = {moment.astimezone(UTC): number for number, moment in enumerate(moments)}
    running: list[list[Entry]] = [[] for _ in moments[1:]]
    for entry in entries:
        for number in range(at[entry.start.astimezone(UTC)], at[entry.end.astimezone(UTC)]):
            running[number].append(entry)
    return [tuple(found) for found in running]


def _cells(room: Room, column: Sequence[tuple[Entry, ...]]) -> Iterator[tuple[int, Cell]]:
    """Yield the cells of a room with the rows in which they begin; what stays the same is one cell."""
    at = 0
    for entries, same in groupby(column):
        rows = len(list(same))
        yield at, Cell(room, rows, entries)
        at += rows
