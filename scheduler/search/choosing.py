"""Which way a problem is searched: by its size, and by what its structure allows."""

from __future__ import annotations

from scheduler.model.clauses.spares import dismiss
from scheduler.problem import Problem
from scheduler.problem.cells import Cells
from scheduler.problem.slotted import slotted
from scheduler.search.found import Search
from scheduler.search.mandate import Mandate

_FEW_MEETINGS = 40
_FEW, _MANY = 1_500, 60_000
"""Placements: up to so many the exact search needs no help; beyond so many its model is too large."""
_LOCAL_SECONDS = 1e-3
"""Seconds of local search for each placement, before the exact search begins."""


def search_for(
    problem: Problem,
    mandate: Mandate,
) -> Search:
    """Return the search for a problem.

    Meetings in equal slots have a search of their own, whatever their number. Otherwise, up to 1,500
    placements (a meeting at a time in a room) it is exact from the outset; up to 60,000 exact search begins
    with what local search has found; beyond that local search goes on to the end. Where moves against a
    baseline are charged, it begins with the baseline.
    """
    slots = slotted(problem)
    if slots is not None:
        from scheduler.search.slots.search import SlottedSearch

        return SlottedSearch(problem, slots, mandate)
    dismiss()
    if problem.instance.baseline:
        from scheduler.search.replanning import FromBaseline, charges_moves

        if charges_moves(problem):
            return FromBaseline(problem, mandate)
    from scheduler.search.large import Large
    from scheduler.search.started import Started

    size = _placements(problem)
    if size > _MANY:
        return Large(problem, mandate)
    if size > _FEW:
        return Started(problem, mandate, _LOCAL_SECONDS * size)
    from scheduler.search.exact import Exact

    return Exact(problem, mandate)


def is_worth_spreading(problem: Problem) -> bool:
    """Return whether several searches with seeds of their own find more than one: where it begins locally."""
    if slotted(problem) is not None:
        return False
    if problem.instance.baseline:
        from scheduler.search.replanning import charges_moves

        if charges_moves(problem):
            return False
    return _placements(problem) > _FEW


def _placements(problem: Problem) -> int:
    """Return in how many ways single meetings can be placed; 0 where local search cannot be used."""
    from scheduler.search.local.limits import UnsupportedError, refuse_unsupported
    from scheduler.search.local.travelling import kernel

    if len(problem.meetings) < _FEW_MEETINGS or kernel() is None:
        return 0
    try:
        refuse_unsupported(problem)
    except UnsupportedError:
        return 0
    cells = Cells(problem, problem.meetings)
    return sum(cells.admissible(task).bit_count() for task in problem.meetings)
