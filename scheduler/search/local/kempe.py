"""Local search for slotted problems: Kempe chains and annealing, compiled (``_kempe.cpp``)."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from scheduler.problem.slot_bounds import fewest_breaks
from scheduler.problem.slots import Slots

_SLICE_SECONDS = 0.01
_SLICE_ITERATIONS = 200_000
_WORDS = (1, 2, 4)
_WORD = 64


class Kempe:
    """One search, which can be continued.

    Parameters
    ----------
    slots : Slots
    seed : int
        The same seed and number of iterations give the same schedule.
    workers : int
        Threads. Each searches by itself, from the best that any of them has found.
    start : sequence of int or None
        A slot per meeting, -1 where it is not placed, to start from; what does not keep the rules in it is
        placed anew.

    Attributes
    ----------
    iterations : int
        Moves tried so far, by each worker.
    until : float or None
        When it is expected to be stopped (:func:`time.perf_counter`): the last cooling ends then.

    Raises
    ------
    RuntimeError
        If the kernel was not built, or is none for so many slots (:meth:`fits`).
    """

    def __init__(
        self, slots: Slots, seed: int = 0, workers: int = 1, start: Sequence[int] | None = None
    ) -> None:
        if not self.fits(slots):
            raise RuntimeError("the compiled local search is not there, or not for so many slots")
        from scheduler.search.local import _kempe

        self._kernel = _kempe
        self._search = _kempe.create(_flat(slots), seed % (1 << 64), workers)
        self.iterations = 0
        self.until: float | None = None
        self._start = b"" if start is None else array("h", start).tobytes()
        self._started = False

    @staticmethod
    def available() -> bool:
        """Return whether the kernel was built."""
        try:
            from scheduler.search.local import _kempe
        except ImportError:
            return False
        return hasattr(_kempe, "create")

    @classmethod
    def fits(cls, slots: Slots) -> bool:
        """Return whether the kernel is there, and for so many slots."""
        return cls.available() and len(slots.starts) <= _WORDS[-1] * _WORD

    @property
    def best(self) -> list[int] | None:
        """The best schedule so far, a slot per meeting (-1: not placed); None while none is whole."""
        if self.value is None:
            return None
        found = array("h")
        found.frombytes(self._kernel.best(self._search))
        return found.tolist()

    @property
    def value(self) -> tuple[int, ...] | None:
        """What the best schedule costs, per level; None while there is none."""
        return self._kernel.value(self._search) if self._started else None

    def run(
        self,
        seconds: float | None = None,
        target: tuple[int, ...] | None = None,
        stop: threading.Event | None = None,
        tell: Callable[[tuple[int, ...], float], None] | None = None,
        iterations: int | None = None,
    ) -> bool:
        """Search until a limit is reached, the target is, or somebody stops it.

        Parameters
        ----------
        seconds : float or None
        target : tuple of int or None
            Values per level with which there is nothing more to gain.
        stop : threading.Event or None
        tell : callable or None
            Called with the value and the seconds since the call, when the value has become better.
        iterations : int or None
            Moves for each worker.

        Returns
        -------
        bool
            Whether the target is reached.
        """
        began = time.perf_counter()
        known = self.value
        for _ in self._slices(began, seconds, stop, iterations, target or ()):
            now = self.value
            if now is not None and now != known and tell is not None:
                tell(now, time.perf_counter() - began)
            known = now
            if known is not None and target is not None and known <= target:
                return True
        return False

    def _slices(
        self,
        began: float,
        seconds: float | None,
        stop: threading.Event | None,
        iterations: int | None,
        target: tuple[int, ...],
    ) -> Iterator[None]:
        """Search a little, and again, until it is over."""
        if not self._started:
            self._kernel.start(self._search, self._start)
            self._started = True
            yield
        last = None if iterations is None else self.iterations + iterations
        while not (stop is not None and stop.is_set()):
            left = None if seconds is None else seconds - (time.perf_counter() - began)
            more = None if last is None else last - self.iterations
            if (left is not None and left <= 0) or (more is not None and more <= 0):
                return
            self.iterations = self._kernel.run(
                self._search,
                -1.0 if more is not None and left is None else min(_SLICE_SECONDS, left or _SLICE_SECONDS),
                -1 if more is None else min(_SLICE_ITERATIONS, more),
                -1.0 if more is not None else self._horizon(left),
                -1 if more is None else more,
                target,
            )
            yield

    def _horizon(self, left: float | None) -> float:
        """Return the seconds to plan for; below 0 when nobody knows."""
        if left is None and self.until is not None:
            left = max(0.0, self.until - time.perf_counter())
        return -1.0 if left is None else left


def _flat(slots: Slots) -> bytes:
    """Return the problem as the kernel reads it, in words of 64 bits."""
    many = len(slots.starts)
    words = next(w for w in _WORDS if many <= w * _WORD)
    head = (
        len(slots.allowed),
        len(slots.people),
        many,
        words,
        len(slots.spans),
        len(slots.orders),
        len(slots.levels),
        0 if slots.fairness is None else min(slots.fairness, many) + 1,
        slots.bystanders,
    )
    numbers = array("Q", head)
    numbers.extend(slots.capacity)
    numbers.extend(span.stop for span in slots.spans)
    numbers.extend(map(len, slots.takers))
    numbers.extend(chain.from_iterable(slots.takers))
    full = (1 << _WORD) - 1
    numbers.extend(mask >> _WORD * w & full for mask in slots.allowed for w in range(words))
    numbers.extend(slots.mandatory)
    numbers.extend(slots.worth)
    for order in slots.orders:
        numbers.extend((order.before, order.after, order.least, many if order.most is None else order.most))
    for level in slots.levels:
        numbers.extend((level.requests, level.breaks))
    numbers.extend(fewest_breaks(slots))
    return numbers.tobytes()
