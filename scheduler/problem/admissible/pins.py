"""Rule 10, pins: what an organiser has fixed, and what is past, stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain import Placement
from scheduler.problem.tasks import Option, Task

if TYPE_CHECKING:
    from scheduler.problem.places import Place
    from scheduler.problem.problem import Problem


def admits_place(problem: Problem, task: Task, place: Place) -> bool:  # noqa: ARG001
    """Return whether a place is the pinned room and has the pinned table."""
    pin = task.activity.pin
    if pin.room not in (None, place.room.id):
        return False
    if not _has_table(place, pin.table):
        return False
    stay = task.stay
    if stay is None or task.is_talk:
        return True
    return (
        stay.room == place.room.id
        and task.activity.pin.table in (None, stay.table)
        and (stay.table is not None) == place.room.is_area
        and _has_table(place, stay.table)
    )


def _has_table(place: Place, table: int | None) -> bool:
    return table is None or (place.room.tables is not None and table <= place.room.tables)


def admits(problem: Problem, option: Option) -> bool:
    """Return whether a start is the pinned one, or that of the past, or not before now."""
    clock, task = problem.clock, option.task
    pinned = task.activity.pin.start
    if pinned is not None and option.start != clock.minute(pinned):
        return False
    stay = task.stay
    if stay is not None:
        same = option.start == clock.minute(stay.start) and option.place.room.id == stay.room
        return same and _can_have_had(task, stay)
    now = problem.instance.programme.now
    return now is None or option.start >= clock.minute(now)


def _can_have_had(task: Task, stay: Placement) -> bool:
    """Return whether what the past gives a task is something that such a task has."""
    return (stay.interpreter is None or task.is_meeting) and (stay.table is None or not task.is_talk)
