"""Why requests stand in no schedule, counted for thousands at once.

Each of a request's possible places and times is held against the schedule as it stands, and counted under the
first thing that is in its way. Nothing is tried out, so what is left over may have several reasons.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from scheduler.domain import ActivityId, ParticipantId, Placement, Solution
from scheduler.problem import Problem, Task
from scheduler.problem.cells import Cells, CellSet
from scheduler.problem.places import Place

_NOWHERE = (
    "there is no place and time at all: its windows, the rooms and everybody's availability have nothing "
    "in common"
)
_FULL = "all tables or the room are taken"
_SESSION = (
    "sessions are placed before the meetings here, and placing it too would have been worse or impossible"
)
_OTHERWISE = "the way, a daily limit, an interpreter or another rule is in the way, or it would cost more"


def count_reasons(problem: Problem, solution: Solution) -> dict[ActivityId, str]:
    """Return a true sentence for each session and meeting without a place.

    Parameters
    ----------
    problem : Problem
    solution : Solution
        A valid schedule.
    """
    placed = {placement.activity for placement in solution.placements}
    refused = [task for task in problem.meetings if task.activity.id not in placed]
    reasons = {
        t.activity.id: _SESSION for t in problem.hosted if t.is_session and t.activity.id not in placed
    }
    if refused:
        schedule = _Schedule(problem, solution, Cells(problem, refused))
        reasons |= {task.activity.id: _sentence(schedule.obstacles(task)) for task in refused}
    return reasons


def _sentence(counted: Counter[str]) -> str:
    ways = sum(counted.values())
    if not ways:
        return _NOWHERE
    if len(counted) == 1:
        return f"at each of its {ways} possible places and times {next(iter(counted))}"
    parts = ", ".join(f"at {count} {obstacle}" for obstacle, count in counted.most_common())
    return f"of its {ways} possible places and times, {parts}"


class _Schedule:
    """A schedule, to hold many placements against at once."""

    def __init__(self, problem: Problem, solution: Solution, cells: Cells) -> None:
        self._problem = problem
        self._cells = cells
        self._starts = [cell.start for cell in cells.cells]
        self._spans: dict[ParticipantId, list[tuple[int, int]]] = {}
        self._rooms: dict[Place, list[tuple[int, int]]] = {}
        self._busy: dict[tuple[ParticipantId, int], CellSet] = {}
        self._full: dict[int, CellSet] = {}
        for placement in solution.placements:
            self._enter(problem.by_id[placement.activity], placement)

    def _enter(self, task: Task, placement: Placement) -> None:
        start = self._problem.clock.minute(placement.start)
        span = start, start + task.duration
        people = {p.id for p in (*task.takers, *task.audience)} | set(placement.attendees)
        for person in people:
            self._spans.setdefault(person, []).append(span)
        if not task.is_talk:
            place = self._problem.geography.place(placement.room)
            self._rooms.setdefault(place, []).append(span)

    def obstacles(self, task: Task) -> Counter[str]:
        """Return at how many of a meeting's cells what is in the way, each cell counted once."""
        left = self._cells.admissible(task)
        counted: Counter[str] = Counter()
        for label, cells in self._in_the_way(task):
            if count := (left & cells).bit_count():
                counted[label] += count
                left &= ~cells
        if left:
            counted[_OTHERWISE] = left.bit_count()
        return counted

    def _in_the_way(self, task: Task) -> Iterable[tuple[str, CellSet]]:
        for person in task.takers:
            yield f"{person.name} is engaged", self._engaged(person.id, task.duration)
        for choice in task.choices:
            nobody = ~0
            for person in choice.candidates:
                free = self._cells.available(person, task.duration)
                nobody &= ~(free & ~self._engaged(person.id, task.duration))
            label = self._problem.instance.party_label(choice.party) if choice.party else "the chairs"
            yield f"nobody suitable of {label} is free", nobody
        yield _FULL, self._taken(task.duration)

    def _engaged(self, person: ParticipantId, duration: int) -> CellSet:
        key = person, duration
        if key not in self._busy:
            self._busy[key] = self._overlapping(self._spans.get(person, ()), duration)
        return self._busy[key]

    def _overlapping(self, spans: Iterable[tuple[int, int]], duration: int) -> CellSet:
        """Return the cells at which something so long overlaps one of the stretches."""
        cells: CellSet = 0
        for start, end in spans:
            first = bisect_left(self._starts, start - duration + 1)
            cells |= (1 << bisect_left(self._starts, end)) - (1 << first)
        return cells

    def _taken(self, duration: int) -> CellSet:
        """Return the cells at which no table is free."""
        if duration not in self._full:
            full: CellSet = 0
            for number, cell in enumerate(self._cells.cells):
                running = self._rooms.get(cell.place, ())
                if _crowd(running, cell.start, cell.start + duration) >= (cell.place.room.tables or 1):
                    full |= 1 << number
            self._full[duration] = full
        return self._full[duration]


def _crowd(spans: Iterable[tuple[int, int]], start: int, end: int) -> int:
    """Return how many of some stretches run at once, at the most, between two minutes."""
    events = sorted(
        event
        for first, last in spans
        if first < end and start < last
        for event in ((max(first, start), 1), (last, -1))
    )
    running = most = 0
    for _, change in events:
        running += change
        most = max(most, running)
    return most
