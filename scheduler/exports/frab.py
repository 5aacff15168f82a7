"""A schedule as conference programs know it: days, rooms, events and persons (the format of frab, pretalx).

Those who keep the format describe it (c3voc.de/wiki/schedule, with an XML and a JSON schema). Pentabarf began
it, frab and pretalx write it, Giggity, EventFahrplan and many others read it. Here is what both of its forms
say; :mod:`scheduler.exports.frab_xml` and :mod:`scheduler.exports.frab_json` write it down.

The format asks for what a programme of ours has not. One time zone: it is that of the programme or of its
first city; times have the offset of their own city, and each city has a file of its own besides. Rooms that
hold one event at a time: each table that is used is one. Events that do not lie in each other: talks are told
in the description of their session.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from scheduler.domain import City, Instance, Person, Room, Solution, Venue
from scheduler.domain.times import UTC, at, elapsed
from scheduler.exports.agenda import Agendas
from scheduler.exports.entries import Agenda, Entry
from scheduler.exports.formats import Manner
from scheduler.exports.ical import uid_of
from scheduler.exports.in_words import kind_words
from scheduler.exports.plain import fit, on_one_line
from scheduler.exports.views import PROGRAMME
from scheduler.exports.wording import description, location, summary

GENERATOR = "scheduler"
_MOST = 2**31 - 1
"""Programs keep ids in 32 bits."""
_SHORTEST = 4
"""What an acronym has at least, by the JSON schema of the format."""

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class FrabPerson:
    """Somebody who takes part."""

    id: int
    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class FrabRoom:
    """A room, or one table of a meeting area."""

    name: str
    """Not that of any other."""
    guid: str
    seats: int | None


@dataclass(frozen=True, slots=True)
class FrabEvent:
    """A session, a meeting, or a talk without its session."""

    id: int
    guid: str
    slug: str
    room: FrabRoom
    start: dt.datetime
    """On the clock of its city."""
    duration: dt.timedelta
    title: str
    type: str
    track: str
    """Empty: none."""
    description: str
    persons: tuple[FrabPerson, ...]


@dataclass(frozen=True, slots=True)
class FrabDay:
    """A date, on the clock of each city."""

    index: int
    date: dt.date
    start: dt.datetime
    """The first midnight at which it begins in a city."""
    end: dt.datetime
    """The last midnight at which it ends in a city."""
    rooms: tuple[tuple[FrabRoom, tuple[FrabEvent, ...]], ...]
    """Those in which something takes place, each with its events in order of time."""


@dataclass(frozen=True, slots=True)
class Conference:
    """A whole schedule."""

    acronym: str
    title: str
    version: str
    grid: dt.timedelta
    time_zone: str
    tracks: tuple[str, ...]
    rooms: tuple[FrabRoom, ...]
    """All, used or not; of meeting areas the tables that are used."""
    days: tuple[FrabDay, ...]
    """The dates on which a city is open or something takes place: at least one."""


def conferences(instance: Instance, solution: Solution, manner: Manner) -> dict[str, Conference]:
    """Return the whole schedule and, where there are several cities, that of each.

    Returns
    -------
    dict of str to Conference
        By the stem of the file: ``schedule``, ``city-valencia`` ...

    Raises
    ------
    ValueError
        If the solution does not speak of this instance.
    """
    writer = _Writer(instance, Agendas(instance, solution), str(manner.sequence))
    found = {"schedule": writer.conference(instance.cities)}
    if len(instance.cities) > 1:
        found |= {f"city-{city.id}": writer.conference((city,)) for city in instance.cities}
    return found


def clock(length: dt.timedelta) -> str:
    """Return a length as the format writes it: ``01:30``."""
    hours, minutes = divmod(length // dt.timedelta(minutes=1), 60)
    return f"{hours:02d}:{minutes:02d}"


class _Writer:
    """Makes conferences of one solution; what events have by themselves is the same in each."""

    def __init__(self, instance: Instance, agendas: Agendas, version: str) -> None:
        self._instance = instance
        self._version = version
        self._agenda = agendas.of(PROGRAMME)
        here = {entry.id for entry in self._agenda.entries}
        self._entries = [entry for entry in self._agenda.entries if entry.session not in here]

    def conference(self, cities: Sequence[City]) -> Conference:
        """Return what takes place in some cities."""
        programme = self._instance.programme
        ids = {city.id for city in cities}
        entries = [entry for entry in self._entries if entry.place.city.id in ids]
        halls = _Halls(self._instance, cities, entries)
        events = [self._event(entry, halls.of(entry)) for entry in entries]
        return Conference(
            acronym=self._acronym,
            title=on_one_line(programme.label) or programme.id,
            version=self._version,
            grid=programme.grid,
            time_zone=self._zone(cities),
            tracks=tuple(_track(track.label, track.id) for track in self._instance.tracks),
            rooms=halls.all,
            days=tuple(_days(cities, halls.all, events)),
        )

    def _zone(self, cities: Sequence[City]) -> str:
        zones = {city.time_zone for city in cities}
        named = self._instance.programme.time_zone
        return named if named and len(zones) > 1 else cities[0].time_zone

    @cached_property
    def _acronym(self) -> str:
        """The programme's id in the letters that an acronym may have."""
        name = re.sub("[^a-z0-9]+", "_", self._instance.programme.id.lower()).strip("_")
        if len(name) >= _SHORTEST:
            return name
        first = min(opening.date for city in self._instance.cities for opening in city.opening)
        return f"{name}_{first.year}"

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return numbers(activity.id for activity in self._instance.activities)

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """Names for addresses: from the ids, those that are not told apart by small letters with a number."""
        ids = [str(activity.id) for activity in self._instance.activities]
        bare = {id_: re.sub("[^a-z0-9]+", "-", id_.lower()).strip("-") for id_ in ids}
        return distinct(bare, lambda id_: f"-{self._numbers[id_]}")

    @cached_property
    def _persons(self) -> dict[str, FrabPerson]:
        people = self._instance.people
        ids = numbers(person.id for person in people)
        return {person.id: self._person(person, ids[person.id]) for person in people}

    def _person(self, person: Person, number: int) -> FrabPerson:
        guid = guid_of(self._instance, f"person:{person.id}")
        return FrabPerson(number, guid, on_one_line(person.name) or person.id)

    def _event(self, entry: Entry, hall: FrabRoom) -> FrabEvent:
        # Not the speakers of its talks, who may be elsewhere for the rest of it: the description names them.
        return FrabEvent(
            id=self._numbers[entry.id],
            guid=guid_of(self._instance, entry.id),
            slug=f"{self._acronym}-{self._slugs[entry.id]}",
            room=hall,
            start=entry.start,
            duration=elapsed(entry.start, entry.end),
            title=on_one_line(summary(self._instance, self._agenda, entry)) or entry.id,
            type=kind_words(entry.kind),
            track=_track(entry.track.label, entry.track.id) if entry.track else "",
            description=_told(self._instance, self._agenda, entry),
            persons=tuple(self._persons[attendee.person.id] for attendee in entry.attendees),
        )


