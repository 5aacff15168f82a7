"""Rule 1: what must be placed is placed, once, on the grid, inside the opening of its city."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.intervals import inside, overlapping
from scheduler.checker.rules.base import Rule
from scheduler.checker.schedule import Schedule, rank
from scheduler.checker.wording import about, common, length, name, subject, together
from scheduler.domain import Placement, RuleName, Session, Violation

_NAME = RuleName.PLACEMENT


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    grid = facts.instance.programme.grid
    local = placed.local_start
    since_midnight = dt.timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    if since_midnight % grid:
        yield about(_NAME, f"{subject(placed)} does not start on the grid of {length(grid)}", [placed])
    if not any(inside(placed, opening) for opening in facts.openings(placed.city)):
        message = f"{subject(placed)} is not inside one opening window of {placed.city.label}"
        yield about(_NAME, message, [placed])


def _together(schedule: Schedule) -> Iterator[Violation]:
    for placement in schedule.raw:
        yield from _unknown(schedule, placement)
    yield from _counts(schedule)
    for session in schedule.instance.sessions:
        if session.talks:
            yield from _talks(schedule, session)


def _unknown(schedule: Schedule, placement: Placement) -> Iterator[Violation]:
    instance = schedule.instance
    what = f"'{placement.activity}'"
    if not instance.has_activity(placement.activity):
        yield _raw(placement, f"The programme has no activity {what}")
    else:
        what = f"'{instance.activity(placement.activity).label}'"
    if not instance.has_room(placement.room):
        yield _raw(placement, f"{what} is placed in the room '{placement.room}', which does not exist")
    for person in placement.attendees:
        if not instance.has_person(person):
            yield _raw(placement, f"{what} names '{person}', who is nobody of the programme")


def _raw(placement: Placement, message: str) -> Violation:
    return Violation(
        rule=_NAME,
        message=message,
        activities=(placement.activity,),
        room=placement.room,
        start=placement.start,
    )


def _counts(schedule: Schedule) -> Iterator[Violation]:
    times = Counter(placement.activity for placement in schedule.raw)
    for activity, count in times.items():
        if count > 1 and schedule.instance.has_activity(activity):
            label = schedule.instance.activity(activity).label
            yield Violation(rule=_NAME, message=f"'{label}' is placed {count} times", activities=(activity,))
    for needed in schedule.facts.mandatory:
        if needed.id not in times:
            message = f"'{needed.label}' is mandatory and is not placed"
            yield Violation(rule=_NAME, message=message, activities=(needed.id,))


def _talks(schedule: Schedule, session: Session) -> Iterator[Violation]:
    named = {placement.activity for placement in schedule.raw}
    whole = schedule.by_id.get(session.id)
    there = []
    for talk in session.talks:
        if (talk.id in named) != (session.id in named):
            held, lost = (talk, session) if talk.id in named else (session, talk)
            message = f"'{held.label}' is placed without '{lost.label}': a talk and its session go together"
            yield Violation(rule=_NAME, message=message, activities=(session.id, talk.id))
        placed = schedule.by_id.get(talk.id)
        if whole is not None and placed is not None:
            there.append(placed)
            yield from _talk_in_session(placed, whole)
    for a, b in overlapping(sorted(there, key=rank)):
        message = f"Two talks of one session overlap{together([a, b])}"
        yield about(_NAME, message, [a, b], during=common(a, b))


def _talk_in_session(talk: Placed, session: Placed) -> Iterator[Violation]:
    if talk.room is not session.room:
        message = f"The talk {subject(talk)} is in {talk.room.label}, its session in {session.room.label}"
        yield about(_NAME, message, [talk, session])
    if not inside(talk, session):
        message = f"The talk {subject(talk)} is not inside its session {name(session)} {_hours(session)}"
        yield about(_NAME, message, [talk, session])


def _hours(session: Placed) -> str:
    return subject(session).removeprefix(name(session)).strip()


RULE = Rule(_NAME, alone=_alone, together=_together)
