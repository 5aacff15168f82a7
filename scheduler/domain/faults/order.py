"""Precedences that go round in a circle, and relations of an activity to itself."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.faults.facts import Facts
from scheduler.domain.ids import ActivityId
from scheduler.domain.instance import Fault, Instance

_LONGEST_CYCLE = 12
"""A longer cycle is shown by its first activities."""

Arrows = dict[ActivityId, list[tuple[int, ActivityId]]]
"""For each activity, what it comes before: the position of the precedence and the other activity."""


def precedences(facts: Facts) -> Iterator[Fault]:
    """Yield precedences that cannot hold: of an activity before itself or round in a circle."""
    instance = facts.instance
    for i, precedence in enumerate(instance.precedences):
        if precedence.before == precedence.after:
            yield Fault(("precedences", i, "after"), precedence.after, "cannot come after itself")
        elif _part_and_whole(instance, precedence.before, precedence.after):
            message = "cannot come before or after its own part: a talk is inside its session"
            yield Fault(("precedences", i, "after"), precedence.after, message)
    for i, cycle in _cycles(_arrows(instance)):
        names = [f'"{name}"' for name in cycle]
        if len(names) > _LONGEST_CYCLE:
            names[_LONGEST_CYCLE:] = [f"{len(names) - _LONGEST_CYCLE} more", names[0]]
        else:
            names.append(names[0])
        path = ("precedences", i, "after")
        yield Fault(path, cycle[0], f"closes a circle: {' before '.join(names)}")


def _part_and_whole(instance: Instance, one: ActivityId, other: ActivityId) -> bool:
    return any(
        session.id == whole and any(talk.id == part for talk in session.talks)
        for session in instance.sessions
        for whole, part in ((one, other), (other, one))
    )


def _arrows(instance: Instance) -> Arrows:
    arrows: Arrows = {}
    for i, precedence in enumerate(instance.precedences):
        if precedence.before != precedence.after:
            arrows.setdefault(precedence.before, []).append((i, precedence.after))
    return arrows


def _cycles(arrows: Arrows) -> Iterator[tuple[int, list[ActivityId]]]:
    """Yield the precedences that close a cycle, each with one cycle that begins at its `after`.

    A depth-first walk with its own stack (chains may be long): an arrow back into the way that is
    being walked closes a cycle, and every cycle is closed by one.
    """
    done: set[ActivityId] = set()
    for root in arrows:
        way = [] if root in done else [root]
        position = {root: 0}
        open_arrows = [iter(arrows[root])]
        while way:
            i, after = next(open_arrows[-1], (-1, None))
            if after is None:
                done.add(way[-1])
                del position[way.pop()]
                open_arrows.pop()
            elif after in position:
                yield i, way[position[after] :]
            elif after not in done:
                position[after] = len(way)
                way.append(after)
                open_arrows.append(iter(arrows.get(after, ())))


def day_relations(facts: Facts) -> Iterator[Fault]:
    """Yield activities that a day relation names twice."""
    for i, relation in enumerate(facts.instance.day_relations):
        seen = set()
        for j, activity in enumerate(relation.activities):
            if activity in seen:
                yield Fault(("day_relations", i, "activities", j), activity, "is named twice")
            seen.add(activity)