class _Halls:
    """Rooms and tables by names that tell them apart."""

    def __init__(self, instance: Instance, cities: Sequence[City], entries: Iterable[Entry]) -> None:
        used: dict[str, set[int]] = {}
        for entry in entries:
            used.setdefault(_room(entry).id, set()).add(entry.place.table or 0)
        names: dict[tuple[str, int], str] = {}
        seats: dict[tuple[str, int], int | None] = {}
        for city, venue, room in _rooms(cities):
            tables = used.get(room.id, set()) | (set() if room.is_area else {0})
            for table in sorted(tables):
                names[room.id, table] = _hall_name(cities, city, venue, room, table)
                seats[room.id, table] = room.seats
        told = distinct(names, lambda key: f" ({key[0]}{f', {key[1]}' if key[1] else ''})")
        self._found = {
            key: FrabRoom(told[key], guid_of(instance, f"room:{key[0]}:{key[1]}"), seats[key])
            for key in names
        }

    @property
    def all(self) -> tuple[FrabRoom, ...]:
        """All, in the order of the instance."""
        return tuple(self._found.values())

    def of(self, entry: Entry) -> FrabRoom:
        """Return where an entry takes place."""
        return self._found[_room(entry).id, entry.place.table or 0]


def guid_of(instance: Instance, id_: str) -> str:
    """Return a UUID of the name that calendars know a thing by (version 5 of RFC 9562)."""
    return str(uuid5(NAMESPACE_URL, uid_of(instance, id_)))


