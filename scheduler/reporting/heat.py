"""Use of rooms over time: a table for each city and day, half hour by half hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from scheduler.exports.in_words import long_date, percent
from scheduler.reporting.indicators import Indicators, RoomDay, RoomUse, Slice
from scheduler.reporting.tables import Heat, HeatDay, Strip


def heat_days(names: Sequence[str], measured: Sequence[Indicators]) -> tuple[HeatDay, ...]:
    """Return a table for each city and date, in the order of cities and then dates."""
    cities = dict.fromkeys(room.city for room in measured[0].rooms)
    found = []
    for city in cities:
        rooms = [[room for room in one.rooms if room.city == city] for one in measured]
        dates = sorted({day.date for each in rooms for room in each for day in room.days})
        found += [_heat_day(names, city, date, rooms) for date in dates]
    return tuple(found)


def _heat_day(names: Sequence[str], city: str, date: dt.date, rooms: Sequence[Sequence[RoomUse]]) -> HeatDay:
    days = [[_on(room, date) for room in each] for each in rooms]
    starts = sorted(
        {part.start for each in days for day in each if day for part in day.slices}, key=dt.datetime.timestamp
    )
    strips = [
        Strip(
            room=room.label,
            schedule=name if len(names) > 1 else "",
            cells=tuple(_cell(day, start) for start in starts),
            share=_share(day),
        )
        for number, room in enumerate(rooms[0])
        for which, name in enumerate(names)
        if (day := days[which][number]) is not None and day.slices
    ]
    return HeatDay(f"{long_date(date)}, {city}", tuple(f"{start:%H:%M}" for start in starts), tuple(strips))


def _on(room: RoomUse, date: dt.date) -> RoomDay | None:
    return next((day for day in room.days if day.date == date), None)


def _cell(day: RoomDay | None, start: dt.datetime) -> Heat:
    part = next((part for part in day.slices if part.start == start), None) if day else None
    hour = f"{start:%H:%M}"
    if part is None or not (part.open or part.used):
        return Heat("", -1, f"{hour}: closed")
    return Heat(_number(part), _level(part), f"{hour}: {percent(part.used)} used")


def _number(part: Slice) -> str:
    return str(round(100 * part.used)) if part.used else ""


def _level(part: Slice) -> int:
    if part.used > 1 + 1e-9:
        return 6
    return 0 if not part.used else min(5, 1 + int(5 * part.used - 1e-9))


def _share(day: RoomDay | None) -> str:
    return "" if day is None or day.share is None else percent(day.share)
