"""The time of a board: minutes since the first start, on ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ticks:
    """The minutes at which anything may begin or end.

    Attributes
    ----------
    base : int
        The first start of all, in the problem's minutes; the board's minutes count from here.
    tick : int
        Minutes: what all starts (since the base) and all lengths are multiples of.
    count : int
        Ticks from the base to the last end, both included.
    """

    base: int
    tick: int
    count: int

    def since(self, minute: int) -> int:
        """Return one of the problem's minutes as one of the board's."""
        return minute - self.base


def ticks_of(starts: Sequence[int], lengths: Sequence[int], stands: Sequence[tuple[int, int]]) -> Ticks:
    """Return the ticks of a board.

    Parameters
    ----------
    starts : sequence of int
        Starts of cells, in the problem's minutes.
    lengths : sequence of int
        Lengths of meetings, in minutes.
    stands : sequence of (int, int)
        Starts and ends of what stands.
    """
    every = [*starts, *(start for start, _ in stands)]
    base = min(every, default=0)
    of_stands = (end - start for start, end in stands)
    tick = math.gcd(*(start - base for start in every), *lengths, *of_stands) or 1
    last = max((start + max(lengths, default=0) for start in starts), default=base)
    last = max([last, *(end for _, end in stands)])
    return Ticks(base, tick, (last - base) // tick + 1)
