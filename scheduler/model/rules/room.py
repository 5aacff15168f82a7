"""Rule 3: one activity at a time in a room, as many meetings as tables in a meeting area."""

from __future__ import annotations

from scheduler.model.context import Context
from scheduler.model.logic import Literal
from scheduler.model.variables import Seated
from scheduler.problem import Option, Problem, Task
from scheduler.problem.cliques import maximal_cliques
from scheduler.problem.places import Place


def applies(problem: Problem) -> bool:  # noqa: ARG001
    """Always."""
    return True


def add(context: Context) -> None:
    """Add the rule for each room."""
    for place, options in context.problem.in_place.items():
        pinned = {table for option in options if (table := pinned_table(option.task)) is not None}
        if place.room.is_area and pinned:
            _add_tables(context, place, options, sorted(pinned))
        else:
            placed = [(option, context.variables.at(option)) for option in options]
            _add_capacity(context, placed, place.room.tables or 1)


def pinned_table(task: Task) -> int | None:
    """Return the table that a meeting must have."""
    if task.stay is not None and task.stay.table is not None:
        return task.stay.table
    return task.activity.pin.table


def _add_capacity(context: Context, placed: list[tuple[Option, Literal]], most: int) -> None:
    if len({option.task for option, _ in placed}) <= most:
        return
    for clique in maximal_cliques((option.start, option.end, literal) for option, literal in placed):
        context.logic.at_most(clique, most)


def _add_tables(context: Context, place: Place, options: list[Option], pinned: list[int]) -> None:
    """Make the pinned tables decisions; the others stay a capacity.

    Handing out tables afterwards never fails when all are alike (colouring an interval graph), but may
    when some are already taken: that is precolouring extension, and left to the search. From the last end of
    what has a pinned table on, nothing is taken any more, and tables are handed out again.
    """
    logic, at = context.logic, context.variables.at
    last = max(option.end for option in options if pinned_table(option.task) is not None)
    open_end = [(option, at(option)) for option in options if option.end > last]
    _add_capacity(context, open_end, place.room.tables or 0)
    at_table: dict[int, list[tuple[Option, Literal]]] = {table: [] for table in pinned}
    elsewhere: list[tuple[Option, Literal]] = []
    for option in (o for o in options if o.start < last):
        wanted = pinned_table(option.task)
        if wanted is not None:
            at_table[wanted].append((option, at(option)))
            context.variables.seated.append(Seated(at(option), option, wanted))
            continue
        seats = {table: logic.literal() for table in pinned}
        rest = logic.literal()
        logic.cp.add_exactly_one([~at(option), rest, *seats.values()])
        elsewhere.append((option, rest))
        for table, literal in seats.items():
            at_table[table].append((option, literal))
            context.variables.seated.append(Seated(literal, option, table))
    for placed in at_table.values():
        _add_capacity(context, placed, 1)
    free = (place.room.tables or 0) - len(pinned)
    if free:
        _add_capacity(context, elsewhere, free)
    for _, literal in elsewhere if not free else []:
        logic.require(~literal)
