"""The sheets that are lists: the programme, a delegation's agenda, what has no place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.domain import (
    Activity,
    HostedActivity,
    Instance,
    Solution,
    Unscheduled,
    is_mandatory,
    kind_of,
)
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.in_words import REASONS, kind_words
from scheduler.exports.schedule_workbook.layout import Column, Look, Row, Table, Value
from scheduler.exports.schedule_workbook.wording import (
    clock,
    interpreter,
    labels,
    of_activity,
    people,
    wall,
    what,
)
from scheduler.exports.wording import location, summary

_WHEN = (
    Column("Date", 15, Look.DATE),
    Column("Start", 8, Look.TIME),
    Column("End", 8, Look.TIME),
    Column("Clock", 12),
)
PROGRAMME = (
    Column("City", 14),
    *_WHEN,
    Column("Kind", 11),
    Column("What", 36),
    Column("Venue", 20),
    Column("Room", 20),
    Column("Table", 6, Look.NUMBER),
    Column("Parties", 30),
    Column("Taking part", 40),
    Column("Audience", 22),
    Column("Part of", 20),
    Column("Interpreter", 16),
    Column("Id", 22),
)
DELEGATION = (
    *_WHEN,
    Column("Kind", 11),
    Column("What", 38),
    Column("Where", 40),
    Column("Our people", 34),
    Column("In the audience", 24),
    Column("Others there", 34),
    Column("Interpreter", 16),
    Column("Id", 22),
)
UNSCHEDULED = (
    Column("What", 36),
    Column("Kind", 11),
    Column("Parties", 34),
    Column("Priority", 11),
    Column("Why it has no place", 60),
    Column("In the way", 26),
    Column("Loses its place to", 40),
    Column("Id", 22),
)


def programme(instance: Instance, entries: Sequence[Entry], name: str) -> Table:
    """Return everything that takes place, talks apart from their sessions too, city by city, day by day."""
    cities = {city.id: number for number, city in enumerate(instance.cities)}
    in_order = sorted(entries, key=lambda entry: (cities[entry.place.city.id], entry.order))
    about = "Times are those of each city's own clock; how far it is from UTC stands beside them."
    rows = [Row(_of_programme(instance, entry), entry.kind) for entry in in_order]
    return Table(name, instance.programme.label, about, PROGRAMME, rows)


def delegation(instance: Instance, agenda: Agenda, name: str) -> Table:
    """Return what the people of a delegation do, their talks and journeys included, in order of time."""
    about = (
        "Times are those of the city's clock; a journey starts on that of the city it leaves and ends on "
        "that of the city it reaches."
    )
    rows = [Row(_of_delegation(instance, agenda, entry), entry.kind) for entry in agenda.entries]
    return Table(name, agenda.title, about, DELEGATION, rows)


def unscheduled(instance: Instance, solution: Solution, name: str) -> Table:
    """Return the sessions and meetings without a place, in the order of the instance."""
    placed = {placement.activity for placement in solution.placements}
    reasons = {item.activity: item for item in solution.unscheduled}
    rows = [
        Row(_of_unscheduled(instance, activity, reasons.get(activity.id)), kind_of(activity))
        for activity in _hosted(instance.activities)
        if activity.id not in placed
    ]
    title = f"{instance.programme.label} - without a place"
    return Table(name, title, f"{len(rows)} sessions and meetings have no place.", UNSCHEDULED, rows)


def _hosted(activities: Sequence[Activity]) -> Iterator[HostedActivity]:
    return (activity for activity in activities if isinstance(activity, HostedActivity))


def _when(entry: Entry) -> tuple[Value, ...]:
    start = wall(entry.start)
    return start.date(), start, wall(entry.end), clock(entry)


def _of_programme(instance: Instance, entry: Entry) -> tuple[Value, ...]:
    place = entry.place
    return (
        place.city.label,
        *_when(entry),
        kind_words(entry.kind),
        what(instance, entry),
        place.venue.label if place.venue else "",
        place.room.label if place.room else "",
        place.table,
        labels(instance, entry.parties),
        people(entry.attendees),
        labels(instance, entry.audience),
        entry.session_title,
        interpreter(entry),
        entry.id,
    )


def _of_delegation(instance: Instance, agenda: Agenda, entry: Entry) -> tuple[Value, ...]:
    ours = [attendee for attendee in entry.attendees if attendee.person.id in agenda.own]
    others = [attendee for attendee in entry.attendees if attendee.person.id not in agenda.own]
    return (
        *_when(entry),
        kind_words(entry.kind),
        summary(instance, agenda, entry),
        "" if entry.kind == TRAVEL else location(entry),
        people(ours),
        "; ".join(person.name for person in entry.listeners),
        people(others),
        interpreter(entry),
        entry.id,
    )


def _of_unscheduled(
    instance: Instance, activity: HostedActivity, said: Unscheduled | None
) -> tuple[Value, ...]:
    lost_to = (instance.activity(other) for other in (said.lost_to if said else ()))
    return (
        of_activity(instance, activity),
        kind_words(kind_of(activity)),
        labels(instance, activity.parties),
        "mandatory" if is_mandatory(activity) else activity.priority,
        said.reason if said else "",
        REASONS[said.kind] if said and said.kind else "",
        "; ".join(
            of_activity(instance, other) if isinstance(other, HostedActivity) else other.label
            for other in lost_to
        ),
        activity.id,
    )
