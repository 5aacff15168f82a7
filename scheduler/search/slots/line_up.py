"""Who races: as measured (docs/model.md), and as many as there are workers."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.model.clauses.build import ClauseModel, build, suited
from scheduler.model.clauses.sat_process import packed
from scheduler.model.clauses.timetable import Tables
from scheduler.model.clauses.weighing import Charge
from scheduler.problem.slotted import Slotted
from scheduler.search.local.kempe import Kempe
from scheduler.search.result import SolveOptions
from scheduler.search.slots.cp_entrant import CpEntrant, CpWay
from scheduler.search.slots.local_entrant import LocalEntrant
from scheduler.search.slots.news import Entrant
from scheduler.search.slots.race import Later
from scheduler.search.slots.sat_entrant import SatEntrant
from scheduler.search.slots.spares import MOST_PLACES, Spares, available

_SECOND_AFTER = 0.6
"""Seconds after which CP-SAT, which takes a while to load, joins another exact method."""

_ALONE_AFTER = 0.6
"""Seconds after which local search leaves the processors to two exact methods."""

_MIDDLING = 10_000
"""Places of meetings in slots beyond which local search is not called off for a second exact method."""

_OTHER = {Tables.HOSTS: Tables.PAIRS, Tables.PAIRS: Tables.HOSTS}

LineUpOf = tuple[list[Entrant], list[Later]]


class LineUp:
    """Chooses the entrants of each race.

    Parameters
    ----------
    slots : Slotted
    options : SolveOptions
    workers : int
        How many may be at work at a time.
    spares : Spares
        Where processes come from.
    """

    def __init__(self, slots: Slotted, options: SolveOptions, workers: int, spares: Spares) -> None:
        self._slots = slots
        self._options = options
        self._workers = workers
        self._spares = spares
        self._places = sum(mask.bit_count() for mask in slots.allowed)
        self._tables = suited(slots)
        self._sat = available() and not options.deterministic

    def entrants(
        self,
        fixed: Sequence[int],
        kempe: Kempe | None,
        target: tuple[int, ...],
        limit: float | None,
    ) -> LineUpOf:
        """Return who begins and who joins later.

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
        """
        level = len(fixed)
        local = [] if kempe is None or self._options.deterministic else [LocalEntrant(kempe, target)]
        if kempe is not None and self._places > MOST_PLACES:
            return list(local), []
        model = self._model(self._tables, fixed)
        charges = charges_of(model, level)
        clauses = packed(model.formula.clauses) if self._sat else None
        exact: Entrant = self._cp(model, charges, limit)
        if self._sat:
            exact = SatEntrant(model, charges, "cadical153", None, self._spares, clauses)
        if self._workers < 2:
            return [exact], []
        if self._places > _MIDDLING and local:
            return [exact, *local], []

        if self._sat and charges and len({weight for weight, _ in charges}) == 1:
            least = target[level] if target else 0
            second = SatEntrant(model, charges, "cadical195", least, self._spares, clauses)
            return [exact, second, *local], [Later(_ALONE_AFTER, lambda: None, tuple(local))]

        def another() -> Entrant:
            other = self._model(self._tables if self._sat else _OTHER[self._tables], fixed)
            return self._cp(other, charges_of(other, level), limit)

        return [exact, *local], [Later(_SECOND_AFTER, another, tuple(local))]

    def second_opinions(self, fixed: Sequence[int], most: int | None, provers: Sequence[str]) -> LineUpOf:
        """Return who else says whether anything has these values, and at most so much on the next level."""
        # CP-SAT is not asked the same clauses twice: without another solver it counts the other way.
        model = self._model(self._tables if self._sat else _OTHER[self._tables], fixed)
        if most is not None:
            model.limit(len(fixed), most)
        cp = self._cp(model, (), None)
        if not self._sat:
            return [cp], []
        other = "cadical153" if any("1.9.5" in name for name in provers) else "cadical195"
        return [SatEntrant(model, (), other, spares=self._spares)], [Later(_SECOND_AFTER, lambda: cp)]

    def _cp(self, model: ClauseModel, charges: tuple[Charge, ...], limit: float | None) -> Entrant:
        options = self._options
        return CpEntrant(model, charges, CpWay(options.seed, options.deterministic, limit))

    def _model(self, tables: Tables, fixed: Sequence[int]) -> ClauseModel:
        model = build(self._slots, tables)
        for level, value in enumerate(fixed):
            model.limit(level, value)
        return model


def charges_of(model: ClauseModel, level: int) -> tuple[Charge, ...]:
    """Return what a level charges; nothing where nothing is minimised."""
    return model.charges[level] if model.charges else ()
