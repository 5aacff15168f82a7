"""What may go wrong with rooms, tables, venues and sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from scheduler.benchmarking.mishaps.scene import Attempt, Scene, most_at_once, named, on
from scheduler.domain import City, Instance, Room, RoomId, Session, Venue, Window
from scheduler.domain.activities import HostedActivity
from scheduler.domain.ids import VenueId
from scheduler.domain.times import format_duration

_H = TypeVar("_H", bound=HostedActivity)
_PARTING = dt.time(14)
"""Where the day is parted."""
_HALVES = ("morning", "afternoon")


def hall_closed(scene: Scene) -> Iterator[Attempt]:
    """Yield rooms (then meeting areas) that are closed on a date on which they are used."""
    used = [
        (room, date)
        for room in scene.instance.rooms
        for date in sorted({e.date for e in scene.by_room.get(room.id, ())})
    ]
    for room, date in sorted(scene.shuffled(used), key=lambda pair: pair[0].is_area):
        what = f"{_of(scene.instance, room)} is closed on {on(date)}."
        yield Attempt(what, partial(_closed, scene.instance, room, Window(date=date)))


def _of(instance: Instance, room: Room) -> str:
    venue, city = instance.venue_of(room.id), instance.city_of(room.id)
    return f"{named(room.label, room.id)} of {named(venue.label, venue.id)} in {city.label}"


def _closed(instance: Instance, room: Room, hours: Window) -> Instance:
    return _with_room(instance, room.model_copy(update={"closed": (*room.closed, hours)}))


def _with_room(instance: Instance, room: Room) -> Instance:
    """Return the programme with another room in the place of the one of the same id."""
    city, venue = instance.city_of(room.id), instance.venue_of(room.id)
    rooms = tuple(room if each.id == room.id else each for each in venue.rooms)
    return _with_venues(instance, city, {venue.id: venue.model_copy(update={"rooms": rooms})})


def _with_venues(instance: Instance, city: City, changed: Mapping[VenueId, Venue], *new: Venue) -> Instance:
    venues = (*(changed.get(venue.id, venue) for venue in city.venues), *new)
    other = city.model_copy(update={"venues": venues})
    return instance.changed(cities=tuple(other if each.id == city.id else each for each in instance.cities))


def tables_lost(scene: Scene) -> Iterator[Attempt]:
    """Yield areas that lose all spare tables and a third of the others, or all tables for half a day."""
    areas = scene.shuffled(room for room in scene.instance.rooms if room.is_area)
    for room in areas:
        most = most_at_once(scene.by_room.get(room.id, ()))
        if (left := most - max(1, most // 3)) > 0:
            tables = f"{left} tables" if left > 1 else "one table"
            what = f"{_of(scene.instance, room)} has {tables} left of {room.tables}."
            less = room.model_copy(update={"tables": left})
            yield Attempt(what, partial(_with_room, scene.instance, less))
    for room in areas:
        halves = {(e.date, e.start.time() >= _PARTING) for e in scene.by_room.get(room.id, ())}
        for date, after in scene.shuffled(sorted(halves)):
            half = Window(date=date, start=_PARTING) if after else Window(date=date, end=_PARTING)
            what = f"{_of(scene.instance, room)} has no tables on the {_HALVES[after]} of {on(date)}."
            yield Attempt(what, partial(_closed, scene.instance, room, half))


def session_longer(scene: Scene) -> Iterator[Attempt]:
    """Yield sessions that take half an hour longer (a step of the grid where that is more)."""
    grid = scene.instance.programme.grid
    more = -(-dt.timedelta(minutes=30) // grid) * grid
    placed = {e.activity for engagements in scene.by_room.values() for e in engagements}
    for session in scene.shuffled(s for s in scene.instance.sessions if s.id in placed):
        lasting = session.duration + more
        label = named(session.label, session.id)
        what = f"{label} takes {format_duration(lasting)}, {format_duration(more)} longer."
        longer = session.model_copy(update={"duration": lasting})
        yield Attempt(what, partial(_with_session, scene.instance, longer))


def _with_session(instance: Instance, session: Session) -> Instance:
    return instance.changed(
        sessions=tuple(session if each.id == session.id else each for each in instance.sessions)
    )


def venue_swapped(scene: Scene) -> Iterator[Attempt]:
    """Yield venues that cannot be used on a date, and another with the same rooms for that date."""
    used = [
        (city, venue, date)
        for city in scene.instance.cities
        for venue in city.venues
        for date in sorted({e.date for room in venue.rooms for e in scene.by_room.get(room.id, ())})
    ]
    for city, venue, date in scene.shuffled(used):
        what = (
            f"{named(venue.label, venue.id)} in {city.label} cannot be used on {on(date)}; another venue "
            "with the same rooms stands in for it."
        )
        yield Attempt(what, partial(_swapped, scene.instance, city, venue, date))


def _swapped(instance: Instance, city: City, venue: Venue, date: dt.date) -> Instance:
    there = {room.id: RoomId(f"{room.id}-substitute") for room in venue.rooms}
    other = venue.model_copy(
        update={
            "id": VenueId(f"{venue.id}-substitute"),
            "name": f"Substitute for {venue.label}",
            "rooms": tuple(_substitute(room, there[room.id], date) for room in venue.rooms),
        }
    )
    shut = tuple(r.model_copy(update={"closed": (*r.closed, Window(date=date))}) for r in venue.rooms)
    closed = venue.model_copy(update={"rooms": shut})
    reached = tuple(
        transfer.model_copy(update=dict.fromkeys(ends, other.id))
        for transfer in city.transfers
        if (ends := [key for key in ("start", "end") if getattr(transfer, key) == venue.id])
    )
    city = city.model_copy(update={"transfers": (*city.transfers, *reached)})
    opened = _with_venues(instance, city, {venue.id: closed}, other)
    also: dict[Any, Any] = {venue.id: other.id, **there}
    return opened.changed(
        sessions=tuple(_allowed(session, also) for session in opened.sessions),
        meetings=tuple(_allowed(meeting, also) for meeting in opened.meetings),
    )


def _substitute(room: Room, name: RoomId, date: dt.date) -> Room:
    """Return a room like another one, on one date alone."""
    hours = [each.model_copy(update={"date": date}) for each in room.available if each.date in (None, date)]
    return room.model_copy(update={"id": name, "available": tuple(hours) or (Window(date=date),)})


def _allowed(activity: _H, also: Mapping[Any, Any]) -> _H:
    """Return an activity that may be, and is as welcome, in what stands in for its rooms and venues."""

    def widened(names: tuple[Any, ...]) -> tuple[Any, ...]:
        return names + tuple(also[name] for name in names if name in also)

    update: dict[str, Any] = {"venues": widened(activity.venues), "rooms": widened(activity.rooms)}
    update["prefer"] = activity.prefer.model_copy(update={"rooms": widened(activity.prefer.rooms)})
    return activity.model_copy(update={k: v for k, v in update.items() if v != getattr(activity, k)})
