"""Entries of agendas as pages show them: with names, addresses of pages, and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.domain import ActivityKind, City
from scheduler.domain.times import UTC
from scheduler.exports.entries import TRAVEL, Agenda, Entry
from scheduler.exports.site import words
from scheduler.exports.site.book import Book, Group, Ref, day_key


@dataclass(frozen=True, slots=True)
class TalkShown:
    """A talk in the order of its session."""

    title: str
    start: dt.datetime
    end: dt.datetime
    speaker: Ref


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a page shows it."""

    entry: Entry
    kind: str
    """What it is, in words."""
    title: str
    """Its title; of a meeting without one the word for it."""
    joint: str
    """Of a meeting, what stands between the title and the parties."""
    parties: tuple[Ref, ...]
    """Of a meeting, with whom it is; of a session, its parties."""
    page: str
    """Where the day's page shows it; empty: nowhere."""
    room: Ref | None
    groups: tuple[Group, ...]
    audience: tuple[Ref, ...]
    listeners: tuple[Ref, ...]
    talks: tuple[TalkShown, ...]
    after: str
    """What has to be said of its end: another date, another clock."""
    part: str
    """In a participant's agenda: what they do in it, where that says more than that they take part."""

    @property
    def is_meeting(self) -> bool:
        """Whether it is a bilateral meeting."""
        return self.entry.kind is ActivityKind.MEETING

    @property
    def is_travel(self) -> bool:
        """Whether it is a leg between two cities."""
        return self.entry.kind == TRAVEL

    @property
    def tells_people(self) -> bool:
        """Whether those who take part are others than the parties that a meeting's title names."""
        people = [named.ref for group in self.groups for named in group.people]
        return bool(people) and not (self.is_meeting and people == list(self.parties))

    @property
    def tells_parties(self) -> bool:
        """Whether a session's parties are not all told among those who take part."""
        told = {group.delegation for group in self.groups}
        told |= {named.ref for group in self.groups for named in group.people}
        return not self.is_meeting and not told.issuperset(self.parties)


@dataclass(frozen=True, slots=True)
class Slot:
    """Meetings that begin and end together."""

    start: dt.datetime
    end: dt.datetime
    after: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings of one room or meeting area on one day."""

    room: Ref
    room_id: str
    venue: str
    lines: tuple[Line, ...]

    @property
    def start(self) -> dt.datetime:
        """When the first begins."""
        return self.lines[0].entry.start

    @property
    def end(self) -> dt.datetime:
        """When the last ends."""
        return max(line.entry.end for line in self.lines)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The meetings by start and end, in each by table."""
        found = groupby(self.lines, key=lambda line: (line.entry.start, line.entry.end, line.after))
        return tuple(Slot(*times, tuple(lines)) for times, lines in found)


@dataclass(frozen=True, slots=True)
class Day:
    """What an agenda has on one date."""

    date: dt.date
    cities: tuple[City, ...]
    """Where, in the order of time; of a leg both."""
    clocks: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CityDay:
    """One date in one city: its sessions, its meetings by room, and both against time."""

    date: dt.date
    city: City
    key: str
    clock: str
    sessions: tuple[Line, ...]
    meetings: tuple[Meetings, ...]
    entries: tuple[Entry, ...]

    @property
    def count(self) -> int:
        """How many bilateral meetings there are."""
        return sum(len(block.lines) for block in self.meetings)


