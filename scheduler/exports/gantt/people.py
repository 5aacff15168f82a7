"""The days of a participant, or of everybody in a delegation, with the ways between cities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.domain import Instance, PartyId, Person
from scheduler.domain.times import MINUTE, UTC, elapsed, later
from scheduler.exports.agenda import Agendas
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.gantt import words
from scheduler.exports.gantt.chart import Bar, Chart, Group, Panel, Row
from scheduler.exports.hours import Stretch, without
from scheduler.exports.in_words import long_date
from scheduler.exports.views import By

_SHORTEST_WAIT = 10 * MINUTE
"""From which on free time is drawn."""
_OF_A_NIGHT = dt.timedelta(hours=1)
"""So much of a leg is drawn on the side where it goes on beyond midnight."""
_EVER = (dt.datetime(1, 1, 2, tzinfo=UTC), dt.datetime(9999, 12, 30, tzinfo=UTC))


@dataclass(frozen=True)
class People:
    """The pictures of people of one schedule."""

    agendas: Agendas

    @property
    def instance(self) -> Instance:
        """The programme."""
        return self.agendas.instance

    def charts(self, by: By) -> Iterator[Chart]:
        """Yield a picture for each delegation or person."""
        for agenda in self.agendas.by(by):
            rows = self._everybody(agenda)
            days = [self._panel(agenda, rows, date, found) for date, found in _by_date(agenda)]
            yield Chart(f"gantt-{agenda.view.stem}", agenda.title, tuple(days))

    def _everybody(self, agenda: Agenda) -> tuple[Person, ...]:
        return self.instance.people_of(PartyId(agenda.view.id))

    def _panel(self, agenda: Agenda, people: Sequence[Person], date: dt.date, entries: list[Entry]) -> Panel:
        first = entries[0]
        city = first.place.city if first.start.date() == date else (first.destination or first.place.city)
        midnight = dt.datetime.combine(date, dt.time(0), city.zone)
        rows = [self._row(agenda, person, entries) for person in people]
        nobody = [entry for entry in entries if not _somebody(entry, people)]
        if nobody:
            bars = tuple(words.bar_of_person(self.instance, agenda, entry, False) for entry in nobody)
            rows.append(Row("", "nobody chosen", bars))
        start, end = _reach(entries, midnight)
        where = words.cities_in_order if len(people) == 1 else words.all_cities
        return Panel(
            date=date,
            heading=f"{long_date(date)}, {where(entries)}",
            clock=words.clock_of(city, date),
            midnight=midnight,
            start=start,
            end=end,
            groups=(Group("", tuple(rows)),),
        )

    def _row(self, agenda: Agenda, person: Person, entries: list[Entry]) -> Row:
        theirs = [entry for entry in entries if _is_in(agenda, entry, person)]
        bars = [
            words.bar_of_person(self.instance, agenda, entry, not _takes_part(entry, person))
            for entry in theirs
        ]
        # Whose day it is when it is one person's alone the title says.
        label = "" if agenda.view.by is By.PARTICIPANT else person.name
        return Row(person.id, label, (*bars, *_waits(theirs)), tuple(_present(person)))


def _by_date(agenda: Agenda) -> Iterator[tuple[dt.date, list[Entry]]]:
    """Yield what each date holds; a leg that arrives on another date is on both."""
    dated = [
        (date, entry)
        for entry in agenda.entries
        for date in dict.fromkeys(
            (entry.start.date(), entry.end.date()) if entry.kind == TRAVEL else (entry.start.date(),)
        )
    ]
    for date, group in groupby(sorted(dated, key=lambda pair: (pair[0], pair[1].order)), key=lambda p: p[0]):
        yield date, [entry for _, entry in group]


def _reach(entries: Sequence[Entry], midnight: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Return from when to when a day's hours must reach at the least.

    Of a leg through the night only the part near the day's other entries is drawn: the hours would be
    too narrow otherwise.
    """
    date = midnight.date()
    starts = (e.start if e.start.date() == date else later(e.end, -_OF_A_NIGHT) for e in entries)
    ends = (
        e.end if e.kind != TRAVEL or e.end.date() == date else later(e.start, _OF_A_NIGHT) for e in entries
    )
    return min(starts, key=dt.datetime.timestamp), max(ends, key=dt.datetime.timestamp)


def _somebody(entry: Entry, people: Sequence[Person]) -> bool:
    there = {attendee.person.id for attendee in entry.attendees} | {p.id for p in entry.listeners}
    return bool(entry.parts) or entry.kind == TRAVEL or not there.isdisjoint(p.id for p in people)


def _is_in(agenda: Agenda, entry: Entry, person: Person) -> bool:
    """Return whether somebody is in an entry; all of a participant's own agenda is theirs."""
    if agenda.view.by is By.PARTICIPANT:
        return True
    return _takes_part(entry, person) or any(listener.id == person.id for listener in entry.listeners)


def _takes_part(entry: Entry, person: Person) -> bool:
    return any(attendee.person.id == person.id for attendee in entry.attendees)


def _waits(entries: Sequence[Entry]) -> Iterator[Bar]:
    """Yield the free stretches between what somebody does, legs included."""
    free_from: dt.datetime | None = None
    for entry in sorted(entries, key=lambda entry: entry.order):
        if free_from is not None and elapsed(free_from, entry.start) >= _SHORTEST_WAIT:
            yield words.free_bar(free_from, entry.start)
        if free_from is None or elapsed(free_from, entry.end) > dt.timedelta(0):
            free_from = entry.end


def _present(person: Person) -> list[Stretch]:
    """Return when somebody is there at all."""
    start = person.arrival.astimezone(UTC) if person.arrival else _EVER[0]
    end = person.departure.astimezone(UTC) if person.departure else _EVER[1]
    absences = ((a.start.astimezone(UTC), a.end.astimezone(UTC)) for a in person.absences)
    return without([(start, end)], absences)
