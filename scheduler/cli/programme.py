"""A programme before it is scheduled, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.cli import words
from scheduler.cli.choosing import Choice, concerns, may_be_in
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.people import party_labels, print_delegations, print_people, session_people
from scheduler.domain import (
    City,
    HostedActivity,
    Instance,
    Meeting,
    Room,
    Session,
    is_mandatory,
    kind_of,
)
from scheduler.domain.times import format_duration


def print_programme(terminal: Terminal, instance: Instance, choice: Choice) -> None:
    """Print cities, rooms, people, sessions and requests, as far as they are chosen."""
    terminal.print(instance.programme.label, style="bold")
    terminal.print(_counts(instance))
    for city in instance.cities:
        if choice.city in (None, city.id):
            _print_city(terminal, city)
    if choice.city is None:
        print_delegations(terminal, instance, choice.party)
        print_people(terminal, instance, choice.party)
    _print_sessions(terminal, instance, [s for s in instance.sessions if _is_chosen(instance, s, choice)])
    _print_requests(terminal, instance, [m for m in instance.meetings if _is_chosen(instance, m, choice)])


def _is_chosen(instance: Instance, activity: HostedActivity, choice: Choice) -> bool:
    return may_be_in(instance, activity, choice.city) and concerns(instance, activity, choice.party)


def _counts(instance: Instance) -> str:
    dates = [opening.date for city in instance.cities for opening in city.opening]
    span = words.long_date(min(dates))
    if len(set(dates)) > 1:
        span += f" to {words.long_date(max(dates))}"
    return (
        f"{span}: {words.counted(len(instance.cities), 'city', 'cities')}, "
        f"{words.counted(len(instance.delegations), 'delegation')}, "
        f"{words.counted(len(instance.participants), 'participant')} by name, "
        f"{words.counted(len(instance.sessions), 'session')}, "
        f"{words.counted(len(instance.meetings), 'meeting request')}."
    )


def _print_city(terminal: Terminal, city: City) -> None:
    terminal.heading(f"{city.label} ({city.time_zone})")
    for opening in sorted(city.opening, key=lambda o: (o.date, o.start)):
        terminal.print(f"  {words.long_date(opening.date)}, {words.hours(*opening.instants(city.zone))}")
    terminal.print()
    rooms = Sheet("Venue", "Room", "Holds", "Open", "Has")
    for venue in city.venues:
        for position, room in enumerate(venue.rooms):
            label = "" if position else venue.label
            rooms.add(label, room.label, _holds(room), _open(room), ", ".join(sorted(room.features)))
    terminal.print(rooms)


def _holds(room: Room) -> str:
    seats = words.counted(room.seats, "seat") if room.seats else ""
    if room.tables is None:
        return seats
    tables = words.counted(room.tables, "table")
    return f"{tables} of {seats}" if seats else tables


def _open(room: Room) -> str:
    spans = [words.window(window) for window in room.available]
    spans += [f"not {words.window(window)}" for window in room.closed]
    return ", ".join(spans)


def _print_sessions(terminal: Terminal, instance: Instance, sessions: Sequence[Session]) -> None:
    if not sessions:
        return
    terminal.heading("Sessions")
    made = Sheet("Session", "When", "Where", "Who")
    for session in sessions:
        facts = [words.kind(kind_of(session)), format_duration(session.duration)]
        if not is_mandatory(session):
            facts.append(f"if it fits, priority {session.priority}")
        made.add(
            f"{words.line(session.label)}\n({', '.join(facts)})",
            _when(instance, session),
            _where(instance, session),
            "\n".join(session_people(instance, session)),
        )
    terminal.print(made)


def _print_requests(terminal: Terminal, instance: Instance, meetings: Sequence[Meeting]) -> None:
    if not meetings:
        return
    terminal.heading("Requests")
    made = Sheet(
        "Meeting", "For", "Length", "Priority", "Where", right=("Length",), whole=("Length", "Priority")
    )
    for meeting in meetings:
        made.add(
            words.line(meeting.label),
            " - ".join(party_labels(instance, meeting)),
            format_duration(meeting.duration),
            "mandatory" if is_mandatory(meeting) else meeting.priority,
            _where(instance, meeting),
        )
    terminal.print(made)


def _when(instance: Instance, session: Session) -> str:
    if session.pin.start is not None:
        start = session.pin.start
        return f"{words.short_date(start.date())} {start:%H:%M}, fixed"
    lines = [words.short_date(date) for date in session.dates]
    lines += [words.window(window) for window in session.windows]
    if session.day_part:
        lines.append(f"{session.day_part} ({words.window(instance.day_parts[session.day_part])})")
    return "\n".join(lines)


def _where(instance: Instance, activity: HostedActivity) -> str:
    """Return the narrowest of rooms, venues and cities that an activity names."""
    if activity.pin.room is not None:
        return instance.room(activity.pin.room).label
    if activity.rooms:
        return _either(instance.room(room).label for room in activity.rooms)
    if activity.venues:
        return _either(instance.venue(venue).label for venue in activity.venues)
    return _either(instance.city(city).label for city in activity.cities)


def _either(names: Iterable[str]) -> str:
    return " or ".join(names)
