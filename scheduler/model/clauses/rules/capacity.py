"""No more meetings in a slot than it has tables.

People who meet only among themselves are counted together, in one of two ways (``Tables``).
"""

from __future__ import annotations

from typing import NamedTuple

from scheduler.model.clauses.counting import merged, ranked
from scheduler.model.clauses.formula import FALSE
from scheduler.model.clauses.rules.parity import even
from scheduler.model.clauses.timetable import Tables, Timetable


class _Group(NamedTuple):
    """People who meet only among themselves, and a few who between them host all of their meetings."""

    people: list[int]
    hosted: list[list[int]]


def add(timetable: Timetable) -> None:
    """Add the rule to the timetable's formula: the least that a slot must take is said as well."""
    slots, formula = timetable.slots, timetable.formula
    groups = [
        _Group(people, _hosted(timetable, people)) for people in components(slots.takers, len(slots.people))
    ]
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


def _taken(timetable: Timetable, groups: list[_Group], slot: int) -> list[int]:
    """Return literals that count the tables taken in a slot: literal ``i`` says more than ``i``."""
    most = timetable.slots.capacity[slot] + 1
    found: list[int] = []
    for group in groups:
        own = _of_group(timetable, group, slot, most)
        found = merged(timetable.formula, found, own, min(most, len(found) + len(own)))
    return found


def _of_group(timetable: Timetable, group: _Group, slot: int, most: int) -> list[int]:
    formula = timetable.formula
    engaged = [timetable.used[person][slot] for person in group.people]
    pairs = all(len(timetable.slots.takers[meeting]) == 2 for own in group.hosted for meeting in own)
    if pairs and timetable.tables is Tables.PAIRS:
        counted = ranked(formula, engaged)
        counted += [FALSE] * (len(counted) % 2)
        for odd, second in zip(counted[::2], counted[1::2], strict=True):
            formula.add(-odd, second)
        return counted[1::2]
    if pairs:
        even(formula, engaged)
    hosting = [formula.any_of(timetable.here(meeting, slot) for meeting in own) for own in group.hosted]
    return ranked(formula, [literal for literal in hosting if literal != FALSE], most)


def _hosted(timetable: Timetable, people: list[int]) -> list[list[int]]:
    """Return all meetings of some people, in parts: each the meetings of one that are in no part before."""
    left = {person: set(timetable.meetings[person]) for person in people}
    found = []
    while any(left.values()):
        person = max(left, key=lambda p: len(left[p]))
        found.append(sorted(left[person]))
        for meeting in found[-1]:
            for taker in timetable.slots.takers[meeting]:
                left[taker].discard(meeting)
    return found


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
