"""Handing out what is alike, tables or interpreters, once it is known when each is needed."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Mapping
from typing import Protocol, TypeVar


class Stretch(Hashable, Protocol):
    """A stretch of time, half open."""

    @property
    def start(self) -> int:
        """Its first minute."""

    @property
    def end(self) -> int:
        """The minute after it."""


S = TypeVar("S", bound=Stretch)


def hand_out(
    options: Iterable[S], numbers: list[int], earlier: Mapping[S, int] | None = None
) -> dict[S, int]:
    """Give each stretch the first number that is free while it runs.

    Taken in order of their starts, this never fails when no more run at once than there are numbers
    (first-fit colouring of an interval graph).

    Parameters
    ----------
    options : iterable of stretch
    numbers : list of int
    earlier : mapping of stretch to int, optional
        What has a number already; none of it starts later than any of the options.
    """
    waiting = sorted(options, key=lambda o: (o.start, o.end))
    if not waiting:
        return {}
    given: dict[S, int] = {}
    running = [(o.end, number) for o, number in (earlier or {}).items() if o.end > waiting[0].start]
    heapq.heapify(running)
    free = sorted(set(numbers) - {number for _, number in running})
    for option in waiting:
        while running and running[0][0] <= option.start:
            heapq.heappush(free, heapq.heappop(running)[1])
        number = given[option] = heapq.heappop(free)
        heapq.heappush(running, (option.end, number))
    return given
