"""Who races: as measured (docs/model.md), and as many as there are workers."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.model.clauses.job import Job
from scheduler.model.clauses.spares import Spares, available
from scheduler.model.clauses.timetable import Tables, suited
from scheduler.problem.slots import Slots
from scheduler.search.local.kempe import Kempe
from scheduler.search.result import SolveOptions
from scheduler.search.slots.local_entrant import LocalEntrant
from scheduler.search.slots.news import Entrant
from scheduler.search.slots.race import MIDDLING, MOST_PLACES, Later
from scheduler.search.slots.sat_entrant import SatEntrant

if TYPE_CHECKING:
    from scheduler.model.clauses.build import ClauseModel

_SECOND_AFTER = 0.6
"""Seconds after which CP-SAT, which takes a while to load, joins another exact method."""

_LOCAL_UNTIL = 0.03
_LOCAL_AFTER = 0.25
"""Seconds between which two exact methods have the processors to themselves: what is easy they settle."""

_ALONE_AFTER = 0.85
"""Seconds after which local search leaves the processors to two exact methods."""

_IN_TURN_AFTER = 0.3
"""Seconds after which a solver that is quick with what is easy makes room for one that stays at it."""

_UPWARDS_AFTER = 2.0
"""Seconds after which the second one raises the bound question by question, guided by cores no more."""

_OTHER = {Tables.HOSTS: Tables.PAIRS, Tables.PAIRS: Tables.HOSTS}

LineUpOf = tuple[list[Entrant], list[Later]]


class LineUp:
    """Chooses the entrants of each race.

    Parameters
    ----------
    slots : Slots
    options : SolveOptions
    workers : int
        How many may be at work at a time.
    spares : Spares
        Where processes come from.
    """

    def __init__(self, slots: Slots, options: SolveOptions, workers: int, spares: Spares) -> None:
        self._slots = slots
        self._options = options
        self._workers = workers
        self._spares = spares
        self._places = slots.places
        self._tables = suited(slots)
        self._sat = available() and not options.deterministic

    def entrants(
        self,
        fixed: Sequence[int],
        kempe: Kempe | None,
        target: tuple[int, ...],
        limit: float | None,
        bound: Callable[[], int] = lambda: 0,
    ) -> LineUpOf:
        """Return who starts, and who comes later, on the level after those whose values are fixed.

        Parameters
        ----------
        fixed : sequence of int
            Values of the earlier levels.
        kempe : Kempe or None
            A local search to go on with.
        target : tuple of int
            Values with which it has nothing more to gain.
        limit : float or None
            Deterministic seconds.
        bound : callable
            Returns what is proven by then.
        """
        level = len(fixed)
        local = [] if kempe is None or self._options.deterministic else [LocalEntrant(kempe, target)]
        if kempe is not None and self._places > MOST_PLACES:
            return list(local), []
        exact = self._by_sat(fixed) if self._sat else self._by_cp(self._tables, fixed, limit)
        if self._workers < 2:
            return [exact], []
        if self._places > MIDDLING and local:
            return [exact, *local], []
        if self._sat and self._is_even(level):
            quick = self._by_sat(fixed, "glucose4")
            second = self._by_sat(fixed, "cadical195")
            least = bound()
            upwards = Later(
                _UPWARDS_AFTER,
                lambda: self._by_sat(fixed, "cadical195", bound()),
                (second,),
                lambda: bound() == least,  # there are no cores: what is asked would be the same
            )
            in_turn = Later(_IN_TURN_AFTER, lambda: second, (quick,))
            comings = [] if kempe is None else _for_a_while(local[0], LocalEntrant(kempe, target))
            return [exact, quick, *local], [in_turn, upwards, *comings]
        tables = self._tables if self._sat else _OTHER[self._tables]
        another = Later(_SECOND_AFTER, lambda: self._by_cp(tables, fixed, limit), tuple(local))
        return [exact, *local], [another]

    def second_opinions(self, fixed: Sequence[int], most: int | None, provers: Sequence[str]) -> LineUpOf:
        """Return who else says whether anything has these values, and at most so much on the next level."""
        # CP-SAT is not asked the same clauses twice: without another solver it counts the other way.
        if not self._sat:
            return [self._by_cp(_OTHER[self._tables], fixed, None, most, anything=True)], []
        cp = Later(_SECOND_AFTER, lambda: self._by_cp(self._tables, fixed, None, most, anything=True))
        return [self.refuting(fixed, most, provers)], [cp]

    def refuting(self, fixed: Sequence[int], most: int | None, provers: Sequence[str]) -> Entrant:
        """Return another SAT solver than those that have proven something, asked whether it is not so."""
        other = "cadical153" if any("1.9.5" in name for name in provers) else "cadical195"
        return self._sat_entrant(Job(other, self._numbers, self._tables, tuple(fixed), most=most))

    @property
    def refutes(self) -> bool:
        """Whether there are SAT solvers to ask."""
        return self._sat

    def _is_even(self, level: int) -> bool:
        """Return whether all that a level charges weighs the same (and it charges something)."""
        if not self._slots.levels:
            return False
        charged = self._slots.levels[level]
        worth = {charged.requests * worth for worth in self._slots.worth if charged.requests * worth}
        return len(worth | ({charged.breaks} if charged.breaks else set())) == 1

    @cached_property
    def _numbers(self) -> bytes:
        return pickle.dumps(self._slots.numbers())

    def _by_sat(self, fixed: Sequence[int], solver: str = "cadical153", least: int | None = None) -> Entrant:
        return self._sat_entrant(Job(solver, self._numbers, self._tables, tuple(fixed), least))

    def _sat_entrant(self, job: Job) -> Entrant:
        return SatEntrant(job, self._spares)

    def _by_cp(
        self,
        tables: Tables,
        fixed: Sequence[int],
        limit: float | None,
        most: int | None = None,
        *,
        anything: bool = False,
    ) -> Entrant:
        from scheduler.search.slots.cp_entrant import CpEntrant, CpWay

        model = self._model(tables, fixed)
        if most is not None:
            model.limit(len(fixed), most)
        charges = model.charges[len(fixed)] if model.charges and not anything else ()
        way = CpWay(self._options.seed, self._options.deterministic, limit)
        return CpEntrant(model, charges, way)

    def _model(self, tables: Tables, fixed: Sequence[int]) -> ClauseModel:
        from scheduler.model.clauses.build import build  # where there are SAT solvers, they build it

        model = build(self._slots, tables)
        for level, value in enumerate(fixed):
            model.limit(level, value)
        return model


def _for_a_while(local: Entrant, again: Entrant) -> list[Later]:
    """Let local search go, and come back for a while."""
    return [
        Later(_LOCAL_UNTIL, lambda: None, (local,)),
        Later(_LOCAL_AFTER, lambda: again),
        Later(_ALONE_AFTER, lambda: None, (again,)),
    ]
