"""No more meetings in a slot than it has tables.

People who meet only among themselves are counted together, in one of two ways (``Tables``).
"""

from __future__ import annotations

from scheduler.model.clauses.counting import merged, ranked
from scheduler.model.clauses.formula import FALSE
from scheduler.model.clauses.rules.parity import even
from scheduler.model.clauses.timetable import Tables, Timetable


def add(timetable: Timetable) -> None:
    """Add the rule to the timetable's formula: the least that a slot must take is said as well."""
    slots, formula = timetable.slots, timetable.formula
    groups = components(slots.takers, len(slots.people))
    taken = [_taken(timetable, groups, slot) for slot in range(len(slots.starts))]
    room = [min(tables, len(counted)) for tables, counted in zip(slots.capacity, taken, strict=True)]
    spare = sum(room) - sum(slots.mandatory)
    for counted, tables in zip(taken, room, strict=True):
        for number, literal in enumerate(counted):
            if number < tables - spare:
                formula.add(literal)
            elif number >= tables:
                formula.add(-literal)
    if spare < 0:
        formula.add()


def _taken(timetable: Timetable, groups: list[list[int]], slot: int) -> list[int]:
    """Return literals that count the tables taken in a slot: literal ``i`` says more than ``i``."""
    most = timetable.slots.capacity[slot] + 1
    found: list[int] = []
    for group in groups:
        own = _of_group(timetable, group, slot, most)
        found = merged(timetable.formula, found, own, min(most, len(found) + len(own)))
    return found


def _of_group(timetable: Timetable, group: list[int], slot: int, most: int) -> list[int]:
    formula = timetable.formula
    engaged = [timetable.used[person][slot] for person in group]
    pairs = all(len(timetable.slots.takers[m]) == 2 for person in group for m in timetable.meetings[person])
    if pairs and timetable.tables is Tables.PAIRS:
        counted = ranked(formula, engaged)
        counted += [FALSE] * (len(counted) % 2)
        for odd, second in zip(counted[::2], counted[1::2], strict=True):
            formula.add(-odd, second)
        return counted[1::2]
    if pairs:
        even(formula, engaged)
    return ranked(formula, _held(timetable, group, slot), most)


def _held(timetable: Timetable, group: list[int], slot: int) -> list[int]:
    """Return a literal for each of a few people who are in all meetings: in one that is counted with them."""
    left = {person: set(timetable.meetings[person]) for person in group}
    found = []
    while any(left.values()):
        person = max(left, key=lambda p: len(left[p]))
        meetings = sorted(left[person])
        found.append(timetable.formula.any_of(timetable.here(meeting, slot) for meeting in meetings))
        for others in left.values():
            others.difference_update(meetings)
    return [literal for literal in found if literal != FALSE]


def components(takers: tuple[tuple[int, ...], ...], people: int) -> list[list[int]]:
    """Return the people of each part of a programme that shares nobody with the others."""
    part = list(range(people))

    def root(person: int) -> int:
        while part[person] != person:
            part[person] = part[part[person]]
            person = part[person]
        return person

    for own in takers:
        for person in own:
            part[root(person)] = root(own[0])
    found: dict[int, list[int]] = {}
    for person in range(people):
        found.setdefault(root(person), []).append(person)
    return list(found.values())
