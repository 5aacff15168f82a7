"""One search spread over a Ray cluster.

The first member is what one process would do alone, with the same seed and the same limit, and takes nothing
from the others; so the best of all is never worse than that. The others have seeds of their own and go with
the winners (:mod:`scheduler.search.exchange`). Members that find no room on the cluster, or die, are not
waited for.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import takewhile
from typing import Any

from scheduler.domain import Instance, LevelReport, Status
from scheduler.problem import discretise
from scheduler.search.choosing import is_worth_spreading
from scheduler.search.exchange import Exchange, Placements, Pool
from scheduler.search.local.schedule import Schedule
from scheduler.search.mandate import Mandate
from scheduler.search.result import ProgressListener, Result, SolveOptions
from scheduler.search.solve import solve_problem

_STRIDE = 1000
"""Between the seeds of two members: the threads of one take those that follow its own."""
_PATIENCE_SECONDS = 5.0
"""What members have, after the first one's end, to tell what they have."""
_LEAST_SECONDS = 0.5
_NICENESS = 10
"""Where there are fewer cores than members, the first one loses nothing to the others on its machine."""
_LOOK_SECONDS = 0.25
_DONE = (Status.OPTIMAL, Status.INFEASIBLE)


def solve_spread(
    instance: Instance,
    options: SolveOptions | None = None,
    on_progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
    *,
    members: int = 4,
) -> Result:
    """Find the best schedule of a programme with several searches side by side, on a Ray cluster.

    To be called where Ray is connected (``ray.init``). The first member searches in this process, the others
    in tasks of Ray, each with as many cores as ``options.workers`` says (one, if it does not). A small
    programme is solved here alone: more searches would do the same.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions or None
        As for :func:`~scheduler.search.solve.solve`. In a deterministic run members exchange nothing, and
        all are waited for.
    on_progress : callable or None
        Hears of the first member.
    stop : threading.Event or None
        Ends all members soon after it is set.
    members : int

    Returns
    -------
    Result
        The best of all, checked; its bounds are the best that any member has proven.
    """
    began = time.perf_counter()
    options, stop = options or SolveOptions(), stop or threading.Event()
    problem = discretise(instance)
    seconds = {"problem": time.perf_counter() - began}
    mandate = Mandate(options, on_progress, stop, began)
    if members < 2 or not is_worth_spreading(problem):
        return solve_problem(problem, mandate, seconds)
    crew = _Crew(instance, options, members - 1, began)
    try:
        first = solve_problem(problem, replace(mandate, exchange=crew.exchange), seconds)
        others = [] if first.status in _DONE else crew.results(stop)
    finally:
        crew.dismiss()
    best = best_of(first, others)
    told = f"{1 + len(others)} of {members} searches side by side have told what they found"
    return replace(best, notes=(*best.notes, told))


class _Crew:
    """The members in tasks of Ray, and the pool that all share."""

    def __init__(self, instance: Instance, options: SolveOptions, count: int, began: float) -> None:
        import ray

        self._pool = ray.remote(Pool).options(num_cpus=0).remote()
        self._deterministic = options.deterministic
        self.exchange = None if self._deterministic else _showing(self._pool)
        task = ray.remote(max_calls=1, max_retries=0)(_member)
        task = task.options(num_cpus=options.workers or 1, name="scheduler-member")
        limit = options.time_limit
        until = None if limit is None else time.time() + limit - (time.perf_counter() - began)
        given = ray.put(instance)
        self._tasks = [
            task.remote(given, replace(options, seed=options.seed + _STRIDE * number), self._pool, until)
            for number in range(1, count + 1)
        ]

    def results(self, stop: threading.Event) -> list[Result]:
        """Return what the members have found, of those who tell it in time."""
        import ray

        if not self._deterministic:
            self._pool.stop.remote()
        until = time.monotonic() + _PATIENCE_SECONDS
        ended: list[Any] = []
        left = self._tasks
        while left and (time.monotonic() < until or (self._deterministic and not stop.is_set())):
            ended, left = ray.wait(self._tasks, num_returns=len(self._tasks), timeout=_LOOK_SECONDS)
        return [result for task in ended if (result := _result_of(task)) is not None]

    def dismiss(self) -> None:
        """End whatever still runs."""
        import ray
        from ray.exceptions import RayError

        with suppress(RayError):
            for task in self._tasks:
                ray.cancel(task, force=True)
            ray.kill(self._pool)


