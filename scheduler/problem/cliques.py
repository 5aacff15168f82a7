"""Stretches of time that cannot run together: the maximal cliques of an interval graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def maximal_cliques(intervals: Iterable[tuple[int, int, T]]) -> list[list[T]]:
    """Return the maximal sets of intervals that share a moment.

    Parameters
    ----------
    intervals : iterable of (start, end, item)
        Half-open; empty ones are left out.

    Returns
    -------
    list of list
        In order of time; two intervals overlap if and only if some set holds both.

    Notes
    -----
    A set is maximal exactly when the next event after a start is an end (Golumbic, *Algorithmic Graph
    Theory and Perfect Graphs*, 1980, ch. 8).
    """
    events: list[tuple[int, int, int, T]] = []
    for number, (start, end, item) in enumerate(intervals):
        if start < end:
            events += [(start, 1, number, item), (end, 0, number, item)]
    events.sort(key=lambda event: event[:3])
    running: dict[int, T] = {}
    cliques: list[list[T]] = []
    grown = False
    for _, is_start, number, item in events:
        if is_start:
            running[number] = item
            grown = True
        else:
            if grown:
                cliques.append(list(running.values()))
            grown = False
            del running[number]
    return cliques
