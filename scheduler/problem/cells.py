"""Admissible placements of many meetings at once, as sets of bits: what 20,000 lists would not fit in.

A *cell* is a start in a place. Meetings that are asked for alike (the same windows, cities, length ...) share
their cells but for who can come, and people who come and go together share theirs; so a meeting's cells are
the intersection of a few sets that are made once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

from scheduler.domain import HostedActivity, Person
from scheduler.problem.admissible import options_for_anybody
from scheduler.problem.admissible.availability import Presence
from scheduler.problem.admissible.room import attendance
from scheduler.problem.places import Place
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Option, Task

CellSet = int
"""A set of cells: bit ``k`` stands for cell ``k``."""


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """A start in a place.

    Attributes
    ----------
    start : int
        Minutes.
    date : datetime.date
        On the clock of the city.
    """

    start: int
    place: Place
    date: dt.date


class Cells:
    """The cells of some meetings.

    Parameters
    ----------
    problem : Problem
    tasks : iterable of Task
        Meetings.

    Attributes
    ----------
    cells : tuple of Cell
        In order of time, then of the instance's rooms.
    """

    def __init__(
        self, problem: Problem, tasks: Iterable[Task], go_on: Callable[[], None] = lambda: None
    ) -> None:
        self._problem = problem
        self._kinds: dict[tuple[object, ...], list[Option]] = {}
        self._kind_of: dict[Task, tuple[object, ...]] = {}
        for task in tasks:
            kind = self._kind_of[task] = self._kind(task)
            if kind not in self._kinds:
                go_on()
                self._kinds[kind] = options_for_anybody(problem, task)
        found = {
            (o.start, o.place): Cell(o.start, o.place, o.date)
            for options in self._kinds.values()
            for o in options
        }
        rank = {place: number for number, place in enumerate(problem.geography.places)}
        self.cells = tuple(sorted(found.values(), key=lambda c: (c.start, rank[c.place])))
        self._number = {(cell.start, cell.place): number for number, cell in enumerate(self.cells)}
        self._sets: dict[tuple[object, ...], CellSet] = {}
        self._present: dict[tuple[Presence, int], CellSet] = {}

    def _kind(self, task: Task) -> tuple[object, ...]:
        """Return all that decides where a meeting may be, but for who can come."""
        a = task.activity
        assert isinstance(a, HostedActivity)
        seats = attendance(self._problem.instance, task) if self._seats_matter else 0
        return (
            *(task.duration, a.dates, a.windows, a.day_part, a.forbidden, a.pin),
            *(a.cities, a.venues, a.rooms, a.features, task.stay, seats),
        )

    @cached_property
    def _seats_matter(self) -> bool:
        return any(place.room.seats is not None for place in self._problem.geography.places)

    def number(self, start: int, place: Place) -> int:
        """Return the number of a cell (KeyError if no meeting may be there)."""
        return self._number[start, place]

    def available(self, person: Person, duration: int) -> CellSet:
        """Return the cells at which a person is there for so many minutes."""
        key = self._problem.presence(person), duration
        if key not in self._present:
            presence = key[0]
            self._present[key] = sum(
                1 << number
                for number, cell in enumerate(self.cells)
                if presence.allows(cell.start, cell.start + duration, cell.place.city.id)
            )
        return self._present[key]

    def admissible(self, task: Task) -> CellSet:
        """Return the cells of a meeting: those of its options (:attr:`Task.options`)."""
        kind = self._kind_of[task]
        if kind not in self._sets:
            self._sets[kind] = sum(1 << self._number[o.start, o.place] for o in self._kinds[kind])
        there = (self.available(person, task.duration) for person in task.takers)
        if self._problem.apart.pairs(task):
            return reduce(and_, there, self._sets[kind]) & self._sendable(task)
        somebody = (
            reduce(or_, (self.available(person, task.duration) for person in choice.candidates), 0)
            for choice in task.choices
        )
        return reduce(and_, somebody, reduce(and_, there, self._sets[kind]))

    def _sendable(self, task: Task) -> CellSet:
        """Return the cells at which some are there who can be sent together."""
        sent = self._problem.apart.selections(task)
        together = (reduce(and_, (self.available(p, task.duration) for p in who)) for who in sent)
        return reduce(or_, together, 0)


def members(cells: CellSet) -> list[int]:
    """Return the numbers of the cells in a set, ascending."""
    bits = bin(cells)[:1:-1]
    return [number for number, bit in enumerate(bits) if bit == "1"]