class Lines:
    """Makes lines of entries.

    Parameters
    ----------
    book : Book
        Names and pages.
    entries : sequence of Entry
        Everything that is placed.
    """

    def __init__(self, book: Book, entries: Sequence[Entry]) -> None:
        self._book = book
        self._pages = _pages(entries)

    def of(self, agenda: Agenda) -> tuple[Line, ...]:
        """Return the lines of an agenda; a talk is told with its session where that is there too."""
        here = {entry.id for entry in agenda.entries}
        return tuple(self._line(agenda, entry) for entry in agenda.entries if entry.session not in here)

    def days(self, agenda: Agenda) -> tuple[Day, ...]:
        """Return an agenda day by day."""
        found: dict[dt.date, list[Line]] = {}
        for line in self.of(agenda):
            found.setdefault(line.entry.start.date(), []).append(line)
        return tuple(
            Day(date, _cities(lines), words.clocks([line.entry for line in lines]), tuple(lines))
            for date, lines in found.items()
        )

    def city_days(self, agenda: Agenda) -> tuple[CityDay, ...]:
        """Return what takes place on each date in each city, by date and then by the first that begins."""
        found: dict[tuple[dt.date, str], list[Line]] = {}
        for line in self.of(agenda):
            found.setdefault((line.entry.start.date(), line.entry.place.city.id), []).append(line)
        return tuple(_city_day(found[key]) for key in sorted(found, key=lambda key: key[0]))

    def _line(self, agenda: Agenda, entry: Entry) -> Line:
        book = self._book
        others = tuple(party for party in entry.parties if party not in agenda.own)
        one_side = 0 < len(others) < len(entry.parties)
        is_meeting = entry.kind is ActivityKind.MEETING
        return Line(
            entry=entry,
            kind=words.kind(entry),
            title=_title(entry),
            joint=(" with " if one_side else ": ") if is_meeting else "",
            parties=book.parties(others if one_side else entry.parties),
            page=self._pages.get(entry.id, ""),
            room=None if entry.place.room is None else book.room(entry.place.room),
            groups=book.groups(entry.attendees),
            audience=book.parties(entry.audience),
            listeners=tuple(book.person(person) for person in entry.listeners),
            talks=tuple(TalkShown(t.title, t.start, t.end, book.person(t.speaker)) for t in entry.talks),
            after=words.after(entry),
            part="" if is_meeting else " and ".join(part.value for part in entry.parts),
        )


def _title(entry: Entry) -> str:
    if entry.destination is not None:  # a leg: its cities are told apart from it
        return entry.title.removesuffix(f" {entry.place.city.label} - {entry.destination.label}")
    return "Meeting" if entry.kind is ActivityKind.MEETING and not entry.titled else entry.title


def _pages(entries: Iterable[Entry]) -> dict[str, str]:
    """Return where each activity is shown: on the page of its day; a talk with its session."""
    own = {e.id: f"day/{day_key(e.start.date(), e.place.city)}.html#a-{e.id}" for e in entries}
    talks = {entry.id: own[entry.session] for entry in entries if entry.session in own}
    return own | talks


def _cities(lines: Sequence[Line]) -> tuple[City, ...]:
    found: dict[str, City] = {}
    for line in lines:
        for city in (line.entry.place.city, line.entry.destination):
            if city is not None:
                found.setdefault(city.id, city)
    return tuple(found.values())


def _city_day(lines: Sequence[Line]) -> CityDay:
    first = lines[0].entry
    date, city = first.start.date(), first.place.city
    rooms: dict[str, list[Line]] = {}
    for line in lines:
        if line.is_meeting and line.entry.place.room is not None:
            rooms.setdefault(line.entry.place.room.id, []).append(line)
    return CityDay(
        date=date,
        city=city,
        key=day_key(date, city),
        clock=words.clock(city, [line.entry for line in lines]),
        sessions=tuple(line for line in lines if not line.is_meeting),
        meetings=tuple(_meetings(found) for found in rooms.values()),
        entries=tuple(line.entry for line in lines),
    )


def _meetings(lines: Sequence[Line]) -> Meetings:
    place = lines[0].entry.place
    ref, room, venue = lines[0].room, place.room, place.venue
    if ref is None or room is None or venue is None:
        raise AssertionError("every meeting is in a room")
    in_order = sorted(
        lines, key=lambda line: (_times(line.entry), line.entry.place.table or 0, line.entry.id)
    )
    return Meetings(ref, room.id, venue.label, tuple(in_order))


def _times(entry: Entry) -> tuple[dt.datetime, dt.datetime]:
    return entry.start.astimezone(UTC), entry.end.astimezone(UTC)
