"""What the objective charges: weights of what is counted, and what a cell costs by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from scheduler.domain import ObjectiveTerm, TermName
from scheduler.problem import Option, Problem, Task
from scheduler.problem.cells import Cell
from scheduler.problem.charges import late, missed
from scheduler.search.local.numbers import NONE, Arrays, ints

if TYPE_CHECKING:
    from scheduler.search.local.board import Board

_WEIGHTS = {
    "w_requests": TermName.REQUESTS,
    "w_breaks": TermName.BREAKS,
    "w_idle": TermName.IDLE_MINUTES,
    "w_city": TermName.CITY_CHANGES,
    "w_room": TermName.ROOM_CHANGES,
    "w_few": TermName.TOO_FEW_MEETINGS,
}
_CHARGES: dict[TermName, Callable[[Problem, Option], int]] = {
    TermName.PREFERENCES: missed,
    TermName.LATENESS: late,
}
"""What one placement costs by itself."""


def arrays(board: Board) -> Arrays:
    """Return the objective.

    Returns
    -------
    dict of str to array
        ``w_requests``, ``w_breaks``, ``w_idle``, ``w_city``, ``w_room``, ``w_few``
            Per level: the weight of worth refused, of breaks, of their minutes, of changes of city and room,
            of meetings missing of the least.
        ``costs_of``
            Per meeting: its class of costs; -1 where no cell costs anything.
        ``costs[class][level][cell]``
            What a level charges for the cell by itself: preferences missed, lateness. Meetings that prefer
            the same share a class.
    """
    objective = board.problem.instance.objective
    weights = {
        name: ints(
            sum(t.weight for t in objective if t.level == level and t.term is term) for level in board.levels
        )
        for name, term in _WEIGHTS.items()
    }
    return weights | _costs(board, [term for term in objective if term.term in _CHARGES])


def _costs(board: Board, terms: list[ObjectiveTerm]) -> Arrays:
    known: dict[tuple[object, ...], int] = {}
    models: list[Task] = []
    costs_of = []
    for task in board.tasks:
        key = _prefers(task) if terms else None
        if key is not None and key not in known:
            known[key] = len(known)
            models.append(task)
        costs_of.append(NONE if key is None else known[key])
    costs = [
        cost for task in models for level in board.levels for cost in _of_level(board, task, terms, level)
    ]
    return {"costs": ints(costs), "costs_of": ints(costs_of)}


def _prefers(task: Task) -> tuple[object, ...] | None:
    """Return all that decides what the cells of a meeting cost; None where they cost nothing."""
    a = task.activity
    if a.due is None and not (a.prefer.windows or a.prefer.cities or a.prefer.rooms):
        return None
    return a.prefer, a.due, task.duration


def _of_level(board: Board, task: Task, terms: Iterable[ObjectiveTerm], level: int) -> Iterable[int]:
    """Return what a level charges for each cell."""
    here = [
        (term.weight, partial(_CHARGES[term.term], board.problem)) for term in terms if term.level == level
    ]
    options = (_option(task, cell) for cell in board.cells.cells)
    return [sum(weight * charge(option) for weight, charge in here) for option in options]


def _option(task: Task, cell: Cell) -> Option:
    return Option(task, cell.start, cell.start + task.duration, cell.place, cell.date)
