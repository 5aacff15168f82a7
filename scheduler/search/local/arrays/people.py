"""Bodies, what they bear in a day, and pools of interpreters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain import City, InterpreterPool, Load, Window
from scheduler.search.local.numbers import NONE, Arrays, ints, lists, minutes, or_none

if TYPE_CHECKING:
    from scheduler.search.local.board import Board


def arrays(board: Board) -> Arrays:
    """Return who there is.

    Returns
    -------
    dict of str to array
        ``body_counted``
            Per body: whether its breaks and changes are charged (1: a person; 0: an interpreter).
        ``body_languages``
            Per body: the languages of a person, as bits.
        ``body_load``
            Per body; -1 where there is no limit.

        and those of :func:`_loads` and :func:`_pools`.
    """
    bodies, people = board.bodies, board.problem.people
    numbers: dict[Load, int] = {}
    free = Load()
    load_of = [NONE if p.load == free else numbers.setdefault(p.load, len(numbers)) for p in people]
    found = {
        "body_counted": ints([1] * bodies.people + [0] * bodies.interpreters),
        "body_languages": ints([bodies.spoken(p.languages) for p in people] + [0] * bodies.interpreters),
        "body_load": ints(load_of + [NONE] * bodies.interpreters),
    }
    return found | _loads(board, list(numbers)) | _pools(board)


def _loads(board: Board, loads: list[Load]) -> Arrays:
    """Return what people bear; people who bear the same share a load.

    Returns
    -------
    dict of str to array
        ``load_daily``, ``load_row``
            Per load: the most meetings in a day and in a row, or -1.
        ``load_rest``
            Per load: minutes between meetings that end a row.
        ``load_meal``
            Per load: minutes of the meal, or -1.
        ``meal_start[load][city][day]``, ``meal_end[load][city][day]``
            Minutes between which the meal is, on the clock of the city; -1 where there is none.
    """
    meals = [
        _meal(board, load, city, date)
        for load in loads
        for city in board.problem.instance.cities
        for date in board.dates
    ]
    return {
        "load_daily": ints(or_none(load.meetings_per_day) for load in loads),
        "load_row": ints(or_none(load.in_a_row) for load in loads),
        "load_rest": ints(board.problem.grid if load.rest is None else minutes(load.rest) for load in loads),
        "load_meal": ints(NONE if load.meal is None else minutes(load.meal.duration) for load in loads),
        "meal_start": ints(start for start, _ in meals),
        "meal_end": ints(end for _, end in meals),
    }


def _meal(board: Board, load: Load, city: City, date: dt.date) -> tuple[int, int]:
    if load.meal is None:
        return NONE, NONE
    window = Window(start=load.meal.start, end=load.meal.end)
    span = board.problem.clock.window(window, date, city.zone)
    return (NONE, NONE) if span is None else (board.ticks.since(span[0]), board.ticks.since(span[1]))


def _pools(board: Board) -> Arrays:
    """Return the interpreters.

    Returns
    -------
    dict of str to array
        ``pool_languages``
            Per pool, as bits.
        ``pool_city``
            Per pool: where its interpreters stay; -1 where they travel.
        ``pool_units``
            Lists of bodies, per pool.
        ``pool_masks``
            Lists of masks, per pool: the cells it serves, by length of meeting; -1 for all.
    """
    bodies, pools = board.bodies, board.problem.instance.interpreters
    return {
        "pool_languages": ints(bodies.spoken(pool.languages) for pool in pools),
        "pool_city": ints(NONE if pool.city is None else board.number_of_city[pool.city] for pool in pools),
        **lists("pool_units", [bodies.units(pool.id) for pool in pools]),
        **lists("pool_masks", [_hours(board, pool) for pool in pools]),
    }


def _hours(board: Board, pool: InterpreterPool) -> list[int]:
    """Return the mask of a pool for each length of meeting."""
    if not pool.available:
        return [NONE] * len(board.durations)
    spans = [board.problem.clock.span((hours.start, hours.end)) for hours in pool.available]
    found = []
    for duration in board.durations:
        inside = {
            start
            for start in {cell.start for cell in board.cells.cells}
            if any(first <= start and start + duration <= last for first, last in spans)
        }
        cells = sum(1 << n for n, cell in enumerate(board.cells.cells) if cell.start in inside)
        found.append(board.masks.number(cells))
    return found
