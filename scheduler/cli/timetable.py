"""A schedule day by day, as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from scheduler.cli import words
from scheduler.cli.choosing import Choice, concerns, may_be_in
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.people import audience
from scheduler.cli.summary import print_granted, refused, refused_table
from scheduler.cli.usage import Usage, usage
from scheduler.domain import ActivityKind, City, Instance, PartyId, Solution
from scheduler.domain.times import format_duration
from scheduler.exports import Agenda, Entry, agenda_of, view_of_party
from scheduler.exports.agenda import TRAVEL, Attendee, Part
from scheduler.exports.views import PROGRAMME, By


def print_timetable(terminal: Terminal, instance: Instance, solution: Solution, choice: Choice) -> None:
    """Print what takes place on each day, what is not scheduled, and how full the rooms are.

    Raises
    ------
    ValueError
        If the solution does not speak of this instance.
    """
    agenda = agenda_of(
        instance, solution, view_of_party(instance, choice.party) if choice.party else PROGRAMME
    )
    entries = [entry for entry in agenda.entries if _is_in(entry, choice)]
    terminal.print(agenda.title, style="bold")
    if not entries:
        terminal.print("Nothing is scheduled.")
    for (date, city), on_day in _days(agenda, entries):
        terminal.heading(_heading(instance, date, city))
        _print_day(terminal, instance, agenda, on_day)
    _print_unscheduled(terminal, instance, solution, choice)
    if choice.party is None:
        _print_usage(terminal, instance, usage(instance, solution), choice)


def _is_in(entry: Entry, choice: Choice) -> bool:
    here = (entry.place.city.id, entry.destination.id if entry.destination else None)
    return choice.city is None or choice.city in here


def _days(agenda: Agenda, entries: Iterable[Entry]) -> Iterable[tuple[tuple[dt.date, City], list[Entry]]]:
    """Yield entries by date and city: for a place by place, for people as they get there."""
    entries = sorted(entries, key=_reading_order)
    if not agenda.view.is_of_people:
        entries = sorted(entries, key=lambda e: (e.start.date(), e.place.city.id))
    for _, group in groupby(entries, key=lambda e: (e.start.date(), e.place.city.id)):
        found = list(group)
        yield (found[0].start.date(), found[0].place.city), found


def _reading_order(entry: Entry) -> tuple[dt.datetime, str, bool]:
    """Return what puts entries in order of time, and a session before the talk that it begins with."""
    start, name = entry.order
    return start, entry.session or name, entry.session is not None


def _heading(instance: Instance, date: dt.date, city: City) -> str:
    heading = f"{words.long_date(date)}, {city.label}"
    if len({c.time_zone for c in instance.cities}) == 1:
        return heading
    offset = f"{dt.datetime.combine(date, dt.time(12), city.zone):%z}"
    return f"{heading} (UTC{offset[:3]}:{offset[3:]})"


def _print_day(terminal: Terminal, instance: Instance, agenda: Agenda, entries: Iterable[Entry]) -> None:
    made = Sheet("Time", "What", "Where", "Who", whole=("Time",))
    for entry in entries:
        made.add(
            words.hours(entry.start, entry.end),
            ("  " if entry.kind is ActivityKind.TALK else "") + words.line(entry.title),
            _where(entry),
            _who(instance, agenda, entry),
            style="dim" if entry.kind == TRAVEL else "",
        )
    terminal.print(made)


def _where(entry: Entry) -> str:
    if entry.place.room is None:
        return ""
    table_number = f", table {entry.place.table}" if entry.place.table else ""
    return f"{entry.place.room.label}{table_number}"


def _who(instance: Instance, agenda: Agenda, entry: Entry) -> str:
    """Return who takes part: parties with whom they send, others with their roles, the audience."""
    if entry.kind == TRAVEL:
        if agenda.view.by is By.PARTICIPANT:
            return ""
        return "\n".join(attendee.person.name for attendee in entry.attendees)
    lines = [line for attendee in entry.attendees if (line := _in_own_name(attendee, entry))]
    lines += _parties(instance, entry)
    if entry.audience:
        lines.append("audience: " + audience(instance, entry.audience))
    if entry.interpreter is not None:
        lines.append("interpreter: " + "/".join(sorted(entry.interpreter.pool.languages)))
    return "\n".join(lines)


def _in_own_name(attendee: Attendee, entry: Entry) -> str:
    """Return a name with the roles; nothing for somebody who is there for a party."""
    roles = [part.value for part in attendee.parts if part not in (Part.PARTICIPANT, Part.SPEAKER)]
    if roles:
        return f"{attendee.person.name} ({' and '.join(roles)})"
    return "" if _is_sent(attendee, entry) else attendee.person.name


def _is_sent(attendee: Attendee, entry: Entry) -> bool:
    """Return whether somebody is there for a party, and not to speak."""
    person = attendee.person
    there_for = not {person.id, person.delegation}.isdisjoint(entry.parties)
    return there_for and Part.PARTICIPANT in attendee.parts


def _parties(instance: Instance, entry: Entry) -> list[str]:
    """Return a line for each party that sends somebody; a line for all of them if none does."""
    if any(instance.splits(party) for party in entry.parties):
        sent = [attendee for attendee in entry.attendees if _is_sent(attendee, entry)]
        return [_party(instance, party, sent) for party in entry.parties]
    labels = [instance.party_label(party) for party in entry.parties]
    return [" - ".join(labels)] if labels else []


def _party(instance: Instance, party: PartyId, attendees: Iterable[Attendee]) -> str:
    label = instance.party_label(party)
    if not instance.splits(party):
        return label
    names = [attendee.person.name for attendee in attendees if attendee.person.delegation == party]
    # The name of a team, or of somebody called after the delegation, says whose it is.
    return ", ".join(name if label in name else f"{label}: {name}" for name in names) or label


def _print_unscheduled(terminal: Terminal, instance: Instance, solution: Solution, choice: Choice) -> None:
    if choice == Choice():
        print_granted(terminal, instance, solution)
        return
    missing = [
        activity
        for activity in refused(instance, solution)
        if may_be_in(instance, activity, choice.city) and concerns(instance, activity, choice.party)
    ]
    if missing:
        terminal.print()
        terminal.print(refused_table(instance, missing, solution))


def _print_usage(terminal: Terminal, instance: Instance, rooms: Iterable[Usage], choice: Choice) -> None:
    terminal.heading("Use of rooms and tables, of the hours that they are open")
    made = Sheet("City", "Room", "Tables", "Open", "Used", "", right=("Tables", "Open", "Used"))
    for room in rooms:
        city = instance.city_of(room.room)
        if choice.city in (None, city.id):
            tables = instance.room(room.room).tables
            made.add(
                city.label,
                instance.room(room.room).label,
                "" if tables is None else str(tables),
                format_duration(room.open),
                format_duration(room.used),
                words.percent(room.share),
            )
    terminal.print(made)
