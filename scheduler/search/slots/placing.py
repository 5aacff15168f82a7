"""A slot for each meeting -> placements, tables handed out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scheduler.domain import Placement
from scheduler.problem import Problem
from scheduler.problem.handing_out import hand_out
from scheduler.problem.slotted import Slotted


class _Seating(NamedTuple):
    meeting: int
    start: int
    end: int


def placements(problem: Problem, slots: Slotted, schedule: Sequence[int]) -> tuple[Placement, ...]:
    """Return the placements of a schedule, in the order of the tasks.

    Parameters
    ----------
    schedule : sequence of int
        The slot of each meeting, -1 where it is not placed.
    """
    room = slots.place.room
    seated = [
        _Seating(meeting, start := slots.starts[slot], start + slots.tasks[meeting].duration)
        for meeting, slot in enumerate(schedule)
        if slot >= 0
    ]
    tables = hand_out(seated, list(range(1, (room.tables or 0) + 1)))
    return tuple(
        Placement(
            activity=slots.tasks[one.meeting].activity.id,
            start=problem.clock.moment(one.start, slots.place.zone),
            room=room.id,
            table=tables[one],
        )
        for one in seated
    )
