"""How much of the hours of rooms and tables is used, over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from scheduler.domain import ActivityKind, City, Room
from scheduler.domain.times import MINUTE, UTC, elapsed
from scheduler.exports.entries import Entry
from scheduler.exports.hours import Stretch, common, length, open_stretches
from scheduler.reporting.indicators import RoomDay, RoomUse, Slice
from scheduler.reporting.measuring.scene import Scene

STEP = dt.timedelta(minutes=30)
"""How fine use over time is."""


def rooms(scene: Scene) -> tuple[RoomUse, ...]:
    """Return the use of every room, in the order of the instance.

    A room is open when its city is, as far as its windows leave; a meeting area counts once for each table;
    talks take no time of their own. A date's time is what lies within it on the city's clock.
    """
    taken: dict[str, list[Entry]] = {}
    for entry in scene.agendas.entries:
        if entry.kind is not ActivityKind.TALK and entry.place.room is not None:
            taken.setdefault(entry.place.room.id, []).append(entry)
    return tuple(
        _use(city, venue.label, room, [_stretch(entry) for entry in taken.get(room.id, ())])
        for city in scene.instance.cities
        for venue in city.venues
        for room in venue.rooms
    )


def _use(city: City, venue: str, room: Room, used: list[Stretch]) -> RoomUse:
    opened = open_stretches(city, room)
    dates = {opening.date for opening in city.opening}
    dates |= {date for start, end in used for date in _dates(start, end, city)}
    return RoomUse(
        id=room.id,
        label=room.label,
        venue=venue,
        city=city.label,
        tables=room.tables,
        days=tuple(_day(city, room.tables or 1, date, opened, used) for date in sorted(dates)),
    )


def _day(
    city: City, tables: int, date: dt.date, opened: Sequence[Stretch], used: Sequence[Stretch]
) -> RoomDay:
    start, end = (
        dt.datetime.combine(day, dt.time(0), city.zone).astimezone(UTC)
        for day in (date, date + dt.timedelta(days=1))
    )
    opened, used = common(opened, [(start, end)]), common(used, [(start, end)])
    return RoomDay(
        date=date,
        open_minutes=tables * _minutes(opened),
        used_minutes=_minutes(used),
        slices=tuple(_slices(city, tables, opened, used)),
    )


def _slices(city: City, tables: int, opened: Sequence[Stretch], used: Sequence[Stretch]) -> Iterable[Slice]:
    """Yield the slices from the first moment at which a room is open or used to the last."""
    if not (opened or used):
        return
    at = _floor(min(start for start, _ in (*opened, *used)))
    last = max(end for _, end in (*opened, *used))
    while at < last:
        here = [(at, at + STEP)]
        yield Slice(
            start=at.astimezone(city.zone),
            open=length(common(opened, here)) / STEP,
            used=length(common(used, here)) / STEP / tables,
        )
        at += STEP


def _floor(moment: dt.datetime) -> dt.datetime:
    """Return the whole or half hour before a moment in UTC; the clocks of all zones differ by these."""
    return moment - (moment - dt.datetime.min.replace(tzinfo=UTC)) % STEP


def _stretch(entry: Entry) -> Stretch:
    return entry.start.astimezone(UTC), entry.end.astimezone(UTC)


def _dates(start: dt.datetime, end: dt.datetime, city: City) -> Iterable[dt.date]:
    date = start.astimezone(city.zone).date()
    last = (end - dt.timedelta.resolution).astimezone(city.zone).date()
    while date <= last:
        yield date
        date += dt.timedelta(days=1)


def _minutes(stretches: Sequence[Stretch]) -> int:
    return sum(elapsed(start, end) // MINUTE for start, end in stretches)
