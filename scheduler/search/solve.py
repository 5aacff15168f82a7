"""solve(): an instance in, a checked result out."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from scheduler.domain import Instance, LevelReport, Solution, Status, Unscheduled
from scheduler.problem import Problem, discretise
from scheduler.search.choosing import search_for
from scheduler.search.found import Found
from scheduler.search.mandate import Mandate
from scheduler.search.result import ProgressListener, Result, SolveOptions

if TYPE_CHECKING:
    from scheduler.checker import Verdict

_TRIED_OUT = 100
"""Up to so many meetings, each place of a refused one is tried out to say what is in its way."""
_REASON_SECONDS = 30.0
"""Without a limit, what is given to work out reasons at the most."""
_LEAST_SECONDS = 1.0
"""What reasons are given when the time is over."""


def solve(
    instance: Instance,
    options: SolveOptions | None = None,
    on_progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """Find the best schedule of a programme, prove how good it is, and check it.

    Levels are minimised one after the other (lexicographically). How depends on the problem's size and
    structure (:func:`~scheduler.search.choosing.search_for`); a proof is tried a second time in another way
    where that is cheap. The schedule is then checked by code that shares nothing with any search.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions or None
        Limits, workers, seed; None: the defaults, until proven.
    on_progress : callable or None
        Called with a :class:`Progress` whenever a level's incumbent or bound changes, from a thread of
        the search.
    stop : threading.Event or None
        Ends the search soon after it is set; the best schedule so far is returned.

    Returns
    -------
    Result
        ``solution`` is there exactly when a schedule was found and passes the check.
    """
    began = time.perf_counter()
    problem = discretise(instance)
    seconds = {"problem": time.perf_counter() - began}
    mandate = Mandate(options or SolveOptions(), on_progress, stop or threading.Event(), began)
    return solve_problem(problem, mandate, seconds)


def solve_problem(problem: Problem, mandate: Mandate, seconds: dict[str, float] | None = None) -> Result:
    """Find the best schedule of a problem, as :func:`solve` does of a programme.

    Parameters
    ----------
    problem : Problem
    mandate : Mandate
    seconds : dict of str to float or None
        Where the time went so far.
    """
    instance, seconds = problem.instance, dict(seconds or {})
    search = search_for(problem, mandate)
    # What checks the schedule is loaded while it is searched: much of a search waits for other processes.
    threading.Thread(target=import_module, args=("scheduler.checker",), daemon=True).start()
    found = search.run()
    seconds |= search.seconds
    result = Result(found.status, seconds=seconds, notes=tuple(found.notes), log=tuple(search.log))
    if found.placements is None:
        return result
    from scheduler.checker import check

    started = time.perf_counter()
    solution = Solution(programme=instance.programme.id, status=found.status, placements=found.placements)
    verdict = check(instance, solution)
    seconds["check"] = time.perf_counter() - started
    result = replace(result, verdict=verdict, levels=_reports(found, verdict))
    if faults := contradictions(found, verdict):
        return replace(result, status=Status.INVALID, notes=(*found.notes, *faults))
    started = time.perf_counter()
    until = _Until(mandate)
    solution = _explained(problem, solution, result.levels, verdict, until)
    seconds["reasons"] = time.perf_counter() - started
    return replace(result, solution=solution)


def _reports(found: Found, verdict: Verdict) -> tuple[LevelReport, ...]:
    """Return the claims with the checker's values."""
    value = {level.level: level.value for level in verdict.levels}
    return tuple(
        LevelReport(
            level=claim.level,
            value=value[claim.level],
            bound=claim.bound,
            status=claim.status,
            confirmed=claim.confirmed,
        )
        for claim in found.claims
    )


class _Until:
    """Until when reasons are worked out: the limit, and a moment after it or after somebody has stopped."""

    def __init__(self, mandate: Mandate) -> None:
        now = time.perf_counter()
        self._stop = mandate.stop
        self._last = now + _REASON_SECONDS
        options = mandate.options
        if options.time_limit is not None:
            self._last = max(now + _LEAST_SECONDS, min(self._last, mandate.began + options.time_limit))
        self._soonest = now + _LEAST_SECONDS
        self._endless = options.deterministic

    def over(self) -> bool:
        """Return whether the time is over (in a deterministic run never, unless somebody stops it)."""
        now = time.perf_counter()
        if self._stop.is_set():
            return now > self._soonest
        return not self._endless and now > self._last


def _explained(
    problem: Problem,
    solution: Solution,
    levels: tuple[LevelReport, ...],
    verdict: Verdict,
    until: _Until,
) -> Solution:
    unscheduled = _reasons(problem, solution, until) if len(solution.placements) < len(problem.tasks) else ()
    more = {"levels": levels, "terms": verdict.terms, "unscheduled": unscheduled}
    return solution.model_copy(update=more)


def _reasons(problem: Problem, solution: Solution, until: _Until) -> tuple[Unscheduled, ...]:
    """Return why some things have no place: tried out, or for many counted."""
    if len(problem.meetings) > _TRIED_OUT:
        from scheduler.search.reasons.counting import count_reasons

        return tuple(count_reasons(problem, solution, until.over).values())
    from scheduler.search.reasons import why_unscheduled

    return tuple(why_unscheduled(problem, solution, until.over).values())


def contradictions(found: Found, verdict: Verdict) -> list[str]:
    """Return what the checker says against a schedule, or against what is claimed of it."""
    faults = [f"the checker refuses the schedule: {v.rule}: {v.message}" for v in verdict.violations]
    recomputed = {level.level: level.value for level in verdict.levels}
    for claim in found.claims:
        value = recomputed[claim.level]
        if claim.value is not None and value != claim.value:
            faults.append(f"level {claim.level}: the solver says {claim.value}, the checker {value}")
        if value < claim.bound:
            faults.append(f"level {claim.level}: the schedule has {value}, below the bound {claim.bound}")
    return faults
