"""What is asked of a programme that is made up."""

from __future__ import annotations

import math
from dataclasses import dataclass

MOST_MEETINGS = 200_000
MOST_CITIES = 12
MOST_DAYS = 14


@dataclass(frozen=True, slots=True)
class GenerateSpec:
    """How large a programme is, and how tight.

    Attributes
    ----------
    meetings : int
        Requested meetings.
    cities, days : int
        Every city is open on all days.
    seed : int
        The same specification gives the same programme, to the byte.
    utilisation : float
        Requested meetings over table-slots, above 0 and at most 2: with more than 1 not all can be granted.
    mandatory : float
        Share of the meetings that must take place, at most 0.2.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """

    meetings: int
    cities: int = 3
    days: int = 4
    seed: int = 0
    utilisation: float = 0.85
    mandatory: float = 0.05

    def __post_init__(self) -> None:
        for name, most in (("meetings", MOST_MEETINGS), ("cities", MOST_CITIES), ("days", MOST_DAYS)):
            if not 1 <= getattr(self, name) <= most:
                raise ValueError(f"`{name}` should be from 1 to {most}")
        if not 0 < self.utilisation <= 2:
            raise ValueError("`utilisation` should be above 0 and at most 2")
        if not 0 <= self.mandatory <= 0.2:
            raise ValueError("`mandatory` should be from 0 to 0.2")

    @property
    def name(self) -> str:
        """The programme's id."""
        return f"programme-{self.meetings}" + (f"-seed-{self.seed}" if self.seed else "")

    @property
    def parties(self) -> int:
        """How many parties there are: a few meetings each, and enough of them for as many pairs."""
        return max(self.meetings // 5, math.ceil(4 * math.sqrt(self.meetings)), 4 + 4 * self.cities)
