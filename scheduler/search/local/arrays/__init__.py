"""What the kernel for programmes that travel is given: a board as arrays of whole numbers.

The functions here say what each array means, and ``_travelling.cpp`` knows them by these names. Everything
is a number from 0: meetings, cells, places, cities, days, bodies (:class:`Bodies`), loads, pools. Minutes
count from the board's first start; starts and ends lie on ticks (:class:`Ticks`). -1 is none, 2**31 - 1
never. An array with several indices, ``[a][b]``, is written row after row. Lists of lists are two arrays, the
items one after the other and where each list begins (:func:`lists`). Numbers have 32 bits and a sign, but for
``masks``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain import BreakSpan
from scheduler.search.local.arrays import charges, map_and_ways, meetings, people, rules, standing
from scheduler.search.local.numbers import Arrays, ints, minutes, or_none

if TYPE_CHECKING:
    from scheduler.search.local.board import Board

PARTS = (
    map_and_ways.arrays,
    people.arrays,
    standing.arrays,
    meetings.arrays,
    rules.arrays,
    charges.arrays,
)
"""A function for each group of arrays."""

__all__ = ["PARTS", "arrays_of"]


def arrays_of(board: Board) -> Arrays:
    """Return all groups, and what holds them together.

    Returns
    -------
    dict of str to array
        Beside the arrays of the groups:

        ``masks[mask][word]``
            Sets of cells: 32 cells in a word, without a sign (:class:`Masks`).
        ``sizes``
            In this order: minutes of a tick; ticks; days; cities; levels; whether breaks are counted from
            day to day (1) or within days (0); minutes up to which waiting is no break; the most breaks
            that anybody may have, or -1; words of a mask.
    """
    found: Arrays = {}
    for part in PARTS:
        found |= part(board)
    return found | {"masks": board.masks.array(), "sizes": ints(_sizes(board))}


def _sizes(board: Board) -> list[int]:
    instance = board.problem.instance
    return [
        board.ticks.tick,
        board.ticks.count,
        len(board.dates),
        len(instance.cities),
        len(board.levels),
        instance.breaks.span is BreakSpan.PROGRAMME,
        minutes(instance.breaks.tolerance),
        or_none(instance.fairness.breaks),
        board.masks.words,
    ]
