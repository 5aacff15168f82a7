"""Building blocks: literals defined from literals, exactly (both ways), each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ortools.sat.python import cp_model

Literal = cp_model.BoolVarT
"""A Boolean variable, or the negation of one."""

Variable = cp_model.IntVar | cp_model.BoolVarT
"""What a sum adds up: variables and literals."""


class Linear:
    """A sum of literals or variables with whole weights, and a constant."""

    def __init__(self, constant: int = 0) -> None:
        self.constant = constant
        self.variables: list[Variable] = []
        self.weights: list[int] = []

    def add(self, variable: Variable, weight: int = 1) -> None:
        """Add a weighted variable."""
        self.variables.append(variable)
        self.weights.append(weight)

    def extend(self, other: Linear, weight: int = 1) -> None:
        """Add another sum, weighted."""
        self.constant += weight * other.constant
        self.variables += other.variables
        self.weights += [weight * w for w in other.weights]

    @property
    def is_constant(self) -> bool:
        """Whether nothing variable is in it."""
        return not self.variables

    def expression(self) -> cp_model.LinearExpr:
        """Return the sum for use in a constraint or an objective."""
        return cp_model.LinearExpr.weighted_sum(self.variables, self.weights) + self.constant


class Logic:
    """A CP-SAT model with cached definitions.

    Definitions are equivalences, not implications in the direction of the objective: then every
    schedule has one value, and what the solver reports is what the checker computes.

    Parameters
    ----------
    go_on : callable
        Called all along while a model is built; what it raises ends the building.
    """

    def __init__(self, go_on: Callable[[], None] = lambda: None) -> None:
        self.cp = cp_model.CpModel()
        self._go_on = go_on
        self.true: Literal = self.cp.new_constant(1)
        self.false: Literal = ~self.true
        self._either: dict[frozenset[int], Literal] = {}
        self._cliques: set[frozenset[int]] = set()

    def literal(self, name: str = "") -> Literal:
        """Return a new Boolean variable."""
        self._go_on()
        return self.cp.new_bool_var(name)

    def either(self, literals: Iterable[Literal]) -> Literal:
        """Return a literal that is true exactly when one of the given is (false for none)."""
        given = self._distinct(literals)
        if self.true.index in given:
            return self.true
        if not given:
            return self.false
        if len(given) == 1:
            return next(iter(given.values()))
        key = frozenset(given)
        if key not in self._either:
            made = self.literal()
            self.cp.add_bool_or([~made, *given.values()])
            for literal in given.values():
                self.cp.add_implication(literal, made)
            self._either[key] = made
        return self._either[key]

    def one_of(self, literals: Iterable[Literal]) -> Literal:
        """Return a literal that is true exactly when one of the given is, of which never two are.

        They are made exclusive, so it may only be asked of literals that are by a rule. One equality is
        tighter than the clauses of :meth:`either` for the linear relaxation.
        """
        given = self._distinct(literals)
        if len(given) < 2:
            return self.either(given.values())
        key = frozenset(given)
        if key not in self._either:
            made = self._either[key] = self.literal()
            self.cp.add_exactly_one([~made, *given.values()])
        return self._either[key]

    def all_of(self, literals: Iterable[Literal]) -> Literal:
        """Return a literal that is true exactly when all of the given are (true for none)."""
        return ~self.either([~literal for literal in literals])

    def exclusive(self, literals: Iterable[Literal]) -> None:
        """Let at most one of the given be true."""
        self._go_on()
        given = self._distinct(literals)
        key = frozenset(given)
        if len(given) > 1 and key not in self._cliques:
            self._cliques.add(key)
            self.cp.add_at_most_one(given.values())

    def at_most(self, literals: Sequence[Literal], most: int) -> None:
        """Let at most so many of the given be true."""
        if most == 1:
            self.exclusive(literals)
        elif len(literals) > most:
            self.cp.add(cp_model.LinearExpr.sum(list(literals)) <= most)

    def forbid(self, literals: Iterable[Literal]) -> None:
        """Forbid that all of the given are true."""
        self.cp.add_bool_or([~literal for literal in literals])

    def require(self, literal: Literal) -> None:
        """Make a literal true."""
        self.cp.add_bool_or([literal])

    def impossible(self) -> None:
        """Make the model infeasible: something mandatory has no place at all."""
        self.cp.add_bool_or([])

    def _distinct(self, literals: Iterable[Literal]) -> dict[int, Literal]:
        false = self.false.index
        return {literal.index: literal for literal in literals if literal.index != false}
