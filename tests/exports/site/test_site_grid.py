"""Rooms against time: each cell spans the rows for which the same runs."""

from __future__ import annotations

from hypothesis import given
from support.exported import relaxed, solutions
from support.hand_made import hand_made, solution_of

from scheduler.domain import ActivityKind, Solution
from scheduler.domain.times import UTC
from scheduler.exports import PROGRAMME, agenda_of
from scheduler.exports.site.grid import Grid, grid_of

HAND_MADE = hand_made()
MADRID = "madrid"


def grid(solution: Solution, city: str = MADRID) -> Grid:
    entries = agenda_of(HAND_MADE, solution, PROGRAMME).entries
    rooms = [room for c in HAND_MADE.cities if c.id == city for v in c.venues for room in v.rooms]
    return grid_of([e for e in entries if e.place.city.id == city], rooms)


def at(clock: str, room: str, activity: str, table: int | None = None) -> dict[str, object]:
    return {"activity": activity, "start": f"2025-03-30T{clock}+02:00", "room": room, "table": table}


def test_rows_are_between_moments_and_cells_span_them() -> None:
    made = grid(
        solution_of(
            [
                at("09:00", "hall", "ecosystem-session"),
                at("09:30", "madrid-tables", "islands", 1),
                at("11:00", "madrid-tables", "untitled", 1),
            ]
        )
    )
    assert [room.id for room in made.rooms] == ["hall", "madrid-tables"]
    told = [
        (f"{row.start:%H:%M}", f"{row.end:%H:%M}", [(c.room.id, c.rows, len(c.entries)) for c in row.cells])
        for row in made.rows
    ]
    assert told == [
        ("09:00", "09:30", [("hall", 3, 1), ("madrid-tables", 1, 0)]),
        ("09:30", "10:00", [("madrid-tables", 1, 1)]),
        ("10:00", "10:30", [("madrid-tables", 2, 0)]),
        ("10:30", "11:00", [("hall", 2, 0)]),
        ("11:00", "11:30", [("madrid-tables", 1, 1)]),
    ]
    assert [row.idle for row in made.rows] == [False, False, False, True, False]


def test_how_full_an_area_is() -> None:
    one = [at("09:00", "madrid-tables", "islands", 1)]
    two = [*one, at("09:00", "madrid-tables", "untitled", 1)]
    assert [cell.load for row in grid(solution_of(one)).rows for cell in row.cells] == [4]
    ((cell,),) = [row.cells for row in grid(solution_of(two)).rows]
    assert (cell.load, cell.meetings, cell.sessions) == (4, 2, ())
    lisbon = solution_of(
        [{"activity": "islands", "start": "2025-03-29T11:00+00:00", "room": "lisbon-tables", "table": 1}]
    )
    ((cell,),) = [row.cells for row in grid(lisbon, "lisbon").rows]
    assert cell.load == 2


@relaxed
@given(solutions())
def test_every_room_is_whole_at_every_time(solution: Solution) -> None:
    made = grid(solution)
    entries = [e for e in agenda_of(HAND_MADE, solution, PROGRAMME).entries if e.place.city.id == MADRID]
    assert {room.id for room in made.rooms} == {e.place.room.id for e in entries if e.place.room}
    until = dict.fromkeys((room.id for room in made.rooms), 0)
    for number, row in enumerate(made.rows):
        for cell in row.cells:
            assert until[cell.room.id] == number
            until[cell.room.id] += cell.rows
        assert row.idle is not any(
            e.start.astimezone(UTC) < row.end.astimezone(UTC)
            and row.start.astimezone(UTC) < e.end.astimezone(UTC)
            for e in entries
        )
    assert set(until.values()) <= {len(made.rows)}
    cells = [cell for row in made.rows for cell in row.cells]
    assert {e.id for cell in cells for e in cell.entries} == {e.id for e in entries}
    assert all(e.kind is not ActivityKind.MEETING for cell in cells for e in cell.sessions)
