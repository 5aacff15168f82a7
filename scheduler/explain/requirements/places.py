"""What is said of places: when cities and rooms are open, and how much fits into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.domain import City, Instance, Room
from scheduler.explain import wording as words
from scheduler.explain.requirements.base import Kind, Requirement
from scheduler.explain.requirements.rewriting import Path, put, take_out
from scheduler.explain.requirements.scope import Scope

_MIDNIGHT = dt.time(0)


def of_places(scope: Scope) -> Iterator[Requirement]:
    """Yield what is said of each city and room."""
    meetings = sum(path[0] == "meetings" for path, _ in scope.hosted)
    for i, city in enumerate(scope.instance.cities):
        yield from _opening(("cities", i), city)
        for j, venue in enumerate(city.venues):
            for k, room in enumerate(venue.rooms):
                path = ("cities", i, "venues", j, "rooms", k)
                yield from _times(scope.instance, path, room)
                yield from _size(scope.instance, path, room, meetings)


def _opening(path: Path, city: City) -> Iterator[Requirement]:
    """Yield when a city is open on each date; on what other dates it could be is not asked."""
    name = words.named(city.label, city.id)
    for i, opening in enumerate(city.opening):
        at = (*path, "opening", i)
        sentence = (
            f"{name} is open on {words.short_date(opening.date)} {words.hours(opening.start, opening.end)}"
        )
        edits = (put((*at, "start"), _MIDNIGHT), put((*at, "end"), _MIDNIGHT))
        yield Requirement(Kind.OPENING, at, (city.id,), sentence, edits)


def _times(instance: Instance, path: Path, room: Room) -> Iterator[Requirement]:
    name = words.room(instance, room.id)
    if room.available:
        at = (*path, "available")
        when = words.listed((words.window(window) for window in room.available), "or")
        sentence = f"{name} is available on {when} alone"
        yield Requirement(Kind.ROOM_AVAILABLE, at, (room.id,), sentence, (put(at, ()),))
    for i, window in enumerate(room.closed):
        at = (*path, "closed", i)
        sentence = f"{name} is closed on {words.window(window)}"
        yield Requirement(Kind.ROOM_CLOSED, at, (room.id,), sentence, (take_out(at),))


def _size(instance: Instance, path: Path, room: Room, meetings: int) -> Iterator[Requirement]:
    name = words.room(instance, room.id)
    if room.tables is not None and room.tables < meetings:
        at = (*path, "tables")
        sentence = f"{name} has {words.counted(room.tables, 'table')}"
        yield Requirement(Kind.TABLES, at, (room.id,), sentence, (put(at, meetings),))
    if room.seats is not None:
        at = (*path, "seats")
        where = " at each table" if room.is_area else ""
        sentence = f"{name} has {words.counted(room.seats, 'seat')}{where}"
        yield Requirement(Kind.SEATS, at, (room.id,), sentence, (put(at, None),))
