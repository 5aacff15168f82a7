"""Searching a programme of equal slots: bound, local search, and a race of exact methods for each level."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain import Status
from scheduler.model.clauses.spares import Spares, available
from scheduler.problem import Problem
from scheduler.problem.slot_costs import costs
from scheduler.problem.slots import SlotLevel
from scheduler.problem.slotted import Slotted
from scheduler.search.found import Claim, Found
from scheduler.search.local.kempe import Kempe
from scheduler.search.mandate import Mandate
from scheduler.search.slots.bounds import breaks_bound, holds
from scheduler.search.slots.news import Entrant
from scheduler.search.slots.placing import placements
from scheduler.search.slots.race import ALONE, MIDDLING, MOST_PLACES, Race, Standing

if TYPE_CHECKING:
    from scheduler.search.slots.line_up import LineUp

_FIRST_SECONDS = 0.05
"""Local search alone: what is easy ends here."""

_BRIEF_SECONDS = 0.003
"""The same where exact methods are at hand at once: what takes longer is theirs as well."""

_STEPS = 300_000
"""Moves of the local search where nothing may depend on the clock."""

_CONFIRM_SECONDS = 2.0
"""A proof is given at least so long to be confirmed, or as long as finding it took."""

_LEAST_SECONDS = 0.05


class SlottedSearch:
    """One search.

    Attributes
    ----------
    seconds : dict of str to float
        Where the time went: ``search``, ``confirm``.
    log : list of str
        CP-SAT's statistics of each run.
    """

    def __init__(
        self,
        problem: Problem,
        slots: Slotted,
        mandate: Mandate,
    ) -> None:
        self._problem = problem
        self._slots = slots
        self._mandate = mandate
        self._options = options = mandate.options
        self._stop = mandate.stop
        self._levels = slots.levels or (SlotLevel(0),)
        self._fixed: list[int] = []
        self._best: tuple[int, ...] | None = None
        self._notes: list[str] = []
        self._kempe: Kempe | None = None
        self._workers = 1 if options.deterministic else options.workers or os.cpu_count() or 1
        sat = slots.places <= MOST_PLACES and available() and not options.deterministic
        self._spares = Spares(min(2, self._workers) if sat else 0)
        self._beside = sat and slots.places <= MIDDLING
        """Whether other processes are at work beside local search from the beginning."""
        self.log: list[str] = []
        self.seconds = {"search": 0.0, "confirm": 0.0}

    def run(self) -> Found:
        """Search until every level is proven, the time is over, or somebody stops it."""
        try:
            return self._levels_in_turn()
        finally:
            self._spares.close()

    @cached_property
    def _line_up(self) -> LineUp:
        from scheduler.search.slots.line_up import LineUp  # not loaded for what local search settles

        return LineUp(self._slots, self._options, self._workers, self._spares)

    def _levels_in_turn(self) -> Found:
        claims: list[Claim] = []
        for position in range(len(self._levels)):
            standing = self._searched(position)
            if standing.infeasible:
                return self._without_schedule(standing)
            if standing.value is None:
                break
            claims.append(self._claim(position, standing))
            self._fixed.append(standing.value)
            if claims[-1].status is Status.CONTRADICTION or self._is_over():
                break
        if self._best is None:
            return Found(Status.INTERRUPTED if self._stop.is_set() else Status.UNKNOWN)
        return self._found(claims)

    # -- one level -------------------------------------------------------------------------------

    def _searched(self, position: int) -> Standing:
        """Work on a level until it is proven or its time is over."""
        started = time.perf_counter()
        deadline = self._deadline(position, started)
        standing = Standing(bound=self._bound(position), provers=[ALONE])
        if self._best is not None:
            standing.value, standing.schedule = costs(self._slots, self._best)[position], self._best
        self._tell(position, standing)
        if not standing.proven:
            self._local(position, standing, deadline)
        if not standing.proven and not self._is_over():
            self._race(position, standing, deadline)
        self._best = standing.schedule or self._best
        self.seconds["search"] += time.perf_counter() - started
        return standing

    def _bound(self, position: int) -> int:
        level = self._slots.levels[position] if self._slots.levels else SlotLevel(0)
        return level.breaks * sum(self._own_bounds()) if level.breaks else 0

    def _own_bounds(self) -> tuple[int, ...]:
        return breaks_bound(self._slots, everything=self._has_everything())

    def _has_everything(self) -> bool:
        """Return whether earlier levels let no meeting go: they charge for each, and cost nothing."""
        granted = any(
            level.requests and not value
            for level, value in zip(self._slots.levels, self._fixed, strict=False)
        )
        optional = (w for w, must in zip(self._slots.worth, self._slots.mandatory, strict=True) if not must)
        return granted and all(optional)

    def _target(self, position: int) -> tuple[int, ...]:
        """Return values with which local search has nothing more to gain on a level."""
        return (*self._fixed, self._bound(position)) if self._slots.levels else ()

    def _local(self, position: int, standing: Standing, deadline: float | None) -> None:
        if not Kempe.fits(self._slots):
            return
        if self._kempe is None or standing.schedule is not None:
            threads = 1 if self._beside else self._workers
            self._kempe = Kempe(self._slots, self._options.seed, threads, start=standing.schedule)
        first = _BRIEF_SECONDS if self._beside else _FIRST_SECONDS
        left = first if deadline is None else min(first, deadline - time.perf_counter())
        counted = self._options.deterministic
        self._kempe.run(
            None if counted else max(0.0, left),
            self._target(position),
            self._stop,
            iterations=_STEPS if counted else None,
        )
        if self._kempe.best is not None:
            self._better(position, standing, tuple(self._kempe.best))

    def _better(self, position: int, standing: Standing, schedule: tuple[int, ...]) -> None:
        value = self._value(position, schedule)
        if value is not None and (standing.value is None or value < standing.value):
            standing.value, standing.schedule = value, schedule
            self._tell(position, standing)

    def _value(self, position: int, schedule: tuple[int, ...]) -> int | None:
        """Return what a schedule costs on a level; None if an earlier one loses by it."""
        values = costs(self._slots, schedule) or (0,)
        if any(value > fixed for value, fixed in zip(values, self._fixed, strict=False)):
            return None
        return values[position]

    def _race(self, position: int, standing: Standing, deadline: float | None) -> None:
        race = Race(
            standing,
            lambda schedule: self._value(position, schedule),
            lambda: self._tell(position, standing),
            self._stop,
            deadline,
            (lambda: self._refuting(standing)) if self._line_up.refutes else None,
        )
        limit = None if self._options.time_limit is None else self._options.time_limit / len(self._levels)
        if self._kempe is not None:
            self._kempe.until = deadline
        entrants, later = self._line_up.entrants(
            self._fixed, self._kempe, self._target(position), limit, lambda: standing.bound
        )
        race.run(entrants, later)
        self.log += race.log

    def _refuting(self, standing: Standing) -> Entrant:
        """Return somebody else to prove again what is proven."""
        most = None if standing.infeasible or standing.value is None else standing.value - 1
        return self._line_up.refuting(self._fixed, most, standing.provers)

    # -- what is claimed -------------------------------------------------------------------------

    def _claim(self, position: int, standing: Standing) -> Claim:
        number, value = self._levels[position].level, standing.value
        assert value is not None
        if value < standing.bound:
            self._notes.append(f"level {number}: a schedule has {value}, below the bound {standing.bound}")
            return Claim(number, value, 0, Status.CONTRADICTION)
        claim = Claim(number, value, standing.bound, Status.FEASIBLE)
        if standing.proven:
            claim = self._confirmed(position, standing, replace(claim, status=Status.OPTIMAL))
        self._tell(position, standing)
        return claim

    def _confirmed(self, position: int, standing: Standing, claim: Claim) -> Claim:
        """Return the claim, confirmed if it is proven again in another way."""
        assert claim.value is not None
        if claim.value == 0:  # no term is ever negative
            return replace(claim, confirmed=True)
        if standing.provers == [ALONE] and self._seen_again():
            self._notes.append(f"level {claim.level}: {claim.value} is {ALONE}, computed in two ways")
            return replace(claim, confirmed=True)
        agreed = standing.agreed
        if len(agreed) > 1:
            self._notes.append(
                f"level {claim.level}: {claim.value} proven optimal by {' and by '.join(agreed)}"
            )
            return replace(claim, confirmed=True)
        second = self._asked(claim.value - 1, standing.provers)
        by = ", ".join(standing.provers)
        if second.infeasible or second.bound >= claim.value:
            self._notes.append(
                f"level {claim.level}: {claim.value} proven optimal by {by}; again by {second.provers[0]}"
            )
            return replace(claim, confirmed=True)
        if second.schedule is None:
            self._notes.append(f"level {claim.level}: the proof by {by} was not confirmed within its time")
            return claim
        better = costs(self._slots, second.schedule)[position]
        self._notes.append(f"level {claim.level}: {by} proves {claim.value} optimal, another finds {better}")
        return replace(claim, bound=0, status=Status.CONTRADICTION)

    def _seen_again(self) -> bool:
        everything = self._has_everything()
        return holds(self._slots, self._own_bounds(), everything=everything)

    def _asked(self, most: int | None, provers: Sequence[str]) -> Standing:
        """Let others look for any schedule with the earlier levels' values that costs at most so much."""
        started = time.perf_counter()
        standing = Standing(value=None if most is None else most + 1)  # which a bound may reach
        spent = self.seconds["search"]
        until = started + max(_CONFIRM_SECONDS, spent)
        overall = self._deadline(len(self._levels) - 1, started)
        limit = min(until, overall) if overall is not None else until
        race = Race(standing, lambda _: 0, lambda: None, self._stop, limit)
        race.run(*self._line_up.second_opinions(self._fixed, most, provers))
        self.log += race.log
        self.seconds["confirm"] += time.perf_counter() - started
        return standing

    def _without_schedule(self, standing: Standing) -> Found:
        """Say that there is no schedule, once somebody else has said so too."""
        by = ", ".join(standing.provers)
        if self._best is not None or standing.schedule is not None:
            self._best = standing.schedule or self._best
            self._notes.append(f"{by} proves that there is no schedule, and one was found")
            return self._contradicted()
        if len(standing.provers) > 1:
            self._notes.append(f"infeasible, proven by {' and by '.join(standing.provers)}")
            return Found(Status.INFEASIBLE, notes=self._notes)
        second = self._asked(None, standing.provers)
        if second.schedule is not None:
            self._best = second.schedule
            self._notes.append(f"{by} proves that there is no schedule, and another finds one")
            return self._contradicted()
        again = f"again by {second.provers[0]}" if second.infeasible else "not confirmed within its time"
        self._notes.append(f"infeasible, proven by {by}; {again}")
        return Found(Status.INFEASIBLE, notes=self._notes)

    def _contradicted(self) -> Found:
        assert self._best is not None
        found = placements(self._problem, self._slots, self._best)
        claims = tuple(Claim(level.level) for level in self._slots.levels)
        return Found(Status.CONTRADICTION, found, claims, self._notes)

    def _found(self, claims: Sequence[Claim]) -> Found:
        assert self._best is not None
        values = costs(self._slots, self._best)
        if self._slots.levels:
            claims = [self._as_found(claim, value) for claim, value in zip(claims, values, strict=False)]
        statuses = {claim.status for claim in claims}
        status = Status.INTERRUPTED if self._stop.is_set() else Status.FEASIBLE
        if Status.CONTRADICTION in statuses:
            status = Status.CONTRADICTION
        elif statuses == {Status.OPTIMAL} and len(claims) == len(self._levels):
            status = Status.OPTIMAL
        rest = [Claim(level.level, bound=0) for level in self._slots.levels[len(claims) :]]
        told = (*claims, *rest) if self._slots.levels else ()
        return Found(status, placements(self._problem, self._slots, self._best), told, self._notes)

    def _as_found(self, claim: Claim, value: int) -> Claim:
        """Return a claim of the schedule that came out: a later level may have bettered an earlier one."""
        if value == claim.value:
            return claim
        if claim.status is not Status.OPTIMAL:
            return replace(claim, value=value)
        self._notes.append(f"level {claim.level}: {claim.value} was proven optimal, and {value} was found")
        return replace(claim, value=value, bound=0, status=Status.CONTRADICTION, confirmed=False)

    # -- time ------------------------------------------------------------------------------------

    def _is_over(self) -> bool:
        deadline = self._deadline(len(self._levels) - 1, 0.0)
        return self._stop.is_set() or (deadline is not None and time.perf_counter() >= deadline)

    def _deadline(self, position: int, now: float) -> float | None:
        """Return when a level ends: after half of what is left while others wait and there is a schedule."""
        if self._options.time_limit is None or self._options.deterministic:
            return None
        end = self._mandate.began + self._options.time_limit
        alone = self._best is None or position == len(self._levels) - 1
        return end if alone else max(now + _LEAST_SECONDS, now + (end - now) / 2)

    def _tell(self, position: int, standing: Standing) -> None:
        if not self._slots.levels:
            return
        status = Status.UNKNOWN if standing.value is None else Status.FEASIBLE
        if standing.proven:
            status = Status.OPTIMAL
        claim = Claim(self._levels[position].level, standing.value, standing.bound, status)
        schedule = standing.schedule
        self._mandate.tell(
            claim,
            None if schedule is None else lambda: placements(self._problem, self._slots, schedule),
        )
