"""The work of a job, whatever process it is done in: an order in, news out, by the command line's calls.

Everything heavy is imported when it is needed.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scheduler.service.jobs.orders import Data, News, NewsKind, Order
from scheduler.service.jobs.telling import Tell, Teller

if TYPE_CHECKING:
    from scheduler.domain import Instance, Solution
    from scheduler.reading import Places
    from scheduler.search import Result, SolveOptions

Solve = Callable[..., "Result"]
"""Solves a programme, as :func:`scheduler.search.solve.solve` does."""
_LEAST_SECONDS = 0.05
_NEEDED = (
    "scheduler.reading",
    "scheduler.checker",
    "scheduler.model.build",
    "scheduler.search.exact",
    "scheduler.search.large",
    "scheduler.search.solve",
)
"""What most jobs need, and what takes longest to load."""


class RefusedError(Exception):
    """What is asked for cannot be done, and why."""


def get_ready() -> None:
    """Load what most jobs need: it takes about as long as to solve a small programme."""
    for name in _NEEDED:
        import_module(name)


def work(order: Order, tell: Tell, stop: threading.Event, spread: Solve | None = None) -> None:
    """Do what an order says; the last news is the result, or why there is none.

    Parameters
    ----------
    order : Order
    tell : callable
        Takes news, from any thread.
    stop : threading.Event
        Ends the work soon after it is set; the best schedule so far is the result.
    spread : callable or None
        Solves with several searches side by side, where there is more than this machine.
    """
    began = time.perf_counter()
    try:
        done = _KINDS[order.kind](_Work(order, tell, stop, began, spread))
    except RefusedError as error:
        tell(News(NewsKind.ERROR, {"message": str(error)}))
    else:
        tell(News(NewsKind.RESULT, done))


class _Work:
    """One order being worked on."""

    def __init__(
        self, order: Order, tell: Tell, stop: threading.Event, began: float, spread: Solve | None
    ) -> None:
        self.order = order
        self.request = order.request
        self.stop = stop
        self._tell = tell
        self._began = began
        self._spread = spread

    def instance(self) -> Instance:
        """Return the programme."""
        from scheduler.reading import instance_from

        return instance_from(self.order.instance)

    def with_places(self) -> tuple[Instance, Places | None]:
        """Return the programme, and where its parts are written, if it was uploaded as text."""
        if not self.order.files:
            return self.instance(), None
        from scheduler.reading import InputError, load_with_places

        before = Path.cwd()
        with TemporaryDirectory(prefix="scheduler-job-") as folder:
            for name, text in self.order.files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="")
            os.chdir(folder)  # so that places are named as the files were when they were uploaded
            try:
                return load_with_places(next(iter(self.order.files)), confined=True)
            except InputError:
                return self.instance(), None
            finally:
                os.chdir(before)

    def solution(self) -> Solution:
        """Return the schedule that the order is about."""
        from scheduler.domain import Solution

        return Solution.model_validate(self.order.solution)

    def options(self) -> SolveOptions:
        """Return how to search; what has passed already is off the time limit."""
        from scheduler.search import SolveOptions

        limit = self.order.time_limit
        deterministic = bool(self.request.get("deterministic"))
        if not deterministic:
            limit = max(_LEAST_SECONDS, limit - (time.perf_counter() - self._began))
        return SolveOptions(limit, self.request.get("workers"), self.request.get("seed") or 0, deterministic)

    def solver(self) -> Solve:
        """Return what solves: one search, or several if that is asked for and can be had."""
        from scheduler.search.solve import solve

        members = self.request.get("spread") or 1
        if members < 2 or self._spread is None:
            return solve
        return partial(self._spread, members=members)

    def watched(self, instance: Instance) -> Teller:
        """Return what tells of a search."""
        return Teller(instance.programme.id, self._tell)


def _solve(work: _Work) -> Data:
    solve, instance = work.solver(), work.instance()
    with work.watched(instance) as teller:
        return _searched(solve(instance, work.options(), teller.take, work.stop))


def _searched(result: Result) -> Data:
    """Return how a search went."""
    return {
        "result": {
            "status": result.status.value,
            "levels": [level.model_dump(mode="json") for level in result.levels],
            "notes": list(result.notes),
            "seconds": {name: round(length, 3) for name, length in result.seconds.items()},
        },
        "solution": None if result.solution is None else _plain(result.solution),
    }


def _plain(solution: Solution) -> Data:
    data: Data = solution.model_dump(mode="json", exclude_none=True)
    return data


def _replan(work: _Work) -> Data:
    from scheduler.explain.answers import replanned_data
    from scheduler.explain.replan import ReplanError, ReplanOptions, replan, restated

    instance, places = work.with_places()
    now = work.request.get("now")
    asked = ReplanOptions(
        None if now is None else _moment(now, instance),
        tuple(work.request.get("pin") or ()),
        tuple(work.request.get("free") or ()),
        work.request.get("weight_moves"),
    )
    try:
        with work.watched(instance) as teller:
            replanned = replan(instance, work.solution(), asked, work.options(), teller.take, work.stop)
    except ReplanError as error:
        raise RefusedError(str(error)) from None
    found = None if replanned.solution is None else _plain(restated(instance, replanned))
    return {"result": replanned_data(replanned, places), "solution": found}


def _explain(work: _Work) -> Data:
    from scheduler.explain.explanation import why_infeasible

    instance, places = work.with_places()
    repairs = work.request.get("repairs", 3)
    found = why_infeasible(instance, work.options(), work.stop, repairs=repairs)
    return {"result": found.data(places), "solution": None}


def _why_not(work: _Work) -> Data:
    from scheduler.explain.answers import why_not_data
    from scheduler.explain.why_not import Asked, why_not

    instance, places = work.with_places()
    solution = _valid(instance, work.solution())
    at = work.request.get("at")
    asked = Asked.model_validate(
        {
            "activity": work.request["activity"],
            "at": None if at is None else _moment(at, instance, work.request.get("city")),
            "city": work.request.get("city"),
        }
    )
    try:
        answer = why_not(instance, solution, asked, work.options(), work.stop)
    except ValueError as error:
        raise RefusedError(str(error)) from None
    found = None if answer.solution is None else _plain(answer.solution)
    return {"result": why_not_data(answer, places if answer.conflict else None), "solution": found}


def _suggest(work: _Work) -> Data:
    from pydantic import ValidationError

    from scheduler.explain.answers import suggestions_data
    from scheduler.explain.suggest import NewMeeting, suggest

    instance, request = work.instance(), work.request
    solution = _valid(instance, work.solution())
    try:
        wanted = NewMeeting.model_validate({key: request.get(key) for key in ("parties", "duration", "city")})
        found = suggest(
            instance,
            solution,
            wanted,
            top=request.get("top", 5),
            moves=request.get("moves", 0),
            options=work.options(),
            stop=work.stop,
        )
    except ValidationError as error:
        raise RefusedError("; ".join(str(detail["msg"]) for detail in error.errors())) from None
    except ValueError as error:
        raise RefusedError(str(error)) from None
    return {"result": suggestions_data(found), "solution": None}


def _valid(instance: Instance, solution: Solution) -> Solution:
    """Return a schedule that keeps the rules, which these questions are about."""
    from scheduler.checker import check

    if violations := check(instance, solution).violations:
        raise RefusedError(f"the schedule breaks the rules ({violations[0].message})")
    return solution


def _moment(text: str, instance: Instance, city: str | None = None) -> dt.datetime:
    from scheduler.reading.moments import moment_of

    try:
        return moment_of(text, instance, city)
    except ValueError as error:
        raise RefusedError(str(error)) from None


_KINDS = {
    "solve": _solve,
    "replan": _replan,
    "explain": _explain,
    "why_not": _why_not,
    "suggest": _suggest,
}
