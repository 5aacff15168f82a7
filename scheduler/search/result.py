"""What a solve is asked for, what it tells while it runs, and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scheduler.domain import LevelReport, Placement, Solution, Status

if TYPE_CHECKING:
    from scheduler.checker import Verdict


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How to solve.

    Attributes
    ----------
    time_limit : float or None
        Seconds for the whole search, all levels together; None: until proven.
    workers : int or None
        Threads of the search; None: one for each core.
    seed : int
        Seed of the search.
    deterministic : bool
        One worker, and ``time_limit`` counted in the solver's deterministic seconds: the same seed
        gives the same schedule on every machine.
    """

    time_limit: float | None = None
    workers: int | None = None
    seed: int = 0
    deterministic: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a solve: one objective level, its incumbent and its proven bound.

    Attributes
    ----------
    level : int
        The level's number in the objective.
    value : int or None
        The incumbent's value; None before the first schedule.
    bound : int
        Proven lower bound.
    status : Status
        ``FEASIBLE`` or ``UNKNOWN`` while the level is worked on, ``OPTIMAL`` once it is proven.
    elapsed : float
        Seconds since the solve began.
    placements : callable or None
        Returns the incumbent's placements, which nobody has checked yet; None where there is nothing new. It
        may be called at any time, and takes a while in large programmes.
    """

    level: int
    value: int | None
    bound: int
    status: Status
    elapsed: float
    placements: Callable[[], tuple[Placement, ...]] | None = field(default=None, compare=False, repr=False)

    @property
    def gap(self) -> float | None:
        """The relative distance from bound to value; None before the first schedule."""
        if self.value is None:
            return None
        return 0.0 if self.value <= self.bound else (self.value - self.bound) / max(1, abs(self.value))


ProgressListener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Result:
    """How a solve ended.

    Attributes
    ----------
    status : Status
        Never folded: infeasible, unknown, invalid, interrupted and contradiction are different things.
    solution : Solution or None
        The best schedule, checked; None if there is none (or none that passes the check).
    verdict : Verdict or None
        What the checker says of ``solution`` (of the refused schedule, when ``INVALID``).
    levels : tuple of LevelReport
        Value, proven bound and status per objective level, in their order.
    seconds : dict of str to float
        Where the time went: ``problem``, ``model``, ``search``, ``confirm``, ``check``.
    notes : tuple of str
        What a reader should know: what was confirmed by a second engine, what was cut short.
    log : tuple of str
        The solver's own statistics, one text for each of its runs.
    """

    status: Status
    solution: Solution | None = None
    verdict: Verdict | None = None
    levels: tuple[LevelReport, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
