"""A schedule from elsewhere as the hint of a model: where the search begins."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain import Placement
from scheduler.model import symmetry
from scheduler.model.context import Context


def hint(context: Context, placements: Iterable[Placement]) -> None:
    """Hint at a schedule: the decisions alone; what follows from them is left to the solver.

    Parameters
    ----------
    context : Context
    placements : iterable of Placement
        A whole schedule: what is not placed is hinted at as not placed.
    """
    placements = tuple(placements)
    problem, variables, cp = context.problem, context.variables, context.logic.cp
    placed = {
        p.activity: (problem.clock.minute(p.start), p.room, frozenset(p.attendees))
        for p in symmetry.in_order(problem, placements)
    }
    cp.clear_hints()  # type: ignore[no-untyped-call]
    for task in problem.tasks:
        start, room, attendees = placed.get(task.activity.id, (None, None, frozenset()))
        for option in task.options:
            here = (option.start, option.place.room.id) == (start, room)
            cp.add_hint(variables.at(option), here)
        for person in task.candidates:
            cp.add_hint(variables.chosen(task, person), person.id in attendees)
    _hint_interpreters(context, placements)


def _hint_interpreters(context: Context, placements: Iterable[Placement]) -> None:
    """Hint at who interprets, where the schedule says so."""
    clock = context.problem.clock
    seats = {
        (p.activity, clock.minute(p.start), p.room): p.interpreter
        for p in placements
        if p.interpreter is not None
    }
    for one in context.variables.interpreting if seats else ():
        option = one.option
        seat = seats.get((option.task.activity.id, option.start, option.place.room.id))
        here = seat is not None and seat.pool == one.pool.id and one.unit in (None, seat.unit)
        context.logic.cp.add_hint(one.literal, here)
