"""What an organiser would try by hand: put something in, and take out what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scheduler.checker import Checker
from scheduler.domain import ActivityId, Placement, Solution
from scheduler.problem import Option, Problem, Task
from scheduler.search.reasons.holding import Block, Holder

_MOST_ROUNDS = 6
"""So often what is in the way is taken out of one place; more is too much by hand."""


def put_in(
    problem: Problem, placements: Iterable[Placement], activity: ActivityId, over: Callable[[], bool]
) -> Solution | None:
    """Return the best schedule that comes of putting something in at one of its places.

    What bars the place loses its own, and nothing else is moved.

    Parameters
    ----------
    problem : Problem
    placements : iterable of Placement
        A valid schedule but for the activity, which may be missing in it.
    activity : ActivityId
        A session or meeting.
    over : callable
        Whether the time is over: then the best so far is returned.
    """
    task = problem.by_id[activity]
    own = {activity, *(talk.activity.id for talk in task.talks)}
    hand = _ByHand(problem, [p for p in placements if p.activity not in own])
    best: tuple[list[int], Solution] | None = None
    for option in task.options:
        if over():
            break
        for schedule in hand.schedules(option):
            value = hand.value(schedule)
            if value is not None and (best is None or value < best[0]):
                best = value, schedule
    return None if best is None else best[1]


class _ByHand:
    def __init__(self, problem: Problem, placements: list[Placement]) -> None:
        self._problem = problem
        self._checker = Checker(problem.instance)
        self._placements = placements
        self._whole = Holder(problem, self._checker, placements)

    def schedules(self, option: Option) -> Iterable[Solution]:
        """Yield the schedules with something at an option: one for each of the first few ways."""
        holder, left = self._whole, self._placements
        for _ in range(_MOST_ROUNDS):
            obstacle = holder.obstacle(option)
            if obstacle.fits:
                break
            out = self._with_talks(obstacle.blockers)
            if not out:
                return
            left = [placement for placement in left if placement.activity not in out]
            holder = Holder(self._problem, self._checker, left)
        for block in holder.fitting(option):
            yield self._schedule(left, block)
            return

    def _with_talks(self, activities: Iterable[ActivityId]) -> set[ActivityId]:
        """Return activities, each session with its talks and each talk with its session."""
        tasks: list[Task] = [self._problem.by_id[activity] for activity in activities]
        sessions = [task.session or task for task in tasks]
        return {part.activity.id for session in sessions for part in (session, *session.talks)}

    def _schedule(self, left: list[Placement], block: Block) -> Solution:
        return Solution(programme=self._problem.instance.programme.id, placements=(*left, *block))

    def value(self, schedule: Solution) -> list[int] | None:
        """Return what a schedule costs on each level; None if it breaks a rule."""
        verdict = self._checker.check(schedule)
        return [level.value for level in verdict.levels] if verdict.valid else None
