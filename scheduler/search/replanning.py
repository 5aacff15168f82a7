"""Search that begins with a baseline, and stays as close to it as the objective asks."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from scheduler.checker import Checker
from scheduler.domain import ActivityId, ObjectiveTerm, Placement, Solution, Status, TermName
from scheduler.model.engine import Configuration
from scheduler.problem import Problem
from scheduler.problem.narrowing import Spot, held_at, spots_of
from scheduler.search.better import better_of
from scheduler.search.budget import Budget
from scheduler.search.exact import Exact
from scheduler.search.found import Claim, Found
from scheduler.search.kept import Kept, keep
from scheduler.search.mandate import Mandate
from scheduler.search.neighbours import Neighbours
from scheduler.search.result import Progress
from scheduler.search.seating import at_their_tables, with_their_interpreters

MOVES = frozenset(
    {
        TermName.MOVED,
        TermName.MOVED_START,
        TermName.MOVED_ROOM,
        TermName.MOVED_CITY,
        TermName.PEOPLE_AFFECTED,
    }
)
"""The terms that are about a baseline."""

FEW, MANY = 1_500, 60_000
"""Placements: up to so many the exact search needs no help; the model of more is too large."""
_FIRST_SHARE = 0.4
"""Of the time, for what leaves most of the baseline as it is, when that is only a beginning."""
_FIRST_SECONDS = 20.0
"""The same, without a limit."""
_LEAST_SECONDS = 0.05
_PART, _ROUND, _PATIENCE = 40, 10.0, 12
"""So many activities are let go at a time, for so many seconds; so often in a row without a gain."""
_WITHOUT_PLACE = 0.5
_IMPOSSIBLE = "infeasibility was proven twice, in different ways"
_NOTHING = 2**62
"""More than any level comes to."""


def counts_moves_first(problem: Problem) -> bool:
    """Return whether the first level is how many have moved, and nothing else."""
    objective = problem.instance.objective
    first = min((term.level for term in objective), default=None)
    terms = [term.term for term in objective if term.level == first]
    return bool(problem.instance.baseline) and terms == [TermName.MOVED]


def placements_at_most(problem: Problem, most: int) -> bool:
    """Return whether a problem has no more placements than so many."""
    count = 0
    for task in problem.hosted:
        count += len(task.options)
        if count > most:
            return False
    return True


def charges_moves(problem: Problem) -> bool:
    """Return whether there is a baseline, and the objective charges for leaving it."""
    instance = problem.instance
    return bool(instance.baseline) and any(term.term in MOVES for term in instance.objective)


class FromBaseline:
    """One search from a baseline.

    First what of the baseline can be kept at all is worked out (:func:`~scheduler.search.kept.keep`): a
    lower bound of the moves, and what every schedule with so few moves leaves where it was. With all of
    that held, what is left is small and is searched exactly. Where the first level is the number of moves
    and comes to the bound, the result is the best of the whole programme, on every level: every schedule
    with so few moves holds the same. Where it does not, whom the mandatory activities push aside is worked
    out as well, which gives the fewest moves there are; only where fairness bounds make it more than that,
    more and more is let go.

    Attributes
    ----------
    seconds : dict of str to float
        Where the time went: ``baseline``, ``model``, ``search``, ``confirm``.
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
        self._levels = sorted({term.level for term in problem.instance.objective})
        self._spots = spots_of(problem, problem.instance.baseline)
        self._kept = Kept(0)
        self.seconds: dict[str, float] = {"baseline": 0.0}
        self.log: list[str] = []

    def run(self) -> Found:
        """Search until everything is proven, the time is over, or somebody stops it."""
        found = self._found()
        if found.placements is None:
            return found
        seated = at_their_tables(self._problem, found.placements)
        return replace(found, placements=with_their_interpreters(self._problem, seated))

    def _found(self) -> Found:
        first = counts_moves_first(self._problem)
        if not first and placements_at_most(self._problem, FEW):
            return self._exact(self._problem, ())
        self._keep()
        if self._kept.impossible:
            return Found(Status.INFEASIBLE, notes=[_IMPOSSIBLE])
        found = self._closest() if first else self._mixed()
        if found.placements is None and found.status is Status.UNKNOWN:
            return self._what_is_kept()
        return found

    def _keep(self, *, placing: bool = False) -> None:
        """Work out what of the baseline is kept, and tell the bound that follows."""
        with self._timed("baseline"):
            kept = keep(
                self._problem.instance,
                self._spots,
                self._configuration(),
                self._budget,
                self._stop,
                placing=placing,
            )
        self._kept = kept if kept.moved >= self._kept.moved else replace(kept, moved=self._kept.moved)
        self._mandate.tell(Claim(self._levels[0], None, self._bound))

    def _what_is_kept(self) -> Found:
        """Return what is kept of the baseline, if that alone is a schedule."""
        placements = self._kept.placements
        solution = Solution(programme=self._problem.instance.programme.id, placements=placements)
        if any(Checker(self._problem.instance).violations(solution)):
            return Found(Status.INTERRUPTED if self._stop.is_set() else Status.UNKNOWN)
        return self._valued(Found(Status.FEASIBLE, placements), self._bound)

    def _configuration(self) -> Configuration:
        deterministic = self._options.deterministic
        workers = 1 if deterministic else self._options.workers or os.cpu_count() or 1
        return Configuration(workers, self._options.seed, deterministic=deterministic)

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[what] += time.perf_counter() - started

    # -- what the objective says of moves --------------------------------------------------------

    @property
    def _first_terms(self) -> list[ObjectiveTerm]:
        return [term for term in self._problem.instance.objective if term.level == self._levels[0]]

    @property
    def _weight(self) -> int:
        """What a move costs on the first level at the least."""
        return sum(term.weight for term in self._first_terms if term.term is TermName.MOVED)

    @property
    def _bound(self) -> int:
        """What the first level comes to at the least, for the moves that no schedule avoids."""
        return self._weight * self._kept.moved

    def _held(self) -> tuple[dict[ActivityId, Spot | None], bool]:
        """Return what to hold at first, and whether every schedule with the fewest moves holds it as well."""
        solid = {a: spot for a, spot in self._spots.items() if a in self._kept.solid}
        if solid or placements_at_most(self._problem, MANY):
            return dict(solid), True
        return dict(spots_of(self._problem, self._kept.placements)), False

    # -- moves first -----------------------------------------------------------------------------

    def _closest(self) -> Found:
        """Search where the number of moves counts before all else."""
        found = self._with_all_held()
        if not self._is_closest(found) and not self._budget.over:
            self._keep(placing=True)  # something mandatory pushes others aside
            if self._kept.impossible:
                return Found(Status.INFEASIBLE, notes=[_IMPOSSIBLE])
            found = self._with_all_held()
        if self._is_closest(found):
            return as_proven(found, confirmed=self._kept.confirmed)
        held, all_hold_it = self._held()
        if found.status is Status.CONTRADICTION or self._budget.over or not held:
            return bounded(found, self._bound) if held else found
        one_more = all_hold_it and _is_searched(found) and self._kept.proven
        return self._let_go(bounded(found, self._bound), self._bound + self._weight * one_more)

    def _with_all_held(self) -> Found:
        """Search with everything held that is held at first."""
        held, all_hold_it = self._held()
        found = self._exact(held_at(self._problem.instance, held), self._kept.placements, enough=self._bound)
        return found if all_hold_it else bounded(found, self._bound)

    def _is_closest(self, found: Found) -> bool:
        """Return whether no schedule has fewer moves."""
        value = _first(found).value
        return value is not None and value <= self._bound and found.status is not Status.CONTRADICTION

    def _let_go(self, found: Found, least: int) -> Found:
        """Let more and more of the baseline go, until no fewer moves are known to be possible.

        Parameters
        ----------
        found : Found
            What was found with all held that could be; perhaps no schedule.
        least : int
            What the first level comes to at the least.
        """
        best, held = self._widened(found, least)
        if self._budget.over or (best.placements is None and held):
            return bounded(best, least)
        return self._rest(best, held, least)

    def _widened(self, best: Found, least: int) -> tuple[Found, dict[ActivityId, Spot | None]]:
        """Search the first level alone, holding less and less, until it comes to no more than so much.

        Returns
        -------
        Found, dict
            The best that is known then, and what was held.
        """
        only_first = self._problem.instance.changed(objective=self._first_terms)
        held = self._held()[0]
        if self._moves(best) <= least:
            return best, held
        for ring in self._rings():
            problem = held_at(only_first, ring)
            if self._budget.over or not placements_at_most(problem, MANY):
                break
            held = ring
            tried = self._exact(problem, best.placements or self._kept.placements, quietly=True)
            best = self._nearer(best, tried)
            if self._moves(best) <= least or (not held and tried.placements is None):
                break
        return best, held

    def _rest(self, best: Found, held: dict[ActivityId, Spot | None], least: int) -> Found:
        """Search the later levels, from a schedule with few moves: of the whole programme where possible."""
        start = best.placements or self._kept.placements
        if held:
            left = self._budget.left
            limit = _FIRST_SECONDS if left is None else _FIRST_SHARE * left
            near = self._exact(held_at(self._problem.instance, held), start, limit=limit)
            best = best if near.placements is None else near
        if self._budget.over or not placements_at_most(self._problem, MANY):
            return bounded(best, least)
        found = self._exact(self._problem, best.placements or start)
        if best.placements is not None:
            best = self._valued(bounded(best, least), least)
        return raised(better_of(self._problem, best, found, stopped=self._stop.is_set()), least)

    def _rings(self) -> Iterator[dict[ActivityId, Spot | None]]:
        """Yield what is held, less and less; at last nothing."""
        loose = {t.activity.id for t in self._problem.hosted if t.activity.id not in self._kept.solid}
        needed = {
            t.activity.id for t in self._problem.hosted if t.mandatory and t.activity.id in loose
        } or loose
        for near in Neighbours(self._problem).around(needed):
            free = loose | near
            yield {a: spot for a, spot in self._spots.items() if a not in free}

    def _nearer(self, best: Found, tried: Found) -> Found:
        """Return the one with fewer moves."""
        if tried.placements is None or self._moves(tried) >= self._moves(best):
            return best
        return tried

    def _moves(self, found: Found) -> int:
        """Return what the first level comes to (more than anything without a schedule)."""
        value = _first(found).value
        return _NOTHING if value is None or found.placements is None else value

    # -- moves among other things ----------------------------------------------------------------

    def _mixed(self) -> Found:
        """Search where something else counts before moves, or with them: near the baseline, then all."""
        needed = {task.activity.id for task in self._problem.hosted if task.mandatory}
        if not needed <= {placement.activity for placement in self._kept.placements}:
            self._keep(placing=True)
            if self._kept.impossible:
                return Found(Status.INFEASIBLE, notes=[_IMPOSSIBLE])
        held, _ = self._held()
        left = self._budget.left
        limit = _FIRST_SECONDS if left is None else _FIRST_SHARE * left
        near = self._exact(
            held_at(self._problem.instance, held), self._kept.placements, limit=limit, quietly=True
        )
        near = bounded(near, self._bound)
        if self._budget.over:
            return near
        if placements_at_most(self._problem, MANY):
            found = self._exact(self._problem, near.placements or self._kept.placements)
            if near.placements is not None:
                near = self._valued(near, self._bound)
            found = better_of(self._problem, near, found, stopped=self._stop.is_set())
        else:
            if near.placements is None:
                near = bounded(self._widened(near, _NOTHING - 1)[0], self._bound)
            found = self._wander(near)
        return raised(found, self._bound)

    def _wander(self, found: Found) -> Found:
        """Better a schedule a part at a time: what is near one activity is let go, all else is held."""
        if found.placements is None:
            return found
        chance, checker = random.Random(self._options.seed), Checker(self._problem.instance)
        neighbours, best, fruitless = Neighbours(self._problem), found.placements, 0
        values = self._values(checker, best)
        while not self._budget.over and fruitless < _PATIENCE:
            free = neighbours.near(self._somewhere(chance, best), _PART)
            spots = spots_of(self._problem, best)
            held = {t.activity.id: spots.get(t.activity.id) for t in self._problem.hosted}
            for activity in free:
                held.pop(activity)
            tried = self._exact(held_at(self._problem.instance, held), best, limit=_ROUND, quietly=True)
            fruitless += 1
            if tried.placements is not None and self._values(checker, tried.placements) < values:
                best, fruitless = tried.placements, 0
                values = self._values(checker, best)
                self._mandate.tell(Claim(self._levels[0], values[0], self._bound, Status.FEASIBLE))
        status = Status.INTERRUPTED if self._stop.is_set() else Status.FEASIBLE
        return self._valued(Found(status, best, notes=found.notes), self._bound)

    def _somewhere(self, chance: random.Random, placements: tuple[Placement, ...]) -> ActivityId:
        """Return an activity to let go: every other time one that has no place."""
        placed = {placement.activity for placement in placements}
        without = [t.activity.id for t in self._problem.hosted if t.activity.id not in placed]
        if without and chance.random() < _WITHOUT_PLACE:
            return chance.choice(without)
        return chance.choice(self._problem.hosted).activity.id

    def _values(self, checker: Checker, placements: tuple[Placement, ...]) -> list[int]:
        solution = Solution(programme=self._problem.instance.programme.id, placements=placements)
        return [level.value for level in checker.levels(solution)]

    # -- runs ------------------------------------------------------------------------------------

    def _exact(
        self,
        problem: Problem,
        start: tuple[Placement, ...],
        *,
        enough: int | None = None,
        limit: float | None = None,
        quietly: bool = False,
    ) -> Found:
        """Search a problem exactly, in the time that is left or less."""
        left = self._budget.left
        limits = [each for each in (left, limit) if each is not None]
        options = self._options
        if limits:
            options = replace(options, time_limit=max(_LEAST_SECONDS, min(limits)))
        asked = self._mandate.from_now(options, None if quietly else self._pass_on)
        exact = Exact(problem, asked, start, enough)
        found = exact.run()
        if self._budget.deterministic and options.time_limit is not None:
            self._budget.count(options.time_limit / 2)
        for what, spent in exact.seconds.items():
            self.seconds[what] = self.seconds.get(what, 0.0) + spent
        self.log += exact.log
        return found

    def _pass_on(self, progress: Progress) -> None:
        """Tell what a run tells, in seconds since this search began."""
        self._mandate.tell(Claim(progress.level, progress.value, progress.bound, progress.status))

    def _valued(self, found: Found, least: int) -> Found:
        """Return a schedule with its levels worked out; nothing is proven of it but the first one's bound."""
        assert found.placements is not None
        values = self._values(Checker(self._problem.instance), found.placements)
        claims = tuple(_alone(level, value) for level, value in zip(self._levels, values, strict=True))
        return raised(replace(found, claims=claims), least)


