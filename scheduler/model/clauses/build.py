"""From a problem of equal slots to clauses, and the literals that each objective level charges."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from scheduler.model.clauses.breaks import Counts, counted, fair, unbroken
from scheduler.model.clauses.formula import TRUE, Formula
from scheduler.model.clauses.rules import RULES
from scheduler.model.clauses.timetable import Tables, Timetable, timetable
from scheduler.model.clauses.weighing import Charge, cost_at_most
from scheduler.problem.slots import SlotLevel, Slots

_NO_SLOT = -1


@dataclass(frozen=True, eq=False, slots=True)
class ClauseModel:
    """The rules as clauses, and what each objective level charges.

    Attributes
    ----------
    charges : tuple of tuple of Charge
        Per level of :attr:`Slots.levels`; a level's cost is what its true literals weigh.
    """

    timetable: Timetable
    charges: tuple[tuple[Charge, ...], ...]

    @property
    def formula(self) -> Formula:
        """The clauses; it may be added to."""
        return self.timetable.formula

    def limit(self, level: int, most: int) -> None:
        """Let a level (its position) cost at most so much."""
        cost_at_most(self.formula, self.charges[level], most)

    def schedule(self, true: Container[int]) -> list[int]:
        """Return the slot of each meeting (-1: not placed) where these literals are true."""
        return [
            next((slot for slot, literal in own.items() if literal == TRUE or literal in true), _NO_SLOT)
            for own in self.timetable.at
        ]


def build(slots: Slots, tables: Tables, *, narrow: bool = True) -> ClauseModel:
    """Return the clause model of a problem.

    Parameters
    ----------
    slots : Slots
    tables : Tables
        How tables are counted: the ways differ in their clauses, not in what satisfies them.
    narrow : bool
        Whether slots that a meeting can for simple reasons not take are left out from the beginning.
    """
    table = timetable(slots, Formula(), tables, narrow=narrow)
    for add in RULES:
        add(table)
    counts = counted(table)
    unbroken(table, counts)
    fair(table, counts)
    return ClauseModel(table, tuple(_charges(table, counts, level) for level in slots.levels))


def _charges(table: Timetable, counts: Counts, level: SlotLevel) -> tuple[Charge, ...]:
    breaks = [(level.breaks, literal) for own in counts for literal in own]
    requests = [
        (level.requests * worth, -placed)
        for worth, placed in zip(table.slots.worth, table.placed, strict=True)
    ]
    return tuple((weight, literal) for weight, literal in (*breaks, *requests) if weight and literal != -TRUE)
