"""CP-SAT on clauses alone, set up to work as a SAT solver that is guided by cores."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from scheduler.model.clauses.formula import FALSE, TRUE, Formula
from scheduler.model.clauses.weighing import Charge
from scheduler.model.logic import Linear


class ClauseProgram:
    """A formula as a CP-SAT model.

    Attributes
    ----------
    model : CpModel
    cost : Linear
        What the charges add up to.
    """

    def __init__(self, formula: Formula, charges: Sequence[Charge]) -> None:
        self.model = cp_model.CpModel()
        self._variables = [self.model.new_bool_var("") for _ in range(formula.variables)]
        constraints = self.model.proto.constraints
        for clause in formula.clauses:
            constraints.add().bool_or.literals.extend(
                [literal - 1 if literal > 0 else literal for literal in clause]
            )
        self.cost = Linear()
        for weight, literal in charges:
            if literal == TRUE:
                self.cost.constant += weight
            elif literal != FALSE:
                self.cost.add(self._literal(literal), weight)

    def _literal(self, literal: int) -> cp_model.BoolVarT:
        variable = self._variables[abs(literal) - 1]
        return variable if literal > 0 else ~variable

    def hint(self, literals: Sequence[int]) -> None:
        """Tell which literals to try first."""
        for literal in literals:
            self.model.add_hint(self._variables[abs(literal) - 1], literal > 0)