def _first(found: Found) -> Claim:
    return found.claims[0] if found.claims else Claim(0)


def _is_searched(found: Found) -> bool:
    """Return whether the first level was searched to its end, and another run has shown the same."""
    if found.placements is None:
        return found.status is Status.INFEASIBLE
    return _first(found).status is Status.OPTIMAL and _first(found).confirmed


def bounded(found: Found, least: int) -> Found:
    """Return what was found in a part of the programme, with what is proven of the whole: one bound."""
    if found.placements is None:
        status = Status.UNKNOWN if found.status is Status.INFEASIBLE else found.status
        return Found(status, notes=[])
    claims = tuple(_alone(claim.level, claim.value) for claim in found.claims)
    status = Status.INTERRUPTED if found.status is Status.INTERRUPTED else Status.FEASIBLE
    kept = [note for note in found.notes if "not confirmed" not in note]
    return raised(Found(status, found.placements, claims, kept), least)


def _alone(level: int, value: int | None) -> Claim:
    """Return what a level's value says by itself: no term is ever negative."""
    if value == 0:
        return Claim(level, 0, 0, Status.OPTIMAL, confirmed=True)
    return Claim(level, value, 0, Status.FEASIBLE)


def raised(found: Found, least: int) -> Found:
    """Return what was found, with what the first level comes to at the least."""
    if not found.claims or found.status is Status.CONTRADICTION:
        return found
    first, *later = found.claims
    first = replace(first, bound=max(first.bound, least))
    if first.value is not None and first.value <= first.bound and first.status is not Status.OPTIMAL:
        first = replace(first, status=Status.OPTIMAL, confirmed=first.value == 0)
    return replace(found, claims=(first, *later))


def as_proven(found: Found, *, confirmed: bool) -> Found:
    """Return what was found, its first level being as low as it can be."""
    first, *later = found.claims
    assert first.value is not None
    first = replace(first, bound=first.value, status=Status.OPTIMAL, confirmed=first.confirmed or confirmed)
    return replace(found, claims=(first, *later))
