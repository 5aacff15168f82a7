"""Exact search that begins with what local search has found, and falls back on it."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain import Status
from scheduler.problem import Problem
from scheduler.search.better import better_of
from scheduler.search.found import Found
from scheduler.search.large import Large
from scheduler.search.mandate import Mandate
from scheduler.search.result import Progress

_SHARE = 0.3
"""Of the time, for local search."""


class Started:
    """Local search for a while, then exact search from there.

    Attributes
    ----------
    seconds : dict of str to float
    log : list of str
    """

    def __init__(
        self,
        problem: Problem,
        mandate: Mandate,
        seconds: float,
    ) -> None:
        self._problem = problem
        self._mandate = mandate
        self._stop = mandate.stop
        self._local_seconds = seconds
        self._known: dict[int, int] = {}
        self.seconds: dict[str, float] = {}
        self.log: list[str] = []

    def run(self) -> Found:
        """Search until everything is proven, the time is over, or somebody stops it."""
        options = self._mandate.options
        limit = options.time_limit
        share = self._local_seconds if limit is None else min(self._local_seconds, _SHARE * limit)
        brief = replace(options, time_limit=share)
        local = Large(self._problem, self._mandate.from_now(brief, self._mandate.on_progress))
        started = local.run()
        self._known = dict(zip(local.levels, local.values, strict=False))
        self._note(local.seconds, local.log)
        if started.status in (Status.OPTIMAL, Status.INFEASIBLE) or self._stop.is_set():
            return started
        from scheduler.search.exact import Exact

        if limit is not None and options.deterministic:
            options = replace(options, time_limit=limit - share)
        exact = Exact(
            self._problem,
            replace(self._mandate, options=options, on_progress=self._tell),
            started.placements or (),
        )
        found = exact.run()
        self._note(exact.seconds, exact.log)
        return better_of(self._problem, started, found, stopped=self._stop.is_set())

    def _tell(self, progress: Progress) -> None:
        """Pass on what the exact search tells; where it has nothing better yet, what was known before."""
        if self._mandate.on_progress is None:
            return
        known = self._known.get(progress.level)
        if known is not None and (progress.value is None or progress.value > known):
            progress = replace(progress, value=known, placements=None)
        self._mandate.on_progress(progress)

    def _note(self, seconds: dict[str, float], log: list[str]) -> None:
        for what, spent in seconds.items():
            self.seconds[what] = self.seconds.get(what, 0.0) + spent
        self.log += log
