"""A mandatory meeting is in exactly one slot, any other in at most one."""

from scheduler.model.clauses.timetable import Timetable


def add(timetable: Timetable) -> None:
    """Add the rule to the timetable's formula."""
    for meeting, literals in enumerate(timetable.at):
        timetable.formula.at_most_one(list(literals.values()))
        if timetable.slots.mandatory[meeting]:
            timetable.formula.add(timetable.placed[meeting])
