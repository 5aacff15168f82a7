"""How much must be refused: a relaxation of the requests level that scales with the number of meetings.

The relaxation knows on which date and in which city a meeting is, and no more of the time: each person, each
group of people of whom one is chosen, all tables of a city, and the interpreters who may serve, hold only so
many meetings a day, and a party only so many in all. Whatever prices are put on these capacities, they
prove a bound (Lagrangian duality; Fisher, Management Science 27, 1981): it is worked out in whole numbers, so
no rounding error is in it, and nobody has to trust whoever found the prices.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain import CityId, HostedActivity, InterpreterPool, Person, Window
from scheduler.problem.cells import Cells, CellSet, members
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Task

_UNITS = 1_000_000
"""Prices are taken as whole multiples of one part in so many."""
_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Ways to hold meetings, each in one city on one date, and the capacities they use.

    Attributes
    ----------
    rows : array of int, length entries
        The capacity of each use, way by way.
    first : array of int, length ways + 1
        Where each way's uses begin.
    task_first : array of int, length meetings + 1
        Where each meeting's ways begin; meetings without any are left out.
    worth : array of int, length meetings
    mandatory : tuple of bool, length meetings
    capacity : array of int, length capacities
    lost : int
        The worth of optional meetings without any way.
    """

    rows: array[int]
    first: array[int]
    task_first: array[int]
    worth: array[int]
    mandatory: tuple[bool, ...]
    capacity: array[int]
    lost: int

    def refused_at_least(self, prices: Sequence[float]) -> int:
        """Return a lower bound on the worth of the meetings that no schedule grants.

        Parameters
        ----------
        prices : sequence of float, length capacities
            Any numbers; negative ones count as zero. The better they are, the better the bound.

        Returns
        -------
        int
            In units of ``priorities``; optional sessions are left out of account.
        """
        whole = [max(0, int(price * _UNITS)) for price in prices]
        granted = sum(price * capacity for price, capacity in zip(whole, self.capacity, strict=True))
        total = 0
        for number, worth in enumerate(self.worth):
            least = min(self._price(way, whole) for way in self.ways(number))
            if self.mandatory[number]:
                granted -= least
            else:
                total += worth
                granted += max(0, worth * _UNITS - least)
        return self.lost + max(0, total - granted // _UNITS)

    def ways(self, number: int) -> range:
        """Return the ways to hold a meeting."""
        return range(self.task_first[number], self.task_first[number + 1])

    def uses(self, way: int) -> Sequence[int]:
        """Return the capacities that a way uses."""
        return self.rows[self.first[way] : self.first[way + 1]]

    def _price(self, way: int, prices: Sequence[int]) -> int:
        return sum(prices[row] for row in self.uses(way))


def relax(problem: Problem, cells: Cells) -> Relaxation:
    """Return the relaxation of a problem's requests.

    Parameters
    ----------
    problem : Problem
    cells : Cells
        Of all its meetings.
    """
    return _Capacities(problem, cells).relaxation()


class _Capacities:
    """What holds only so many meetings on a date."""

    def __init__(self, problem: Problem, cells: Cells) -> None:
        self._problem = problem
        self._cells = cells
        self._tasks = problem.meetings
        self._groups = self._by_city_and_date()
        self._shortest = min((task.duration for task in self._tasks), default=1)
        self._one_clock = len({city.time_zone for city in problem.instance.cities}) == 1
        self._rows: dict[tuple[object, ...], int] = {}
        self._capacity: list[int] = []
        self._most: dict[tuple[object, ...], int] = {}

    def _by_city_and_date(self) -> dict[tuple[CityId, dt.date], CellSet]:
        groups: dict[tuple[CityId, dt.date], CellSet] = {}
        for number, cell in enumerate(self._cells.cells):
            key = cell.place.city.id, cell.date
            groups[key] = groups.get(key, 0) | 1 << number
        return groups

    def relaxation(self) -> Relaxation:
        """Return the relaxation as arrays."""
        rows, first, task_first, worth = array("i"), array("i"), array("i"), array("i")
        mandatory: list[bool] = []
        lost = 0
        dates = {date for _, date in self._groups}
        on_date = {date: sum(cells for (_, d), cells in self._groups.items() if d == date) for date in dates}
        for task in self._tasks:
            allowed = self._cells.admissible(task)
            begin = len(first)
            for (city, date), group in self._groups.items():
                if allowed & group:
                    first.append(len(rows))
                    rows.extend(self._used(task, city, date, group, on_date[date]))
            if len(first) > begin:
                task_first.append(begin)
                worth.append(self._worth(task))
                mandatory.append(task.mandatory)
            elif not task.mandatory:
                lost += self._worth(task)
        task_first.append(len(first))
        first.append(len(rows))
        capacity = array("i", (min(most, 2**31 - 1) for most in self._capacity))
        return Relaxation(rows, first, task_first, worth, tuple(mandatory), capacity, lost)

    def _worth(self, task: Task) -> int:
        activity = task.activity
        assert isinstance(activity, HostedActivity)
        return 0 if task.mandatory else self._problem.instance.priorities[activity.priority]

    def _used(self, task: Task, city: CityId, date: dt.date, group: CellSet, day: CellSet) -> list[int]:
        """Return the capacities that a meeting uses in a city on a date: always at least one."""
        used = [self._row(("person", p.id, date), lambda p=p: self._holds(p, date, day)) for p in task.takers]  # type: ignore[misc]
        for choice in task.choices:
            ids = tuple(p.id for p in choice.candidates)
            used.append(
                self._row(
                    ("one of", ids, date),
                    lambda c=choice: sum(self._holds(p, date, day) for p in c.candidates),  # type: ignore[misc]
                )
            )
        for party in self._problem.quotas.sure(task):
            most = self._problem.instance.quotas[party].most
            if most is not None:
                used.append(self._row(("in all", party), lambda m=most: m))  # type: ignore[misc]
        activity = task.activity
        if not (isinstance(activity, HostedActivity) and activity.rooms):
            used.append(self._row(("tables", city, date), lambda: self._tables(group)))
        pools = self._interpreters(task, city)
        if pools is not None:
            ids_of_pools = tuple(pool.id for pool in pools)
            slots = self._disjoint(group)
            key = ("interpreters", ids_of_pools, city, date)
            used.append(self._row(key, lambda: slots * sum(p.count for p in pools)))
        return used or [self._row(("nothing",), lambda: len(self._tasks))]

    def _row(self, key: tuple[object, ...], capacity: Callable[[], int]) -> int:
        if key not in self._rows:
            self._rows[key] = len(self._capacity)
            self._capacity.append(capacity())
        return self._rows[key]

    def _tables(self, group: CellSet) -> int:
        """Return how many meetings the areas of a city hold on a date."""
        by_place: dict[int, CellSet] = {}
        tables: dict[int, int] = {}
        for number in members(group):
            place = self._cells.cells[number].place
            if place.room.tables is not None:
                by_place[id(place)] = by_place.get(id(place), 0) | 1 << number
                tables[id(place)] = place.room.tables
        return sum(tables[key] * self._disjoint(cells) for key, cells in by_place.items())

    def _holds(self, person: Person, date: dt.date, day: CellSet) -> int:
        """Return the most meetings that somebody can have on a date."""
        there = self._cells.available(person, self._shortest) & day
        key = (there, person.load.meal, person.load.meetings_per_day, date)
        if key not in self._most:
            most = max((self._disjoint(rest) for rest in self._around_meals(person, date, there)), default=0)
            limit = person.load.meetings_per_day
            self._most[key] = most if limit is None else min(most, limit)
        return self._most[key]

    def _around_meals(self, person: Person, date: dt.date, there: CellSet) -> Iterable[CellSet]:
        """Yield what a meal leaves of somebody's cells, for each time to take it; all of them without one."""
        meal = person.load.meal
        if meal is None or not self._one_clock or not there:
            yield there
            return
        zone = self._problem.instance.cities[0].zone
        span = self._problem.clock.window(Window(start=meal.start, end=meal.end), date, zone)
        if span is None:
            yield there
            return
        length = int(meal.duration / _MINUTE)
        numbers = members(there)
        clock, grid = self._problem.clock, self._problem.grid
        for begin in range(span[0], span[1] - length + 1):
            # A free stretch may as well begin with the window, or where an engagement ends: on the grid.
            if begin > span[0] and clock.minute_of_day(begin, zone) % grid:
                continue
            yield sum(
                1 << n
                for n in numbers
                if not (
                    self._cells.cells[n].start < begin + length
                    and begin < self._cells.cells[n].start + self._shortest
                )
            )

    def _disjoint(self, cells: CellSet) -> int:
        """Return how many of the shortest meetings fit one after the other (earliest end first is best)."""
        key = ("disjoint", cells)
        if key not in self._most:
            count, free_from = 0, None
            for number in members(cells):
                start = self._cells.cells[number].start
                if free_from is None or start >= free_from:
                    count, free_from = count + 1, start + self._shortest
            self._most[key] = count
        return self._most[key]

    def _interpreters(self, task: Task, city: CityId) -> Sequence[InterpreterPool] | None:
        """Return the pools that may serve a meeting in a city, or None where it may need no interpreter."""
        instance = self._problem.instance
        if not instance.interpreters or not isinstance(task.activity, HostedActivity):
            return None
        spoken = [
            frozenset[str]().union(*(p.languages for p in instance.people_of(party)))
            for party in task.activity.parties
        ]
        if not all(spoken) or frozenset.intersection(*spoken):
            return None
        if any(
            instance.splits(party) and any(not p.languages for p in instance.people_of(party))
            for party in task.activity.parties
        ):
            return None
        return tuple(
            pool
            for pool in instance.interpreters
            if pool.city in (None, city) and all(pool.languages & languages for languages in spoken)
        )
