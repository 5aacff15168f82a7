"""Breaks: where they end, how many each person has, and that they are shared out fairly."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.model.clauses.counting import ranked
from scheduler.model.clauses.formula import FALSE, Formula
from scheduler.model.clauses.timetable import Timetable

Counts = tuple[tuple[int, ...], ...]
"""Per person literals of their breaks: literal ``i`` is true when there are more than ``i``."""


def counted(timetable: Timetable) -> Counts:
    """Return how many breaks each person has; more than is fair to somebody who can have none, nobody has."""
    formula, slots = timetable.formula, timetable.slots
    ends = [_ends(timetable, used) for used in timetable.used]
    most = [min(len(own) - 1, len(found)) for own, found in zip(timetable.meetings, ends, strict=True)]
    if slots.fairness is not None and (slots.bystanders or 0 in most):
        most = [min(number, slots.fairness) for number in most]
    return tuple(_up_to(formula, found, number) for found, number in zip(ends, most, strict=True))


def _up_to(formula: Formula, literals: Sequence[int], most: int) -> tuple[int, ...]:
    """Let at most so many be true, and return literals that count them."""
    counts = ranked(formula, literals, most + 1)
    for literal in counts[most:]:
        formula.add(-literal)
    return tuple(counts[:most])


def _ends(timetable: Timetable, used: Sequence[int]) -> list[int]:
    """Return literals that each say that a break ends with a slot: engaged in it, idle just before."""
    formula = timetable.formula
    found = []
    for span in timetable.slots.spans:
        held = FALSE
        for slot in span:
            if slot > span.start:
                found.append(formula.all_of((held, -used[slot - 1], used[slot])))
            held = formula.any_of((held, used[slot]))
    return [literal for literal in found if literal != FALSE]


def fair(timetable: Timetable, counts: Counts) -> None:
    """Let no two people of the programme differ by more breaks than is fair.

    Somebody with no meeting, or no possible break, has none; else a staircase of literals says how many
    everybody has at least.
    """
    slots, formula = timetable.slots, timetable.formula
    if slots.fairness is None:
        return
    for number in range(max(map(len, counts), default=0) - slots.fairness):
        everybody = _all_have(formula, counts, number, bystanders=slots.bystanders)
        for own in counts:
            if number + slots.fairness < len(own):
                formula.add(-own[number + slots.fairness], everybody)


def _all_have(formula: Formula, counts: Counts, number: int, *, bystanders: bool) -> int:
    """Return a literal that implies that everybody has more than so many breaks."""
    if bystanders or any(len(own) <= number for own in counts):
        return FALSE
    found = formula.new()
    for own in counts:
        formula.add(-found, own[number])
    return found
