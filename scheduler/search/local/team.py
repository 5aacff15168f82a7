"""Several local searches side by side, each with days of its own for a while.

Within a day nothing is in the way that another worker touches. What does not fit together at the edges of
days (a train in the morning after a late meeting) is mended when the parts are put together.
"""

from __future__ import annotations

import hashlib
import threading
from array import array
from dataclasses import dataclass
from random import Random

from scheduler.search.local.board import Board
from scheduler.search.local.numbers import NONE, Arrays
from scheduler.search.local.schedule import Schedule
from scheduler.search.local.travelling import Travelling

_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Heat:
    """How to anneal for a while.

    Attributes
    ----------
    level : int
        Position in the objective; -1: what rules ask.
    hot, cold : float
        First and last temperature.
    seconds, moves : float, int
        How long: so many moves if given, else so many seconds.
    """

    level: int
    hot: float
    cold: float
    seconds: float = 0.0
    moves: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """What one worker may touch in a round."""

    days: list[bool]
    tasks: list[bool]


class Team:
    """Workers over one board.

    Parameters
    ----------
    board : Board
    workers : int
        Threads; never more than there are dates.
    seed : int
    stop : threading.Event
        Ends a round soon after it is set.

    Attributes
    ----------
    digest : bytes
        Of all that the kernel is given: teams with the same one mean the same by a schedule.
    """

    def __init__(self, board: Board, workers: int, seed: int, stop: threading.Event) -> None:
        self._board = board
        self._stop = stop
        self._random = Random(seed)
        arrays = board.arrays()
        self.digest = _digest(arrays)
        self._searches = [
            Travelling(arrays, seed + number) for number in range(max(1, min(workers, len(board.dates))))
        ]

    def current(self) -> Schedule:
        """Return where the search stands."""
        return self._searches[0].current()

    def construct(self) -> Schedule:
        """Return a first schedule."""
        first = self._searches[0]
        first.construct()
        found = first.best()
        for search in self._searches[1:]:
            search.load(found)
        return found

    def anneal(self, heat: Heat) -> Schedule:
        """Anneal for a while; return the schedule that came out."""
        if len(self._searches) == 1 or heat.level < 0:
            self._run([(self._searches[0], heat)])
            found = self._searches[0].current()
            for search in self._searches[1:]:
                search.load(found)
            return found
        before = self._searches[0].current()
        parts = self._parts(before)
        for search, part in zip(self._searches, parts, strict=True):
            search.open(part.days, part.tasks)
        self._run([(search, heat) for search in self._searches])
        merged = self._merged(before, parts)
        for search in self._searches:
            search.open([True] * len(self._board.dates), [True] * len(self._board.tasks))
            search.load(merged)
        return self._searches[0].current()

    def go_on_from(self, found: Schedule) -> None:
        """Let all workers go on from a schedule."""
        for search in self._searches:
            search.load(found)

    def _run(self, orders: list[tuple[Travelling, Heat]]) -> None:
        """Anneal in threads, and stop them when somebody asks for it."""
        threads = [threading.Thread(target=_anneal, args=order, daemon=True) for order in orders]
        for thread in threads:
            thread.start()
        try:
            while any(thread.is_alive() for thread in threads):
                threads[0].join(_POLL_SECONDS) if threads[0].is_alive() else threads[-1].join(_POLL_SECONDS)
                if self._stop.is_set():
                    self._halt(orders)
        except BaseException:
            self._halt(orders)
            raise
        for search, _ in orders:
            search.stop(False)

    def _halt(self, orders: list[tuple[Travelling, Heat]]) -> None:
        for search, _ in orders:
            search.stop(True)

    def _parts(self, found: Schedule) -> list[_Part]:
        """Deal the days out to the workers, and with each day the meetings that are on it."""
        count, dates = len(self._searches), len(self._board.dates)
        days = list(range(dates))
        self._random.shuffle(days)
        owner = {day: number % count for number, day in enumerate(days)}
        day_of = self._board.day_of_cell
        owners = [
            self._random.randrange(count) if cell == NONE else owner[day_of[cell]] for cell in found.cells
        ]
        return [
            _Part([owner[day] == worker for day in range(dates)], [own == worker for own in owners])
            for worker in range(count)
        ]

    def _merged(self, before: Schedule, parts: list[_Part]) -> Schedule:
        """Put together what each worker has made of its part."""
        cells, interpreters = array("i", before.cells), array("i", before.interpreters)
        chosen = array("i", before.chosen)
        first = self._board.first_choice
        for search, part in zip(self._searches, parts, strict=True):
            found = search.current()
            for number, own in enumerate(part.tasks):
                if own:
                    cells[number], interpreters[number] = found.cells[number], found.interpreters[number]
                    for choice in range(first[number], first[number + 1]):
                        chosen[choice] = found.chosen[choice]
        return Schedule((), cells, chosen, interpreters)


def _digest(arrays: Arrays) -> bytes:
    digest = hashlib.blake2b()
    for name, numbers in sorted(arrays.items()):
        digest.update(name.encode())
        digest.update(numbers)
    return digest.digest()


def _anneal(search: Travelling, heat: Heat) -> None:
    search.anneal(heat.level, hot=heat.hot, cold=heat.cold, seconds=heat.seconds, moves=heat.moves)
