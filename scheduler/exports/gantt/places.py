"""Rooms and tables against time: of a city and day, of a venue and day, of one room on all its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.domain import City, Instance, Room, RoomId, Venue
from scheduler.exports.agenda import Agendas
from scheduler.exports.entries import Agenda, Entry
from scheduler.exports.gantt import words
from scheduler.exports.gantt.chart import Bar, Chart, Group, Of, Panel, Row
from scheduler.exports.hours import Stretch, open_stretches
from scheduler.exports.in_words import counted, long_date
from scheduler.exports.views import PROGRAMME, By

Place = tuple[Venue, Room]


@dataclass(frozen=True)
class Places:
    """The pictures of places of one schedule."""

    agendas: Agendas
    _open: dict[RoomId, tuple[Stretch, ...]] = field(default_factory=dict)

    @property
    def instance(self) -> Instance:
        """The programme."""
        return self.agendas.instance

    def charts(self, by: By) -> Iterator[Chart]:
        """Yield the pictures of a kind; those of the programme are those of its cities."""
        for city in self.instance.cities:
            everywhere = [(venue, room) for venue in city.venues for room in venue.rooms]
            if by in (By.PROGRAMME, By.CITY):
                yield from self._days(city, city.id, city.label, everywhere)
            elif by is By.VENUE:
                for venue in city.venues:
                    rooms = [place for place in everywhere if place[0] is venue]
                    yield from self._days(city, f"venue-{venue.id}", venue.label, rooms)
            else:
                for place in everywhere:
                    yield self._of_room(city, place)

    def _days(self, city: City, name: str, label: str, places: list[Place]) -> Iterator[Chart]:
        """Yield a picture for each day on which a city is open or something takes place there."""
        for date in self._dates(city, places):
            title = f"{self.instance.programme.label} - {label}"
            yield Chart(f"gantt-{name}-{date}", title, (self._panel(city, date, places, label),))

    def _of_room(self, city: City, place: Place) -> Chart:
        venue, room = place
        title = f"{self.instance.programme.label} - {room.label}, {venue.label}"
        dates = self._dates(city, [place])
        panels = tuple(self._panel(city, date, [place], city.label) for date in dates)
        return Chart(f"gantt-room-{room.id}", title, panels)

    def _dates(self, city: City, places: Iterable[Place]) -> list[dt.date]:
        taken = {entry.start.date() for _, room in places for entry in self._entries.get(room.id, ())}
        return sorted(taken | {opening.date for opening in city.opening})

    def _panel(self, city: City, date: dt.date, places: list[Place], where: str) -> Panel:
        groups = [group for place in places for group in self._groups(city, date, place)]
        bars = [bar for group in groups for row in group.rows for bar in row.bars]
        spans = [opening.instants(city.zone) for opening in city.opening if opening.date == date]
        return Panel(
            date=date,
            heading=f"{long_date(date)}, {where}",
            clock=words.clock_of(city, date),
            midnight=dt.datetime.combine(date, dt.time(0), city.zone),
            start=min(
                [*(bar.start for bar in bars), *(start for start, _ in spans)], key=dt.datetime.timestamp
            ),
            end=max([*(bar.end for bar in bars), *(end for _, end in spans)], key=dt.datetime.timestamp),
            groups=tuple(_joined(groups)),
        )

    def _groups(self, city: City, date: dt.date, place: Place) -> Iterator[Group]:
        """Yield a room under its venue, or a meeting area with a row for each table."""
        venue, room = place
        here = [entry for entry in self._entries.get(room.id, ()) if entry.start.date() == date]
        if room.tables is None:
            yield Group(venue.label, (self._row(city, room, room.id, room.label, here),))
            return
        label = f"{room.label}, {venue.label} ({counted(room.tables, 'table')})"
        # A schedule that breaks the rules may seat a meeting nowhere, or at a table that is not there.
        seats = dict.fromkeys([*range(1, room.tables + 1), *(entry.place.table for entry in here)])
        yield Group(
            label,
            tuple(
                self._row(
                    city,
                    room,
                    f"{room.id}.{table or 0}",
                    f"table {table}" if table else "no table",
                    [entry for entry in here if entry.place.table == table],
                )
                for table in seats
            ),
        )

    def _row(self, city: City, room: Room, id_: str, label: str, entries: list[Entry]) -> Row:
        if room.id not in self._open:
            self._open[room.id] = tuple(open_stretches(city, room))
        bars = tuple(self._bar(entry) for entry in entries)
        return Row(id_, label, bars, self._open[room.id], Of.TABLE if room.is_area else Of.ROOM)

    def _bar(self, entry: Entry) -> Bar:
        return words.bar_in_place(self.instance, self._whole, entry)

    @cached_property
    def _whole(self) -> Agenda:
        return self.agendas.of(PROGRAMME)

    @cached_property
    def _entries(self) -> dict[RoomId, list[Entry]]:
        """What takes place in each room, in order."""
        found: dict[RoomId, list[Entry]] = {}
        for entry in self.agendas.entries:
            if entry.place.room is not None:
                found.setdefault(entry.place.room.id, []).append(entry)
        return found


def _joined(groups: Iterable[Group]) -> Iterator[Group]:
    """Yield groups, those with one label after each other as one: the rooms of a venue."""
    waiting: Group | None = None
    for group in groups:
        if waiting is not None and waiting.label == group.label:
            waiting = Group(group.label, (*waiting.rows, *group.rows))
            continue
        if waiting is not None:
            yield waiting
        waiting = group
    if waiting is not None:
        yield waiting
