"""Cells, places, and the ways between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain import CityId
from scheduler.search.local.numbers import NEVER, Arrays, ints

if TYPE_CHECKING:
    from scheduler.search.local.board import Board

_MOST_TABLES = 65_000
"""The kernel counts meetings at a time in 16 bits."""


def arrays(board: Board) -> Arrays:
    """Return where meetings may be, and how one gets there.

    Returns
    -------
    dict of str to array
        ``cell_place``, ``cell_start``, ``cell_day``
            Per cell, in the order of starts; the start in minutes.
        ``place_city``, ``place_capacity``
            Per place; how many meetings it holds at a time.
        ``walk[place][place]``
            Minutes on foot; 0 between cities, where it is not looked at.
        ``arrival[city][city][tick]``
            The minute at which somebody who is free at a tick is ready in the other city. One row of zeros
            where there is one city.
    """
    cells, places = board.cells.cells, board.problem.geography.places
    return {
        "cell_place": ints(board.number_of_place[cell.place] for cell in cells),
        "cell_start": ints(board.ticks.since(cell.start) for cell in cells),
        "cell_day": ints(board.day_of_cell),
        "place_city": ints(board.number_of_city[place.city.id] for place in places),
        "place_capacity": ints(min(place.room.tables or 1, _MOST_TABLES) for place in places),
        "walk": ints(
            board.problem.geography.walk(a, b) if a.city is b.city else 0 for a in places for b in places
        ),
        "arrival": ints(_arrivals(board)),
    }


def _arrivals(board: Board) -> list[int]:
    cities = [city.id for city in board.problem.instance.cities]
    ticks = range(board.ticks.count)
    if len(cities) < 2:
        return [0] * len(ticks)
    return [_arrival(board, a, b, tick) for a in cities for b in cities for tick in ticks]


def _arrival(board: Board, here: CityId, there: CityId, tick: int) -> int:
    at = board.ticks.base + tick * board.ticks.tick
    ready = board.problem.geography.arrival(here, at, there)
    return NEVER if ready is None else min(board.ticks.since(ready), NEVER)
