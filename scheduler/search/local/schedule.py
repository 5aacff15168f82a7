"""A schedule as the kernel returns it, and as placements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain import Placement
from scheduler.problem.cells import Cell
from scheduler.problem.handing_out import hand_out
from scheduler.search.local.board import Board
from scheduler.search.local.held import placements_of
from scheduler.search.local.numbers import NONE


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the kernel knows of a schedule.

    Attributes
    ----------
    value : tuple of int
        What is broken of the rules (0: nothing), then the value of each level as far as the kernel knows it.
    cells, interpreters : sequence of int
        Per meeting; -1 for none. Interpreters are bodies.
    chosen : sequence of int
        The body per choice of each meeting in turn (:attr:`Board.first_choice`); -1 for none.
    """

    value: tuple[int, ...]
    cells: Sequence[int]
    chosen: Sequence[int]
    interpreters: Sequence[int]


def placements(board: Board, schedule: Schedule) -> tuple[Placement, ...]:
    """Return the placements of a schedule and of what stands, in the order of the instance."""
    seated = [
        _Seated(number, cell.start, cell.start + board.tasks[number].duration, cell)
        for number, at in enumerate(schedule.cells)
        if at != NONE
        for cell in [board.cells.cells[at]]
    ]
    tables = _tables(board, seated)
    return (
        *placements_of(board.problem, board.held),
        *(_placement(board, schedule, each, tables.get(each)) for each in seated),
    )


@dataclass(frozen=True, slots=True)
class _Seated:
    """When and where a meeting is, in the problem's minutes."""

    number: int
    start: int
    end: int
    cell: Cell


def _placement(board: Board, schedule: Schedule, seated: _Seated, table: int | None) -> Placement:
    place = seated.cell.place
    first, last = board.first_choice[seated.number : seated.number + 2]
    interpreter = schedule.interpreters[seated.number]
    return Placement.model_construct(
        activity=board.tasks[seated.number].activity.id,
        start=board.problem.clock.moment(seated.start, place.zone),
        room=place.room.id,
        table=table,
        attendees=tuple(board.bodies.id(body) for body in dict.fromkeys(schedule.chosen[first:last])),
        interpreter=None if interpreter == NONE else board.bodies.seat(interpreter),
    )


def _tables(board: Board, seated: Iterable[_Seated]) -> dict[_Seated, int]:
    """Hand out the tables of each meeting area."""
    by_place: dict[int, list[_Seated]] = {}
    for each in seated:
        if each.cell.place.room.tables is not None:
            by_place.setdefault(board.number_of_place[each.cell.place], []).append(each)
    given: dict[_Seated, int] = {}
    for place, here in by_place.items():
        tables = board.problem.geography.places[place].room.tables or 0
        given |= hand_out(here, list(range(1, tables + 1)))
    return given
