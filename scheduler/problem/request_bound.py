"""How much must be refused: a bound on the requests level that scales with the number of meetings.

The relaxation knows on which date and in which city a meeting is, and no more of the time: each person, each
group of people of whom one is chosen, all tables of a city, and the interpreters who may serve, hold only so
many meetings a day. Its capacities are priced (Lagrangian relaxation, Held and Karp 1971; step sizes after
Polyak 1969): whatever the prices are, they prove a bound, which is worked out at the end in whole numbers,
so that no rounding error is in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import CityId, HostedActivity, InterpreterPool, Person, Window
from scheduler.problem.cells import Cells, CellSet, members
from scheduler.problem.problem import Problem
from scheduler.problem.tasks import Task

_PRICE_UNITS = 1000
"""Prices are whole multiples of one part in so many."""
_ITERATIONS = 400
_PATIENCE = 12
_MINUTE = dt.timedelta(minutes=1)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Ways to hold meetings, each in one city on one date, and the capacities they use.

    Attributes
    ----------
    rows : array, shape (entries,)
        The capacity of each use, column by column.
    first : array, shape (columns,)
        Where each column's uses begin.
    task_first : array, shape (tasks,)
        Where each task's columns begin; tasks without columns are left out.
    worth, mandatory : array, shape (tasks,)
    capacity : array, shape (rows,)
    lost : int
        The worth of optional tasks without any column.
    """

    rows: Ints
    first: Ints
    task_first: Ints
    worth: Ints
    mandatory: NDArray[np.bool_]
    capacity: Ints
    lost: int


def bound_of_requests(
    problem: Problem, cells: Cells, target: int, go_on: Callable[[], bool] = lambda: True
) -> int:
    """Return a lower bound on the worth of the meetings that no schedule grants.

    Parameters
    ----------
    problem : Problem
    cells : Cells
        Of all its meetings.
    target : int
        The worth that a known schedule refuses; it sets the length of steps, not what is proven.
    go_on : callable
        Asked now and then; False ends the search for better prices.

    Returns
    -------
    int
        In units of ``priorities``; optional sessions are left out of account.
    """
    columns = _Capacities(problem, cells).columns()
    if not len(columns.task_first):
        return columns.lost
    total = int(columns.worth[~columns.mandatory].sum())
    prices = _prices(columns, float(total + columns.lost - target), go_on)
    whole = np.floor(prices * _PRICE_UNITS).astype(np.int64)
    granted = _granted_at_most(columns, whole, _PRICE_UNITS) // _PRICE_UNITS
    return columns.lost + max(0, total - int(granted))


def _granted_at_most(columns: _Columns, prices: Ints, units: int) -> int:
    """Return what no schedule's granted worth is above, in price units, exactly."""
    _, gains, _ = _chosen(columns, prices, columns.worth * units)
    return int(gains.sum() + (prices * columns.capacity).sum())


def _chosen(
    columns: _Columns, prices: NDArray[Any], worth: NDArray[Any]
) -> tuple[NDArray[np.bool_], NDArray[Any], NDArray[Any]]:
    """Return whether each task is worth its cheapest column, what it gains, and all column prices."""
    price = np.add.reduceat(prices[columns.rows], columns.first)
    least = np.minimum.reduceat(price, columns.task_first)
    taken = columns.mandatory | (worth > least)
    return taken, np.where(columns.mandatory, -least, np.where(taken, worth - least, 0)), price


def _prices(columns: _Columns, granted: float, go_on: Callable[[], bool]) -> Floats:
    """Return good prices, by subgradient steps."""
    prices = np.zeros(len(columns.capacity))
    best, best_prices, step, idle = float("inf"), prices, 1.0, 0
    sizes = np.diff(np.append(columns.task_first, len(columns.first)))
    owner = np.repeat(np.arange(len(columns.task_first)), sizes)
    lengths = np.diff(np.append(columns.first, len(columns.rows)))
    column_of = np.repeat(np.arange(len(columns.first)), lengths)
    worth = columns.worth.astype(float)
    for _ in range(_ITERATIONS):
        taken, gains, price = _chosen(columns, prices, worth)
        value = float(gains.sum() + (prices * columns.capacity).sum())
        idle = 0 if value < best - 1e-6 else idle + 1
        if value < best:
            best, best_prices = value, prices
        if idle >= _PATIENCE:
            step, idle = step / 2, 0
        if best <= granted + 1e-6 or step < 1e-3 or not go_on():
            break
        least = np.minimum.reduceat(price, columns.task_first)
        cheapest = (price <= least[owner] + 1e-12) & taken[owner]
        share = cheapest / np.maximum(1, np.add.reduceat(cheapest, columns.task_first))[owner]
        use = np.bincount(columns.rows, weights=share[column_of], minlength=len(prices))
        slope = columns.capacity - use
        slope[(prices <= 0) & (slope > 0)] = 0
        norm = float((slope**2).sum())
        if norm == 0:
            break
        prices = np.maximum(0.0, prices - step * (value - granted) / norm * slope)
    return best_prices


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

    def columns(self) -> _Columns:
        """Return the relaxation as arrays."""
        rows: list[int] = []
        first: list[int] = []
        task_first: list[int] = []
        worth: list[int] = []
        mandatory: list[bool] = []
        lost = 0
        dates = {date for _, date in self._groups}
        on_date = {date: sum(cells for (_, d), cells in self._groups.items() if d == date) for date in dates}
        for task in self._tasks:
            allowed = self._cells.admissible(task)
            value = self._worth(task)
            begin = len(first)
            for (city, date), group in self._groups.items():
                if allowed & group:
                    first.append(len(rows))
                    rows += self._used(task, city, date, group, on_date[date])
            if len(first) > begin:
                task_first.append(begin)
                worth.append(value)
                mandatory.append(task.mandatory)
            elif not task.mandatory:
                lost += value
        return _Columns(
            np.array(rows, dtype=np.int64),
            np.array(first, dtype=np.int64),
            np.array(task_first, dtype=np.int64),
            np.array(worth, dtype=np.int64),
            np.array(mandatory, dtype=bool),
            np.array(self._capacity, dtype=np.int64),
            lost,
        )

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
