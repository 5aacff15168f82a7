"""Local search over meetings of a programme that travels: the compiled kernel behind a typed face."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from types import ModuleType

from scheduler.search.local.numbers import Arrays
from scheduler.search.local.schedule import Schedule


def kernel() -> ModuleType | None:
    """Return the compiled kernel, or None where the package was installed without a compiler."""
    try:
        from scheduler.search.local import _travelling
    except ImportError:
        return None
    return _travelling


class Travelling:
    """One search: a schedule in the making, and the best so far.

    The kernel runs without Python's lock, so several searches can run in threads.

    Parameters
    ----------
    arrays : dict of str to array
        :meth:`Board.arrays`.
    seed : int
    """

    def __init__(self, arrays: Arrays, seed: int) -> None:
        found = kernel()
        assert found is not None, "ask kernel() first"
        self._kernel = found
        self._search = found.create(arrays, seed)

    def construct(self) -> None:
        """Place meeting after meeting, the most constrained first, each where it costs least."""
        self._kernel.construct(self._search)

    def anneal(self, level: int, *, hot: float, cold: float, seconds: float = 0.0, moves: int = 0) -> None:
        """Anneal one level: no level before it gets worse, those after it count a little.

        Parameters
        ----------
        level : int
            Position in the objective, from 0; -1 looks for a schedule that keeps every rule.
        hot, cold : float
            First and last temperature, in units of the level.
        seconds, moves : float, int
            How long: so many moves if given, else so many seconds.
        """
        self._kernel.anneal(self._search, level, seconds, moves, hot, cold)

    def best(self) -> Schedule:
        """Return the best schedule."""
        return _found(*self._kernel.best(self._search))

    def current(self) -> Schedule:
        """Return the schedule in the making."""
        return _found(*self._kernel.current(self._search))

    def load(self, found: Schedule) -> None:
        """Go on from a schedule; what does not fit into it stays out."""
        parts = (found.cells, found.chosen, found.interpreters)
        self._kernel.load(self._search, *(array("i", part).tobytes() for part in parts))

    def open(self, days: Sequence[bool], tasks: Sequence[bool]) -> None:
        """Say which days and meetings may be touched."""
        self._kernel.open(self._search, *(array("i", map(int, part)).tobytes() for part in (days, tasks)))

    def rewind(self) -> None:
        """Go back to the best schedule."""
        self._kernel.rewind(self._search)

    def stop(self, on: bool = True) -> None:
        """Ask an annealing in another thread to end soon (or let annealings run again)."""
        self._kernel.stop(self._search, on)


def _found(value: tuple[int, ...], cells: bytes, chosen: bytes, interpreters: bytes) -> Schedule:
    return Schedule(value, _numbers(cells), _numbers(chosen), _numbers(interpreters))


def _numbers(data: bytes) -> Sequence[int]:
    numbers = array("i")
    numbers.frombytes(data)
    return numbers
