"""What activities would rather have."""

from __future__ import annotations

from scheduler.checker.facts import Placed
from scheduler.checker.intervals import held
from scheduler.checker.schedule import Schedule
from scheduler.domain.times import MINUTE, UTC


def preferences(schedule: Schedule) -> int:
    """Return how many kinds of preference the placed activities miss."""
    return sum(_missed(placed) for placed in schedule.placed)


def _missed(placed: Placed) -> int:
    prefer = placed.activity.prefer
    window = bool(prefer.windows) and not held(placed, prefer.windows, placed.date, placed.zone)
    city = bool(prefer.cities) and placed.city.id not in prefer.cities
    room = bool(prefer.rooms) and placed.room.id not in prefer.rooms
    return window + city + room


def lateness(schedule: Schedule) -> int:
    """Return the minutes by which placed activities end after they are due."""
    late = 0
    for placed in schedule.placed:
        if placed.activity.due is not None:
            late += max(0, (placed.end - placed.activity.due.astimezone(UTC)) // MINUTE)
    return late
