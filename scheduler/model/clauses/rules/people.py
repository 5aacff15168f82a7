"""Nobody is in two meetings in one slot; and so in as many slots as they have meetings placed."""

from scheduler.model.clauses.counting import within
from scheduler.model.clauses.timetable import Timetable


def add(timetable: Timetable) -> None:
    """Add the rule to the timetable's formula.

    That a person is engaged in as many slots as there are meetings follows from the rest, but only by
    counting, which a SAT solver is bad at: it is said with a network.
    """
    slots, formula = timetable.slots, timetable.formula
    for own, used in zip(timetable.meetings, timetable.used, strict=True):
        for slot in range(len(used)):
            formula.at_most_one([timetable.here(meeting, slot) for meeting in own])
        certain = sum(slots.mandatory[meeting] for meeting in own)
        within(formula, used, certain, min(len(own), len(used)))
