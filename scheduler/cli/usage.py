"""How much of the hours of rooms and tables a schedule uses."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from scheduler.domain import Instance, RoomId, Solution
from scheduler.exports.hours import length, open_stretches

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
            taken = instance.activity(placement.activity).duration
            used[placement.room] = used.get(placement.room, NOTHING) + taken
    return [
        Usage(
            room.id,
            (room.tables or 1) * length(open_stretches(instance.city_of(room.id), room)),
            used.get(room.id, NOTHING),
        )
        for room in instance.rooms
    ]
