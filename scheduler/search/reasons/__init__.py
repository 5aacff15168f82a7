"""Why requests stand in no schedule: computed from the schedule as it stands, and verified.

Nothing is said about schedules in which other activities move; that is what ``explain --why-not`` is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from scheduler.checker import Checker
from scheduler.domain import ActivityId, Placement, ReasonKind, Solution, Unscheduled
from scheduler.problem import Problem, Task
from scheduler.search.reasons.holding import Holder
from scheduler.search.reasons.obstacles import Obstacle
from scheduler.search.reasons.telling import Lost, impossible, not_examined, unscheduled
from scheduler.search.reasons.worth import worth_in, worth_of


def why_unscheduled(
    problem: Problem, solution: Solution, over: Callable[[], bool] = lambda: False
) -> dict[ActivityId, Unscheduled]:
    """Return a true sentence for each session and meeting without a place.

    Every admissible placement is held against the schedule as it stands: the reason counts what is in
    the way.

    Parameters
    ----------
    problem : Problem
    solution : Solution
        A valid schedule.
    over : callable
        Whether the time is over: for what is left then, the reason is that it was.
    """
    placed = {placement.activity for placement in solution.placements}
    reasons = _Reasons(problem, solution.placements, over)
    return {task.activity.id: reasons.of(task) for task in problem.hosted if task.activity.id not in placed}


def _counted(found: list[Obstacle]) -> Counter[tuple[ReasonKind, str]]:
    return Counter((obstacle.kind, obstacle.words) for obstacle in found)


class _OverError(Exception):
    """The time is over."""


class _Reasons:
    """Why things are in no schedule."""

    def __init__(self, problem: Problem, placements: tuple[Placement, ...], over: Callable[[], bool]) -> None:
        self._problem = problem
        self._placements = placements
        self._over = over
        self._checker = Checker(problem.instance)
        self._whole = Holder(problem, self._checker, placements)
        self._empty = Holder(problem, self._checker, ())
        self._above: dict[int, Holder] = {}

    def of(self, task: Task) -> Unscheduled:
        """Return why a task has no place."""
        try:
            if not self._is_possible(task):
                return impossible(task.activity.id, _counted(self._held(self._empty, task)))
            found = self._held(self._whole, task)
            lost = Lost() if any(obstacle.fits for obstacle in found) else self._lost(task)
        except _OverError:
            return not_examined(task.activity.id)
        return unscheduled(task.activity.id, _counted(found), lost)

    def _held(self, holder: Holder, task: Task) -> list[Obstacle]:
        return [self._in_time(holder).obstacle(option) for option in task.options]

    def _is_possible(self, task: Task) -> bool:
        """Return whether a task would fit anywhere if nothing else were placed."""
        return any(self._in_time(self._empty).obstacle(option).fits for option in task.options)

    def _in_time(self, holder: Holder) -> Holder:
        if self._over():
            raise _OverError
        return holder

    def _lost(self, task: Task) -> Lost:
        """Return who of at least its priority holds all its places, those of higher priority if they do."""
        worth = worth_of(self._problem.instance, task)
        for least in (worth + 1, worth):
            if barring := self._barring(task, self._worth_at_least(least)):
                return Lost(barring, higher=least > worth)
        return Lost()

    def _barring(self, task: Task, holder: Holder) -> tuple[ActivityId, ...]:
        """Return what bars all places of a task in a part of the schedule; nothing if one is not barred."""
        barring: dict[ActivityId, None] = {}
        for option in task.options:
            obstacle = self._in_time(holder).obstacle(option)
            if not obstacle.blockers:
                return ()
            barring |= dict.fromkeys(obstacle.blockers)
        return tuple(barring)

    def _worth_at_least(self, least: int) -> Holder:
        """Return the part of the schedule that is mandatory, or worth so much."""
        if least not in self._above:
            kept = [p for p in self._placements if worth_in(self._problem, p.activity) >= least]
            self._above[least] = Holder(self._problem, self._checker, kept)
        return self._above[least]
