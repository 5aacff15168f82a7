"""What people's days are like: breaks and changes."""

from __future__ import annotations

from itertools import pairwise

from scheduler.checker import idle
from scheduler.checker.schedule import Schedule, by_date
from scheduler.domain.times import MINUTE


def breaks(schedule: Schedule) -> int:
    """Return everybody's number of breaks, summed."""
    return sum(idle.numbers_of_breaks(schedule).values())


def idle_minutes(schedule: Schedule) -> int:
    """Return the minutes of everybody's breaks, summed."""
    rule = schedule.instance.breaks
    lengths = (length for items in schedule.engagements.values() for length in idle.breaks(items, rule))
    return sum(length // MINUTE for length in lengths)


def city_changes(schedule: Schedule) -> int:
    """Return how many consecutive engagements of a person are in different cities."""
    return sum(a.city is not b.city for items in schedule.engagements.values() for a, b in pairwise(items))


def room_changes(schedule: Schedule) -> int:
    """Return how many consecutive engagements of a person on one date are in different rooms."""
    return sum(
        a.room is not b.room
        for items in schedule.engagements.values()
        for day in by_date(items).values()
        for a, b in pairwise(day)
    )
