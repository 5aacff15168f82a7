"""Of two schedules of one problem the better one, with what is proven of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from scheduler.checker import Checker
from scheduler.domain import Placement, Solution, Status
from scheduler.problem import Problem
from scheduler.search.found import Claim, Found


def better_of(problem: Problem, started: Found, found: Found, *, stopped: bool) -> Found:
    """Return the better of a schedule to begin with and what exact search made of it.

    Parameters
    ----------
    started : Found
        Perhaps without a schedule; one that breaks rules loses.
    found : Found
        What exact search of the whole problem came to: its bounds hold for both.
    stopped : bool
        Whether somebody has stopped the search.
    """
    if started.placements is None or found.status is Status.CONTRADICTION:
        return found
    checker = Checker(problem.instance)
    before = _solution(problem, started.placements)
    if found.placements is None:
        if found.status is not Status.INFEASIBLE:
            return started
        if any(checker.violations(before)):
            return found
        note = "the exact search proves that there is no schedule, and another search has found one"
        return replace(started, status=Status.CONTRADICTION, claims=_nothing(started), notes=[note])
    values = [level.value for level in checker.levels(before)]
    others = [level.value for level in checker.levels(_solution(problem, found.placements))]
    if values >= others or any(checker.violations(before)):
        return found
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(values, others, strict=True)))
    return _with_bounds(started, found, same, values[same], stopped=stopped)


def _with_bounds(started: Found, found: Found, same: int, value: int, *, stopped: bool) -> Found:
    """Return the schedule to begin with, which is better from level ``same`` on."""
    claims = list(started.claims)
    claims[:same] = found.claims[:same]
    if claims[same].status is not Status.OPTIMAL:
        claims[same] = replace(claims[same], bound=max(claims[same].bound, found.claims[same].bound))
    claim = found.claims[same]
    if claim.status is Status.OPTIMAL:
        note = f"level {claim.level}: {claim.value} was proven optimal, and {value} was found"
        return Found(Status.CONTRADICTION, started.placements, _nothing(started), [*found.notes, note])
    status = Status.INTERRUPTED if stopped else Status.FEASIBLE
    return Found(status, started.placements, tuple(claims), found.notes)


def _solution(problem: Problem, placements: tuple[Placement, ...]) -> Solution:
    return Solution(programme=problem.instance.programme.id, placements=placements)


def _nothing(found: Found) -> tuple[Claim, ...]:
    return tuple(Claim(claim.level) for claim in found.claims)
