from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from support.exported import relaxed, solutions
from support.hand_made import hand_made, hand_placed
from support.measured import MINUTE, Case, cases, open_minutes, used_minutes

from scheduler.domain import Solution
from scheduler.reporting.indicators import RoomUse
from scheduler.reporting.measure import indicators
from scheduler.reporting.measuring.rooms import STEP


@relaxed
@given(cases())
def test_the_use_of_rooms_is_what_going_through_all_minutes_finds(found: Case) -> None:
    for room in indicators(*found).rooms:
        _agrees(found, room)


@relaxed
@given(solutions())
def test_so_it_is_for_schedules_that_break_rules(solution: Solution) -> None:
    found = Case(hand_made(), solution)
    for room in indicators(*found).rooms:
        _agrees(found, room)


def _agrees(found: Case, room: RoomUse) -> None:
    zone: ZoneInfo = found.instance.city_of(room.id).zone  # type: ignore[arg-type]
    opened, used = open_minutes(found, room.id), used_minutes(found, room.id)
    tables = room.tables or 1
    assert room.open_minutes == tables * len(opened)
    assert room.used_minutes == sum(used.values())
    for day in room.days:
        on_day = [minute for minute in opened if minute.astimezone(zone).date() == day.date]
        taken = sum(count for minute, count in used.items() if minute.astimezone(zone).date() == day.date)
        assert (day.open_minutes, day.used_minutes) == (tables * len(on_day), taken)
        for part in day.slices:
            span = [part.start.astimezone(dt.UTC) + n * MINUTE for n in range(STEP // MINUTE)]
            # On the date: the slice at midnight may have begun before.
            here = [minute for minute in span if minute.astimezone(zone).date() == day.date]
            assert part.open * len(span) == pytest.approx(sum(minute in opened for minute in here))
            assert part.used * len(span) * tables == pytest.approx(sum(used.get(m, 0) for m in here))
        assert sum(part.open for part in day.slices) * 30 * tables == pytest.approx(day.open_minutes)


def test_known_use() -> None:
    rooms = {room.id: room for room in indicators(hand_made(), hand_placed()).rooms}
    tables = rooms["lisbon-tables"]
    assert (tables.label, tables.venue, tables.city, tables.tables) == (
        "Meeting area",
        "Paços do Concelho",
        "Lisbon",
        2,
    )
    assert (tables.open_minutes, tables.used_minutes) == (2 * 11 * 60, 30)
    (busy,) = (part for part in tables.days[0].slices if part.used)
    assert (f"{busy.start:%H:%M}", busy.open, busy.used) == ("11:00", 1.0, 0.5)
    assert rooms["hall"].used_minutes == 90  # talks take no time of their own
    assert rooms["hall"].share == pytest.approx(90 / (9 * 60))
