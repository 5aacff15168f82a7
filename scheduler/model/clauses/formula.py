"""Clauses over numbered variables: what every SAT solver reads, and nothing of any one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Clause = tuple[int, ...]

TRUE = 1
"""The literal that is always true; ``-TRUE`` is always false."""

FALSE = -TRUE

_PAIRWISE = 6
"""Up to so many literals, *at most one* is written pair by pair."""


class Formula:
    """A growing set of clauses; a literal is a variable's number, or its negative.

    Constants are literals too (:data:`TRUE`, :data:`FALSE`) and are folded away: a clause with a true literal
    is not kept, and a false literal is left out of one.

    Attributes
    ----------
    variables : int
        How many there are; they are numbered from 1.
    clauses : list of tuple of int
        An empty one means that nothing satisfies the formula.
    """

    def __init__(self) -> None:
        self.variables = 1
        self.clauses: list[Clause] = [(TRUE,)]

    def new(self) -> int:
        """Return a variable of its own."""
        self.variables += 1
        return self.variables

    def add(self, *literals: int) -> None:
        """Let at least one of the literals be true."""
        if TRUE in literals:
            return
        if FALSE in literals:
            literals = tuple(literal for literal in literals if literal != FALSE)
        self.clauses.append(literals)

    def any_of(self, literals: Iterable[int]) -> int:
        """Return a literal that is true exactly when one of these is."""
        kept = [literal for literal in dict.fromkeys(literals) if literal != FALSE]
        if TRUE in kept:
            return TRUE
        if len(kept) < 2:
            return kept[0] if kept else FALSE
        found = self.new()
        self.clauses += [(-literal, found) for literal in kept]  # no constants: nothing to fold away
        self.clauses.append((-found, *kept))
        return found

    def all_of(self, literals: Iterable[int]) -> int:
        """Return a literal that is true exactly when all of these are."""
        return -self.any_of(-literal for literal in literals)

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Let at most one of the literals be true: pair by pair, many of them by way of groups of few."""
        kept = [literal for literal in literals if literal != FALSE]
        while len(kept) > _PAIRWISE:
            first, kept = kept[: _PAIRWISE - 1], kept[_PAIRWISE - 1 :]
            link = self.new()
            for literal in first:
                self.add(-literal, link)
            self._pairwise(first)
            kept.append(link)
        self._pairwise(kept)

    def _pairwise(self, literals: Sequence[int]) -> None:
        if TRUE in literals:
            for place, one in enumerate(literals):
                for other in literals[:place]:
                    self.add(-one, -other)
        else:
            self.clauses += [
                (-one, -other) for place, one in enumerate(literals) for other in literals[:place]
            ]
