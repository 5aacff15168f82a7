"""Counting by sorting: odd-even merge networks as clauses.

A network sorts truth values, the true ones first, so that its output ``i`` says "more than ``i`` of these are
true". Only as many outputs as are asked for are built. Networks let unit propagation see what linear
constraints leave to search (Batcher, AFIPS 1968; Asín, Nieuwenhuis, Oliveras, Rodríguez-Carbonell,
Constraints 16, 2011).
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.model.clauses.formula import FALSE, TRUE, Formula


def ranked(formula: Formula, literals: Sequence[int], most: int | None = None) -> list[int]:
    """Return literals that say how many of the given ones are true.

    Parameters
    ----------
    literals : sequence of int
    most : int or None
        How many outputs are needed (None: one for each literal).

    Returns
    -------
    list of int
        Literal ``i`` is true exactly when more than ``i`` of the given ones are; at most ``most`` of them.
    """
    certain = sum(literal == TRUE for literal in literals)
    open_ones = [literal for literal in literals if literal not in (TRUE, FALSE)]
    most = len(literals) if most is None else min(most, len(literals))
    return ([TRUE] * certain + _sorted(formula, open_ones, max(0, most - certain)))[:most]


def _sorted(formula: Formula, literals: Sequence[int], most: int) -> list[int]:
    if len(literals) < 2 or not most:
        return list(literals[:most])
    middle = len(literals) // 2
    first = _sorted(formula, literals[:middle], most)
    return merged(formula, first, _sorted(formula, literals[middle:], most), most)


def merged(formula: Formula, one: Sequence[int], other: Sequence[int], most: int) -> list[int]:
    """Return the first ``most`` of two sorted sequences' literals, sorted together."""
    one, other = one[:most], other[:most]
    if not one or not other:
        return [*one, *other][:most]
    if len(one) == len(other) == 1:
        return list(_compared(formula, one[0], other[0]))[:most]
    even = merged(formula, one[::2], other[::2], most // 2 + 1)
    odd = merged(formula, one[1::2], other[1::2], most // 2)
    found = even[:1]
    for place in range(max(len(even) - 1, len(odd))):
        high = odd[place] if place < len(odd) else FALSE
        low = even[place + 1] if place + 1 < len(even) else FALSE
        found += _compared(formula, high, low)
    return found[: min(most, len(one) + len(other))]


def _compared(formula: Formula, one: int, other: int) -> tuple[int, int]:
    """Return "one of the two" and "both"."""
    if FALSE in (one, other):
        return (other, FALSE) if one == FALSE else (one, FALSE)
    if TRUE in (one, other):
        return (TRUE, other) if one == TRUE else (TRUE, one)
    either, both = formula.new(), formula.new()
    formula.clauses += (  # no constants: nothing to fold away
        (-one, either),
        (-other, either),
        (-one, -other, both),
        (-either, one, other),
        (-both, one),
        (-both, other),
    )
    return either, both


def at_most(formula: Formula, literals: Sequence[int], most: int) -> None:
    """Let at most so many of the literals be true."""
    if most < 0:
        formula.add()
    elif most < len(literals):
        formula.add(-ranked(formula, literals, most + 1)[most])


def within(formula: Formula, literals: Sequence[int], least: int, most: int) -> list[int]:
    """Let at least ``least`` and at most ``most`` be true, and return how many as :func:`ranked` does."""
    if least > len(literals) or most < least:
        formula.add()
        return []
    counted = ranked(formula, literals, min(most + 1, len(literals)))
    for place, literal in enumerate(counted):
        if place < least:
            formula.add(literal)
        elif place >= most:
            formula.add(-literal)
    return counted
