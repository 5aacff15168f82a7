"""Which activities are near each other: they share somebody, or a room that only one of them can have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice

from scheduler.domain import ActivityId
from scheduler.problem import Problem, Task

_FEW, _WIDER = 24, 3
"""How many are near at first, and how many times as many the next time."""


class Neighbours:
    """The sessions and meetings of a problem, by what they share."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    @cached_property
    def _sharing(self) -> dict[ActivityId, list[list[ActivityId]]]:
        """The groups that each is in: one for each person, and for each room that is no area."""
        groups: dict[object, list[ActivityId]] = defaultdict(list)
        member_of: dict[ActivityId, list[list[ActivityId]]] = {}
        for task in self._problem.hosted:
            mine = [groups[key] for key in sorted(_keys(task))]
            for group in mine:
                group.append(task.activity.id)
            member_of[task.activity.id] = mine
        return member_of

    def around(self, activities: Iterable[ActivityId]) -> Iterator[set[ActivityId]]:
        """Yield some activities with more and more of those near them, at last all."""
        inner = list(dict.fromkeys(activities))
        order = list(dict.fromkeys([*self._outwards(inner), *self._sharing]))
        size = max(_FEW, 2 * len(inner))
        while size < len(order):
            yield set(order[:size])
            size *= _WIDER
        yield set(order)

    def near(self, activity: ActivityId, most: int) -> list[ActivityId]:
        """Return an activity and those nearest to it, so many at the most."""
        return list(islice(self._outwards([activity]), most))

    def _outwards(self, activities: Iterable[ActivityId]) -> Iterator[ActivityId]:
        """Yield some activities, then those that share something with them, and so on."""
        queue = list(activities)
        seen = set(queue)
        for one in queue:
            yield one
            sharing = sorted(self._sharing[one], key=len)  # what few share comes first
            for other in chain.from_iterable(sharing):
                if other not in seen:
                    seen.add(other)
                    queue.append(other)


def _keys(task: Task) -> set[str]:
    """Return what a task takes for itself: people, and rooms that are no areas."""
    people = {f"person {p.id}" for p in (*task.takers, *task.candidates, *task.audience)}
    rooms = {f"room {o.place.room.id}" for o in task.options if not o.place.room.is_area}
    return people | rooms
