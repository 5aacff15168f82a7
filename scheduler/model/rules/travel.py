"""Rule 7: time for the way between two engagements, and a departure to catch."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from scheduler.model.context import Context
from scheduler.model.variables import Engaged
from scheduler.problem import Problem, Task
from scheduler.problem.places import Geography, Place


def applies(problem: Problem) -> bool:
    """Where two places lie apart."""
    places = list(problem.in_place)
    return any(lies_apart(problem.geography, a, b) for a in places for b in places)


def add(context: Context) -> None:
    """Add the rule for each person."""
    geography = context.problem.geography
    for person in context.problem.people:
        keep_travel_time(context, geography, context.variables.engaged(person))


def lies_apart(geography: Geography, here: Place, there: Place) -> bool:
    """Return whether one needs time from one place to the other."""
    return here.city is not there.city or geography.walk(here, there) > 0


def keep_travel_time(context: Context, geography: Geography, engaged: list[Engaged]) -> None:
    """Forbid what leaves no time for the way, for one who can be in one place at a time.

    For a start at a place and a task that may lie elsewhere before it: those of the task's ends from
    which one comes too late, and all starts there then, exclude one another. (Ways are shortest paths,
    so leaving earlier never means arriving later: the ends that are too late are the last ones.)
    """
    ends = _by_task_and_place(engaged)
    starts: dict[tuple[Place, int], list[Engaged]] = defaultdict(list)
    for e in engaged:
        starts[e.option.place, e.option.start].append(e)
    for (there, start), arriving in starts.items():
        for task, by_place in ends.items():
            late = [
                e
                for here, leaving in by_place.items()
                if lies_apart(geography, here, there)
                for e in _too_late(geography, here, leaving, there, start)
            ]
            others = [e for e in arriving if e.task is not task]
            if late and others:
                context.logic.exclusive(e.literal for e in late + others)


def _by_task_and_place(engaged: list[Engaged]) -> dict[Task, dict[Place, list[Engaged]]]:
    """Return engagements by task and place, each list in order of their ends."""
    found: dict[Task, dict[Place, list[Engaged]]] = defaultdict(lambda: defaultdict(list))
    for e in sorted(engaged, key=lambda e: e.option.end):
        found[e.task][e.option.place].append(e)
    return found


def _too_late(
    geography: Geography, here: Place, leaving: list[Engaged], there: Place, start: int
) -> list[Engaged]:
    """Return those that end by ``start``, but too late to be in the other place by then."""
    last = bisect_right(leaving, start, key=lambda e: e.option.end)
    first = last
    while first > 0:
        ready = geography.ready(here, leaving[first - 1].option.end, there)
        if ready is not None and ready <= start:
            break
        first -= 1
    return leaving[first:last]
