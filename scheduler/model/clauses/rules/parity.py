"""Of people who meet only in twos and among themselves, an even number is engaged in each slot.

It follows from the other rules, and no resolution proof of it is short.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.model.clauses.formula import FALSE, TRUE, Formula


def even(formula: Formula, literals: Sequence[int]) -> None:
    """Let an even number of literals be true, by a chain of sums modulo two."""
    odd = FALSE
    for literal in literals:
        odd = _differ(formula, odd, literal)
    formula.add(-odd)


def _differ(formula: Formula, one: int, other: int) -> int:
    """Return whether exactly one of two is true."""
    for certain, open_one in ((one, other), (other, one)):
        if certain in (TRUE, FALSE):
            return open_one if certain == FALSE else -open_one
    found = formula.new()
    formula.add(-found, one, other)
    formula.add(-found, -one, -other)
    formula.add(found, -one, other)
    formula.add(found, one, -other)
    return found
