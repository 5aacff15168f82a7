"""Which activities are near each other: they share somebody, or a room that only one of them can have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from scheduler.domain import ActivityId
from scheduler.problem import Problem, Task


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

    def _beside(self, activities: Iterable[ActivityId]) -> Iterator[ActivityId]:
        for activity in activities:
            for group in self._sharing[activity]:
                yield from group

    def around(self, activities: Iterable[ActivityId]) -> Iterator[set[ActivityId]]:
        """Yield those near some activities, then those near these as well, and so on; at last all."""
        near = set(activities)
        while True:
            wider = near | set(self._beside(near))
            if wider == near:
                break
            near = wider
            yield near
        everything = {task.activity.id for task in self._problem.hosted}
        if near != everything:
            yield everything

    def near(self, activity: ActivityId, most: int) -> list[ActivityId]:
        """Return an activity and those nearest to it, so many at the most."""
        found = {activity: None}
        for one in found.copy() if most < 2 else self._outwards(found):
            found.setdefault(one)
            if len(found) >= most:
                break
        return list(found)

    def _outwards(self, found: dict[ActivityId, None]) -> Iterator[ActivityId]:
        queue = list(found)
        seen = set(queue)
        for one in queue:
            for other in self._beside([one]):
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
                    yield other


def _keys(task: Task) -> set[str]:
    """Return what a task takes for itself: people, and rooms that are no areas."""
    people = {f"person {p.id}" for p in (*task.takers, *task.candidates, *task.audience)}
    rooms = {f"room {o.place.room.id}" for o in task.options if not o.place.room.is_area}
    return people | rooms
