"""Rule 3: what a room can hold, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.intervals import crowds, held, overlapping, touched
from scheduler.checker.people import Cast
from scheduler.checker.rules.base import Rule
from scheduler.checker.schedule import Schedule
from scheduler.checker.wording import about, common, count, hours, listed, subject, together
from scheduler.domain import (
    EVERYBODY,
    HostedActivity,
    Meeting,
    ParticipantId,
    PartyId,
    RuleName,
    Session,
    Talk,
    Violation,
)

_NAME = RuleName.ROOM


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    for message in (*_kind(placed), *_open(placed), *_fitting(facts, placed)):
        yield about(_NAME, f"{subject(placed)} {message}", [placed])


def _kind(placed: Placed) -> Iterator[str]:
    room, table = placed.room, placed.placement.table
    if room.tables is None:
        yield from _outside_areas(placed)
    elif isinstance(placed.activity, Session):
        yield f"is in {room.label}, a meeting area, which holds meetings only"
    elif isinstance(placed.activity, Meeting):
        if table is None:
            yield f"is in {room.label} without a table"
        elif table > room.tables:
            yield f"is at table {table} of {room.label}, which has {room.tables}"


def _outside_areas(placed: Placed) -> Iterator[str]:
    activity, room = placed.activity, placed.room
    if placed.placement.table is not None:
        yield f"is given a table in {room.label}, which has none"
    if isinstance(activity, Meeting) and room.id not in activity.rooms:
        yield f"is in {room.label}, which is no meeting area and not named among its rooms"


def _open(placed: Placed) -> Iterator[str]:
    room, zone = placed.room, placed.zone
    # A talk lies inside its session (rule 1), for which all this holds.
    if isinstance(placed.activity, Talk):
        return
    if room.available and not held(placed, room.available, placed.date, zone):
        yield f"is not inside one of the times in which {room.label} is available"
    for window in touched(placed, room.closed, zone):
        yield f"overlaps {hours(window.start, window.end, zone)}, when {room.label} is closed"


def _fitting(facts: Facts, placed: Placed) -> Iterator[str]:
    activity, room = placed.activity, placed.room
    if not isinstance(activity, HostedActivity):
        return
    if missing := sorted(activity.features - room.features):
        yield f"needs {listed(missing)}, which {room.label} does not have"
    if room.seats is not None and (needed := _attendance(facts, placed, activity)) > room.seats:
        yield f"needs {needed} seats and {room.label} has {room.seats}"


def _attendance(facts: Facts, placed: Placed, activity: HostedActivity) -> int:
    """Return how many seats an activity needs."""
    if activity.attendance is not None:
        return activity.attendance
    people = set(placed.cast.named)
    whole = {party for party in activity.parties if party not in placed.cast.splitting}
    if isinstance(activity, Session):
        people.update(talk.speaker for talk in activity.talks)
        people.update(facts.audience(activity))
        whole.update(activity.audience)
        if EVERYBODY in activity.audience:
            whole.update(delegation.id for delegation in facts.instance.delegations)
    return len(people) + _chosen_besides(placed.cast, people) + sum(_unnamed(facts, p) for p in whole)


def _chosen_besides(cast: Cast, people: set[ParticipantId]) -> int:
    """Return how many are chosen among people who are not all counted already."""
    return sum(not people.issuperset(among) for among in (cast.chairs, *cast.splitting.values()))


def _unnamed(facts: Facts, party: PartyId) -> int:
    """Return how many more people come with a delegation than the instance tells apart."""
    delegation = facts.instance.delegation(party)
    if delegation is None or delegation.size is None:
        return 0
    return max(0, delegation.size - len(facts.instance.people_of(party)))


def _together(schedule: Schedule) -> Iterator[Violation]:
    for room, items in schedule.by_room.items():
        tables = schedule.instance.room(room).tables
        yield from _one_at_a_time(items) if tables is None else _area(items, tables)


def _one_at_a_time(items: list[Placed]) -> Iterator[Violation]:
    for a, b in overlapping(items):
        message = f"{a.room.label} holds one activity at a time and has two{together([a, b])}"
        yield about(_NAME, message, [a, b], during=common(a, b))


def _area(items: Iterable[Placed], tables: int) -> Iterator[Violation]:
    meetings = [p for p in items if isinstance(p.activity, Meeting)]
    for crowd in crowds(meetings, tables):
        has = f"{crowd.members[0].room.label} has {count(tables, 'table', 'tables')}"
        message = f"{has}, too few for its meetings{together(crowd.members)}"
        yield about(_NAME, message, crowd.members, during=(crowd.start, crowd.end))
    seated: dict[int, list[Placed]] = {}
    for meeting in meetings:
        if meeting.placement.table is not None:
            seated.setdefault(meeting.placement.table, []).append(meeting)
    for table, at_table in sorted(seated.items()):
        for a, b in overlapping(at_table):
            message = f"Table {table} of {a.room.label} has two meetings{together([a, b])}"
            yield about(_NAME, message, [a, b], during=common(a, b))


RULE = Rule(_NAME, alone=_alone, together=_together)
