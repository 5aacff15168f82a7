"""Sums of weighted literals, bounded from above."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from scheduler.model.clauses.counting import at_most, ranked
from scheduler.model.clauses.formula import FALSE, TRUE, Formula

Charge = tuple[int, int]
"""A positive weight, and the literal that costs it."""


def cost_at_most(formula: Formula, charges: Sequence[Charge], most: int) -> None:
    """Let the literals that are true weigh at most so much together.

    One network where all weighs the same. Otherwise the sum is made in binary, digit by digit, each by a
    network whose every second output is carried to the next (Eén and Sörensson, JSAT 2, 2006), and compared.
    """
    most -= sum(weight for weight, literal in charges if literal == TRUE)
    open_ones = [charge for charge in charges if charge[1] not in (TRUE, FALSE)]
    if most < 0:
        formula.add()
        return
    for weight, literal in open_ones:
        if weight > most:
            formula.add(-literal)
    open_ones = [charge for charge in open_ones if charge[0] <= most]
    unit = gcd(*(weight for weight, _ in open_ones)) or 1
    light = [(weight // unit, literal) for weight, literal in open_ones]
    if sum(weight for weight, _ in light) <= most // unit:
        return
    if all(weight == 1 for weight, _ in light):
        at_most(formula, [literal for _, literal in light], most // unit)
    else:
        _not_above(formula, _digits(formula, light), most // unit)


def _digits(formula: Formula, charges: Sequence[Charge]) -> list[int]:
    """Return the literals of the sum in binary, the lowest digit first."""
    found = []
    carried: list[int] = []
    place = 0
    while carried or any(weight >> place for weight, _ in charges):
        ones = [literal for weight, literal in charges if weight >> place & 1]
        counted = ranked(formula, [*carried, *ones])
        found.append(_odd(formula, counted))
        carried = counted[1::2]
        place += 1
    return found


def _odd(formula: Formula, counted: Sequence[int]) -> int:
    """Return whether an odd number is true, of literals that are sorted."""
    more = [*counted[1:], FALSE]
    return formula.any_of(
        formula.all_of((counted[number], -more[number])) for number in range(0, len(counted), 2)
    )


def _not_above(formula: Formula, digits: Sequence[int], most: int) -> None:
    """Let a binary number be at most ``most``: where it has a one too much, it has one too few further up."""
    for place, literal in enumerate(digits):
        if not most >> place & 1:
            above = [-digits[p] for p in range(place + 1, len(digits)) if most >> p & 1]
            formula.add(-literal, *above)
