"""How much time a search has, and how much it has used."""

from __future__ import annotations

import time

from scheduler.search.mandate import Mandate

MOVES_PER_SECOND = 200_000
"""What a second is to the local search of a deterministic run."""


class Budget:
    """The time of one search: seconds on the clock, or what was done in a deterministic run.

    Attributes
    ----------
    deterministic : bool
    """

    def __init__(self, mandate: Mandate) -> None:
        self.deterministic = mandate.options.deterministic
        self._limit = mandate.options.time_limit
        self._stop = mandate.stop
        self._began = mandate.began
        self._counted = 0.0
        self._reserve = 0.0

    def keep_back(self, seconds: float) -> None:
        """Keep time for what comes after the search; at most a third of it."""
        if self._limit is not None and not self.deterministic:
            self._reserve = min(seconds, self._limit / 3)

    def count(self, seconds: float) -> None:
        """Note what a deterministic run has done."""
        self._counted += seconds

    @property
    def spent(self) -> float:
        """Seconds since the search began."""
        return self._counted if self.deterministic else time.perf_counter() - self._began

    @property
    def left(self) -> float | None:
        """Seconds that are left; None: no limit is set."""
        return None if self._limit is None else self._limit - self._reserve - self.spent

    @property
    def stopped(self) -> bool:
        """Whether somebody has stopped the search."""
        return self._stop.is_set()

    @property
    def over(self) -> bool:
        """Whether the time is over, or somebody has stopped the search."""
        left = self.left
        return self.stopped or (left is not None and left <= 0)
