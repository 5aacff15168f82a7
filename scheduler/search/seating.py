"""Tables and interpreters that stay: what is where it was in a baseline has them again, where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.checker import Checker
from scheduler.domain import ActivityId, InterpreterSeat, Placement, RoomId, Solution
from scheduler.problem import Problem
from scheduler.problem.clock import Span, overlaps

_TRIES = 40
"""So many meetings are given their interpreter back one at a time, when not all can have theirs."""


@dataclass(frozen=True, slots=True)
class _Seated:
    """A meeting at a table of an area: which one it has, and which one it would have."""

    position: int
    span: Span
    table: int
    wished: int | None
    fixed: bool


def at_their_tables(problem: Problem, placements: Sequence[Placement]) -> tuple[Placement, ...]:
    """Return a schedule in which meetings that have not moved are at their tables of the baseline again.

    Nothing but tables is changed. In an area in which the others find no free table then, all stay where the
    search has put them.

    Parameters
    ----------
    problem : Problem
    placements : sequence of Placement
        A schedule of the problem, tables handed out.
    """
    seated = list(placements)
    for meetings in _areas(problem, placements).values():
        for position, table in _reseated(problem, placements, meetings).items():
            if table != placements[position].table:
                seated[position] = placements[position].model_copy(update={"table": table})
    return tuple(seated)


def _areas(problem: Problem, placements: Sequence[Placement]) -> dict[RoomId, list[_Seated]]:
    before = {p.activity: p for p in problem.instance.baseline}
    areas: dict[RoomId, list[_Seated]] = {}
    for position, placement in enumerate(placements):
        if placement.table is None:
            continue
        task = problem.by_id[placement.activity]
        start = problem.clock.minute(placement.start)
        old = before.get(placement.activity)
        stays = old is not None and old.room == placement.room and problem.clock.minute(old.start) == start
        areas.setdefault(placement.room, []).append(
            _Seated(
                position,
                (start, start + task.duration),
                placement.table,
                old.table if old is not None and stays else None,
                task.stay is not None or task.activity.pin.table is not None,
            )
        )
    return areas


def _reseated(problem: Problem, placements: Sequence[Placement], meetings: list[_Seated]) -> dict[int, int]:
    """Return the table of each meeting of an area, by position; nothing if that does not work out."""
    if all(one.wished in (None, one.table) for one in meetings):
        return {}
    most = problem.instance.room(placements[meetings[0].position].room).tables or 0
    taken: dict[int, list[Span]] = {table: [] for table in range(1, most + 1)}
    given: dict[int, int] = {}
    for one in _in_turn(meetings):
        wanted = [one.table] if one.fixed else [one.wished] if one.wished else []
        table = _free(taken, one.span, wanted) or _free(taken, one.span, () if one.fixed else taken)
        if table is None:
            return {}
        taken[table].append(one.span)
        given[one.position] = table
    return given


def _in_turn(meetings: list[_Seated]) -> list[_Seated]:
    """Put those first whose table is fixed, then those who had one, then the others in order of time."""
    return sorted(meetings, key=lambda one: (not one.fixed, one.wished is None, one.span))


def _free(taken: dict[int, list[Span]], span: Span, tables: Iterable[int | None]) -> int | None:
    """Return the first of some tables that is free all the time."""
    for table in tables:
        if table in taken and not any(overlaps(*span, other) for other in taken[table]):
            return table
    return None


def with_their_interpreters(problem: Problem, placements: Sequence[Placement]) -> tuple[Placement, ...]:
    """Return a schedule in which meetings that have not moved have their interpreters of the baseline again.

    Nothing else is changed, and no term charges for it: it is done as far as the checker finds no fault.

    Parameters
    ----------
    problem : Problem
    placements : sequence of Placement
        A valid schedule of the problem.
    """
    wished = _interpreters_before(problem, placements)
    if not wished:
        return tuple(placements)
    checker = Checker(problem.instance)
    all_back = _interpreted(placements, wished)
    if _is_valid(checker, problem, all_back):
        return all_back
    found = tuple(placements)
    for activity, seat in list(wished.items())[:_TRIES]:
        tried = _interpreted(found, {activity: seat})
        if _is_valid(checker, problem, tried):
            found = tried
    return found


def _interpreters_before(
    problem: Problem, placements: Sequence[Placement]
) -> dict[ActivityId, InterpreterSeat | None]:
    """Return whom meetings that have not moved had, where they have somebody else now."""
    minute = problem.clock.minute
    before = {(p.activity, minute(p.start), p.room): p.interpreter for p in problem.instance.baseline}
    places = {p.activity: (p.activity, minute(p.start), p.room) for p in placements}
    return {
        p.activity: before[places[p.activity]]
        for p in placements
        if places[p.activity] in before and before[places[p.activity]] != p.interpreter
    }


def _interpreted(
    placements: Sequence[Placement], seats: Mapping[ActivityId, InterpreterSeat | None]
) -> tuple[Placement, ...]:
    return tuple(
        p.model_copy(update={"interpreter": seats[p.activity]}) if p.activity in seats else p
        for p in placements
    )


def _is_valid(checker: Checker, problem: Problem, placements: tuple[Placement, ...]) -> bool:
    solution = Solution(programme=problem.instance.programme.id, placements=placements)
    return next(checker.violations(solution), None) is None
