"""How much of the hours of rooms and tables a schedule uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from scheduler.domain import City, Instance, Room, RoomId, Solution, Window
from scheduler.domain.times import UTC, elapsed

Stretch = tuple[dt.datetime, dt.datetime]
"""Two instants in UTC, half open."""
NOTHING = dt.timedelta(0)


class Usage(NamedTuple):
    """One room: how long it is open and how long it is used, over all its tables."""

    room: RoomId
    open: dt.timedelta
    used: dt.timedelta

    @property
    def share(self) -> float:
        """The used part; 0 for a room that is never open."""
        return self.used / self.open if self.open else 0.0


def usage(instance: Instance, solution: Solution) -> list[Usage]:
    """Return the use of every room, in the order of the instance.

    A room is open when its city is, as far as its ``available`` and ``closed`` windows leave; a meeting
    area counts once for each table. A session's talks take no time of their own.
    """
    used: dict[RoomId, dt.timedelta] = {}
    talks = {talk.id for session in instance.sessions for talk in session.talks}
    for placement in solution.placements:
        if placement.activity not in talks:
            length = instance.activity(placement.activity).duration
            used[placement.room] = used.get(placement.room, NOTHING) + length
    return [
        Usage(
            room.id,
            (room.tables or 1) * open_time(instance.city_of(room.id), room),
            used.get(room.id, NOTHING),
        )
        for room in instance.rooms
    ]


def open_time(city: City, room: Room) -> dt.timedelta:
    """Return how long a room is open in the whole programme."""
    stretches = merged((start.astimezone(UTC), end.astimezone(UTC)) for start, end in _openings(city))
    dates = sorted({opening.date for opening in city.opening})
    if room.available:
        stretches = common(stretches, merged(_on(room.available, dates, city)))
    closed = common(stretches, merged(_on(room.closed, dates, city)))
    return _length(stretches) - _length(closed)


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches that cover the same time in order, without overlaps."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def common(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    """Return what two sets of stretches share."""
    other = list(others)
    return [(max(a, c), min(b, d)) for a, b in some for c, d in other if max(a, c) < min(b, d)]


def _openings(city: City) -> Iterable[Stretch]:
    return (opening.instants(city.zone) for opening in city.opening)


def _on(windows: Iterable[Window], dates: Iterable[dt.date], city: City) -> Iterable[Stretch]:
    every = [window.on(date, city.zone) for window in windows for date in dates]
    return ((span[0].astimezone(UTC), span[1].astimezone(UTC)) for span in every if span)


def _length(stretches: Iterable[Stretch]) -> dt.timedelta:
    return sum((elapsed(start, end) for start, end in stretches), NOTHING)
