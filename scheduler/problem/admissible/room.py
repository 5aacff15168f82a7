"""Rule 3, room: the right kind of room, its features, seats and availability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain import EVERYBODY, HostedActivity, Instance, Session
from scheduler.problem.admissible.windows import reaches_into
from scheduler.problem.clock import inside
from scheduler.problem.tasks import Option, Task

if TYPE_CHECKING:
    from scheduler.problem.places import Place
    from scheduler.problem.problem import Problem


def admits_place(problem: Problem, task: Task, place: Place) -> bool:
    """Return whether a room is of the right kind and has the features and seats."""
    activity, room = task.activity, place.room
    if not isinstance(activity, HostedActivity):
        return True
    if task.is_session and room.is_area:
        return False
    if task.is_meeting and not room.is_area and room.id not in activity.rooms:
        return False
    if not activity.features <= room.features:
        return False
    return room.seats is None or room.seats >= attendance(problem.instance, task)


def admits(problem: Problem, option: Option) -> bool:
    """Return whether the room is available (a talk's is when its session's is)."""
    room, clock = option.place.room, problem.clock
    if option.task.is_talk:
        return True
    if room.available:
        windows = clock.windows(room.available, option.date, option.place.zone)
        if not any(inside(option.start, option.end, span) for span in windows):
            return False
    return not reaches_into(problem, option, room.closed)


def attendance(instance: Instance, task: Task) -> int:
    """Return how many seats a session or meeting needs."""
    activity = task.activity
    assert isinstance(activity, HostedActivity)
    if activity.attendance is not None:
        return activity.attendance
    people = {person.id for person in (*task.takers, *task.audience)}
    if isinstance(activity, Session):
        people |= {talk.speaker for talk in activity.talks}
    chosen = sum(not people >= {person.id for person in choice.pool} for choice in task.choices)
    return len(people) + chosen + _unnamed(instance, activity)


def _unnamed(instance: Instance, activity: HostedActivity) -> int:
    """Return how many come with the delegations that come whole, beyond the people who are named."""
    listening = activity.audience if isinstance(activity, Session) else ()
    coming = [d for party in listening if (d := instance.delegation(party)) is not None]
    if EVERYBODY in listening:
        coming = list(instance.delegations)
    together = [party for party in activity.parties if not instance.splits(party)]
    coming += [d for party in together if (d := instance.delegation(party)) is not None]
    return sum(
        max(0, delegation.size - len(instance.people_of(delegation.id)))
        for delegation in {delegation.id: delegation for delegation in coming}.values()
        if delegation.size is not None
    )
