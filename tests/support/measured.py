"""Random schedules of tiny programmes, and what is measured of them worked out slowly, minute by minute.

Everything here is written from ``docs/meaning.md`` and ``docs/report.md``, with nothing of the checker, the
exports or the reports.
"""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st
from support.tiny import tiny_instance

from scheduler.domain import (
    Activity,
    BreakSpan,
    HostedActivity,
    Instance,
    Person,
    Placement,
    Session,
    Solution,
    Talk,
)
from scheduler.domain.times import UTC, later

MINUTE = dt.timedelta(minutes=1)


class Case(NamedTuple):
    """A programme and a schedule of it, right or wrong."""

    instance: Instance
    solution: Solution


def case(seed: int) -> Case:
    """Return the case of a seed, always the same."""
    chance = random.Random(seed)
    instance = tiny_instance(chance.randrange(10**6))
    placements = [
        placement
        for activity in instance.activities
        if not isinstance(activity, Talk) and chance.random() < 0.8
        for placement in _placed(chance, instance, activity)
    ]
    facts = {"programme": instance.programme.id, "status": "feasible", "placements": placements}
    return Case(instance, Solution.model_validate(facts))


def cases() -> st.SearchStrategy[Case]:
    """Return a strategy of cases."""
    return st.integers(0, 10**6).map(case)


def _placed(chance: random.Random, instance: Instance, activity: Any) -> list[Placement]:
    room = chance.choice([r for r in instance.rooms if not isinstance(activity, Session) or not r.is_area])
    city = instance.city_of(room.id)
    opening = chance.choice(city.opening)
    start = opening.instants(city.zone)[0] + instance.programme.grid * chance.randint(0, 5)
    table = chance.randint(1, room.tables) if room.tables else None
    sent = [p for p in getattr(activity, "parties", ()) if instance.splits(p)]
    attendees = [chance.choice(instance.people_of(p)).id for p in sent if instance.people_of(p)]
    if isinstance(activity, Session) and activity.track and instance.track(activity.track).chairs:
        attendees.append(chance.choice(instance.track(activity.track).chairs))
    found = [
        Placement(
            activity=activity.id,
            start=start,
            room=room.id,
            table=table,
            attendees=tuple(dict.fromkeys(attendees)),
        )
    ]
    for number, talk in enumerate(getattr(activity, "talks", ())):
        found.append(Placement(activity=talk.id, start=later(start, number * talk.duration), room=room.id))
    return found


class Held(NamedTuple):
    """An engagement."""

    start: dt.datetime
    end: dt.datetime
    activity: str
    city: str
    date: dt.date


def engagements(found: Case, person: Person) -> list[Held]:
    """Return what a person takes part in or attends, in the order of time."""
    held = []
    for placement in found.solution.placements:
        activity = found.instance.activity(placement.activity)
        there = takes_part(found, placement, person) or attends(found, placement, person)
        if isinstance(activity, Talk):
            whole = found.instance.session_of(activity.id)
            (session,) = (p for p in found.solution.placements if p.activity == whole.id)
            there = there and not (takes_part(found, session, person) or attends(found, session, person))
        if there:
            city = found.instance.city_of(placement.room)
            start = placement.start.astimezone(UTC)
            date = placement.start.astimezone(city.zone).date()
            held.append(Held(start, start + activity.duration, activity.id, city.id, date))
    return sorted(held)


def takes_part(found: Case, placement: Placement, person: Person) -> bool:
    """Return whether somebody takes part by name, for a party, or because they were chosen."""
    activity = found.instance.activity(placement.activity)
    if isinstance(activity, Talk):
        return activity.speaker == person.id
    assert isinstance(activity, HostedActivity)
    speakers = [s.participant for s in activity.speakers] if isinstance(activity, Session) else []
    for party in activity.parties:
        if party == person.id:
            return True
        if party == person.delegation and not found.instance.splits(party):
            return True
    return person.id in speakers or person.id in placement.attendees


def attends(found: Case, placement: Placement, person: Person) -> bool:
    """Return whether somebody of the audience is there."""
    session = found.instance.activity(placement.activity)
    if not isinstance(session, Session) or takes_part(found, placement, person):
        return False
    asked = any(party in ("all", person.id, person.delegation) for party in session.audience)
    by_name = person.id in {talk.speaker for talk in session.talks}
    return asked and not by_name and _is_available(found, placement, session, person)


def _is_available(found: Case, placement: Placement, activity: Activity, person: Person) -> bool:
    start = placement.start.astimezone(UTC)
    end = start + activity.duration
    city = found.instance.city_of(placement.room)
    return (
        (person.cities is None or city.id in person.cities)
        and (person.arrival is None or person.arrival.astimezone(UTC) <= start)
        and (person.departure is None or end <= person.departure.astimezone(UTC))
        and not any(a.start.astimezone(UTC) < end and start < a.end.astimezone(UTC) for a in person.absences)
    )


def breaks(found: Case, person: Person) -> list[int]:
    """Return the minutes of each break of a person, by going through all minutes."""
    rule = found.instance.breaks
    held = engagements(found, person)
    by_span: dict[Any, list[Held]] = {}
    for one in held:
        by_span.setdefault(one.date if rule.span is BreakSpan.DAY else None, []).append(one)
    lengths = []
    for span in by_span.values():
        busy = {minute for one in span for minute in _between((one.start, one.end))}
        lengths += [
            (b - a) // MINUTE - 1 for a, b in pairwise(sorted(busy)) if b - a > MINUTE + rule.tolerance
        ]
    return lengths


def open_minutes(found: Case, room_id: str) -> set[dt.datetime]:
    """Return the minutes in which a room is open."""
    (city,) = (c for c in found.instance.cities for v in c.venues for r in v.rooms if r.id == room_id)
    room = found.instance.room(room_id)  # type: ignore[arg-type]
    dates = {opening.date for opening in city.opening}
    opened = {m for opening in city.opening for m in _between(opening.instants(city.zone))}

    def of(windows: Any) -> set[dt.datetime]:
        spans = [window.on(date, city.zone) for window in windows for date in dates]
        return {minute for span in spans if span for minute in _between(span)}

    return (opened & of(room.available) if room.available else opened) - of(room.closed)


def _between(span: tuple[dt.datetime, dt.datetime]) -> list[dt.datetime]:
    start, end = (moment.astimezone(UTC) for moment in span)
    return [start + n * MINUTE for n in range((end - start) // MINUTE)]


def used_minutes(found: Case, room_id: str) -> dict[dt.datetime, int]:
    """Return how many sessions and meetings run in a room in each minute."""
    running: dict[dt.datetime, int] = {}
    for placement in found.solution.placements:
        activity = found.instance.activity(placement.activity)
        if placement.room == room_id and not isinstance(activity, Talk):
            start = placement.start.astimezone(UTC)
            for minute in _between((start, start + activity.duration)):
                running[minute] = running.get(minute, 0) + 1
    return running
