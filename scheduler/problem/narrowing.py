"""A problem in which some tasks have one place left: what a re-plan keeps where it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scheduler.domain import ActivityId, Instance, ParticipantId, Placement, RoomId
from scheduler.problem.admissible import admissible_options, admissible_there
from scheduler.problem.clock import Span, overlaps
from scheduler.problem.discretising import discretise
from scheduler.problem.places import Place
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Option, Task


class Spot(NamedTuple):
    """A start, in minutes, in a room."""

    start: int
    room: RoomId


def spots_of(problem: Problem, placements: Iterable[Placement]) -> dict[ActivityId, Spot]:
    """Return where sessions and meetings of a problem are in a schedule, the first place of each."""
    spots: dict[ActivityId, Spot] = {}
    for placement in placements:
        task = problem.by_id.get(placement.activity)
        if task is not None and not task.is_talk:
            spots.setdefault(task.activity.id, Spot(problem.clock.minute(placement.start), placement.room))
    return spots


def only_at(instance: Instance, spots: Mapping[ActivityId, Spot], *, placing: bool = False) -> Problem:
    """Return a problem of some tasks, each at its spot or nowhere; nothing needs to be placed.

    Talks are anywhere inside their sessions. What a schedule keeps at these spots is a schedule of this
    problem, whatever else is in it: no rule but those of placement and fairness asks for more.

    Parameters
    ----------
    placing : bool
        Whether what is mandatory must be placed all the same, at its spot or anywhere else.
    """
    problem = discretise(instance)
    for task in problem.tasks:
        if placing and task.mandatory:
            continue
        task.mandatory = False
        if not task.is_talk:
            task.admissible = _Only(problem, spots.get(task.activity.id))
    return problem


def held_at(instance: Instance, spots: Mapping[ActivityId, Spot | None]) -> Problem:
    """Return the problem with some tasks held at their spots; the others are wherever these leave room.

    What is held at None is held out: it has no place.
    """
    problem = discretise(instance)
    held = [task for task in problem.hosted if task.activity.id in spots]
    for task in held:
        spot = spots[task.activity.id]
        task.mandatory = task.mandatory or spot is not None
        task.admissible = _Only(problem, spot)
    taken = _Taken(problem, held)
    for task in problem.hosted:
        if task.activity.id not in spots:
            task.admissible = taken.leave
    return problem


class _Only:
    """Finds the one option of a task, if it is admissible."""

    def __init__(self, problem: Problem, spot: Spot | None) -> None:
        self._problem = problem
        self._spot = spot

    def __call__(self, task: Task) -> list[Option]:
        if self._spot is None or not self._problem.instance.has_room(self._spot.room):
            return []
        place = self._problem.geography.place(self._spot.room)
        return admissible_there(self._problem, task, place, self._spot.start)


class _Taken:
    """What tasks that stay where they are take of people's time and of rooms."""

    def __init__(self, problem: Problem, held: Iterable[Task]) -> None:
        self._problem = problem
        self._busy: dict[ParticipantId, list[Span]] = {}
        self._rooms: dict[Place, list[Span]] = {}
        for task in held:
            for option in task.options:
                self._enter(task, option)

    def _enter(self, task: Task, option: Option) -> None:
        span = option.start, option.end
        for person in (*task.takers, *task.audience):
            self._busy.setdefault(person.id, []).append(span)
        self._rooms.setdefault(option.place, []).append(span)

    def leave(self, task: Task) -> list[Option]:
        """Return the options of a task that are not taken for sure."""
        return list(self._free(task))

    def _free(self, task: Task) -> Iterator[Option]:
        spans = [span for person in task.takers for span in self._busy.get(person.id, ())]
        for option in admissible_options(self._problem, task):
            engaged = any(overlaps(option.start, option.end, span) for span in spans)
            if not engaged and not self._is_full(option):
                yield option

    def _is_full(self, option: Option) -> bool:
        running = [
            span for span in self._rooms.get(option.place, ()) if overlaps(option.start, option.end, span)
        ]
        most = option.place.room.tables or 1
        return len(running) >= most and _at_once(running, option.start) >= most


def _at_once(spans: list[Span], start: int) -> int:
    """Return how many of some stretches run at once, at the most, from a minute on."""
    moments = [start, *(first for first, _ in spans if first > start)]
    return max(sum(first <= moment < last for first, last in spans) for moment in moments)
