"""Exact search: one level after the other, each proven, each proof confirmed where that is cheap."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field, replace

from scheduler.domain import LevelReport, Placement, Status
from scheduler.model.build import Level, build
from scheduler.model.engine import Configuration, CpModel, EngineStatus, Outcome, Values, run
from scheduler.model.extract import placements
from scheduler.problem import Problem
from scheduler.search.result import Progress, ProgressListener, SolveOptions

_CONFIRM_SECONDS = 2.0
"""A proof is confirmed for at least so long, or for as long as finding it took."""


@dataclass(slots=True)
class Found:
    """What the search has found, before it is checked."""

    status: Status
    placements: tuple[Placement, ...] | None = None
    levels: tuple[LevelReport, ...] = ()
    notes: list[str] = field(default_factory=list)


class Exact:
    """One exact search.

    Attributes
    ----------
    seconds : dict of str to float
        Where the time went: ``model``, ``search``, ``confirm``.
    """

    def __init__(
        self,
        problem: Problem,
        options: SolveOptions,
        on_progress: ProgressListener | None,
        stop: threading.Event | None,
        began: float,
    ) -> None:
        self._problem = problem
        self._options = options
        self._on_progress = on_progress
        self._stop = stop or threading.Event()
        self._began = began
        workers = 1 if options.deterministic else options.workers or os.cpu_count() or 1
        self._configuration = Configuration(workers, options.seed, deterministic=options.deterministic)
        self._spent = 0.0  # seconds, or deterministic ones, of what the time limit counts
        self.seconds = {"model": 0.0, "search": 0.0, "confirm": 0.0}

    def run(self) -> Found:
        """Search until every level is proven, the time is over, or somebody stops it."""
        began = time.perf_counter()
        self._model = build(self._problem)
        self.seconds["model"] = time.perf_counter() - began
        reports: list[LevelReport] = []
        best: Values | None = None
        notes: list[str] = []
        for position, level in enumerate(self._model.levels):
            outcome = self._minimise(level, best, last=position == len(self._model.levels) - 1)
            if outcome.values is None and best is None:
                return self._nothing(outcome)
            best = outcome.values or best
            assert best is not None
            report = self._report(level, outcome, best)
            self._keep(level, report.value)
            reports.append(self._confirmed(level, report, outcome, notes))
            self._tell(level, report.value, report.bound, report.status)
            if reports[-1].status is Status.CONTRADICTION:
                break
        assert best is not None
        found = placements(self._problem, self._model.context.variables, best)
        reports += self._untouched(self._model.levels[len(reports) :], best)
        return Found(self._status(reports), found, tuple(reports), notes)

    # -- one level -------------------------------------------------------------------------------

    def _minimise(self, level: Level, best: Values | None, *, last: bool) -> Outcome:
        cp = self._model.context.logic.cp
        if best is not None:
            best.hint(cp)
        self._tell(level, None, 0, Status.UNKNOWN)
        outcome = run(
            cp,
            level.cost,
            self._configuration,
            limit=self._share(last=last or best is None),
            tell=lambda value, bound: self._tell(level, value, max(0, bound), Status.FEASIBLE),
            stop=self._stop,
        )
        self.seconds["search"] += outcome.seconds
        return outcome

    def _left(self) -> float | None:
        if self._options.time_limit is None:
            return None
        return max(0.01, self._options.time_limit - (time.perf_counter() - self._began))

    def _share(self, *, last: bool) -> float | None:
        """Return the time for a level: half of what is left while others wait, all for the last."""
        if self._options.deterministic and self._options.time_limit is not None:
            return self._options.time_limit / len(self._model.levels)
        left = self._left()
        return left if left is None or last else left / 2

    def _report(self, level: Level, outcome: Outcome, best: Values) -> LevelReport:
        value = best.value(level.cost)
        bound = max(0, outcome.bound or 0)  # no term is ever negative
        proven = outcome.status is EngineStatus.OPTIMAL
        return LevelReport(
            level=level.number,
            value=value,
            bound=value if proven else min(bound, value),
            status=Status.OPTIMAL if proven else Status.FEASIBLE,
        )

    def _keep(self, level: Level, value: int) -> None:
        """Let later levels lose nothing on this one."""
        if not level.cost.is_constant:
            self._model.context.logic.cp.add(level.cost.expression() <= value)

    def _untouched(self, levels: tuple[Level, ...], best: Values) -> list[LevelReport]:
        return [
            LevelReport(level=level.number, value=best.value(level.cost), bound=0, status=Status.UNKNOWN)
            for level in levels
        ]

    # -- a second opinion ------------------------------------------------------------------------

    def _confirmed(
        self, level: Level, report: LevelReport, outcome: Outcome, notes: list[str]
    ) -> LevelReport:
        """Return the report, confirmed if another configuration proves as well that nothing is better."""
        if report.status is not Status.OPTIMAL:
            return report
        if report.value == 0 or level.cost.is_constant:
            return report.model_copy(update={"confirmed": True})  # no term is ever negative
        second = self._second_opinion(level, report.value, outcome.seconds)
        if second.status is EngineStatus.INFEASIBLE:
            return report.model_copy(update={"confirmed": True})
        if second.values is not None:
            better = second.values.value(level.cost)
            notes.append(
                f"level {level.number}: one engine proves {report.value} optimal, another finds {better}"
            )
            return report.model_copy(update={"status": Status.CONTRADICTION})
        notes.append(f"level {level.number}: the proof was not confirmed within its time")
        return report

    def _second_opinion(self, level: Level, value: int, seconds: float) -> Outcome:
        """Ask another configuration for a schedule that is better on a level."""
        cp = self._model.context.logic.cp.clone()
        cp.add(level.cost.expression() <= value - 1)
        return self._ask(cp, seconds)

    def _ask(self, cp: CpModel, seconds: float) -> Outcome:
        left = self._left()
        limit = max(_CONFIRM_SECONDS, seconds)
        second = run(
            cp,
            None,
            replace(self._configuration, second_opinion=True),
            limit=limit if left is None else min(limit, left),
            stop=self._stop,
        )
        self.seconds["confirm"] += second.seconds
        return second

    # -- the end ---------------------------------------------------------------------------------

    def _nothing(self, outcome: Outcome) -> Found:
        if outcome.status is not EngineStatus.INFEASIBLE:
            return Found(Status.INTERRUPTED if self._stop.is_set() else Status.UNKNOWN)
        second = self._ask(self._model.context.logic.cp, outcome.seconds)
        if second.status is EngineStatus.INFEASIBLE:
            return Found(Status.INFEASIBLE, notes=["infeasibility was proven twice, in different ways"])
        if second.values is None:
            return Found(Status.INFEASIBLE, notes=["infeasibility was not confirmed within its time"])
        found = placements(self._problem, self._model.context.variables, second.values)
        note = "one engine proves that there is no schedule, another finds one"
        return Found(
            Status.CONTRADICTION, found, tuple(self._untouched(self._model.levels, second.values)), [note]
        )

    def _status(self, reports: list[LevelReport]) -> Status:
        statuses = {report.status for report in reports}
        if Status.CONTRADICTION in statuses:
            return Status.CONTRADICTION
        if statuses <= {Status.OPTIMAL}:
            return Status.OPTIMAL
        return Status.INTERRUPTED if self._stop.is_set() else Status.FEASIBLE

    def _tell(self, level: Level, value: int | None, bound: int, status: Status) -> None:
        if self._on_progress is not None:
            elapsed = time.perf_counter() - self._began
            self._on_progress(Progress(level.number, value, bound, status, elapsed))
