"""Why requests stand in no schedule, counted for thousands at once.

Each of a request's possible places and times is held against the schedule as it stands, and counted under the
first thing that is in its way. Nothing is tried out, so what is left over may have several reasons.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from scheduler.domain import (
    ActivityId,
    ParticipantId,
    PartyId,
    Person,
    Placement,
    ReasonKind,
    Solution,
    Unscheduled,
)
from scheduler.problem import Problem, Task
from scheduler.problem.cells import Cells, CellSet
from scheduler.problem.places import Place
from scheduler.search.reasons.obstacles import FULL
from scheduler.search.reasons.telling import Lost, not_examined, unscheduled
from scheduler.search.reasons.worth import worth_in, worth_of

_SESSION = (
    "sessions are placed before the meetings here, and placing it too would have been worse or impossible"
)
_OTHERWISE = "the way, a daily limit, an interpreter or another rule is in the way, or it would cost more"
_LOAD = "{} has as many meetings that day as allowed"
_IN_ALL = "{} has as many meetings in the whole programme as allowed"

Counted = Counter[tuple[ReasonKind, str]]


def count_reasons(
    problem: Problem, solution: Solution, over: Callable[[], bool] = lambda: False
) -> dict[ActivityId, Unscheduled]:
    """Return a true sentence for each session and meeting without a place.

    Parameters
    ----------
    problem : Problem
    solution : Solution
        A valid schedule.
    over : callable
        Whether the time is over: for what is left then, the reason is that it was.
    """
    placed = {placement.activity for placement in solution.placements}
    refused = [task for task in problem.meetings if task.activity.id not in placed]
    reasons = {
        t.activity.id: Unscheduled(activity=t.activity.id, reason=_SESSION, kind=ReasonKind.OTHER)
        for t in problem.hosted
        if t.is_session and t.activity.id not in placed
    }
    if refused and not over():
        schedule = _Schedule(problem, solution, Cells(problem, refused))
        reasons |= {t.activity.id: schedule.reason(t) for t in refused if not over()}
    left = (t.activity.id for t in refused if t.activity.id not in reasons)
    return reasons | {activity: not_examined(activity) for activity in left}


class _Entry(NamedTuple):
    """What engages somebody: from when to when, and what it is worth (more than any request: mandatory)."""

    start: int
    end: int
    worth: float
    activity: ActivityId


class _Schedule:
    """A schedule, to hold many placements against at once."""

    def __init__(self, problem: Problem, solution: Solution, cells: Cells) -> None:
        self._problem = problem
        self._cells = cells
        self._starts = [cell.start for cell in cells.cells]
        self._entries: dict[ParticipantId, list[_Entry]] = {}
        self._meetings: Counter[tuple[ParticipantId, dt.date]] = Counter()
        self._held: Counter[PartyId] = Counter()
        self._rooms: dict[Place, list[tuple[int, int]]] = {}
        self._busy: dict[tuple[ParticipantId, int], CellSet] = {}
        self._full: dict[int, CellSet] = {}
        for placement in solution.placements:
            self._enter(problem.by_id[placement.activity], placement)

    def _enter(self, task: Task, placement: Placement) -> None:
        start = self._problem.clock.minute(placement.start)
        end = start + task.duration
        place = self._problem.geography.place(placement.room)
        worth = worth_in(self._problem, placement.activity)
        taking = {person.id for person in task.takers} | set(placement.attendees)
        attending = {
            p.id for p in task.audience if self._problem.presence(p).allows(start, end, place.city.id)
        }
        for person in taking | attending:
            self._entries.setdefault(person, []).append(_Entry(start, end, worth, placement.activity))
        if task.is_meeting:
            date = self._problem.clock.date(start, place.zone)
            self._meetings.update((person, date) for person in taking)
            self._held.update(self._problem.quotas.held(task, placement.attendees))
        if not task.is_talk:
            self._rooms.setdefault(place, []).append((start, end))

    def reason(self, task: Task) -> Unscheduled:
        """Return why a meeting has no place."""
        return unscheduled(task.activity.id, self._obstacles(task), self._lost(task))

    def _obstacles(self, task: Task) -> Counted:
        """Return at how many of a meeting's cells what is in the way, each cell counted once."""
        left = self._cells.admissible(task)
        counted: Counted = Counter()
        for label, cells in self._in_the_way(task):
            if count := (left & cells).bit_count():
                counted[label] += count
                left &= ~cells
        if left:
            counted[ReasonKind.OTHER, _OTHERWISE] = left.bit_count()
        return counted

    def _in_the_way(self, task: Task) -> Iterator[tuple[tuple[ReasonKind, str], CellSet]]:
        nobody_free = ReasonKind.NO_COMMON_TIME
        for person in task.takers:
            yield (nobody_free, f"{person.name} is engaged"), self._engaged(person.id, task.duration)
        for choice in task.choices:
            nobody = ~0
            for person in choice.candidates:
                free = self._cells.available(person, task.duration)
                nobody &= ~(free & ~self._engaged(person.id, task.duration))
            label = self._problem.instance.party_label(choice.party) if choice.party else "the chairs"
            yield (nobody_free, f"nobody suitable of {label} is free"), nobody
        yield (ReasonKind.TABLES_FULL, FULL), self._taken(task.duration)
        for person in task.takers:
            yield (ReasonKind.LOAD, _LOAD.format(person.name)), self._laden(person)
        instance = self._problem.instance
        for party in self._problem.quotas.sure(task):
            most = instance.quotas[party].most
            if most is not None and self._held[party] >= most:
                yield (ReasonKind.LOAD, _IN_ALL.format(instance.party_label(party))), ~0

    # -- cells -----------------------------------------------------------------------------------

    def _engaged(self, person: ParticipantId, duration: int) -> CellSet:
        key = person, duration
        if key not in self._busy:
            cells: CellSet = 0
            for entry in self._entries.get(person, ()):
                cells |= self._overlapping(entry, duration)
            self._busy[key] = cells
        return self._busy[key]

    def _overlapping(self, entry: _Entry, duration: int) -> CellSet:
        """Return the cells at which something so long overlaps an engagement."""
        first = bisect_left(self._starts, entry.start - duration + 1)
        last = bisect_left(self._starts, entry.end)
        return (1 << last) - (1 << first) if first < last else 0

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

    def _laden(self, person: Person) -> CellSet:
        """Return the cells on dates on which somebody has as many meetings as allowed."""
        most = person.load.meetings_per_day
        if most is None:
            return 0
        full: CellSet = 0
        for date, cells in self._dates.items():
            if self._meetings[person.id, date] >= most:
                full |= cells
        return full

    @cached_property
    def _dates(self) -> dict[dt.date, CellSet]:
        found: dict[dt.date, CellSet] = {}
        for number, cell in enumerate(self._cells.cells):
            found[cell.date] = found.get(cell.date, 0) | 1 << number
        return found

    # -- who holds what it asks for --------------------------------------------------------------

    def _lost(self, task: Task) -> Lost:
        """Return who of at least its priority engages somebody it needs at each of its places."""
        worth = worth_of(self._problem.instance, task)
        for least in (worth + 1, worth):
            if barring := self._barring(task, least):
                return Lost(barring, higher=least > worth)
        return Lost()

    def _barring(self, task: Task, least: float) -> tuple[ActivityId, ...]:
        left = self._cells.admissible(task)
        found: dict[ActivityId, None] = {}
        for person in task.takers:
            for entry in self._entries.get(person.id, ()):
                if entry.worth >= least and left & (held := self._overlapping(entry, task.duration)):
                    found[entry.activity] = None
                    left &= ~held
        return () if left else tuple(found)


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
