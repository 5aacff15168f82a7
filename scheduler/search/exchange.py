"""Several searches of one problem that show each other what they have: go with the winners.

Each anneals by itself. After a round it shows where it stands, and where another one stood better after the
same round it goes on from there. They need not wait for each other: what counts is what is there by then.
(The idea: D. Aldous, U. Vazirani, "Go with the winners" algorithms, FOCS 1994.)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from scheduler.domain import Placement
from scheduler.search.local.schedule import Schedule

Placements = tuple[Placement, ...]


class Pool:
    """What several searches of one problem show each other; lives where all of them can reach it."""

    def __init__(self) -> None:
        self._sessions: Placements | None = None
        self._best: dict[Hashable, Schedule] = {}
        self._stopped = False

    def sessions(self, placements: Placements) -> Placements:
        """Return where whoever came first has the sessions: with the same ones, meetings are exchanged."""
        if self._sessions is None:
            self._sessions = placements
        return self._sessions

    def trade(self, stage: Hashable, found: Schedule) -> Schedule | None:
        """Take where a search stands at a stage; return where another one stood better, if one did."""
        best = self._best.get(stage)
        if best is not None and best.value < found.value:
            return best
        self._best[stage] = found
        return None

    def stop(self) -> None:
        """Have all searches end."""
        self._stopped = True

    def stopped(self) -> bool:
        """Return whether all searches are to end."""
        return self._stopped


@dataclass(frozen=True, slots=True)
class Exchange:
    """One search's way to the others.

    Attributes
    ----------
    sessions : callable
        As :meth:`Pool.sessions`.
    trade : callable
        As :meth:`Pool.trade`; None where nobody answers.
    """

    sessions: Callable[[Placements], Placements]
    trade: Callable[[Hashable, Schedule], Schedule | None]
