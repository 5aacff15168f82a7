"""Transfers and links that lead nowhere, sessions at tables, and pins that nothing can keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.domain.activities import Activity, HostedActivity, Meeting, Session
from scheduler.domain.faults.doubt import Kind, Path
from scheduler.domain.faults.facts import Facts
from scheduler.domain.faults.spelling import hint
from scheduler.domain.ids import RoomId
from scheduler.domain.instance import Fault, Instance
from scheduler.domain.places import City
from scheduler.domain.times import DAY, format_duration


def transfers(facts: Facts) -> Iterator[Fault]:
    """Yield transfers that do not lead from one venue of their city to another, or are told twice."""
    for i, city in enumerate(facts.instance.cities):
        yield from _transfers_of(facts, ("cities", i), city)


def _transfers_of(facts: Facts, path: Path, city: City) -> Iterator[Fault]:
    here = {venue.id for venue in city.venues}
    told: dict[frozenset[str], dt.timedelta] = {}
    for j, transfer in enumerate(city.transfers):
        at: Path = (*path, "transfers", j)
        for key, venue in (("from", transfer.start), ("to", transfer.end)):
            if venue not in here:
                yield from _no_venue_here(facts, (*at, key), city, venue)
        if transfer.start == transfer.end:
            yield Fault((*at, "to"), transfer.end, "is where the transfer begins: it leads to another venue")
        elif (
            told.setdefault(frozenset((transfer.start, transfer.end)), transfer.duration) != transfer.duration
        ):
            message = "contradicts an earlier entry: a transfer takes as long either way"
            yield Fault((*at, "duration"), format_duration(transfer.duration), message)


def _no_venue_here(facts: Facts, path: Path, city: City, venue: str) -> Iterator[Fault]:
    here = {other.id for other in city.venues}
    if not facts.knows(Kind.VENUE, venue):
        yield Fault(path, venue, f'is no venue of "{city.id}"{hint(venue, here)}')
    elif not facts.doubt.touches("cities"):
        yield Fault(path, venue, f'is a venue of another city: transfers are inside "{city.id}"')


def links(facts: Facts) -> Iterator[Fault]:
    """Yield links from a city to itself."""
    for i, link in enumerate(facts.instance.travel.links):
        if link.start == link.end:
            yield Fault(
                ("travel", "links", i, "to"), link.end, "is where the link begins: it leads to another city"
            )


def areas(facts: Facts) -> Iterator[Fault]:
    """Yield sessions that may only be where no session can be: at the tables of a meeting area."""
    instance = facts.instance
    for i, session in enumerate(instance.sessions):
        if session.rooms and all(_tables(facts, room) for room in session.rooms):
            message = "are all meeting areas: a session takes a room without tables"
            yield Fault(("sessions", i, "rooms"), ", ".join(session.rooms), message)


def pins(facts: Facts) -> Iterator[Fault]:
    """Yield pins that nothing could keep."""
    grid = facts.instance.programme.grid
    on_grid = not (DAY % grid or facts.doubt.touches("programme") or facts.doubt.touches("cities"))
    for path, hosted in facts.hosted:
        if "pin" in hosted.model_fields_set and not facts.doubt.touches(*path):
            yield from _pinned_room(facts, path, hosted)
            yield from _pinned_table(facts, path, hosted)
            if on_grid:
                yield from _pinned_start(facts.instance, path, hosted, hosted.pin.room)
    for path, talk in facts.talks:
        if "pin" in talk.model_fields_set and not facts.doubt.touches(*path):
            yield from _pinned_talk(path, talk)
            if on_grid:
                yield from _pinned_start(
                    facts.instance, path, talk, facts.instance.sessions[int(path[1])].pin.room
                )


def _pinned_talk(path: Path, talk: Activity) -> Iterator[Fault]:
    for key in ("room", "table"):
        value = getattr(talk.pin, key)
        if value is not None:
            yield Fault(
                (*path, "pin", key), value, "is for the session to say: a talk is where its session is"
            )


def _pinned_start(instance: Instance, path: Path, activity: Activity, room: RoomId | None) -> Iterator[Fault]:
    """Yield a pinned start that lies on the grid on no city's clock on which it could be read."""
    start = activity.pin.start
    if start is None:
        return
    grid = instance.programme.grid
    zones = [instance.city_of(room).zone] if room and instance.has_room(room) else instance.zones.values()
    if not any(_on_grid(start, zone, grid) for zone in zones):
        message = f"does not lie on the grid, {format_duration(grid)} counted from midnight"
        yield Fault((*path, "pin", "start"), start.isoformat(timespec="minutes"), message)


def _on_grid(start: dt.datetime, zone: ZoneInfo, grid: dt.timedelta) -> bool:
    clock = start.astimezone(zone)
    return not dt.timedelta(hours=clock.hour, minutes=clock.minute) % grid


def _pinned_room(facts: Facts, path: Path, hosted: HostedActivity) -> Iterator[Fault]:
    room = hosted.pin.room
    if isinstance(hosted, Session) and room is not None and _tables(facts, room):
        message = "is a meeting area: a session takes a room without tables"
        yield Fault((*path, "pin", "room"), room, message)


def _pinned_table(facts: Facts, path: Path, hosted: HostedActivity) -> Iterator[Fault]:
    table = hosted.pin.table
    if table is None:
        return
    at = (*path, "pin", "table")
    if not isinstance(hosted, Meeting):
        yield Fault(at, table, "is for meetings: a session takes a whole room")
        return
    rooms = (hosted.pin.room,) if hosted.pin.room else hosted.rooms
    rooms = rooms or tuple(room.id for room in facts.instance.rooms)
    most = max((_tables(facts, room) for room in rooms), default=0)
    if table > most and all(_known(facts, room) for room in rooms):
        last = f"the last is {most}" if most else "there are no tables"
        yield Fault(at, table, f"is no table of {' or '.join(rooms)}: {last}")


def _known(facts: Facts, room: RoomId) -> bool:
    """Return whether a room can be looked at."""
    return facts.instance.has_room(room) and not facts.doubt.touches("cities")


def _tables(facts: Facts, room: RoomId) -> int:
    """Return the number of tables of a room: none if it is no area, or cannot be looked at."""
    return facts.instance.room(room).tables or 0 if _known(facts, room) else 0
