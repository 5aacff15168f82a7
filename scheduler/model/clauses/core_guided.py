"""The least cost of a formula by its unsatisfiable cores (OLL; Morgado, Dodaro, Marques-Silva, CP 2014)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from scheduler.model.clauses.counting import ranked
from scheduler.model.clauses.formula import FALSE, Formula
from scheduler.model.clauses.weighing import Charge


class SatSolver(Protocol):
    """What is asked of a SAT solver: the interface of PySAT's."""

    def add_clause(self, clause: Iterable[int]) -> None:
        """Add a clause."""

    def solve(self, assumptions: Sequence[int] = ()) -> bool:
        """Return whether the clauses hold together with the assumptions."""

    def get_model(self) -> list[int]:
        """Return the literals that are true."""

    def get_core(self) -> list[int] | None:
        """Return assumptions that cannot hold together."""


@dataclass(slots=True)
class _Total:
    """How many of a core's literals are true, of which so many are allowed."""

    counted: list[int]
    allowed: int


class CoreGuided:
    """One minimisation.

    Parameters
    ----------
    solver : SatSolver
        With the formula's clauses in it.
    formula : Formula
        For further variables; its clauses are not looked at.
    charges : sequence of Charge
    tell_bound : callable
        Called with each proven lower bound.
    tell_model : callable
        Called with a cost and the true literals, for each solution that is better than those before.
    """

    def __init__(
        self,
        solver: SatSolver,
        formula: Formula,
        charges: Sequence[Charge],
        tell_bound: Callable[[int], None],
        tell_model: Callable[[int, list[int]], None],
    ) -> None:
        self._solver = solver
        self._formula = formula
        self._charges = charges
        self._tell_bound = tell_bound
        self._tell_model = tell_model
        self._weights: dict[int, int] = {}
        self._totals: dict[int, _Total] = {}
        self._bound = 0
        self._best: int | None = None
        for weight, literal in charges:
            self._charge(literal, weight)

    def _charge(self, literal: int, weight: int) -> None:
        """Let a literal cost more: what costs both ways costs for certain."""
        both = min(weight, self._weights.get(-literal, 0))
        if both:
            self._bound += both
            self._reduce(-literal, both)
        if weight > both:
            self._weights[literal] = self._weights.get(literal, 0) + weight - both

    def _reduce(self, literal: int, weight: int) -> None:
        self._weights[literal] -= weight
        if not self._weights[literal]:
            del self._weights[literal]

    def run(self) -> int | None:
        """Return the least cost, None if nothing satisfies the formula."""
        self._tell_bound(self._bound)
        for least in self._strata():
            while not self._solver.solve(self._assumptions(least)):
                core = [-literal for literal in self._solver.get_core() or ()]
                if not core:
                    return None
                self._relax(self._trimmed(core))
                self._tell_bound(self._bound)
            self._keep(self._solver.get_model())
            if self._best == self._bound:
                break
        return self._best

    def _strata(self) -> Iterator[int]:
        """Yield the least weight to be looked at: heavy ones first, at last all."""
        least = max(self._weights.values(), default=0)
        while least:
            yield least
            lighter = [weight for weight in self._weights.values() if weight < least]
            least = max(lighter, default=0)
        if not self._weights:
            yield 0

    def _assumptions(self, least: int) -> list[int]:
        return [-literal for literal, weight in self._weights.items() if weight >= least]

    def _trimmed(self, core: list[int]) -> list[int]:
        """Return a core that the solver finds anew within this one, if it is smaller."""
        if len(core) < 2:
            return core
        self._solver.solve([-literal for literal in core])
        again = [-literal for literal in self._solver.get_core() or ()]
        return again or core

    def _relax(self, core: list[int]) -> None:
        """One of the core's literals is true: raise the bound, and charge only what is true beyond one."""
        weight = min(self._weights[literal] for literal in core)
        self._bound += weight
        for literal in core:
            self._reduce(literal, weight)
            self._next(literal, weight)
        if len(core) == 1:
            self._solver.add_clause([core[0]])
            return
        before = len(self._formula.clauses)
        counted = ranked(self._formula, core)
        for clause in self._formula.clauses[before:]:
            self._solver.add_clause(clause)
        self._solver.add_clause([counted[0]])
        self._totals[counted[1]] = _Total(counted, 1)
        self._charge(counted[1], weight)

    def _next(self, literal: int, weight: int) -> None:
        """Charge the next one of a total whose literal was in a core."""
        total = self._totals.get(literal)
        if total is not None and total.allowed + 1 < len(total.counted):
            further = total.counted[total.allowed + 1]
            self._totals[further] = _Total(total.counted, total.allowed + 1)
            self._charge(further, weight)

    def _keep(self, model: list[int]) -> None:
        true = set(model)
        cost = sum(weight for weight, literal in self._charges if literal in true or literal == -FALSE)
        if self._best is None or cost < self._best:
            self._best = cost
            self._tell_model(cost, model)
