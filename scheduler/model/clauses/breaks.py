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
    ends = [_ends(timetable, person) for person in range(len(timetable.used))]
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


def _ends(timetable: Timetable, person: int) -> list[int]:
    """Return literals that each say that a break ends with a slot: engaged in it, idle just before."""
    used, held = timetable.used[person], timetable.held[person]
    found = [
        timetable.formula.all_of((held[slot - 1], -used[slot - 1], used[slot]))
        for span in timetable.slots.spans
        for slot in span[1:]
    ]
    return [literal for literal in found if literal != FALSE]


def unbroken(timetable: Timetable, counts: Counts) -> None:
    """Say where somebody without breaks is engaged: from the first slot on, in as many as there are meetings.

    It follows from the rest, but only case by case. Where all of a person's meetings must be placed, and
    there is one span, "engaged up to a slot" tells it all: it is the order encoding of the first slot.
    """
    if len(timetable.slots.spans) > 1:
        return
    formula = timetable.formula
    for person, own in enumerate(timetable.meetings):
        if not all(timetable.slots.mandatory[meeting] for meeting in own):
            continue
        used, held = timetable.used[person], timetable.held[person]
        broken = counts[person][0] if counts[person] else FALSE
        for slot, literal in enumerate(used):
            over = held[slot - len(own)] if slot >= len(own) else FALSE
            formula.add(broken, -over, -literal)
            formula.add(broken, -held[slot], over, literal)
        if len(own) <= len(used):
            formula.add(broken, held[len(used) - len(own)])


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