def _result_of(task: Any) -> Result | None:
    import ray
    from ray.exceptions import RayError

    try:
        found: Result | None = ray.get(task)
    except RayError:
        return None
    return found


def _showing(pool: Any) -> Exchange:
    """Return the exchange of the first member: it shows what it has, waits for nobody and takes nothing."""

    def sessions(placements: Placements) -> Placements:
        pool.sessions.remote(placements)
        return placements

    def trade(stage: Hashable, found: Schedule) -> None:
        pool.trade.remote(stage, found)

    return Exchange(sessions, trade)


def _trading(pool: Any) -> Exchange:
    """Return the exchange of another member; where the pool is gone it goes on alone."""
    import ray
    from ray.exceptions import RayError

    def sessions(placements: Placements) -> Placements:
        try:
            shared: Placements = ray.get(pool.sessions.remote(placements))
        except RayError:
            return placements
        return shared

    def trade(stage: Hashable, found: Schedule) -> Schedule | None:
        try:
            better: Schedule | None = ray.get(pool.trade.remote(stage, found))
        except RayError:
            return None
        return better

    return Exchange(sessions, trade)


def _member(instance: Instance, options: SolveOptions, pool: Any, until: float | None) -> Result | None:
    """Search as a member; a task of Ray.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions
        Its seed is the member's own.
    pool : ray.actor.ActorHandle
    until : float or None
        When the time is over, in seconds of :func:`time.time`: machines of a cluster agree on it well enough,
        and all are told when the first member has ended.

    Returns
    -------
    Result or None
        None where it came too late to begin.
    """
    began = time.perf_counter()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    if options.deterministic:
        return solve_problem(discretise(instance), Mandate(options, began=began))
    if until is not None:
        left = until - time.time()
        if left < _LEAST_SECONDS:
            return None
        options = replace(options, time_limit=left)
    stop = threading.Event()
    threading.Thread(target=_watch, args=(pool, stop), daemon=True).start()
    mandate = Mandate(options, None, stop, began, _trading(pool))
    return solve_problem(discretise(instance), mandate)


def _watch(pool: Any, stop: threading.Event) -> None:
    """Set ``stop`` when the first member has ended, or the pool is gone."""
    import ray
    from ray.exceptions import RayError

    with suppress(RayError):
        while not ray.get(pool.stopped.remote()):
            time.sleep(_LOOK_SECONDS)
    stop.set()


def best_of(first: Result, others: Sequence[Result]) -> Result:
    """Return the best result, with the best bounds that any has proven; of equal ones the earliest.

    A bound of a level holds as long as all levels before it have the values that it was proven for.

    Parameters
    ----------
    first : Result
    others : sequence of Result
    """
    every = (first, *others)
    solved = [result for result in every if result.solution is not None]
    if first.status in (Status.INVALID, Status.CONTRADICTION) or not solved:
        return first
    best = min(solved, key=lambda result: (_values(result), result.status is not Status.OPTIMAL))
    levels = best.levels
    for other in solved:
        levels = _bounded(levels, other.levels)
    status, notes = best.status, best.notes
    if status is Status.INTERRUPTED and first.status is not Status.INTERRUPTED:
        status = Status.FEASIBLE  # only the end of the first one has ended it
    if wrong := [level for level in levels if level.bound > level.value]:
        status, levels = Status.CONTRADICTION, best.levels
        notes = (*notes, f"level {wrong[0].level}: {wrong[0].bound} was proven, {wrong[0].value} was found")
    assert best.solution is not None
    solution = best.solution.model_copy(update={"status": status, "levels": levels})
    return replace(best, status=status, levels=levels, notes=notes, solution=solution)


def _values(result: Result) -> list[int]:
    return [level.value for level in result.levels]


def _bounded(levels: Sequence[LevelReport], others: Sequence[LevelReport]) -> tuple[LevelReport, ...]:
    """Return levels with the bounds of others, where those are higher and hold."""
    pairs = list(zip(levels, others, strict=True))
    same = len(list(takewhile(lambda pair: pair[0].value == pair[1].value, pairs)))
    known = [
        other if number < same and other.status is Status.OPTIMAL else level
        for number, (level, other) in enumerate(pairs)
    ]
    return tuple(
        level.model_copy(update={"bound": max(level.bound, other.bound)}) if number <= same else level
        for number, (level, other) in enumerate(zip(known, others, strict=True))
    )
