"""What has changed against the baseline."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.checker.facts import Placed
from scheduler.checker.schedule import Schedule
from scheduler.domain import CityId, Placement, Talk
from scheduler.domain.times import UTC


def moved(schedule: Schedule) -> int:
    """Return how many sessions and meetings of the baseline are not placed when and where they were."""
    return _moved(
        schedule, lambda old, new: new.start != old.start.astimezone(UTC) or new.room.id != old.room
    )


def moved_start(schedule: Schedule) -> int:
    """Return how many sessions and meetings of the baseline are not placed or start at another time."""
    return _moved(schedule, lambda old, new: new.start != old.start.astimezone(UTC))


def moved_room(schedule: Schedule) -> int:
    """Return how many sessions and meetings of the baseline are not placed or are in another room."""
    return _moved(schedule, lambda old, new: new.room.id != old.room)


def moved_city(schedule: Schedule) -> int:
    """Return how many sessions and meetings of the baseline are not placed or are in another city."""
    return _moved(schedule, lambda old, new: new.city.id != _city(schedule, old))


def _moved(schedule: Schedule, differs: Callable[[Placement, Placed], bool]) -> int:
    moved = 0
    for activity, old in schedule.facts.earlier.items():
        if not isinstance(schedule.instance.activity(activity), Talk):
            new = schedule.by_id.get(activity)
            moved += new is None or differs(old, new)
    return moved


def _city(schedule: Schedule, old: Placement) -> CityId | None:
    """Return a baseline placement's city; a room that no longer exists is in none."""
    return schedule.instance.city_of(old.room).id if schedule.instance.has_room(old.room) else None


def people_affected(schedule: Schedule) -> int:
    """Return how many people had an engagement in the baseline that is no longer as it was."""
    before, now = schedule.baseline.engagements, schedule.engagements
    return sum(_affected(items, now.get(person, [])) for person, items in before.items())


def _affected(items: list[Placed], now: list[Placed]) -> bool:
    kept = {(placed.id, placed.start, placed.room.id) for placed in now}
    return any((placed.id, placed.start, placed.room.id) not in kept for placed in items)
