"""Where something could be: every start in every room, and what forbids it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain import ActivityId, RoomId, RuleName, Violation
from scheduler.domain.times import UTC


@dataclass(frozen=True, slots=True)
class Place:
    """One start in one room.

    Attributes
    ----------
    start : datetime.datetime
        On the clock of the room's city.
    room : RoomId
    rule : RuleName or None
        What forbids it there; None where it may be.
    words : str
        The same in a sentence; empty where it may be.
    """

    start: dt.datetime
    room: RoomId
    rule: RuleName | None = None
    words: str = ""

    @property
    def legal(self) -> bool:
        """Whether it may be there."""
        return self.rule is None


@dataclass(frozen=True)
class Places:
    """Everywhere that something could be, city by city, room by room, in the order of time.

    Attributes
    ----------
    activity : ActivityId
    cells : tuple of Place
        Every start on the grid of the city's opening hours, in every room.
    """

    activity: ActivityId
    cells: tuple[Place, ...]

    @cached_property
    def legal(self) -> tuple[Place, ...]:
        """Where it may be."""
        return tuple(cell for cell in self.cells if cell.legal)

    def at(self, start: dt.datetime, room: RoomId) -> Place | None:
        """Return what is said of one start in one room; None where that is off the grid, or not open."""
        return self._by_place.get((start.astimezone(UTC), room))

    @cached_property
    def _by_place(self) -> dict[tuple[dt.datetime, RoomId], Place]:
        return {(cell.start.astimezone(UTC), cell.room): cell for cell in self.cells}


class PlacingError(ValueError):
    """Something may not be where it is wanted.

    Attributes
    ----------
    violations : tuple of Violation
        What it would break there; the first is what the text says.
    """

    def __init__(self, words: str, violations: Sequence[Violation] = ()) -> None:
        super().__init__(words)
        self.violations = tuple(violations)
