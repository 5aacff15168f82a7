"""Admissible placements: what a task may be placed at without breaking a rule by itself.

Each rule that can be broken by one placement alone has its file here; what it says of several at once is
in ``model/rules`` under the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from scheduler.problem.admissible import availability, never, pins, placement, room, windows
from scheduler.problem.admissible.availability import is_available
from scheduler.problem.tasks import Option, Task

if TYPE_CHECKING:
    from scheduler.problem.places import Place
    from scheduler.problem.problem import Problem

PLACE_FILTERS = (room.admits_place, windows.admits_place, pins.admits_place)
"""What a place must satisfy, whatever the start."""

_PRESENT = availability.admits
OPTION_FILTERS = (windows.admits, room.admits, pins.admits, _PRESENT, never.admits)
"""What a start in a place must satisfy, cheapest first."""

__all__ = [
    "OPTION_FILTERS",
    "PLACE_FILTERS",
    "admissible_options",
    "admissible_there",
    "is_available",
    "options_for_anybody",
]


def admissible_options(problem: Problem, task: Task) -> list[Option]:
    """Return a task's admissible options, in order of time, then of the instance's rooms.

    A talk's lie inside those of its session, which must have been found before.
    """
    if task.session is not None:
        candidates = placement.inside_session(problem, task)
    else:
        candidates = _candidates(problem, task)
    return _admitted(problem, candidates, OPTION_FILTERS)


def admissible_there(problem: Problem, task: Task, place: Place, start: int) -> list[Option]:
    """Return the admissible option of a session or meeting at one start in one place: one or none."""
    if not all(admits(problem, task, place) for admits in PLACE_FILTERS):
        return []
    return _admitted(problem, (o for o in _starts(problem, task, place) if o.start == start), OPTION_FILTERS)


def options_for_anybody(problem: Problem, task: Task) -> list[Option]:
    """Return what would be the options of a session or meeting if everybody were always available."""
    return _admitted(
        problem,
        _candidates(problem, task),
        tuple(f for f in OPTION_FILTERS if f not in (_PRESENT, never.admits)),
    )


def _admitted(
    problem: Problem, candidates: Iterable[Option], filters: Iterable[Callable[[Problem, Option], bool]]
) -> list[Option]:
    options = [o for o in candidates if all(admits(problem, o) for admits in filters)]
    return sorted(options, key=lambda option: option.start)


def _candidates(problem: Problem, task: Task) -> Iterator[Option]:
    for place in problem.geography.places:
        if all(admits(problem, task, place) for admits in PLACE_FILTERS):
            yield from _starts(problem, task, place)


def _starts(problem: Problem, task: Task, place: Place) -> Iterator[Option]:
    seen: set[int] = set()  # the opening windows of a city may overlap
    for opening in place.city.opening:
        for option in placement.in_opening(problem, task, place, opening):
            if option.start not in seen:
                seen.add(option.start)
                yield option