def numbers(names: Iterable[str]) -> dict[str, int]:
    """Return a number above zero for each name; it follows from the name, whatever its place in a list.

    Two names with the same digest, which is rare, are told apart in order of the alphabet.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        number = int.from_bytes(sha256(name.encode()).digest()[:4], "big") % _MOST + 1
        while number in taken:
            number = number % _MOST + 1
        taken.add(number)
        found[name] = number
    return found


def distinct(wanted: Mapping[_Key, str], more: Callable[[_Key], str]) -> dict[_Key, str]:
    """Return texts by key of which no two are alike: those that are have something more at their end."""
    found = dict(wanted)
    while True:
        times = Counter(found.values())
        if len(times) == len(found):
            return found
        found = {key: text if times[text] == 1 else f"{text}{more(key)}" for key, text in found.items()}


def _room(entry: Entry) -> Room:
    assert entry.place.room is not None  # only legs have none, and a programme's agenda has no legs
    return entry.place.room


def _rooms(cities: Iterable[City]) -> Iterator[tuple[City, Venue, Room]]:
    return ((city, venue, room) for city in cities for venue in city.venues for room in venue.rooms)


def _hall_name(cities: Sequence[City], city: City, venue: Venue, room: Room, table: int) -> str:
    """Return ``City: Venue, Room, table 3``, without the city or the venue where there is only one."""
    parts = [venue.label] if len(city.venues) > 1 else []
    parts += [room.label] + ([f"table {table}"] if table else [])
    name = ", ".join(parts)
    return on_one_line(f"{city.label}: {name}" if len(cities) > 1 else name) or room.id


def _track(label: str, id_: str) -> str:
    return on_one_line(label) or id_


def _told(instance: Instance, agenda: Agenda, entry: Entry) -> str:
    """Return everything else there is to know, and the place with its address, which a room has not."""
    return fit("\n".join(filter(None, (description(instance, agenda, entry), f"Place: {location(entry)}"))))


def _days(
    cities: Sequence[City], halls: Sequence[FrabRoom], events: Sequence[FrabEvent]
) -> Iterator[FrabDay]:
    """Yield the days; an event is on the date that the clock of its city shows when it starts."""
    on: dict[dt.date, list[FrabEvent]] = {}
    for event in events:
        on.setdefault(event.start.date(), []).append(event)
    dates = {opening.date for city in cities for opening in city.opening} | on.keys()
    for index, date in enumerate(sorted(dates), 1):
        by_room: dict[str, list[FrabEvent]] = {}
        for event in on.get(date, ()):
            by_room.setdefault(event.room.guid, []).append(event)
        yield FrabDay(
            index=index,
            date=date,
            start=min((at(date, dt.time(0), city.zone) for city in cities), key=_instant),
            end=max((at(date, dt.time(0), city.zone, end=True) for city in cities), key=_instant),
            rooms=tuple((hall, tuple(by_room[hall.guid])) for hall in halls if hall.guid in by_room),
        )


def _instant(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(UTC)
