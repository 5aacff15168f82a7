"""How far a schedule is from the baseline, and how many people notice."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.domain import ActivityId, CityId, ParticipantId, Person, Placement
from scheduler.model.context import Context
from scheduler.model.logic import Linear, Literal
from scheduler.problem import Option, Task
from scheduler.problem.admissible import is_available


def _known(context: Context) -> list[tuple[Task, Placement]]:
    """Return the baseline placements of activities that still exist."""
    by_id = context.problem.by_id
    return [(by_id[p.activity], p) for p in context.problem.instance.baseline if p.activity in by_id]


def _moved(context: Context, kept: Callable[[Placement, Option], bool]) -> Linear:
    total = Linear()
    for task, placement in _known(context):
        if not task.is_talk:
            staying = (context.variables.at(o) for o in task.options if kept(placement, o))
            total.add(~context.logic.one_of(staying))
    return total


def moved(context: Context) -> Linear:
    """Return how many no longer start when they did in the room they were in."""
    clock = context.problem.clock
    return _moved(
        context,
        lambda placement, option: (
            clock.minute(placement.start) == option.start and placement.room == option.place.room.id
        ),
    )


def moved_start(context: Context) -> Linear:
    """Return how many sessions and meetings no longer start when they did."""
    clock = context.problem.clock
    return _moved(context, lambda placement, option: clock.minute(placement.start) == option.start)


def moved_room(context: Context) -> Linear:
    """Return how many are no longer in the room they were in."""
    return _moved(context, lambda placement, option: placement.room == option.place.room.id)


def moved_city(context: Context) -> Linear:
    """Return how many are no longer in the city they were in."""
    instance = context.problem.instance

    def city(placement: Placement) -> CityId | None:
        return instance.city_of(placement.room).id if instance.has_room(placement.room) else None

    return _moved(context, lambda placement, option: city(placement) == option.place.city.id)


def people_affected(context: Context) -> Linear:
    """Return how many people have an engagement that is no longer where and when it was."""
    total, logic = Linear(), context.logic
    known = _known(context)
    before = {task.activity.id: placement for task, placement in known}
    lost: dict[ParticipantId, list[Literal]] = {}
    for task, placement in known:
        for person in _engaged_before(context, task, placement, before):
            lost.setdefault(person.id, []).append(~_still(context, person, task, placement))
    for literals in lost.values():
        total.add(logic.either(literals))
    return total


def _still(context: Context, person: Person, task: Task, placement: Placement) -> Literal:
    start = context.problem.clock.minute(placement.start)
    return context.logic.either(
        e.literal
        for e in context.variables.engaged(person)
        if e.task is task and e.option.start == start and e.option.place.room.id == placement.room
    )


def _engaged_before(
    context: Context, task: Task, placement: Placement, before: dict[ActivityId, Placement]
) -> list[Person]:
    """Return whom a baseline placement engaged."""
    instance = context.problem.instance
    if not instance.has_room(placement.room):
        return []
    people = {person.id: person for person in task.takers}
    people |= {
        person.id: person
        for choice in task.choices
        for person in choice.pool
        if person.id in placement.attendees
    }
    option = _as_option(context, task, placement)
    people |= {p.id: p for p in task.audience if is_available(context.problem, p, option)}
    if task.session is not None and (whole := before.get(task.session.activity.id)) is not None:
        with_session = {p.id for p in _engaged_before(context, task.session, whole, before)}
        people = {id_: person for id_, person in people.items() if id_ not in with_session}
    return list(people.values())


def _as_option(context: Context, task: Task, placement: Placement) -> Option:
    clock, place = context.problem.clock, context.problem.geography.place(placement.room)
    start = clock.minute(placement.start)
    return Option(task, start, start + task.duration, place, clock.date(start, place.zone))
