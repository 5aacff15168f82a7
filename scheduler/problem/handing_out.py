"""Handing out what is alike, tables or interpreters, once it is known when each is needed."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable
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


def hand_out(options: Iterable[S], numbers: list[int]) -> dict[S, int]:
    """Give each stretch the first number that is free while it runs.

    Taken in order of their starts, this never fails when no more run at once than there are numbers
    (first-fit colouring of an interval graph).
    """
    given: dict[S, int] = {}
    free = sorted(numbers)
    running: list[tuple[int, int]] = []
    for option in sorted(options, key=lambda o: (o.start, o.end)):
        while running and running[0][0] <= option.start:
            heapq.heappush(free, heapq.heappop(running)[1])
        number = given[option] = heapq.heappop(free)
        heapq.heappush(running, (option.end, number))
    return given
