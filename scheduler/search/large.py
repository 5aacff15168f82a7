"""Search of large programmes: sessions first and exactly, then meetings by local search, any-time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from scheduler.domain import FairnessBound, Instance, Status, TermName
from scheduler.problem import Problem, discretise
from scheduler.problem.request_bound import relax
from scheduler.search.budget import MOVES_PER_SECOND, Budget
from scheduler.search.found import Claim, Found
from scheduler.search.local.board import Board
from scheduler.search.local.held import held_sessions
from scheduler.search.local.schedule import Schedule, placements
from scheduler.search.local.team import Heat, Team
from scheduler.search.mandate import Mandate

_HOT, _COLD = 0.8, 0.08
"""First and last temperature of an annealing, in units of what the level charges at the least."""
_ROUND_SECONDS = 2.0
_FIRST_SHARE = 0.5
"""Of the time, for the first level; the others share what is left."""
_SESSIONS_SHARES, _SESSIONS_SECONDS = (0.2, 0.8), 30.0
_PASS_SECONDS = 20.0
_BOUND_SHARE = 0.3
"""Of the time that is left, for the bound of the first level at the most."""
_PATIENCE_SECONDS = 60.0
"""Without a limit, a search ends when it has found nothing better for so long, and for half its time."""
_AFTERWARDS = 4.5e-4
"""Seconds to keep for each meeting: the schedule is still to be checked, explained and written."""
_KNOWN_TERMS = {
    *(TermName.BREAKS, TermName.IDLE_MINUTES, TermName.CITY_CHANGES, TermName.ROOM_CHANGES),
    TermName.TOO_FEW_MEETINGS,
}
"""What the kernel knows whatever sessions there are."""


class Large:
    """One search of a large programme.

    Attributes
    ----------
    seconds : dict of str to float
        Where the time went: ``sessions``, ``model``, ``search``, ``bound``.
    log : list of str
    """

    def __init__(
        self,
        problem: Problem,
        mandate: Mandate,
    ) -> None:
        self._problem = problem
        self._mandate = mandate
        self._options = mandate.options
        self._stop = mandate.stop
        self._budget = Budget(mandate)
        self.log: list[str] = []
        self.seconds = {"sessions": 0.0, "model": 0.0, "search": 0.0, "bound": 0.0}
        self._levels = tuple(sorted({term.level for term in problem.instance.objective}))
        self._bounds = dict.fromkeys(self._levels, 0)
        self._best: Schedule | None = None
        self._bettered = 0.0
        self._passes = 0

    def run(self) -> Found:
        """Search until the time is over, nothing better can be found, or somebody stops it."""
        with self._timed("sessions"):
            sessions = self._sessions()
        if sessions.placements is None:
            return sessions
        with self._timed("model"):
            exchange = self._mandate.exchange
            placed = exchange.sessions(sessions.placements) if exchange else sessions.placements
            self._board = Board(self._problem, held_sessions(self._problem, placed))
            workers = 1 if self._budget.deterministic else self._options.workers or os.cpu_count() or 1
            self._team = Team(self._board, workers, self._options.seed, self._stop)
        self._budget.keep_back(_AFTERWARDS * len(self._board.tasks))
        with self._timed("search"):
            self._search()
        if self._best is None or self._best.value[0] > 0:
            return Found(Status.INTERRUPTED if self._stop.is_set() else Status.UNKNOWN)
        return self._found(self._best)

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[what] += time.perf_counter() - started

    @property
    def levels(self) -> tuple[int, ...]:
        """The numbers of the objective's levels."""
        return self._levels

    @property
    def values(self) -> tuple[int, ...]:
        """The levels' values of the best schedule, as far as local search knows them; none without one."""
        whole = self._best is not None and self._best.value[0] == 0
        return self._best.value[1:] if whole and self._best is not None else ()

    # -- sessions --------------------------------------------------------------------------------

    def _sessions(self) -> Found:
        """Place the sessions as if there were no meetings, exactly or as well as a share of the time allows.

        That there is no way to place them proves that there is no schedule: meetings only take away.
        """
        if not self._problem.instance.sessions:
            return Found(Status.OPTIMAL, ())
        from scheduler.search.exact import Exact  # it is heavy, and often not needed

        problem = discretise(without_meetings(self._problem.instance))
        found = Found(Status.UNKNOWN)
        for share in _SESSIONS_SHARES:  # nothing goes without them, so a second try gets nearly all
            left = self._budget.left
            limit = _SESSIONS_SECONDS if left is None else min(_SESSIONS_SECONDS, share * left)
            options = replace(self._options, time_limit=max(0.1, limit))
            exact = Exact(problem, self._mandate.from_now(options))
            found = exact.run()
            self.log += exact.log
            self._budget.count(limit)
            if found.placements is not None or found.status is not Status.UNKNOWN:
                break
        return found

    # -- meetings --------------------------------------------------------------------------------

    def _search(self) -> None:
        self._keep(self._team.construct())
        self._tell(0)
        while self._best is not None and self._best.value[0] > 0 and not self._budget.over:
            self._round(Heat(-1, _HOT, _COLD), self._pass_seconds())
        with self._timed("bound"):
            self._bound_requests()
        while not (self._finished() or self._budget.over or self._patience_ended()):
            self._passes += 1
            for level, seconds in enumerate(self._shares(self._pass_seconds())):
                self._anneal(level, seconds)

    def _pass_seconds(self) -> float:
        """Return the time for one pass over the levels: all that is left, or without a limit ever more."""
        left = self._budget.left
        return max(_PASS_SECONDS, self._budget.spent) if left is None else max(0.0, left)

    def _shares(self, seconds: float) -> list[float]:
        count = len(self._levels)
        if count < 2:
            return [seconds] * count
        return [_FIRST_SHARE * seconds] + [(1 - _FIRST_SHARE) * seconds / (count - 1)] * (count - 1)

    def _anneal(self, level: int, seconds: float) -> None:
        """Anneal one level in rounds, cooler and cooler."""
        rounds = max(1, round(seconds / _ROUND_SECONDS))
        unit = self._board.unit(level)
        for number in range(rounds):
            if self._budget.over or self._is_done(level):
                break
            hot, cold = (_HOT * (_COLD / _HOT) ** ((number + k) / rounds) * unit for k in (0, 1))
            self._round(Heat(level, hot, cold), seconds / rounds)
            self._trade(level, number)
            self._tell(level)
        if self._best is not None:
            self._team.go_on_from(self._best)

    def _round(self, heat: Heat, seconds: float) -> None:
        left = self._budget.left
        seconds = max(0.01, seconds if left is None else min(seconds, left))
        if self._budget.deterministic:
            heat = replace(heat, moves=max(1, int(seconds * MOVES_PER_SECOND)))
            self._budget.count(seconds)
        self._keep(self._team.anneal(replace(heat, seconds=seconds)))

    def _trade(self, level: int, number: int) -> None:
        """Show others where this search stands after a round, and go on from there if one stood better."""
        exchange = self._mandate.exchange
        if exchange is None:
            return
        better = exchange.trade((self._team.digest, self._passes, level, number), self._team.current())
        if better is not None:
            self._team.go_on_from(better)
            self._keep(better)

    def _keep(self, found: Schedule) -> None:
        if self._best is None or found.value < self._best.value:
            self._best = found
            self._bettered = self._budget.spent

    def _is_done(self, level: int) -> bool:
        """Whether a level and all before it are at their bounds."""
        assert self._best is not None
        values = self._best.value[1 : level + 2]
        return all(v <= self._bounds[n] for v, n in zip(values, self._levels, strict=False))

    def _finished(self) -> bool:
        return self._is_done(len(self._levels) - 1)

    def _patience_ended(self) -> bool:
        waited = self._budget.spent - self._bettered
        return self._budget.left is None and waited > max(_PATIENCE_SECONDS, self._budget.spent / 2)

    def _bound_requests(self) -> None:
        """Bound the first level, where it is about requests."""
        first = [t for t in self._problem.instance.objective if t.level == min(self._levels, default=0)]
        weight = sum(term.weight for term in first if term.term is TermName.REQUESTS)
        if not weight or self._best is None or self._best.value[1] == 0:
            return
        from scheduler.model.prices import prices  # it is heavy, and often not needed

        relaxation = relax(self._problem, self._board.cells)
        left = None if self._budget.deterministic else self._budget.left
        priced = prices(relaxation, None if left is None else _BOUND_SHARE * left)
        self._bounds[self._levels[0]] = weight * relaxation.refused_at_least(priced)

    # -- the end ---------------------------------------------------------------------------------

    def _found(self, best: Schedule) -> Found:
        claims = tuple(self._claim(level, best) for level in range(len(self._levels)))
        finished = self._finished()
        status = Status.OPTIMAL if finished else Status.FEASIBLE
        if self._stop.is_set() and not finished:
            status = Status.INTERRUPTED
        return Found(status, placements(self._board, best), claims)

    def _claim(self, level: int, best: Schedule) -> Claim:
        """Return what is known of a level; its value only where the kernel knows all that is charged."""
        number = self._levels[level]
        bound = self._bounds[number]
        value = best.value[level + 1] if self._is_known(number) else None
        done = value is not None and self._is_done(level)
        status = Status.OPTIMAL if done else Status.FEASIBLE
        return Claim(number, value, bound, status, confirmed=done and bound == 0)

    def _is_known(self, level: int) -> bool:
        sessions = self._problem.instance.sessions
        known = set(_KNOWN_TERMS)
        if all(session.mandatory for session in sessions):
            known.add(TermName.REQUESTS)
        if not sessions:
            known |= {TermName.PREFERENCES, TermName.LATENESS}
        return all(t.term in known for t in self._problem.instance.objective if t.level == level)

    def _tell(self, level: int) -> None:
        if self._best is None or self._best.value[0] > 0 or not self._levels:
            return
        number = self._levels[level]
        claim = Claim(number, self._best.value[level + 1], self._bounds[number], Status.FEASIBLE)
        self._mandate.tell(claim, partial(placements, self._board, self._best))


def without_meetings(instance: Instance) -> Instance:
    """Return the programme with its sessions alone."""
    sessions = {part.id for session in instance.sessions for part in (session, *session.talks)}
    parts = {name: getattr(instance, name) for name in Instance.model_fields}
    parts |= {
        "meetings": (),
        "precedences": tuple(o for o in instance.precedences if {o.before, o.after} <= sessions),
        "day_relations": tuple(r for r in instance.day_relations if set(r.activities) <= sessions),
        "fairness": FairnessBound(),
        "baseline": tuple(p for p in instance.baseline if p.activity in sessions),
    }
    return Instance.model_validate(parts)
