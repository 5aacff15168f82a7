"""Rule 1, placement: starts on the grid, whole inside one opening window; a talk inside its session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain import Opening
from scheduler.problem.clock import inside
from scheduler.problem.tasks import Option, Task

if TYPE_CHECKING:
    from scheduler.problem.places import Place
    from scheduler.problem.problem import Problem


def in_opening(problem: Problem, task: Task, place: Place, opening: Opening) -> Iterator[Option]:
    """Yield the task's placements in a place during one opening window of its city."""
    grid = problem.clock.grid(opening, place.zone, problem.grid)
    for start, date in grid.starts:
        end = start + task.duration
        if end > grid.end:
            break
        yield Option(task, start, end, place, date)


def inside_session(problem: Problem, task: Task) -> Iterator[Option]:
    """Yield a talk's placements: on the grid, inside a placement of its session, in the same room."""
    assert task.session is not None
    clock = problem.clock
    seen: set[tuple[int, Place]] = set()
    for session in task.session.options:
        for start in range(session.start, session.end - task.duration + 1):
            key = (start, session.place)
            zone = session.place.zone
            if key in seen or clock.minute_of_day(start, zone) % problem.grid:
                continue
            seen.add(key)
            yield Option(task, start, start + task.duration, session.place, clock.date(start, zone))


def contains(session: Option, talk: Option) -> bool:
    """Return whether a talk's placement lies inside one of its session."""
    return talk.place is session.place and inside(talk.start, talk.end, (session.start, session.end))
