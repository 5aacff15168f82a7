"""Instance -> Problem: who takes part in what, and where each activity may be placed."""

from __future__ import annotations

import datetime as dt
from functools import partial

from scheduler.domain import (
    EVERYBODY,
    Activity,
    ActivityId,
    HostedActivity,
    Instance,
    Meeting,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    Session,
    Talk,
    is_mandatory,
)
from scheduler.problem.admissible import admissible_options, is_available
from scheduler.problem.admissible.never import Apart
from scheduler.problem.clock import Clock
from scheduler.problem.places import Geography
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Choice, Task

_MINUTE = dt.timedelta(minutes=1)


def discretise(instance: Instance) -> Problem:
    """Return the discrete view of an instance.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    Problem
        Each task finds its placements when first asked for them; a mandatory one may be left with none.
    """
    clock = Clock()
    geography = Geography(instance, clock)
    apart = Apart(instance)
    tasks = _tasks(instance, clock, apart)
    problem = Problem(instance, clock, geography, tasks, apart)
    for task in tasks:
        task.admissible = partial(admissible_options, problem)
        task.is_able = partial(is_available, problem)
    return problem


def _tasks(instance: Instance, clock: Clock, apart: Apart) -> tuple[Task, ...]:
    stays = _stays(instance, clock)
    tasks: list[Task] = []
    for activity in instance.activities:
        task = Task(
            activity,
            duration=int(activity.duration / _MINUTE),
            mandatory=is_mandatory(activity) or activity.id in stays,
            takers=takers(instance, activity),
            stay=stays.get(activity.id),
        )
        task.choices = _choices(instance, task, apart)
        task.audience = _audience(instance, task)
        if isinstance(activity, Talk):
            task.session = next(t for t in reversed(tasks) if t.is_session)
            task.session.talks.append(task)
        tasks.append(task)
    return tuple(tasks)


def _stays(instance: Instance, clock: Clock) -> dict[ActivityId, Placement]:
    now = instance.programme.now
    if now is None:
        return {}
    return {
        placement.activity: placement
        for placement in instance.baseline
        if instance.has_activity(placement.activity) and clock.minute(placement.start) < clock.minute(now)
    }


def takers(instance: Instance, activity: Activity) -> tuple[Person, ...]:
    """Return who takes part in an activity whatever is chosen."""
    if isinstance(activity, Talk):
        return (instance.person(activity.speaker),)
    found: dict[ParticipantId, Person] = {}
    if isinstance(activity, Session):
        found |= {s.participant: instance.person(s.participant) for s in activity.speakers}
    if isinstance(activity, HostedActivity):
        for party in activity.parties:
            if not instance.splits(party):
                found |= {person.id: person for person in instance.people_of(party)}
    return tuple(found.values())


def _choices(instance: Instance, task: Task, apart: Apart) -> list[Choice]:
    activity = task.activity
    if not isinstance(activity, HostedActivity):
        return []
    pools: list[tuple[PartyId | None, tuple[Person, ...]]] = [
        (party, instance.people_of(party)) for party in activity.parties if instance.splits(party)
    ]
    if isinstance(activity, Session) and activity.track is not None:
        chairs = tuple(instance.person(chair) for chair in instance.track(activity.track).chairs)
        pools += [(None, chairs)] if chairs else []
    # Whoever is named stands for every pool they belong to, so they must fit in all of these.
    meets = task.takers if isinstance(activity, Meeting) else ()
    unfit = {
        person.id
        for party, pool in pools
        for person in pool
        if (party in activity.roles and activity.roles[party] not in person.roles)
        or apart.never_meet(person, meets)
    }
    return [
        Choice(task, party, pool, tuple(person for person in pool if person.id not in unfit))
        for party, pool in pools
    ]


def _audience(instance: Instance, task: Task) -> tuple[Person, ...]:
    session = task.activity
    if not isinstance(session, Session):
        return ()
    named = {person.id for person in task.takers} | {talk.speaker for talk in session.talks}
    return tuple(p for p in people_behind(instance, session.audience) if p.id not in named)


def people_behind(instance: Instance, parties: tuple[PartyId, ...]) -> tuple[Person, ...]:
    """Return the people behind a list of parties, each once; ``all`` names everybody."""
    if EVERYBODY in parties:
        return instance.people
    return tuple({p.id: p for party in parties for p in instance.people_of(party)}.values())
