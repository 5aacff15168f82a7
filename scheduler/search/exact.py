"""Exact search: one level after the other, each proven, each proof confirmed where that is cheap."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from scheduler.domain import Placement, Status
from scheduler.model.build import build
from scheduler.model.engine import Configuration, CpModel, EngineStatus, Incumbent, Outcome, Values, run
from scheduler.model.extract import placements
from scheduler.model.hint import hint
from scheduler.problem import Problem
from scheduler.search.found import Claim, Found
from scheduler.search.mandate import Mandate

_CONFIRM_SECONDS = 2.0
"""A proof is given at least so long to be confirmed, or as long as finding it took."""

_COMPLETE_SECONDS = 10.0
"""What is given to work out the rest of a schedule of which the decisions are known."""

_LEAST_SECONDS = 0.05
"""What a run is given when the time is over: enough to take over the hint."""


class _OverError(Exception):
    """The time is over, or somebody has stopped the search, while a model is built."""


class Exact:
    """One exact search.

    Parameters
    ----------
    start : tuple of Placement
        A schedule to begin with, if there is one.
    enough : int or None
        Where the first level comes to more than this, the later ones are left out.

    Attributes
    ----------
    seconds : dict of str to float
        Where the time went: ``model``, ``search``, ``confirm``.
    log : list of str
        CP-SAT's statistics of each run.
    """

    def __init__(
        self,
        problem: Problem,
        mandate: Mandate,
        start: tuple[Placement, ...] = (),
        enough: int | None = None,
    ) -> None:
        self._problem = problem
        self._start = start
        self._enough = enough
        self._mandate = mandate
        self._options = options = mandate.options
        self._stop = mandate.stop
        self._notes: list[str] = []
        self.log: list[str] = []
        workers = 1 if options.deterministic else options.workers or os.cpu_count() or 1
        self._configuration = Configuration(workers, options.seed, deterministic=options.deterministic)
        self.seconds = {"model": 0.0, "search": 0.0, "confirm": 0.0}

    def run(self) -> Found:
        """Search until every level is proven, the time is over, or somebody stops it."""
        try:
            with self._building():
                self._model = build(self._problem, self._go_on)
        except _OverError:
            return self._found_nothing()
        self._cp = self._model.context.logic.cp
        if self._start:
            hint(self._model.context, self._start)
        return self._levels() if self._model.levels else self._any()

    def _go_on(self) -> None:
        """End the building of a model when nobody waits for it any more."""
        left = self._left()
        if self._stop.is_set() or (left is not None and left <= 0):
            raise _OverError

    @contextmanager
    def _building(self) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds["model"] += time.perf_counter() - started

    def _levels(self) -> Found:
        claims: list[Claim] = []
        best: Values | None = None
        for level in self._model.levels:
            try:
                best = self._started(level, best)
                outcome = self._minimise(level, best)
            except _OverError:
                break
            if outcome.values is None and best is None:
                return self._nothing(outcome)
            best = outcome.values or best
            claims.append(self._claim(level, outcome))
            if self._over(claims[-1]) or self._is_too_much(claims):
                break
        if best is None:
            return self._found_nothing()
        found = placements(self._problem, self._model.context.variables, best)
        claims = [self._as_found(claim, best) for claim in claims]
        claims += [Claim(level) for level in self._model.levels[len(claims) :]]
        return Found(self._status(claims), found, tuple(claims), self._notes)

    def _any(self) -> Found:
        """Look for any schedule: where nothing is minimised, every one is the best."""
        limit = self._share(None, first=True)
        outcome = run(self._cp, None, self._configuration, limit=limit, stop=self._stop)
        self.seconds["search"] += outcome.seconds
        self.log.append(outcome.log)
        if outcome.values is None:
            return self._nothing(outcome)
        found = placements(self._problem, self._model.context.variables, outcome.values)
        return Found(Status.OPTIMAL, found)

    def _over(self, claim: Claim) -> bool:
        """Return whether to leave the later levels: nothing can be trusted, or nobody waits any more."""
        left = self._left()
        return claim.status is Status.CONTRADICTION or self._stop.is_set() or (left is not None and left <= 0)

    def _is_too_much(self, claims: list[Claim]) -> bool:
        """Return whether the first level has come to more than is of use."""
        first = claims[0].value
        return self._enough is not None and first is not None and first > self._enough

    # -- one level -------------------------------------------------------------------------------

    def _started(self, level: int, best: Values | None) -> Values | None:
        """Return the schedule to begin a level with, the values of the level's own variables worked out.

        Where that does not work (of several ways to number what is alike the model knows one), the search
        begins with what was known.
        """
        if not self._start:
            return best
        with self._building():
            self._model.cost(level)
            if best is not None:
                best.hint(self._cp)
        left = self._left()
        hinted = run(
            self._cp,
            None,
            replace(self._configuration, hinted=True),
            limit=_COMPLETE_SECONDS
            if left is None
            else max(_LEAST_SECONDS, min(_COMPLETE_SECONDS, left / 2)),
            stop=self._stop,
        )
        self.seconds["search"] += hinted.seconds
        return hinted.values or best

    def _minimise(self, level: int, best: Values | None) -> Outcome:
        with self._building():
            cost = self._model.cost(level)
            if best is not None:
                best.hint(self._cp)
        self._mandate.tell(Claim(level))
        if best is not None and best.knows(cost) and best.value(cost) == 0:  # no term is ever negative
            return Outcome(EngineStatus.OPTIMAL, 0, 0, best, 0.0, 0.0, "")
        outcome = run(
            self._cp,
            cost,
            self._configuration,
            limit=self._share(level, first=best is None),
            tell=partial(self._tell, level) if self._mandate.on_progress is not None else None,
            stop=self._stop,
        )
        self.seconds["search"] += outcome.seconds
        self.log.append(outcome.log)
        return outcome

    def _left(self) -> float | None:
        if self._options.time_limit is None or self._options.deterministic:
            return None
        return self._options.time_limit - (time.perf_counter() - self._mandate.began)

    def _share(self, level: int | None, *, first: bool) -> float | None:
        """Return the time for a level (or none): half of what is left while others wait, all for the last.

        The first has all until there is a schedule, deterministic runs an equal part for each.
        """
        if self._options.deterministic and self._options.time_limit is not None:
            return self._options.time_limit / max(1, len(self._model.levels))
        left = self._left()
        if left is None:
            return None
        alone = first or level == self._model.levels[-1]
        return max(_LEAST_SECONDS, left if alone else left / 2)

    def _claim(self, level: int, outcome: Outcome) -> Claim:
        """Note what is known of a level, let later levels lose nothing on it, and confirm a proof."""
        bound = max(0, outcome.bound or 0)  # no term is ever negative
        if outcome.values is None:
            claim = self._without_values(level, bound, outcome)
            self._mandate.tell(claim)
            return claim
        cost = self._model.cost(level)
        value = outcome.values.value(cost)
        if not cost.is_constant:
            self._cp.add(cost.expression() <= value)
        proven = outcome.status is EngineStatus.OPTIMAL
        claim = Claim(level, value, bound, Status.FEASIBLE)
        if proven:
            claim = self._confirmed(Claim(level, value, value, Status.OPTIMAL), outcome)
        self._mandate.tell(claim)
        return claim

    def _without_values(self, level: int, bound: int, outcome: Outcome) -> Claim:
        """Note that a later level ended without a schedule, though the one found before is one."""
        if outcome.status is not EngineStatus.INFEASIBLE:
            return Claim(level, None, bound)
        self._notes.append(f"level {level}: the engine proves that there is no schedule, and has found one")
        return Claim(level, None, 0, Status.CONTRADICTION)

    # -- a second opinion ------------------------------------------------------------------------

    def _confirmed(self, claim: Claim, outcome: Outcome) -> Claim:
        """Return the claim, confirmed if another configuration proves as well that nothing is better."""
        cost = self._model.cost(claim.level)
        assert claim.value is not None
        if claim.value == 0 or cost.is_constant:  # no term is ever negative
            return replace(claim, confirmed=True)
        better = self._cp.clone()
        better.add(cost.expression() <= claim.value - 1)
        second = self._ask(better, outcome)
        if second.status is EngineStatus.INFEASIBLE:
            return replace(claim, confirmed=True)
        if second.values is None:
            self._notes.append(f"level {claim.level}: the proof was not confirmed within its time")
            return claim
        self._notes.append(
            f"level {claim.level}: one engine proves {claim.value} optimal, "
            f"another finds {second.values.value(cost)}"
        )
        return replace(claim, bound=0, status=Status.CONTRADICTION)

    def _ask(self, cp: CpModel, first: Outcome) -> Outcome:
        """Let another configuration look for any solution at all: without linear relaxations, then with."""
        spent = first.effort if self._options.deterministic else first.seconds
        for relaxation in (False, True):
            limit, left = max(_CONFIRM_SECONDS, spent) * (1.0 if relaxation else 0.5), self._left()
            second = run(
                cp,
                None,
                replace(self._configuration, second_opinion=True, relaxation=relaxation),
                limit=limit if left is None else max(_LEAST_SECONDS, min(limit, left)),
                stop=self._stop,
            )
            self.seconds["confirm"] += second.seconds
            self.log.append(second.log)
            if second.status is not EngineStatus.UNKNOWN:
                break
        return second

    # -- the end ---------------------------------------------------------------------------------

    def _as_found(self, claim: Claim, best: Values) -> Claim:
        """Return a claim of the schedule that came out: a later level may have bettered an earlier one."""
        if claim.value is None:  # not reached: ``best`` may be from before its variables were there
            return claim
        value = best.value(self._model.cost(claim.level))
        if value == claim.value:
            return claim
        if claim.status is not Status.OPTIMAL:
            return replace(claim, value=value)
        self._notes.append(f"level {claim.level}: {claim.value} was proven optimal, and {value} was found")
        return replace(claim, value=value, bound=0, status=Status.CONTRADICTION, confirmed=False)

    def _found_nothing(self) -> Found:
        return Found(Status.INTERRUPTED if self._stop.is_set() else Status.UNKNOWN)

    def _nothing(self, outcome: Outcome) -> Found:
        if outcome.status is not EngineStatus.INFEASIBLE:
            return self._found_nothing()
        second = self._ask(self._cp, outcome)
        if second.values is not None:
            found = placements(self._problem, self._model.context.variables, second.values)
            claims = tuple(Claim(level) for level in self._model.levels)
            note = "one engine proves that there is no schedule, another finds one"
            return Found(Status.CONTRADICTION, found, claims, [note])
        again = second.status is EngineStatus.INFEASIBLE
        how = "proven twice, in different ways" if again else "not confirmed within its time"
        return Found(Status.INFEASIBLE, notes=[f"infeasibility was {how}"])

    def _status(self, claims: list[Claim]) -> Status:
        statuses = {claim.status for claim in claims}
        if Status.CONTRADICTION in statuses:
            return Status.CONTRADICTION
        if statuses <= {Status.OPTIMAL}:
            return Status.OPTIMAL
        return Status.INTERRUPTED if self._stop.is_set() else Status.FEASIBLE

    def _tell(self, level: int, incumbent: Incumbent) -> None:
        """Tell what a run has found and shown by now."""
        variables, values = self._model.context.variables, incumbent.values
        claim = Claim(level, incumbent.value, max(0, incumbent.bound), Status.FEASIBLE)
        found = None if values is None else partial(placements, self._problem, variables, values)
        self._mandate.tell(claim, found)
