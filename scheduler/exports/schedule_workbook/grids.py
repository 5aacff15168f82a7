"""The sheets that are grids: tables and rooms, and people, against the slots of one city's day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain import ActivityKind, City, CityId, Instance, Person, Room
from scheduler.domain.times import MINUTE, UTC
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.in_words import kind_words, long_date, utc_offset
from scheduler.exports.schedule_workbook.layout import Block, Column, Grid, Line
from scheduler.exports.schedule_workbook.wording import between, place, wall, what
from scheduler.exports.wording import summary

ROOMS = (Column("Venue", 20), Column("Room", 22), Column("Table", 7))
PEOPLE = (Column("Name", 26), Column("Delegation", 24))
_STEPS = (30, 15, 10, 5)
"""Lengths of a slot, in minutes; the first by which all starts and ends can be told."""
_NARROWEST, _WIDEST = 3.0, 13.0
"""Of a column of slots, in characters; what is shortest on a day is as wide as the widest."""
_MOST_EMPTY_TABLES = 200
"""Of an area with more tables than these, only those up to the last that is used have lines."""


@dataclass(frozen=True, slots=True)
class Day:
    """One date in one city, and the slots that it is cut into.

    Attributes
    ----------
    edges : tuple of datetime
        In UTC: where slots begin, and where the last one ends. Every activity begins and ends at one.
    """

    city: City
    date: dt.date
    edges: tuple[dt.datetime, ...]
    step: int

    @property
    def name(self) -> str:
        """City and date, as a heading has them."""
        return f"{self.city.label}, {long_date(self.date)}"

    @property
    def clock(self) -> str:
        """A sentence on the clock that the slots are told by."""
        local = [edge.astimezone(self.city.zone) for edge in self.edges]
        offsets = dict.fromkeys(map(utc_offset, local))
        return f"Times are those of {self.city.label}: {self.city.time_zone}, {' and then '.join(offsets)}."

    def slots(self, entry: Entry) -> tuple[int, int]:
        """Return the first slot of an entry, and the one before which it ends (journeys: as far as shown)."""
        start, end = entry.start.astimezone(UTC), entry.end.astimezone(UTC)
        first = max(0, bisect_right(self.edges, start) - 1)
        last = min(bisect_left(self.edges, end), len(self.edges) - 1)
        return first, max(first + 1, last)


Key = tuple[CityId, dt.date]
"""A city and a date on its clock."""


def key_of(entry: Entry) -> Key:
    """Return the city and the date that an entry is shown in: where and when it begins."""
    return entry.place.city.id, entry.start.date()


def days(instance: Instance, entries: Sequence[Entry], legs: Iterable[Entry]) -> list[Day]:
    """Return the days of each city on which it is open or something takes place, in order.

    Parameters
    ----------
    entries : sequence of Entry
        All that is placed.
    legs : iterable of Entry
        Journeys, which make a day longer but do not cut it finer.
    """
    found: dict[Key, list[tuple[dt.datetime, dt.datetime]]] = {}
    for city in instance.cities:
        for opening in city.opening:
            start, end = opening.instants(city.zone)
            if start.astimezone(UTC) < end.astimezone(UTC):
                found.setdefault((city.id, opening.date), []).append((start, end))
    for entry in entries:
        found.setdefault(key_of(entry), []).append((entry.start, entry.end))
    leaving: dict[Key, list[dt.datetime]] = {}
    for leg in legs:
        leaving.setdefault(key_of(leg), []).append(leg.start)
    cities = {city.id: city for city in instance.cities}
    order = {city: number for number, city in enumerate(cities)}
    keys = sorted(found.keys() | leaving.keys(), key=lambda key: (order[key[0]], key[1]))
    return [
        _day(cities[city], date, found.get((city, date), ()), leaving.get((city, date), ()))
        for city, date in keys
    ]


def rooms_grid(instance: Instance, day: Day, entries: Iterable[Entry], name: str) -> Grid:
    """Return what is in each room and at each table of a city on a day.

    A talk has a block of its own where its session has none there.

    Parameters
    ----------
    entries : iterable of Entry
        Those that begin on the day in the city.
    """
    here = list(entries)
    ids = {entry.id for entry in here}
    found: dict[tuple[str, int | None], list[Entry]] = {}
    for entry in here:
        if entry.session not in ids and entry.place.room is not None:
            found.setdefault((entry.place.room.id, entry.place.table), []).append(entry)
    lines = [
        Line((venue.label, room.label, "" if table is None else str(table)), blocks)
        for venue in day.city.venues
        for room in venue.rooms
        for table in _tables(room, found)
        for blocks in _lanes(day, ((e, _in_room(instance, e)) for e in found.get((room.id, table), ())))
    ]
    return _grid(day, name, f"Rooms and tables - {day.name}", ROOMS, lines)


def people_grid(
    instance: Instance, day: Day, diaries: Iterable[tuple[Person, Agenda, Sequence[Entry]]], name: str
) -> Grid:
    """Return what people do who are in a city on a day.

    Parameters
    ----------
    diaries : iterable of (Person, Agenda, sequence of Entry)
        Everybody who is there, with their agenda, and what of it begins there then.
    """
    lines = [
        Line((person.name, _delegation(instance, person)), blocks)
        for person, agenda, entries in diaries
        for blocks in _lanes(day, ((entry, _of_person(instance, agenda, entry)) for entry in entries))
    ]
    return _grid(day, name, f"People - {day.name}", PEOPLE, lines)


def _grid(day: Day, name: str, title: str, columns: tuple[Column, ...], lines: list[Line]) -> Grid:
    edges = tuple(wall(edge.astimezone(day.city.zone)) for edge in day.edges)
    return Grid(name, title, day.clock, columns, edges, _slot_width(lines), lines)


def _slot_width(lines: Iterable[Line]) -> float:
    blocks = (block for line in lines for block in line.blocks if block.kind != TRAVEL)
    shortest = min((block.end - block.first for block in blocks), default=1)
    return max(_NARROWEST, _WIDEST / shortest)


def _day(
    city: City,
    date: dt.date,
    spans: Sequence[tuple[dt.datetime, dt.datetime]],
    leaving: Sequence[dt.datetime],
) -> Day:
    midnight = dt.datetime.combine(date, dt.time(0), city.zone).astimezone(UTC)
    sharp = {moment.astimezone(UTC) for span in spans for moment in span}
    minutes = [int((moment - midnight) / MINUTE) for moment in sharp]
    step = next((step for step in _STEPS if all(minute % step == 0 for minute in minutes)), _STEPS[0])
    slot = step * MINUTE
    begins = [midnight + (leg.astimezone(UTC) - midnight) // slot * slot for leg in leaving]
    first = min([*sharp, *begins])
    last = max([*sharp, *(moment + slot for moment in begins)])
    ticks = range(int((first - midnight) // slot), int((last - midnight) // slot) + 1)
    between_them = {midnight + tick * slot for tick in ticks}
    edges = sorted({first, last, *sharp, *(tick for tick in between_them if first < tick < last)})
    return Day(city, date, tuple(edges), step)


def _tables(room: Room, found: Mapping[tuple[str, int | None], Sequence[Entry]]) -> Iterator[int | None]:
    """Yield the tables of a room that have a line; a room that is no area is one without a number."""
    used = {table for id_, table in found if id_ == room.id}
    if room.tables is None or None in used:
        yield None
    numbers = {table for table in used if table is not None}
    if room.tables is not None:
        most = room.tables if room.tables <= _MOST_EMPTY_TABLES else max(numbers, default=1)
        numbers |= set(range(1, most + 1))
    yield from sorted(numbers)


def _lanes(day: Day, told: Iterable[tuple[Entry, str]]) -> list[tuple[Block, ...]]:
    """Return blocks in as few lines as it takes that none overlap; a valid schedule needs one."""
    blocks = sorted(
        (Block(*day.slots(entry), text, entry.kind) for entry, text in told), key=lambda b: (b.first, b.end)
    )
    lanes: list[list[Block]] = [[]]
    for block in blocks:
        lane = next((lane for lane in lanes if not lane or lane[-1].end <= block.first), None)
        if lane is None:
            lanes.append(lane := [])
        lane.append(block)
    return [tuple(lane) for lane in lanes]


def _in_room(instance: Instance, entry: Entry) -> str:
    if entry.kind is ActivityKind.MEETING:
        title = [entry.title] if entry.titled else []
        return "\n".join([*title, between(instance, entry.parties)])
    return f"{what(instance, entry)}\n({kind_words(entry.kind)})"


def _of_person(instance: Instance, agenda: Agenda, entry: Entry) -> str:
    if entry.kind == TRAVEL:
        return f"{entry.title}\n{entry.start:%H:%M}, arrives {_arrival(entry)}"
    parts = ", ".join(part.value for part in entry.parts)
    role = f"\n({parts})" if entry.kind is not ActivityKind.MEETING else ""
    return f"{summary(instance, agenda, entry)}\n{place(entry)}{role}"


def _arrival(entry: Entry) -> str:
    there = (
        f"{entry.end:%H:%M}" if entry.end.date() == entry.start.date() else f"{entry.end:%H:%M on %Y-%m-%d}"
    )
    return there if utc_offset(entry.end) == utc_offset(entry.start) else f"{there} ({utc_offset(entry.end)})"


def _delegation(instance: Instance, person: Person) -> str:
    return "" if person.delegation is None else instance.party_label(person.delegation)
