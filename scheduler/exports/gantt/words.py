"""What bars and panels say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from scheduler.domain import ActivityKind, City, Instance
from scheduler.domain.times import elapsed, format_duration
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.gantt.chart import FREE, Bar
from scheduler.exports.in_words import utc_offset
from scheduler.exports.wording import description, location, summary


def clock_of(city: City, date: dt.date) -> str:
    """Return in words whose clock it is, with its distance from UTC at noon."""
    noon = dt.datetime.combine(date, dt.time(12), city.zone)
    return f"Clock of {city.label} ({city.time_zone}, {utc_offset(noon)})"


def hours(entry: Entry) -> str:
    """Return when an entry runs, each end on its own city's clock; of a leg, from where to where."""
    if entry.kind == TRAVEL and entry.destination is not None:
        return (
            f"{entry.start:%H:%M} {entry.place.city.label} \N{RIGHTWARDS ARROW} "
            f"{entry.end:%H:%M}{_days_on(entry)} {entry.destination.label}"
        )
    return f"{entry.start:%H:%M}\N{EN DASH}{entry.end:%H:%M}{_days_on(entry)}"


def _days_on(entry: Entry) -> str:
    days = (entry.end.date() - entry.start.date()).days
    midnight = days == 1 and entry.end.time() == dt.time(0)
    return f" (+{days} d)" if days and not midnight else ""


def bar_in_place(instance: Instance, agenda: Agenda, entry: Entry) -> Bar:
    """Return an entry in the row of its room or table: what, and with whom."""
    labels = tuple(instance.party_label(party) for party in entry.parties)
    if entry.kind is ActivityKind.MEETING:
        title = (entry.title,) if entry.titled else ()
        return _bar(instance, agenda, entry, (*labels, *title), " \N{EN DASH} ".join(labels))
    who = ", ".join(a.person.name for a in entry.attendees) if entry.kind is ActivityKind.TALK else ""
    lines = (entry.title, hours(entry), *([who] if who else labels))
    return _bar(instance, agenda, entry, lines, entry.title)


def bar_of_person(instance: Instance, agenda: Agenda, entry: Entry, listening: bool) -> Bar:
    """Return an entry in the row of somebody who is there."""
    title = summary(instance, agenda, entry)
    first = (title,)
    if entry.kind is ActivityKind.MEETING:
        others = [party for party in entry.parties if party not in agenda.own] or entry.parties
        labels = ", ".join(instance.party_label(party) for party in others)
        first = (f"with {labels}", *([entry.title] if entry.titled else ()))
    lines = tuple(line for line in (*first, hours(entry), _near(entry)) if line)
    return _bar(instance, agenda, entry, lines, title, listening)


def _near(entry: Entry) -> str:
    """Return where to go: table, room and venue; the address is there for who points at it."""
    place = entry.place
    table = f"table {place.table}" if place.table else ""
    labels = (table, place.room.label if place.room else "", place.venue.label if place.venue else "")
    return ", ".join(label for label in labels if label)


def _bar(
    instance: Instance,
    agenda: Agenda,
    entry: Entry,
    lines: Sequence[str],
    short: str,
    listening: bool = False,
) -> Bar:
    told = (summary(instance, agenda, entry), hours(entry), location(entry))
    return Bar(
        id=entry.id,
        kind=str(entry.kind),
        start=entry.start,
        end=entry.end,
        lines=tuple(lines),
        short=short,
        told="\n".join((*told, description(instance, agenda, entry))).strip(),
        listening=listening,
    )


def free_bar(start: dt.datetime, end: dt.datetime) -> Bar:
    """Return the stretch between two engagements or legs, in which nobody asks anything of a person."""
    long = format_duration(elapsed(start, end))
    said = f"{long} free"
    return Bar("", FREE, start, end, (said,), long, f"{said}: {start:%H:%M}\N{EN DASH}{end:%H:%M}")


def cities_in_order(entries: Iterable[Entry]) -> str:
    """Return the cities that entries are in, as somebody comes to them, legs with both ends."""
    found: list[str] = []
    for entry in entries:
        for city in (entry.place.city, entry.destination):
            if city is not None and found[-1:] != [city.label]:
                found.append(city.label)
    return " \N{RIGHTWARDS ARROW} ".join(found)


def all_cities(entries: Iterable[Entry]) -> str:
    """Return the cities that entries are in, each once."""
    cities = [city.label for entry in entries for city in (entry.place.city, entry.destination) if city]
    return ", ".join(dict.fromkeys(cities))
