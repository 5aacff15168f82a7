"""Reads tables for calendar programs as these do, and says what they ought to hold."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.domain import Instance, Placement, Session, Solution, Talk
from scheduler.domain.times import UTC, later
from scheduler.exports.cells import unguarded

Row = dict[str, str]
_CLOCK = re.compile(
    r"Times are those of .*?: ([\w/+-]+), UTC([+-]\d\d:\d\d)(, at the end UTC[+-]\d\d:\d\d)?\."
)


@dataclass(frozen=True)
class Event:
    """A row as a calendar program understands it, once it is told the zone."""

    start: dt.datetime
    end: dt.datetime
    where: str


def rows_of(data: bytes, columns: tuple[str, ...]) -> list[Row]:
    """Return the rows of a file, every cell of which stands in quotes."""
    text = data.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert tuple(found[0]) == columns
    assert text.startswith('"' + '","'.join(columns) + '"\r\n')
    assert not [cell for row in found for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    return [dict(zip(columns, map(unguarded, row), strict=True)) for row in found[1:]]


def event_of(row: Row, date: str, time: str) -> Event:
    """Return what a row says, the zone taken from its description."""
    first, _, _ = row["Description"].replace("\r\n", "\n").partition("\n")
    found = _CLOCK.fullmatch(first)
    assert found, first
    zone = ZoneInfo(found[1])
    start, end = (
        dt.datetime.strptime(f"{row[f'{side} Date']} {row[f'{side} Time']}", f"{date} {time}")
        for side in ("Start", "End")
    )
    length = end - start
    aware = start.replace(tzinfo=zone)
    if aware.isoformat()[-6:] != found[2]:
        aware = aware.replace(fold=1)
    assert aware.isoformat()[-6:] == found[2]
    if found[3] is None:
        assert start < end
        return Event(aware.astimezone(UTC), aware.astimezone(UTC) + length, row["Location"])
    return Event(aware.astimezone(UTC), dt.datetime.max.replace(tzinfo=UTC), row["Location"])


def events_in(instance: Instance, solution: Solution) -> list[Placement]:
    """Return the placements that are events of the whole programme, in order.

    Talks are, where their session has no place.
    """
    placed = {placement.activity for placement in solution.placements}
    kept = [
        placement
        for placement in solution.placements
        if not isinstance(instance.activity(placement.activity), Talk)
        or instance.session_of(placement.activity).id not in placed
    ]
    return sorted(kept, key=lambda placement: (placement.start.astimezone(UTC), placement.activity))


def agrees(instance: Instance, solution: Solution, placement: Placement, row: Row, event: Event) -> bool:
    """Say whether a row is that of a placement of a solution."""
    activity, there = instance.activity(placement.activity), {each.activity for each in solution.placements}
    room = " ".join(instance.room(placement.room).label.split())
    talks = activity.talks if isinstance(activity, Session) else ()
    crosses = event.end.year == dt.MAXYEAR
    told = row["Description"].replace("\r\n", "\n")
    return (
        event.start == placement.start
        and (crosses or event.end == later(placement.start, activity.duration))
        and event.where.startswith(room)
        and (placement.table is None or f"table {placement.table}" in event.where)
        and (not activity.title or " ".join(activity.title.split()) in row["Subject"])
        and all(f" {talk.label} (" in told for talk in talks if talk.id in there)
    )
