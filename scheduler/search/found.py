"""What a search says of a problem, before it is checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from scheduler.domain import Placement, Status


@dataclass(frozen=True, slots=True)
class Claim:
    """What the search says of one level, before it is checked.

    Attributes
    ----------
    value : int or None
        The value of the best schedule; None where the level was not reached.
    bound : int
        Proven lower bound, all earlier levels kept at their values.
    confirmed : bool
        Whether another configuration has proven the same.
    """

    level: int
    value: int | None = None
    bound: int = 0
    status: Status = Status.UNKNOWN
    confirmed: bool = False


@dataclass(slots=True)
class Found:
    """What the search has found, before it is checked."""

    status: Status
    placements: tuple[Placement, ...] | None = None
    claims: tuple[Claim, ...] = ()
    notes: list[str] = field(default_factory=list)


class Search(Protocol):
    """One search of one problem, in whatever way.

    Attributes
    ----------
    seconds : dict of str to float
        Where the time went.
    log : list of str
        The engines' own statistics, one text for each run.
    """

    seconds: dict[str, float]
    log: list[str]

    def run(self) -> Found:
        """Search until everything is proven, the time is over, or somebody stops it."""
